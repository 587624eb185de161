"""A student finds the right alum on a phone, though three letters were typed wrongly."""

from __future__ import annotations

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from alumni.models import Consent
from alumni.searching import fresh
from tests.factories import AlumFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def phone(browser, client, live_server, student):
    client.force_login(student)
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, locale="en-US"
    )
    cookie = client.cookies["sessionid"]
    context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": live_server.url}])
    page = context.new_page()
    page.set_default_timeout(30_000)
    yield page
    context.close()


def directory() -> None:
    for name, employer in [
        ("Zuzana Kovářová", "National Observatory"), ("Susan Kovacs", "City Library"),
        ("Imani Brooks", "Valley Courier"),
    ]:  # fmt: skip
        given, family = name.split()
        AlumFactory(name=name, given_name=given, family_name=family, employer=employer)
    AlumFactory(name="Zuzana Kovarova", consent=Consent.NO, employer="Nowhere")
    fresh.after_filling(at=timezone.now())


def test_student_finds_somebody_through_three_slips(phone, live_server):
    directory()
    phone.goto(live_server.url + "/alumni/")

    phone.get_by_label("Name, employer, job, study or town").fill("zusana kovarva observatry")
    phone.get_by_role("button", name="Search").tap()

    phone.wait_for_url("**/alumni/?*q=zusana*")

    # Who was meant is found, and who did not agree to be asked stays out of sight.
    results = phone.locator("#results")
    expect(results.get_by_role("link", name="Zuzana Kovářová")).to_be_visible()
    expect(results).not_to_contain_text("Nowhere")
    results.get_by_role("link", name="Zuzana Kovářová").tap()
    expect(phone.get_by_role("heading", name="Zuzana Kovářová", level=1)).to_be_visible()
    expect(phone.get_by_text("National Observatory").first).to_be_visible()

    # Back leads to the same search, and its address can be given to a friend.
    phone.go_back()
    expect(phone.get_by_label("Name, employer, job, study or town")).to_have_value(
        "zusana kovarva observatry"
    )
    expect(results.get_by_role("link", name="Zuzana Kovářová")).to_be_visible()
