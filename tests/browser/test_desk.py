"""An alum answers from the link in the mail, on a phone, without an account."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import expect

from accounts.models import OfficeSettings
from alumni.actions import post
from alumni.models import AlumniMail
from tests.alumni.desk import an_alum, ask

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def phone(browser):
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, locale="en-US"
    )
    page = context.new_page()
    page.set_default_timeout(30_000)
    yield page
    context.close()


@pytest.fixture
def asked(settings, student, live_server):
    """A request whose mail has gone out."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.SITE_URL = live_server.url
    OfficeSettings.current()
    asked = ask(student, an_alum())
    post.look(at=timezone.now())
    return asked


def link_in(message, words: str) -> str:
    html = message.alternatives[0][0]
    return re.search(rf'href="([^"]+)"[^>]*>{words}', html)[1]


def test_alum_says_yes_on_a_phone(phone, asked):
    """No log-in, no referrer, and the form is taken although its origin is null."""
    told: list[str] = []
    phone.on("request", lambda one: told.append(one.headers.get("referer", "")))
    phone.goto(link_in(mail.outbox[0], "Yes, I have"))
    on = (datetime.now(tz=UTC) + timedelta(days=3)).date()

    phone.get_by_label("First day").fill(on.isoformat())
    phone.get_by_label("Time").first.fill("14:30")
    phone.get_by_label("A word to them").fill("I call you. Looking forward to it!")
    phone.get_by_role("button", name="Send these times").tap()

    expect(phone.locator("h1")).to_have_text("You said yes to Maya Oyelaran")
    expect(phone.get_by_role("status").first).to_contain_text("Your answer is on its way.")
    asked.refresh_from_db()
    assert (asked.state, len(asked.offered_times)) == ("ACCEPTED", 1)
    assert [one for one in told if "/desk/" in one] == []
    assert sorted(AlumniMail.objects.owed().values_list("kind", flat=True)) == ["KEPT"]


def test_alum_far_from_the_college_offers_times_by_their_own_clock(browser, asked):
    context = browser.new_context(timezone_id="Pacific/Honolulu", locale="en-US")
    page = context.new_page()
    page.goto(link_in(mail.outbox[0], "Yes, I have"))
    on = (datetime.now(tz=UTC) + timedelta(days=3)).date()

    expect(page.get_by_label("By the clock of")).to_have_value("Pacific/Honolulu")
    page.get_by_label("First day").fill(on.isoformat())
    page.get_by_label("Time").first.fill("10:00")
    page.get_by_role("button", name="Send these times").click()

    expect(page.locator("h1")).to_have_text("You said yes to Maya Oyelaran")
    asked.refresh_from_db()
    assert asked.offered_times == [datetime(on.year, on.month, on.day, 20, tzinfo=UTC)]
    assert asked.alum.time_zone == "Pacific/Honolulu"
    context.close()


def test_alum_pauses_and_removes_themselves_without_javascript(browser, asked):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(link_in(mail.outbox[0], "Pause all requests"))
    page.get_by_label("Until").fill((datetime.now(tz=UTC) + timedelta(days=90)).date().isoformat())
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_role("status").first).to_contain_text("Paused.")

    page.get_by_role("link", name="Be removed").click()
    page.get_by_role("button", name="Remove me").click()

    expect(page.locator("h1")).to_have_text("You are removed")
    context.close()
