"""What an alum answers, or that they do not, reaches the student as news."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from importlib import import_module

import pytest
from django.db import connection, transaction

from alumni.actions import answers, desk, post
from alumni.actions.requests import ask_alum, withdraw
from alumni.models import AlumniMail, Request
from core.localtime import local_date
from interviews.models import MET, Interview
from reminders import actions
from reminders.models import Reminder, TermBreak
from tests.alumni.desk import an_alum, ask
from tests.reminders.conftest import march
from tests.reminders.worlds import WORLDS

NOW = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
HOSTILE = 'Ann "X"\r\nBcc: all@example.org, <x@example.org>; \u202e名\n'
State = Reminder.State


@pytest.fixture
def asked(student):
    return ask(student, an_alum(time_zone="America/Los_Angeles"), at=NOW)


def told(mailoutbox, *, at):
    """The one mail that goes out then: its subject and its text."""
    before = len(mailoutbox)
    actions.look(at=at)
    (mail,) = mailoutbox[before:]
    assert mail.to == ["Maya Oyelaran <maya@example.edu>"]
    return mail.subject, mail.body


def test_yes_names_the_times_that_are_still_to_come_by_the_students_clock(asked, mailoutbox):
    times = [NOW + timedelta(hours=hours) for hours in (1, 24, 50)]
    answers.accept(asked, times=times, reply="Zoom?\r\n\r\nI am free after.", at=NOW)

    subject, text = told(mailoutbox, at=NOW + timedelta(hours=2))

    assert subject == "Your request to Imani Brooks: they said yes"
    assert "Take one of these times (New York time):" in text
    assert "  Tuesday, March 3, 10 a.m.\n" in text
    assert "  Wednesday, March 4, noon\n" in text
    assert "Monday" not in text
    assert "They write:\n  Zoom?\n  I am free after.\n" in text
    assert f"/contacts/requests/{asked.pk}/" in text
    assert "/desk/" not in text
    assert "imani@" not in text


def test_midnight_that_is_offered_says_which_day_it_begins(asked, mailoutbox):
    """Two in the afternoon for an alum in Tokyo."""
    answers.accept(asked, times=[datetime(2026, 3, 6, 5, tzinfo=UTC)], reply="", at=NOW)

    _, text = told(mailoutbox, at=NOW)

    assert "  Midnight, as Friday, March 6 begins\n" in text


def test_yes_whose_times_have_passed_says_what_to_do(asked, mailoutbox):
    answers.accept(asked, times=[NOW + timedelta(hours=1)], reply="", at=NOW)

    _, text = told(mailoutbox, at=NOW + timedelta(hours=1))

    assert "Thank them, and ask for another." in text
    assert "Take" not in text


def test_call_names_the_number(asked, mailoutbox):
    answers.call_instead(asked, number="413 555 0119, after 6 p.m.", reply="", at=NOW)

    subject, text = told(mailoutbox, at=NOW)

    assert subject == "Your request to Imani Brooks: they ask you to call"
    assert "Call 413 555 0119, after 6 p.m.\n" in text


def test_call_that_they_ask_for_was_promised_by_nobody(asked, mailoutbox):
    answers.call_instead(asked, number="413 555 0119", reply="", at=NOW)
    told(mailoutbox, at=NOW)

    subject, text = told(mailoutbox, at=march(3))

    assert subject == "Your call to Imani Brooks: due today"
    assert "* Call Imani Brooks\n  Due today. They wrote yesterday.\n  413 555 0119\n" in text


@pytest.mark.parametrize("may", [True, False])
def test_no_names_whom_they_thought_of_and_whether_the_name_may_be_used(asked, may, mailoutbox):
    named = answers.Named(name="Wen Li", email="wen@example.org", may_use_name=may)
    answers.decline(asked, reply="", named=named, at=NOW)

    subject, text = told(mailoutbox, at=NOW)

    assert subject == "Your request to Imani Brooks: they cannot this time"
    assert "Wen Li, wen@example.org." in text
    assert ("You may say who gave you the name." in text) is may
    assert ("Please do not say who gave you the name." in text) is not may


def test_no_answer_is_told_when_the_days_are_over(asked, mailoutbox):
    post.close_expired(at=asked.expires_at)

    subject, text = told(mailoutbox, at=asked.expires_at)

    assert subject == "Your request to Imani Brooks: no answer came"
    assert "it says nothing about you" in text


def test_request_that_never_arrived_is_not_said_to_be_left_without_an_answer(asked, mailoutbox):
    AlumniMail.objects.filter(request=asked, kind="REQUEST").update(failed_at=NOW)
    post.close_expired(at=asked.expires_at)

    _, text = told(mailoutbox, at=asked.expires_at)

    assert "The mail to them did not arrive, so they never read it. The office knows." in text
    assert "People are busy" not in text


@pytest.mark.parametrize(
    ("answered_at", "heard_at"),
    [
        (datetime(2026, 3, 3, 1, 59, tzinfo=UTC), datetime(2026, 3, 3, 1, 59, tzinfo=UTC)),
        (datetime(2026, 3, 3, 2, 0, tzinfo=UTC), datetime(2026, 3, 3, 13, 0, tzinfo=UTC)),
        (datetime(2026, 3, 3, 12, 59, tzinfo=UTC), datetime(2026, 3, 3, 13, 0, tzinfo=UTC)),
    ],
    ids=["just before nine", "nine in the evening", "just before eight"],
)
def test_student_hears_at_once_but_not_at_night(asked, answered_at, heard_at, mailoutbox):
    answers.decline(asked, reply="Not now.", named=answers.Named(), at=answered_at)

    assert Reminder.objects.get(request=asked).due_at == heard_at
    assert actions.look(at=heard_at - timedelta(seconds=1)) == 0
    assert actions.look(at=heard_at) == 1


def test_answers_of_one_night_are_one_message(student, mailoutbox):
    yes, no = (ask(student, an_alum(email=f"{name}@example.org"), at=NOW) for name in "ab")
    night = datetime(2026, 3, 3, 4, 0, tzinfo=UTC)
    answers.decline(no, reply="", named=answers.Named(), at=night)
    answers.accept(yes, times=[NOW + timedelta(days=3)], reply="", at=night)

    subject, text = told(mailoutbox, at=march(3))

    assert subject == "Your request to Imani Brooks: they said yes, and 1 more"
    assert "There is news for you." in text


def test_yes_comes_in_a_break_and_a_no_after_it(student, mailoutbox):
    """The times of a yes pass meanwhile. A no waits, and is not forgotten in a long break."""
    TermBreak.objects.create(name="Break", first_on=date(2026, 3, 2), last_on=date(2026, 3, 29))
    yes, no = (ask(student, an_alum(email=f"{name}@example.org"), at=NOW) for name in "ab")
    answers.accept(yes, times=[NOW + timedelta(days=3)], reply="", at=NOW)
    answers.decline(no, reply="", named=answers.Named(), at=NOW)

    days = [day for day in range(2, 35) if actions.look(at=march(day).replace(hour=16))]

    # On the fourth that no time is taken yet.
    assert days == [2, 4, 30]
    assert Reminder.objects.get(request=no).state == State.SENT


def test_yes_that_nobody_could_mail_for_a_week_is_old(asked, mailoutbox):
    answers.accept(asked, times=[NOW + timedelta(days=30)], reply="", at=NOW)

    actions.look(at=NOW + timedelta(days=7))

    assert Reminder.objects.get(kind="REQUEST_ANSWERED").state == State.CANCELLED


def days_of(kind="TIMES_PASS"):
    return list(Reminder.objects.filter(kind=kind).values_list("due_at", "state"))


def test_day_before_the_first_time_says_once_that_none_is_taken(asked, mailoutbox):
    """The alum may keep all three hours free meanwhile."""
    times = [march(9).replace(hour=17), march(11), march(12)]
    answers.accept(asked, times=times, reply="Zoom?", at=NOW)
    told(mailoutbox, at=NOW)

    told_on = [day for day in range(3, 14) if actions.look(at=march(day))]

    assert told_on == [8]
    mail = mailoutbox[-1]
    assert mail.subject == "Choose a time with Imani Brooks: the first time they offer is tomorrow"
    assert "* Choose when you meet Imani Brooks\n" in mail.body
    assert "Take one of these times (New York time):" in mail.body
    assert "  Monday, March 9, 1 p.m.\n" in mail.body
    assert "Zoom?" not in mail.body
    assert f"/contacts/requests/{asked.pk}/" in mail.body


def test_times_of_which_one_has_just_read_are_not_repeated(asked, mailoutbox):
    """Offered for tomorrow by day; and at night, where both would come in one message."""
    answers.accept(asked, times=[NOW + timedelta(hours=20)], reply="", at=NOW)
    assert days_of() == []
    assert actions.reconcile(at=NOW) == 0

    night = datetime(2026, 3, 3, 4, 0, tzinfo=UTC)
    other = ask(asked.student, an_alum(name="Ann Lee", email="ann@example.org"), at=NOW)
    answers.accept(other, times=[march(4)], reply="", at=night)
    actions.look(at=night)
    before = len(mailoutbox)
    actions.look(at=march(3))

    (mail,) = mailoutbox[before:]
    assert mail.body.count("Wednesday, March 4, 8 a.m.") == 1
    assert "Choose when you meet" not in mail.body


def test_first_time_that_has_passed_is_not_said_to_come(asked, mailoutbox):
    """As after two days without a mail server."""
    answers.accept(asked, times=[march(9), march(12)], reply="", at=NOW)
    told(mailoutbox, at=NOW)

    assert actions.look(at=march(10)) == 0
    assert [state for _, state in days_of()] == [State.CANCELLED]


@pytest.mark.parametrize("state", ["ACCEPTED", "CONFIRMED", "HELD", "DEBRIEFED", "WITHDRAWN"])
def test_who_settled_it_otherwise_is_not_reminded_of_times(asked, state, mailoutbox):
    answers.accept(asked, times=[march(9)], reply="", at=NOW)
    told(mailoutbox, at=NOW)
    held = {"held_on": NOW, "thank_you_due_on": NOW, "follow_up_due_on": march(20)}
    Interview.objects.update(state=state, **held if state in MET else {"starts_at": march(20)})

    actions.look(at=march(8))

    assert [state for _, state in days_of()] == [State.CANCELLED]


def test_who_takes_a_time_is_not_written_to_any_more(mailoutbox):
    """The deed itself ends it, before any worker looks."""
    world = WORLDS["REQUEST_ANSWERED"]
    asked = world.begin(date(2026, 3, 2), "America/New_York")

    world.end(asked, NOW)

    assert Reminder.objects.get(kind="REQUEST_ANSWERED").state == State.CANCELLED


def test_answer_that_does_not_stand_is_not_told(asked):
    with transaction.atomic():
        answers.decline(asked, reply="", named=answers.Named(), at=NOW)
        assert Reminder.objects.filter(request=asked).exists()
        transaction.set_rollback(True)

    assert not Reminder.objects.filter(request=asked).exists()


def test_request_that_waits_or_is_taken_back_is_no_news(student, mailoutbox):
    asked = ask_alum(student, alum=an_alum(), words="Hi", medium="VIDEO", minutes=20, at=NOW)
    withdraw(asked, at=NOW)

    assert actions.reconcile(at=NOW) == 0
    assert not Reminder.objects.exists()


def test_who_leaves_takes_the_news_along(asked, mailoutbox):
    """The student hears of it in words without a name: the alumni's own post sees to that."""
    desk.remove(asked.alum, at=NOW)

    assert not Reminder.objects.filter(kind="REQUEST_CLOSED").exists()
    assert AlumniMail.objects.filter(kind="LEFT").count() == 1


def test_hostile_name_breaks_no_header(student, mailoutbox):
    asked = ask(student, an_alum(name=HOSTILE), at=NOW)
    answers.accept(asked, times=[NOW + timedelta(days=1)], reply="<b>Hi</b>", at=NOW)

    actions.look(at=NOW)

    (mail,) = mailoutbox
    assert "\n" not in mail.subject
    assert mail.message()["Bcc"] is None
    assert "<b>Hi</b>" not in mail.alternatives[0][0]


def test_mails_of_the_alumnis_own_post_move_over(student, mailoutbox):
    """What waited is mailed once, what was sent or given up is not mailed again."""
    moving = import_module("reminders.migrations.0012_answers_move_over")
    late = datetime(2026, 3, 3, 3, 0, tzinfo=UTC)
    ways = {
        "waits": {}, "sent": {"sent_at": late},
        "given up": {"failed_at": late, "server_words": "550 No such person"},
    }  # fmt: skip
    states = ("ACCEPTED", "CALL", "DECLINED", "EXPIRED")
    found: dict[tuple, Request] = {}
    for state in states:
        for way, fields in ways.items():
            answered_at = None if state == "EXPIRED" else late
            asked = ask(
                student, an_alum(email=f"{state}-{way[:4]}@example.org"), at=NOW, state=state,
                answered_at=answered_at, expires_at=late if state == "EXPIRED" else march(16),
                offered_times=[NOW] if state == "ACCEPTED" else [],
            )  # fmt: skip
            kind = "EXPIRED" if state == "EXPIRED" else "ANSWERED"
            AlumniMail.objects.create(kind=kind, request=asked, due_at=march(3), **fields)
            found[state, way] = asked
    kept = AlumniMail.objects.exclude(kind__in=("ANSWERED", "EXPIRED")).count()

    with connection.cursor() as cursor:
        cursor.execute(moving.MOVE)
        cursor.execute(moving.FORGET)

    assert AlumniMail.objects.count() == kept
    became = {"waits": State.PENDING, "sent": State.SENT, "given up": State.DEAD}
    for (_, way), asked in found.items():
        (row,) = asked.reminders.all()
        assert (row.state, row.recipient, row.due_at) == (became[way], student, march(3))
        assert row.due_on == local_date(late, student.time_zone)
    assert actions.reconcile(at=march(3)) == 0
    for asked in found.values():
        actions.reschedule(asked, at=march(3))
    assert Reminder.objects.filter(request__isnull=False).count() == len(found)
    assert actions.look(at=march(3)) == 1
    assert actions.look(at=march(4)) == 0
    (mail,) = mailoutbox
    assert mail.subject.endswith(", and 3 more")
