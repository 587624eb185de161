"""A talk in a place without a connection: whatever is typed is on the server in the end (G33)."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from interviews import actions
from interviews.live import FROM_ELSEWHERE
from interviews.models import Interview, State
from tests.browser.hands import enter
from tests.factories import ContactFactory, PreparedQuestionFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

KEPT = "Kept on this phone, no connection."
SAVED = "Saved."


@pytest.fixture
def talk(student) -> Interview:
    now = timezone.now()
    talk = actions.begin(ContactFactory(student=student, name="Dana Whitcomb"), at=now)
    actions.agree(
        talk, starts_at=now + timedelta(minutes=5), minutes=30, format="PHONE", place="", at=now
    )
    for rank in (1, 2, 3):
        PreparedQuestionFactory(interview=talk, text=f"Question {rank}?", rank=rank)
    return talk


@pytest.fixture
def path(talk) -> str:
    return f"/interviews/{talk.pk}/live/"


@pytest.fixture
def phone(live_server, page, student, path) -> Page:
    enter(page, live_server.url, student)
    page.goto(f"{live_server.url}{path}")
    says(page, SAVED)
    return page


def says(page: Page, words: str) -> None:
    expect(page.locator("#kept")).to_have_text(words, timeout=20_000)


def box(page: Page, name: str):
    return page.locator(f"[name='{name}']")


def answers(talk: Interview) -> list[str]:
    return list(talk.questions.in_order().values_list("answer", flat=True))


def questions(talk: Interview) -> list[str]:
    return [f"q{pk}" for pk in talk.questions.in_order().values_list("pk", flat=True)]


def left_on(page: Page) -> list[str]:
    """The names of what lies in the phone's storage."""
    return page.evaluate("Object.keys(localStorage)")


def notes_of(talk: Interview) -> str:
    talk.refresh_from_db()
    return talk.notes


def test_notes_are_saved_as_one_types(phone, talk):
    first, *_ = questions(talk)

    box(phone, first).press_sequentially("By luck.")
    phone.get_by_label("Question 1?", exact=True).check()
    box(phone, "notes").fill("Tall office.")
    phone.get_by_text("4", exact=True).click()

    says(phone, SAVED)
    talk.refresh_from_db()
    question = talk.questions.in_order()[0]
    assert (question.answer, question.is_asked) == ("By luck.", True)
    assert (talk.notes, talk.interest_before) == ("Tall office.", 4)
    assert left_on(phone) == []

    # Rewritten, and it is not taken for the text of another screen.
    box(phone, "notes").fill("A low one.")
    says(phone, "Saving…")
    says(phone, SAVED)
    assert notes_of(talk) == "A low one."


def test_what_is_typed_without_a_connection_is_sent_when_there_is_one(phone, context, talk):
    first, second, third = questions(talk)
    box(phone, first).fill("Before.")
    says(phone, SAVED)

    context.set_offline(True)
    box(phone, first).press_sequentially(" And after.")
    box(phone, second).press_sequentially("Two")
    says(phone, KEPT)
    box(phone, third).press_sequentially("Three 🙂 “quoted”")
    box(phone, "notes").press_sequentially("Line\nline")
    phone.get_by_label("Question 2?", exact=True).check()
    assert len(left_on(phone)) == 5
    assert not any(re.search("[A-Z]", key) for key in left_on(phone))
    assert answers(talk) == ["Before.", "", ""]

    context.set_offline(False)

    says(phone, SAVED)
    # The last key was pressed at the end of what stood there.
    assert sorted(answers(talk)[1:]) == ["Three 🙂 “quoted”", "Two"]
    assert answers(talk)[0] in ("Before. And after.", " And after.Before.")
    assert notes_of(talk) == "Line\nline"
    assert talk.questions.in_order()[1].is_asked
    assert left_on(phone) == []


def test_page_that_was_closed_without_a_connection_sends_the_rest_later(
    phone, context, live_server, talk, path
):
    first, *_ = questions(talk)
    context.set_offline(True)
    box(phone, first).fill("In the basement.")
    box(phone, "notes").fill("No bars here.")
    says(phone, KEPT)
    assert answers(talk)[0] == ""
    phone.close()
    context.set_offline(False)

    page = context.new_page()
    page.goto(f"{live_server.url}{path}")

    expect(box(page, first)).to_have_value("In the basement.")
    says(page, SAVED)
    assert (answers(talk)[0], notes_of(talk)) == ("In the basement.", "No bars here.")


def test_page_can_be_loaded_again_without_a_connection(phone, context, live_server, talk, path):
    """The phone threw it out of its memory in the middle of the talk."""
    first, second, _ = questions(talk)
    wait_for_worker(phone)
    box(phone, first).fill("Saved before.")
    says(phone, SAVED)
    wait_for_copy(phone, "Saved before.")
    context.set_offline(True)
    box(phone, second).fill("Typed in the basement.")

    phone.reload()

    expect(box(phone, first)).to_have_value("Saved before.")
    expect(box(phone, second)).to_have_value("Typed in the basement.")
    box(phone, second).fill("Typed in the basement. And on.")
    context.set_offline(False)
    says(phone, SAVED)
    assert answers(talk) == ["Saved before.", "Typed in the basement. And on.", ""]


def wait_for_worker(page: Page) -> None:
    """Until the page lies in the cache and its worker looks after it."""
    page.wait_for_function(
        """async () => {
          const worker = await navigator.serviceWorker.getRegistration(location.pathname);
          const pages = await caches.open("live");
          return worker?.active && await pages.match(location.pathname);
        }"""
    )


def wait_for_copy(page: Page, words: str) -> None:
    """Until the page that lies in the cache has them."""
    page.wait_for_function(
        """async words => {
          const kept = await (await caches.open("live")).match(location.pathname);
          return (await kept.text()).includes(words);
        }""",
        arg=words,
    )


def cached(page: Page) -> list[str]:
    return page.evaluate(
        """async () => {
          if (!await caches.has("live")) return [];
          const kept = await (await caches.open("live")).keys();
          return kept.map(one => new URL(one.url).pathname);
        }"""
    )


def test_copy_on_the_phone_is_of_this_page_alone_and_goes_when_one_signs_out(phone, path):
    wait_for_worker(phone)
    phone.wait_for_timeout(300)
    assert {one for one in cached(phone) if not one.startswith("/static/")} == {path}

    phone.locator("details.menu summary").click()
    phone.get_by_role("button", name="Sign out").click()
    phone.wait_for_url("**/accounts/login/**")

    # A busy browser does so after it shows the next page.
    phone.wait_for_function(
        """async () => !await caches.has("live")
          && (await navigator.serviceWorker.getRegistrations()).length === 0"""
    )
    assert cached(phone) == []
    assert phone.evaluate("navigator.serviceWorker.getRegistrations().then(all => all.length)") == 0


def test_sign_out_asks_before_it_deletes_what_was_never_sent(phone, context):
    context.set_offline(True)
    box(phone, "notes").fill("Only here.")
    says(phone, KEPT)
    asked = []
    phone.once("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    phone.locator("details.menu summary").click()
    phone.get_by_role("button", name="Sign out").click()

    assert "only" in asked[0].lower() or "alone" in asked[0]
    expect(box(phone, "notes")).to_have_value("Only here.")
    assert len(left_on(phone)) == 1


def test_session_that_ended_in_the_middle_loses_nothing(phone, context, live_server, student, talk):
    Session.objects.all().delete()

    box(phone, "notes").fill("Typed after the end of the session.")

    says(phone, "Sign in again in another tab. Your notes are safe on this phone.")
    assert notes_of(talk) == ""
    enter(phone, live_server.url, student)
    # Signing in makes a new token, too.
    context.clear_cookies(name="csrftoken")
    other = context.new_page()
    other.goto(f"{live_server.url}/accounts/password/change/")
    phone.bring_to_front()
    says(phone, SAVED)
    assert notes_of(talk) == "Typed after the end of the session."


def test_two_tabs_go_on_from_each_other(phone, context, live_server, talk, path):
    first, *_ = questions(talk)
    other = context.new_page()
    other.goto(f"{live_server.url}{path}")
    context.set_offline(True)
    box(phone, first).fill("One.")
    expect(box(other, first)).to_have_value("One.")
    box(other, first).fill("One. Two.")
    expect(box(phone, first)).to_have_value("One. Two.")
    box(phone, "notes").fill("Beside.")

    context.set_offline(False)

    says(phone, SAVED)
    says(other, SAVED)
    assert (answers(talk)[0], notes_of(talk)) == ("One. Two.", "Beside.")
    assert left_on(phone) == []


def test_two_phones_keep_both_texts(phone, new_context, live_server, student, talk, path):
    laptop = another_screen(new_context(), live_server, student, path)
    phone.context.set_offline(True)
    box(phone, "notes").fill("From the phone.")
    box(laptop, "notes").fill("From the laptop.")
    says(laptop, SAVED)

    phone.context.set_offline(False)

    says(phone, SAVED)
    both = f"From the laptop.\n\n{FROM_ELSEWHERE}\nFrom the phone."
    expect(box(phone, "notes")).to_have_value(both)
    assert notes_of(talk) == both
    box(phone, "notes").press("ControlOrMeta+End")
    box(phone, "notes").press_sequentially(" And on.")
    says(phone, "Saving…")
    says(phone, SAVED)
    assert notes_of(talk) == f"{both} And on."


def another_screen(context: BrowserContext, live_server, student, path: str) -> Page:
    page = context.new_page()
    enter(page, live_server.url, student)
    page.goto(f"{live_server.url}{path}")
    return page


def test_clock_starts_without_a_connection_and_closes_quietly(phone, context, talk):
    context.set_offline(True)
    phone.get_by_role("button", name="Start the talk").click()
    expect(phone.locator("#gone")).to_have_text("0 of 30 minutes")
    says(phone, KEPT)

    context.set_offline(False)

    says(phone, SAVED)
    talk.refresh_from_db()
    assert timezone.now() - talk.live_started_at < timedelta(minutes=1)
    Interview.objects.update(live_started_at=timezone.now() - timedelta(minutes=26))
    phone.reload()
    expect(phone.get_by_role("status").first).to_have_text(
        "Five minutes left. Ask what matters most."
    )
    Interview.objects.update(live_started_at=timezone.now() - timedelta(minutes=31))
    phone.reload()
    expect(phone.locator("#cue")).to_have_text(re.compile("Time to close: thank them"))


def test_done_waits_for_the_connection_and_leads_to_the_write_up(phone, context, talk):
    phone.get_by_role("button", name="Start the talk").click()
    says(phone, SAVED)
    context.set_offline(True)
    box(phone, questions(talk)[0]).fill("The last answer.")
    phone.get_by_role("button", name="We are done").click()
    says(phone, KEPT)
    assert phone.url.endswith("/live/")

    context.set_offline(False)
    says(phone, SAVED)
    phone.get_by_role("button", name="We are done").click()

    phone.wait_for_url("**/debrief/**")
    talk.refresh_from_db()
    assert (talk.state, answers(talk)[0]) == (State.HELD, "The last answer.")
    assert cached(phone) == []


def test_page_works_without_javascript(browser, live_server, student, talk, path):
    context = browser.new_context(java_script_enabled=False)
    page = another_screen(context, live_server, student, path)
    page.get_by_role("button", name="Start the talk").click()
    box(page, questions(talk)[0]).fill("By luck.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Your notes are saved.")).to_be_visible()
    expect(box(page, questions(talk)[0])).to_have_value("By luck.")
    page.get_by_role("button", name="We are done").click()
    page.wait_for_url("**/debrief/")
    context.close()
    talk.refresh_from_db()
    assert talk.state == State.HELD
