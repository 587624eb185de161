"""What a person expects of the hour of a mail, where clocks change, calendars part or nights come
between.

Each moment is written as the wall shows it, with its distance from UTC.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from accounts.actions import save_account
from contacts import actions as contacts
from core.localtime import hour_in_words, moment
from interviews import actions as interviews
from interviews.models import Interview
from reminders import actions
from reminders.break_foresight import foresee_break, foresee_without_break
from reminders.models import Reminder, TermBreak
from reminders.schedule import owed_for
from tests.factories import ContactFactory, UserFactory
from tests.reminders.conftest import talk_with

NEW_YORK, LONDON, CAIRO = "America/New_York", "Europe/London", "Africa/Cairo"
AUCKLAND, HONOLULU, LORD_HOWE = "Pacific/Auckland", "Pacific/Honolulu", "Australia/Lord_Howe"
CASABLANCA, KIRITIMATI, SYDNEY = "Africa/Casablanca", "Pacific/Kiritimati", "Australia/Sydney"


def at_wall(words: str, zone: str) -> datetime:
    """“2026-03-08 03:30” as a clock in `zone` shows it."""
    day, clock = words.split()
    return moment(date.fromisoformat(day), time.fromisoformat(clock), zone)


def walls(kind: str, zone: str) -> list[str]:
    rows = Reminder.objects.pending().filter(kind=kind).order_by("due_at")
    return [on_wall(row.due_at, zone) for row in rows]


def on_wall(at: datetime, zone: str) -> str:
    return at.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M %z")


def agreed(zone: str, starts: str, *, there: str = "", at: str = "") -> Interview:
    starts_at = at_wall(starts, zone)
    contact = ContactFactory(
        student=UserFactory(time_zone=zone), name="Wen Li", time_zone=there or zone
    )
    known_at = at_wall(at, zone) if at else starts_at - timedelta(days=9)
    talk = interviews.begin(contact, at=known_at)
    where = {"minutes": 20, "format": "PHONE", "place": ""}
    interviews.agree(talk, starts_at=starts_at, at=known_at, **where)
    return talk


def promised(zone: str, on: str, *, call_at: str = ""):
    hour = {"call_back_at": at_wall(f"{on} {call_at}", zone)} if call_at else {}
    day = date.fromisoformat(on)
    return contacts.log_interaction(
        ContactFactory(student=UserFactory(time_zone=zone)), channel="EMAIL", direction="OUT",
        at=at_wall(f"{day - timedelta(days=5)} 18:00", zone),
        happened_on=day - timedelta(days=5), promised_call_on=day, **hour,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("zone", "met_on", "first"),
    [
        (NEW_YORK, "2026-03-07", "2026-03-08 08:00 -0400"),
        (NEW_YORK, "2026-10-31", "2026-11-01 08:00 -0500"),
        (LONDON, "2026-03-28", "2026-03-29 08:00 +0100"),
        (LONDON, "2026-10-24", "2026-10-25 08:00 +0000"),
        # Clocks change at midnight: that day has no 00:30.
        (CAIRO, "2026-04-23", "2026-04-24 08:00 +0300"),
        (CAIRO, "2026-10-29", "2026-10-30 08:00 +0200"),
        # By half an hour
        (LORD_HOWE, "2026-04-04", "2026-04-05 08:00 +1030"),
        # Back an hour for Ramadan
        (CASABLANCA, "2026-02-14", "2026-02-15 08:00 +0000"),
        (NEW_YORK, "2028-02-28", "2028-02-29 08:00 -0500"),
        (NEW_YORK, "2028-02-29", "2028-03-01 08:00 -0500"),
        (KIRITIMATI, "2026-12-31", "2027-01-01 08:00 +1400"),
    ],
)
def test_thank_you_comes_at_eight_on_the_day_after(zone, met_on, first):
    talk_with(UserFactory(time_zone=zone), on=date.fromisoformat(met_on))

    assert walls("THANK_YOU", zone)[0] == first


@pytest.mark.parametrize(
    ("met_on", "first", "last_of_all"),
    [
        # Thirty days on is the leap day itself; and sixty days and eight are in April.
        ("2028-01-30", "2028-02-29 08:00 -0500", "2028-04-07 08:00 -0400"),
        ("2028-02-29", "2028-03-30 08:00 -0400", "2028-05-07 08:00 -0400"),
        ("2027-01-30", "2027-03-01 08:00 -0500", "2027-04-08 08:00 -0400"),
    ],
)
def test_second_letter_of_february_falls_on_its_day(met_on, first, last_of_all):
    talk_with(UserFactory(time_zone=NEW_YORK), on=date.fromisoformat(met_on))

    found = walls("FOLLOW_UP", NEW_YORK)
    assert (found[0], found[-1]) == (first, last_of_all)


@pytest.mark.parametrize(
    ("zone", "starts", "soon", "day_before"),
    [
        # An hour before by a watch: the wall shows two hours less, or as much as the talk itself.
        (NEW_YORK, "2026-03-08 03:30", "2026-03-08 01:30 -0500", "2026-03-07 08:00 -0500"),
        (NEW_YORK, "2026-11-01 02:30", "2026-11-01 01:30 -0500", "2026-10-31 08:00 -0400"),
        (NEW_YORK, "2026-11-01 01:30", "2026-11-01 00:30 -0400", "2026-10-31 08:00 -0400"),
        # Half past midnight belongs to its own day, and the hour before it to the evening.
        (NEW_YORK, "2026-03-05 00:30", "2026-03-04 23:30 -0500", "2026-03-04 08:00 -0500"),
        (NEW_YORK, "2026-03-08 00:30", "2026-03-07 23:30 -0500", "2026-03-07 08:00 -0500"),
        (NEW_YORK, "2028-03-01 00:30", "2028-02-29 23:30 -0500", "2028-02-29 08:00 -0500"),
        (CAIRO, "2026-04-24 01:30", "2026-04-23 23:30 +0200", "2026-04-23 08:00 +0200"),
        (LORD_HOWE, "2026-10-04 02:45", "2026-10-04 01:15 +1030", "2026-10-03 08:00 +1030"),
    ],
)
def test_talk_in_a_strange_hour_is_announced_in_time(zone, starts, soon, day_before, mailoutbox):
    talk = agreed(zone, starts)

    assert walls("TALK_SOON", zone) == [soon]
    assert walls("TALK", zone) == [day_before]
    actions.look(at=talk.starts_at - timedelta(hours=1))
    assert [mail.subject.partition(":")[0] for mail in mailoutbox][-1].endswith("begins soon")


@pytest.mark.parametrize(
    ("zone", "starts", "words"),
    [
        (NEW_YORK, "2026-03-05 00:30", "tomorrow at 12:30 a.m."),
        (NEW_YORK, "2026-03-05 00:00", "tonight at midnight, as Thursday, March 5 begins"),
        (NEW_YORK, "2026-03-08 03:30", "today at 3:30 a.m."),
    ],
)
def test_hour_before_names_the_day_by_the_students_calendar(zone, starts, words, mailoutbox):
    talk = agreed(zone, starts)

    actions.look(at=talk.starts_at - timedelta(hours=1))

    assert mailoutbox[-1].subject.endswith(f": {words}")


@pytest.mark.parametrize(
    ("starts", "zone", "there", "words"),
    [
        # New York has changed its clocks, London has not: four hours, not five.
        ("2026-03-10 10:00", NEW_YORK, LONDON, "10 a.m. (2 p.m. for Dana)"),
        ("2026-03-30 10:00", NEW_YORK, LONDON, "10 a.m. (3 p.m. for Dana)"),
        # Across the date line it is another day.
        ("2026-03-04 15:00", HONOLULU, AUCKLAND, "3 p.m. (Thursday, 2 p.m. for Dana)"),
        ("2026-03-05 14:00", AUCKLAND, HONOLULU, "2 p.m. (Wednesday, 3 p.m. for Dana)"),
        # One hour by two names is said once; in summer Phoenix is with Los Angeles, in winter not.
        ("2026-07-01 09:00", "America/Phoenix", "America/Los_Angeles", "9 a.m."),
        (
            "2026-12-01 09:00", "America/Phoenix", "America/Los_Angeles",
            "9 a.m. (8 a.m. for Dana)",
        ),
        ("2026-04-05 23:45", SYDNEY, "Asia/Kathmandu", "11:45 p.m. (7:30 p.m. for Dana)"),
        # A midnight lies between two days: it says which one begins.
        (
            "2026-03-10 00:00", NEW_YORK, LONDON,
            "midnight, as Tuesday, March 10 begins (4 a.m. for Dana)",
        ),
    ],
)  # fmt: skip
def test_both_clocks_are_those_of_that_day(starts, zone, there, words):
    assert hour_in_words(at_wall(starts, zone), zone, there=there, name="Dana") == words


@pytest.mark.parametrize(
    ("zone", "on", "mails"),
    [
        (NEW_YORK, "2026-03-08", ["2026-03-07 08:00 -0500", "2026-03-08 08:00 -0400"]),
        (NEW_YORK, "2026-11-01", ["2026-10-31 08:00 -0400", "2026-11-01 08:00 -0500"]),
        (NEW_YORK, "2028-03-01", ["2028-02-29 08:00 -0500", "2028-03-01 08:00 -0500"]),
        (CAIRO, "2026-04-24", ["2026-04-23 08:00 +0200", "2026-04-24 08:00 +0300"]),
    ],
)
def test_promised_call_is_said_on_the_day_before_and_on_its_day(zone, on, mails):
    promised(zone, on)

    assert walls("PROMISED_CALL", zone)[:2] == mails


@pytest.mark.parametrize(
    ("on", "hour", "mail"),
    [
        # Said once of the two half past ones: the earlier.
        ("2026-11-01", "01:30", "2026-11-01 01:15 -0400"),
        # There is no half past two: the call is at three, a quarter of an hour after 1:45.
        ("2026-03-08", "02:30", "2026-03-08 01:45 -0500"),
        ("2026-03-09", "00:05", "2026-03-08 23:50 -0400"),
    ],
)
def test_call_back_is_announced_a_quarter_of_an_hour_before(on, hour, mail):
    promised(NEW_YORK, on, call_at=hour)

    assert walls("CALL_BACK", NEW_YORK) == [mail]


@pytest.mark.parametrize(
    ("zone", "met_on", "first_on", "last_on", "mail"),
    [
        # The break begins, or ends, on the day of the switch.
        (NEW_YORK, "2026-03-07", "2026-03-08", "2026-03-14", "2026-03-15 08:00 -0400"),
        (NEW_YORK, "2026-03-01", "2026-03-02", "2026-03-08", "2026-03-09 08:00 -0400"),
        (NEW_YORK, "2026-10-29", "2026-10-30", "2026-11-01", "2026-11-02 08:00 -0500"),
        (NEW_YORK, "2026-10-31", "2026-11-01", "2026-11-03", "2026-11-04 08:00 -0500"),
        (CAIRO, "2026-04-20", "2026-04-21", "2026-04-23", "2026-04-24 08:00 +0300"),
        (AUCKLAND, "2026-04-03", "2026-04-04", "2026-04-05", "2026-04-06 08:00 +1200"),
        (NEW_YORK, "2028-02-27", "2028-02-28", "2028-02-29", "2028-03-01 08:00 -0500"),
    ],
)
def test_break_at_a_switch_ends_in_the_morning_after_it(zone, met_on, first_on, last_on, mail):
    """And both previews say so, before it is saved and before it is taken away."""
    on = date.fromisoformat(met_on)
    talk_with(UserFactory(time_zone=zone), on=on)
    at = moment(on, time(18), zone)
    normal = walls("THANK_YOU", zone)[0]
    days = {"first_on": date.fromisoformat(first_on), "last_on": date.fromisoformat(last_on)}
    term_break = TermBreak(name="Break", **days)

    (ahead,) = foresee_break(term_break).first
    actions.keep_break(term_break)
    actions.follow_rules(at=at)
    (back,) = foresee_without_break(term_break, at=at).first

    assert walls("THANK_YOU", zone)[0] == mail
    assert [on_wall(each, zone) for each in (ahead.mail_before, ahead.mail_after)] == [normal, mail]
    assert [on_wall(each, zone) for each in (back.mail_before, back.mail_after)] == [mail, normal]


@pytest.mark.parametrize(
    ("said", "until", "mail"),
    [
        ("2026-03-07 20:00", "2026-03-08", "2026-03-08 08:00 -0400"),
        ("2026-03-07 23:59", "2026-03-10", "2026-03-10 08:00 -0400"),
        ("2026-10-31 09:00", "2026-11-01", "2026-11-01 08:00 -0500"),
    ],
)
def test_what_is_put_off_over_a_switch_comes_at_eight(said, until, mail):
    at = at_wall(said, NEW_YORK)
    talk_with(UserFactory(time_zone=NEW_YORK), on=at.date() - timedelta(days=1))
    row = Reminder.objects.pending().order_by("due_at")[0]

    actions.snooze(row, until=date.fromisoformat(until), at=at)

    assert walls("THANK_YOU", NEW_YORK)[0] == mail


@pytest.mark.parametrize(
    ("came_from", "goes_to", "moves_at", "mails"),
    [
        # Flies east over the date line after the mail of this morning: that day is not said again.
        (HONOLULU, AUCKLAND, "2026-03-03 12:00", ["2026-03-05 08:00 +1300"]),
        # Flies west and lives the third of March twice: it is said once.
        (AUCKLAND, HONOLULU, "2026-03-03 12:00", ["2026-03-04 08:00 -1000"]),
        (NEW_YORK, LONDON, "2026-03-03 12:00", ["2026-03-04 08:00 +0000"]),
    ],
)
def test_who_flies_is_told_each_thing_once(came_from, goes_to, moves_at, mails, mailoutbox):
    student = UserFactory(time_zone=came_from)
    talk_with(student, on=date(2026, 3, 2))
    actions.drain(at=at_wall("2026-03-03 08:00", came_from))
    assert len(mailoutbox) == 1

    student.time_zone = goes_to
    student.save()
    at = at_wall(moves_at, came_from)
    actions.reschedule(student, at=at)
    while at < at_wall("2026-03-05 09:00", goes_to):
        actions.drain(at=at)
        at += timedelta(hours=1)

    hours = [on_wall(row.sent_at, goes_to) for row in Reminder.objects.exclude(sent_at=None)]
    assert len(set(hours)) == len(mailoutbox)
    assert [mail for mail in mails if mail in hours] == mails
    subjects = [mail.subject for mail in mailoutbox]
    assert len(set(subjects)) == len(subjects)


def test_day_of_25_hours_has_one_mail(mailoutbox):
    """Something falls due at nine, an hour after the mail: it waits for the next morning."""
    student = UserFactory(time_zone=NEW_YORK)
    talk_with(student, on=date(2026, 10, 31))
    actions.drain(at=at_wall("2026-11-01 08:00", NEW_YORK))
    talk_with(
        student, "Tomas Reyes", on=date(2026, 10, 25), at=at_wall("2026-10-25 18:00", NEW_YORK)
    )
    Reminder.objects.pending().filter(due_at__lt=at_wall("2026-11-01 09:00", NEW_YORK)).update(
        due_at=at_wall("2026-11-01 09:00", NEW_YORK)
    )

    at = at_wall("2026-11-01 09:00", NEW_YORK)
    while at < at_wall("2026-11-02 08:00", NEW_YORK):
        actions.drain(at=at)
        at += timedelta(hours=1)
    assert len(mailoutbox) == 1
    actions.drain(at=at_wall("2026-11-02 08:00", NEW_YORK))

    assert len(mailoutbox) == 2


@pytest.mark.parametrize(
    ("came_from", "goes_to", "hour", "on", "words"),
    [
        (NEW_YORK, "Asia/Tokyo", "20:00", "2026-03-11", "due today at 9 a.m."),
        ("Asia/Tokyo", NEW_YORK, "10:00", "2026-03-09", "due today at 9 p.m."),
        (NEW_YORK, LONDON, "15:00", "2026-03-10", "due today at 7 p.m."),
    ],
    ids=["over midnight", "back over it", "on the same day"],
)
def test_call_at_an_hour_is_owed_on_its_day_wherever_the_student_goes(
    came_from, goes_to, hour, on, words
):
    """G19: they wait for the call at their hour, and no mail says another day."""
    call = promised(came_from, "2026-03-10", call_at=hour)
    student, called_for = call.contact.student, call.call_back_at
    student.time_zone = goes_to
    save_account(student, at=at_wall("2026-03-06 12:00", NEW_YORK))
    call.refresh_from_db()

    assert call.call_back_at == called_for
    assert f"{call.promised_call_on}" == on
    morning = at_wall(f"{on} 08:00", goes_to)
    (owed,) = [
        owed for owed in owed_for(call, student=student, at=morning) if owed.kind == "PROMISED_CALL"
    ]
    assert owed.when.startswith(words)
    assert f"{on} 08:00" in on_wall(
        Reminder.objects.get(kind="PROMISED_CALL", step="DUE", state="PENDING").due_at, goes_to
    )
    # A look at the entry, saved as it stands, moves nothing.
    contacts.save_interaction(call, at=at_wall("2026-03-06 13:00", NEW_YORK))
    assert call.call_back_at == called_for
