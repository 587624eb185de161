"""Choices, and what is done from a mail: a GET shows, a POST acts, nothing is told elsewhere."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from core.localtime import local_date
from interviews import actions as interviews
from reminders import actions, kinds, links
from reminders.models import Reminder, TermBreak
from reminders.views.post import MOST_OF_A_LINK
from tests.factories import ContactFactory, InteractionFactory
from tests.reminders.conftest import MET_ON, THAT_EVENING, march, talk_with

State = Reminder.State
CHOICES = "/reminders/choices/"


@pytest.fixture
def row(talk) -> Reminder:
    return Reminder.objects.get(interview=talk, kind="THANK_YOU", step="OPENS")


def act_url(row, day=3) -> str:
    return reverse("post:act", args=[links.sign_to_act(row, at=march(day))])


def unsubscribe_url(user, *keys) -> str:
    declared = [kinds.get(key) for key in keys]
    return reverse(
        "post:unsubscribe", args=[links.sign_to_unsubscribe(user, declared, at=march(3))]
    )


def waiting_days(talk) -> list[int]:
    rows = Reminder.objects.pending().filter(interview=talk, kind="THANK_YOU").order_by("due_at")
    first = MET_ON.replace(day=1)
    return [(local_date(row.due_at, "America/New_York") - first).days + 1 for row in rows]


# Done


def test_link_in_the_mail_leads_to_the_page(talk, visit, mailoutbox, settings):
    actions.drain(at=march(3))

    [url] = re.findall(rf"{settings.SITE_URL}(/reminders/\S+)\n", mailoutbox[0].body.split("--")[0])
    page = visit(url)

    assert page.status_code == 200
    assert "Thank Dana Whitcomb for the talk" in page.text
    assert url in mailoutbox[0].alternatives[0][0]


def test_look_changes_nothing(talk, row, visit):
    for _ in range(3):
        visit(act_url(row))

    talk.refresh_from_db()
    assert talk.thanked_on is None
    assert Reminder.objects.pending().filter(kind="THANK_YOU").count() == 5


def test_done_is_written_down_and_ends_it(talk, row, visit):
    """G38, without a log-in."""
    page = visit(act_url(row), {"done_on": "2026-03-03"})

    talk.refresh_from_db()
    assert "That is done" in page.text
    assert talk.thanked_on == date(2026, 3, 3)
    assert not Reminder.objects.pending().filter(kind="THANK_YOU").exists()


@pytest.mark.parametrize(
    ("done_on", "words"),
    [("", "Choose the day"), ("soon", "Choose a day"), ("2026-03-04", "still ahead"),
     ("2026-03-01", "cannot be older")],
)  # fmt: skip
def test_day_that_cannot_be_is_said(talk, row, visit, done_on, words):
    page = visit(act_url(row), {"done_on": done_on})

    talk.refresh_from_db()
    assert page.status_code == 422
    assert words in page.text
    assert talk.thanked_on is None


def test_done_twice_is_done(talk, row, visit):
    visit(act_url(row), {"done_on": "2026-03-03"})

    page = visit(act_url(row), {"done_on": "2026-03-02"}, day=4)

    talk.refresh_from_db()
    assert page.status_code == 200
    assert "Nothing is left to do here" in page.text
    assert talk.thanked_on == date(2026, 3, 3)


def test_what_is_no_longer_owed_is_not_said_to_be_done(talk, row, visit):
    interviews.take_back_hold(talk, at=march(3))

    page = visit(act_url(row))

    assert "Nothing is left to do here" in page.text
    assert "is done" not in page.text


def test_promised_call_is_done_from_the_mail(student, visit):
    """G16."""
    call = InteractionFactory(
        contact=ContactFactory(student=student), promised_call_on=date(2026, 3, 3)
    )
    actions.reschedule(call, at=THAT_EVENING)
    row = Reminder.objects.get(interaction=call, step="DUE")

    visit(act_url(row), {"done_on": "2026-03-03"})

    call.refresh_from_db()
    assert call.called_on == date(2026, 3, 3)


# Later


@pytest.mark.parametrize(
    ("days", "expected"),
    [("1", [4, 4, 4, 5, 6, 13]), ("3", [6, 6, 6, 6, 6, 13]), ("7", [10, 10, 10, 10, 10, 13])],
)
def test_put_off_is_silent_until_that_morning(talk, row, visit, days, expected):
    visit(act_url(row), {"days": days})

    assert waiting_days(talk) == expected


def test_put_off_is_said_once_and_then_goes_on(talk, row, visit, mailoutbox):
    actions.drain(at=march(3))
    visit(act_url(row), {"days": "3"})

    assert [day for day in range(4, 30) if actions.drain(at=march(day))] == [6, 13]


def test_put_off_again_the_later_word_counts(talk, row, visit):
    visit(act_url(row), {"days": "7"})
    visit(act_url(row), {"days": "1"})

    assert waiting_days(talk) == [4, 4, 4, 5, 6, 13]


def test_put_off_survives_another_deed(talk, row, visit):
    visit(act_url(row), {"days": "7"})

    actions.reschedule(talk, at=march(4))

    assert waiting_days(talk)[0] == 10


def test_put_off_and_done_is_done(talk, row, visit):
    visit(act_url(row), {"days": "7"})
    visit(act_url(row), {"done_on": "2026-03-03"})

    assert waiting_days(talk) == []


@pytest.mark.parametrize("days", ["", "0", "2", "8", "-1", "soon"])
def test_nobody_puts_off_for_ever(talk, row, visit, days):
    assert visit(act_url(row), {"days": days}).status_code == 422
    assert waiting_days(talk) == [3, 4, 5, 6, 13]


def test_put_off_into_a_term_break_it_is_said_after_it(talk, row, visit, mailoutbox):
    TermBreak.objects.create(name="Break", first_on=date(2026, 3, 5), last_on=date(2026, 3, 8))

    page = visit(act_url(row), {"days": "3"})

    assert "You hear of it again on Monday, March 9" in page.text
    assert [day for day in range(3, 14) if actions.drain(at=march(day))] == [9, 13]


def test_what_is_no_deed_is_not_put_off(student):
    """The page of its link shows no such button; a hand that writes its own gets no further."""
    starts_at = march(10)
    new = talk_with(student, "Wen Li").contact
    agreed = interviews.begin(new, at=THAT_EVENING)
    where = {"minutes": 30, "format": "IN_PERSON", "place": ""}
    interviews.agree(agreed, starts_at=starts_at, at=THAT_EVENING, **where)
    about_a_talk = Reminder.objects.get(kind="TALK")

    with pytest.raises(actions.NotOffered):
        actions.snooze(about_a_talk, until=date(2026, 3, 4), at=march(3))


def test_second_letter_is_put_off_and_the_thank_you_is_not(talk, row, visit):
    visit(act_url(row), {"days": "7"})

    assert not Reminder.objects.filter(kind="FOLLOW_UP", step="SNOOZED").exists()


# Links


@pytest.mark.parametrize(("age", "status"), [(29, 200), (30, 410), (400, 410)])
def test_link_runs_out(row, visit, age, status):
    assert visit(act_url(row), day=3 + age).status_code == status


@pytest.mark.parametrize("change", ["x{}", "{}x", "9{}", "nothing", "1-2.abc"])
def test_link_that_nobody_signed_leads_nowhere(row, visit, change, student):
    token = change.format(links.sign_to_act(row, at=march(3)))

    for name in ("post:act", "post:unsubscribe"):
        page = visit(reverse(name, args=[token]))
        assert page.status_code == 404
        assert "Dana" not in page.text


def test_link_is_not_tried_for_ever(talk, row, visit):
    tries = [visit(act_url(row), {"done_on": "soon"}).status_code for _ in range(MOST_OF_A_LINK)]

    page = visit(act_url(row), {"done_on": "2026-03-03"})

    talk.refresh_from_db()
    assert set(tries) == {422}
    assert page.status_code == 429
    assert talk.thanked_on is None
    assert visit(act_url(row)).status_code == 200


def test_link_to_act_unsubscribes_nobody_and_the_other_way_round(row, student, visit):
    acting = links.sign_to_act(row, at=march(3))
    leaving = links.sign_to_unsubscribe(student, [kinds.get("TALK")], at=march(3))

    assert visit(reverse("post:unsubscribe", args=[acting]), {}).status_code == 404
    assert visit(reverse("post:act", args=[leaving]), {}).status_code == 404


def test_link_of_somebody_who_may_not_log_in_is_dead(row, student, visit):
    student.is_active = False
    student.save()

    assert visit(act_url(row)).status_code == 404


def test_nothing_of_the_link_is_told_elsewhere(row, student, visit):
    for url in (act_url(row), unsubscribe_url(student, "TALK")):
        page = visit(url)

        assert page["Referrer-Policy"] == "no-referrer"
        assert "no-store" in page["Cache-Control"]
        assert "noindex" in page["X-Robots-Tag"]


def test_who_is_logged_in_is_left_alone(client, row, other_student, visit):
    client.force_login(other_student)

    assert "Ben Kowalski" not in visit(act_url(row)).text


def test_form_from_elsewhere_does_nothing(talk, row):
    strict = Client(enforce_csrf_checks=True)

    with time_machine.travel(march(4), tick=False):
        answer = strict.post(act_url(row), {"done_on": "2026-03-03"})

    talk.refresh_from_db()
    assert answer.status_code == 403
    assert talk.thanked_on is None


def test_token_tells_no_name(row, student):
    for token in (act_url(row), unsubscribe_url(student, "TALK")):
        assert not re.search("maya|dana|@", token, re.IGNORECASE)


def test_put_off_at_the_borders_of_a_week(talk, row):
    for days in (0, 8):
        with pytest.raises(actions.NotOffered):
            actions.snooze(row, until=MET_ON + timedelta(days=1 + days), at=march(3))


def test_thank_you_of_one_says_nothing_to_another(other_student, row, visit, talk):
    """The link is about one row: nothing else of the person can be reached by it."""
    other = talk_with(other_student, "Grace Adeyemi")

    visit(act_url(row), {"done_on": "2026-03-03"})

    other.refresh_from_db()
    assert other.thanked_on is None
