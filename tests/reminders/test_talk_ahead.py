"""G28: the day before a talk, one mail repeats its time, its place and how people dress there."""

from datetime import UTC, datetime, time, timedelta

import pytest

from interviews import actions as interviews
from interviews.models import Interview, State
from reminders import actions, kinds, links
from reminders.models import Reminder
from reminders.schedule import obligations_of
from tests.factories import ContactFactory, PreparedQuestionFactory, UserFactory
from tests.reminders.conftest import march

AGREED_AT = march(2, time(12))


def agreed(student, *, starts_at: datetime, at: datetime = AGREED_AT, **fields) -> Interview:
    talk = interviews.begin(ContactFactory(student=student, name="Dana Whitcomb"), at=at)
    facts = {"minutes": 30, "format": "IN_PERSON", "place": "The bakery on Foundry Street"}
    interviews.agree(talk, starts_at=starts_at, at=at, **{**facts, **fields})
    # What is still open has a reminder of its own.
    interviews.confirm(talk, at=at, attire="Jackets", parking="Lot A")
    return talk


def waiting() -> list[datetime]:
    rows = Reminder.objects.pending().filter(kind="TALK")
    return sorted(row.due_at.astimezone(UTC) for row in rows)


def test_mail_of_the_day_before_says_where_and_in_what(student, mailoutbox):
    talk = agreed(student, starts_at=march(10, time(10, 30)))
    Interview.objects.filter(pk=talk.pk).update(attire="Jackets, no ties", parking="Lot B")

    actions.drain(at=march(9))

    (mail,) = mailoutbox
    assert mail.subject == "Your talk with Dana Whitcomb: tomorrow at 10:30 a.m."
    for words in ("The bakery on Foundry Street", "Dress: Jackets, no ties", "Parking: Lot B"):
        assert words in mail.body
        assert words in mail.alternatives[0][0]


@pytest.mark.parametrize(
    ("zone", "hour"),
    [
        ("", "tomorrow at 10:30 a.m."),
        ("America/Toronto", "tomorrow at 10:30 a.m."),
        ("America/Chicago", "tomorrow at 10:30 a.m. (9:30 a.m. for Dana Whitcomb)"),
        ("Asia/Tokyo", "tomorrow at 10:30 a.m. (11:30 p.m. for Dana Whitcomb)"),
        ("Pacific/Kiritimati", "tomorrow at 10:30 a.m. (Wednesday, 4:30 a.m. for Dana Whitcomb)"),
    ],
)
def test_hour_is_said_by_both_clocks(student, mailoutbox, zone, hour):
    """G31."""
    talk = agreed(student, starts_at=march(10, time(10, 30)))
    talk.contact.time_zone = zone
    talk.contact.save()

    actions.drain(at=march(9))

    (mail,) = mailoutbox
    assert mail.subject == f"Your talk with Dana Whitcomb: {hour}"
    assert f"{hour[0].upper()}{hour[1:]}" in mail.body


@pytest.mark.parametrize(
    ("morning", "hour"),
    [
        (8, "at midnight, as Tuesday, March 10 begins"),
        (9, "tonight at midnight, as Tuesday, March 10 begins"),
    ],
)
def test_midnight_says_which_day_it_begins(student, morning, hour):
    """Who reads “tomorrow at midnight” may come a day late."""
    talk = agreed(student, starts_at=march(10, time(0)))

    owed = kinds.get("TALK").obligation(talk, recipient=student, at=march(morning))

    assert owed.when == hour


def test_mail_of_the_day_before_asks_the_best_five_questions_in_their_order(student, mailoutbox):
    """G27."""
    talk = agreed(student, starts_at=march(10, time(10, 30)))
    for rank in (3, 1, 6, 2, 5, 4):
        PreparedQuestionFactory(interview=talk, rank=rank, text=f"What about year {rank}?")

    actions.drain(at=march(9))

    lines = mailoutbox[0].body.splitlines()
    assert [line for line in lines if "What about" in line] == [
        f"  - What about year {rank}?" for rank in (1, 2, 3, 4, 5)
    ]


def test_mail_about_a_talk_to_confirm_says_what_is_open(student, mailoutbox):
    """G26."""
    talk = interviews.begin(ContactFactory(student=student, name="Dana Whitcomb"), at=AGREED_AT)
    facts = {"minutes": 30, "format": "IN_PERSON", "place": "The bakery"}
    interviews.agree(talk, starts_at=march(10), at=AGREED_AT, **facts)
    interviews.keep_arrangements(talk, at=AGREED_AT, not_applicable=["parking"])

    actions.drain(at=march(7))

    assert "  Still open:\n  - How people dress there\n  Confirm it" in mailoutbox[0].body


def test_mail_goes_out_once_and_not_before_that_morning(student, mailoutbox):
    agreed(student, starts_at=march(10, time(10, 30)))

    for moment in (march(8), march(9, time(7, 59)), march(9), march(9, time(9)), march(10)):
        actions.drain(at=moment)

    assert len(mailoutbox) == 1


@pytest.mark.parametrize(
    ("zone", "starts_at", "morning"),
    [
        ("America/New_York", datetime(2026, 3, 9, 3, 59, tzinfo=UTC), "2026-03-07T13:00"),
        ("America/New_York", datetime(2026, 3, 9, 4, 0, tzinfo=UTC), "2026-03-08T12:00"),
        ("America/New_York", datetime(2026, 11, 2, 4, 59, tzinfo=UTC), "2026-10-31T12:00"),
        ("America/New_York", datetime(2026, 11, 2, 5, 0, tzinfo=UTC), "2026-11-01T13:00"),
        ("Pacific/Honolulu", datetime(2026, 6, 10, 9, 59, tzinfo=UTC), "2026-06-08T18:00"),
        ("Pacific/Auckland", datetime(2026, 6, 9, 12, 0, tzinfo=UTC), "2026-06-08T20:00"),
    ],
    ids=[
        "a minute to midnight, spring", "midnight after the clocks went on",
        "a minute to midnight, fall", "midnight after the clocks went back",
        "behind the date line", "ahead of it",
    ],
)  # fmt: skip
def test_the_day_before_is_one_of_the_students_calendar(zone, starts_at, morning):
    agreed(UserFactory(time_zone=zone), starts_at=starts_at)

    assert [due_at.isoformat()[:16] for due_at in waiting()] == [morning]


def test_who_agrees_after_that_morning_is_told_nothing(student, mailoutbox):
    agreed(student, starts_at=march(3, time(15)), at=march(2, time(12)))

    actions.drain(at=march(3))

    assert mailoutbox == []


def test_new_time_moves_the_mail(student):
    talk = agreed(student, starts_at=march(10, time(10, 30)))

    interviews.agree(
        talk, starts_at=march(17, time(9)), minutes=30, format="PHONE", place="", at=march(4)
    )

    assert waiting() == [march(16)]


@pytest.mark.parametrize("exit_", [State.CANCELLED, State.WITHDRAWN])
def test_talk_called_off_is_not_announced(student, mailoutbox, exit_):
    talk = agreed(student, starts_at=march(10, time(10, 30)))

    interviews.move(talk, to=exit_, at=march(8))
    actions.drain(at=march(9))

    assert waiting() == []
    assert mailoutbox == []


def test_mail_that_waited_until_the_talk_began_is_dropped(student, mailoutbox):
    agreed(student, starts_at=march(10, time(10, 30)))

    actions.drain(at=march(10, time(10, 30)))

    assert mailoutbox == []


def test_mail_that_waited_a_night_says_today(student, mailoutbox):
    agreed(student, starts_at=march(10, time(10, 30)))

    actions.drain(at=march(10))

    assert [mail.subject for mail in mailoutbox] == [
        "Your talk with Dana Whitcomb: today at 10:30 a.m."
    ]


def test_talk_ahead_is_nothing_owed(student):
    """Today and the advisor's board speak of what is owed."""
    agreed(student, starts_at=march(10, time(10, 30)))

    assert obligations_of([student], at=march(9)) == []


def test_student_who_moves_is_told_by_the_new_clock(student):
    agreed(student, starts_at=march(10, time(10, 30)))
    student.time_zone = "America/Los_Angeles"
    student.save()

    actions.reschedule(student, at=march(4))

    assert waiting() == [march(9, time(8), "America/Los_Angeles")]


def test_lost_row_is_written_again(student):
    agreed(student, starts_at=march(10, time(10, 30)))
    Reminder.objects.all().delete()

    actions.reconcile(at=march(5))

    assert waiting() == [march(9)]


def test_day_before_that_has_passed_is_not_looked_for_again(student):
    agreed(student, starts_at=march(3, time(15)), at=march(2, time(12)))

    assert actions.reconcile(at=march(2, time(13))) == 0
    assert waiting() == []


def test_deed_on_the_day_before_keeps_the_mail_that_waits(student, mailoutbox):
    """Confirming at noon does not cancel the mail that a slow server has yet to take."""
    talk = agreed(student, starts_at=march(10, time(10, 30)))

    actions.reschedule(talk, at=march(9, time(12)))
    actions.drain(at=march(9, time(12)) + timedelta(minutes=1))

    assert len(mailoutbox) == 1


def test_talk_that_is_agreed_late_and_not_confirmed_is_one_part(student, mailoutbox):
    """What is open, where and when, and what to ask: once, with the one thing to do."""
    at = march(8, time(12))
    talk = interviews.begin(ContactFactory(student=student, name="Dana Whitcomb"), at=at)
    facts = {"minutes": 30, "format": "IN_PERSON", "place": "The bakery"}
    interviews.agree(talk, starts_at=march(10, time(10, 30)), at=at, **facts)
    PreparedQuestionFactory(interview=talk, rank=1, text="What about the first year?")

    actions.drain(at=march(9))

    (mail,) = mailoutbox
    assert mail.subject == "Your talk with Dana Whitcomb is not confirmed: tomorrow at 10:30 a.m."
    said, _, _ = mail.body.partition("Confirm it: ")
    assert said == (
        "Good morning, Maya.\n\nOne thing is waiting for you.\n\n"
        "* Confirm the talk with Dana Whitcomb\n"
        "  Tomorrow at 10:30 a.m. A short message is enough, and CareerHub has it ready.\n"
        "  In person, 30 minutes\n  The bakery\n"
        "  Still open:\n  - How people dress there\n  - Parking, or the way there\n"
        "  Your questions:\n  - What about the first year?\n  "
    )
    assert "Open your day sheet" not in mail.body + mail.alternatives[0][0]
    assert not Reminder.objects.due(at=march(9)).exists()
    # Who stops this mail stops all that it said.
    assert mail.extra_headers["List-Unsubscribe"].endswith(
        links.to_unsubscribe(student, [kinds.get("CONFIRM"), kinds.get("TALK")], at=march(9)) + ">"
    )


def test_mails_about_one_talk_that_are_late_are_one_part(student, mailoutbox):
    """The worker was away since the day before: only the last of them is worth its place."""
    at = march(6, time(12))
    talk = interviews.begin(ContactFactory(student=student, name="Dana Whitcomb"), at=at)
    facts = {"minutes": 30, "format": "IN_PERSON", "place": "The bakery"}
    interviews.agree(talk, starts_at=march(10, time(10, 30)), at=at, **facts)
    PreparedQuestionFactory(interview=talk, rank=1, text="What about the first year?")

    actions.drain(at=march(10, time(9, 30)))

    (mail,) = mailoutbox
    assert mail.subject == "Your talk with Dana Whitcomb begins soon: today at 10:30 a.m."
    for words in ("The bakery", "How people dress there", "What about the first year?", "/live/"):
        assert mail.body.count(words) == 1


def test_talks_with_two_people_are_two_parts(student, mailoutbox):
    agreed(student, starts_at=march(10, time(10, 30)))
    at = march(8, time(12))
    talk = interviews.begin(ContactFactory(student=student, name="Wen Li"), at=at)
    where = {"minutes": 30, "format": "PHONE", "place": ""}
    interviews.agree(talk, starts_at=march(10, time(15)), at=at, **where)

    actions.drain(at=march(9))

    assert "There are two things waiting for you." in mailoutbox[0].body
    for headline in ("* You meet Dana Whitcomb\n", "* Confirm the talk with Wen Li\n"):
        assert headline in mailoutbox[0].body
