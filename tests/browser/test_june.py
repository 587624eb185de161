"""Staff in June: the year's report, by class, and the evidence pack for the dean."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import expect

from careerhub.demo.history import make_history, make_terms
from core.localtime import local_date
from reports.actions import keep_fresh
from reports.models import ReportExport
from reports.periods import year_from, year_of
from tests.browser.hands import enter
from tests.browser.test_every_page import faults_of
from tests.factories import AlumFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def last_year():
    now = timezone.now()
    today = local_date(now, settings.OFFICE_TIME_ZONE)
    make_terms(today)
    alumni = [alum.pk for alum in AlumFactory.create_batch(30)]
    make_history(300, seed=3, now=now, today=today, alumni=alumni)
    keep_fresh(at=now)
    return year_from(year_of(today).first_on.year - 1)


def test_staff_take_the_year_to_the_dean(live_server, page, staff, last_year, tmp_path):
    enter(page, live_server.url, staff)
    page.goto(live_server.url)

    page.get_by_role("link", name="Reports", exact=True).click()
    page.get_by_label("Term or year").select_option(last_year.name)
    page.get_by_label("Compare by").select_option("Class")
    page.get_by_label("In the chart").select_option("Talks")
    page.get_by_role("button", name="Show").click()

    expect(page.locator("h1")).to_have_text(re.compile(r"^\d+ students took part$"))
    chart = page.get_by_role("img", name=re.compile("^Talks by class"))
    table = page.get_by_role("region", name="The numbers, as a table")
    # The largest class of the demo's students.
    year = f"{timezone.now().year + 1}"
    juniors = table.get_by_role("row", name=re.compile(f"^{year} "))
    talks = juniors.get_by_role("cell").nth(4).inner_text()
    assert f"{year}: {talks};" in chart.get_attribute("aria-label")
    assert last_year.key in page.url

    with page.expect_download() as fetched:
        page.get_by_role("button", name="Print the evidence pack").click()

    pdf = Path(fetched.value.path()).read_bytes()
    assert fetched.value.suggested_filename == f"evidence-{last_year.key}.pdf"
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf)) == 2
    with page.expect_download() as fetched:
        page.get_by_role("button", name="Take the table as CSV").click()
    assert (
        f"{year},{juniors.get_by_role('cell').nth(0).inner_text()},"
        in Path(fetched.value.path()).read_text()
    )

    page.get_by_role("link", name="Who took a report").click()
    expect(page.get_by_role("row", name=re.compile("Evidence pack"))).to_have_count(1)
    expect(page.get_by_role("row", name=re.compile(f"{last_year.name}, by class"))).to_have_count(1)
    assert ReportExport.objects.count() == 2


@pytest.mark.parametrize("path", ["?by=class&show=kept", "?by=major", "alumni/?"])
def test_a_report_with_numbers_has_no_fault(live_server, page, staff, last_year, path):
    enter(page, live_server.url, staff)

    url = f"{live_server.url}/reports/{path}&period={last_year.key}"

    assert faults_of(page, url) == []


@pytest.mark.parametrize("path", ["", "alumni/"])
def test_a_report_that_is_still_being_counted_has_no_fault(live_server, page, staff, path):
    enter(page, live_server.url, staff)

    assert faults_of(page, f"{live_server.url}/reports/{path}") == []

    expect(page.locator("h1")).to_have_text("Still being counted")
    keep_fresh(at=timezone.now())
    page.get_by_role("button", name="Look again").click()
    expect(page.locator("h1")).to_have_text("Too little to tell yet")


def test_the_reports_work_by_keyboard_and_without_javascript(
    live_server, browser, staff, last_year
):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    enter(page, live_server.url, staff)
    page.goto(f"{live_server.url}/reports/")
    page.get_by_label("Term or year").select_option(last_year.name)

    page.get_by_role("button", name="Show").focus()
    page.keyboard.press("Enter")

    expect(page.locator(".kicker")).to_contain_text(last_year.name)
    context.close()
