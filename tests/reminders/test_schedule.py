"""Which mornings: midnight, the days on which clocks change, Honolulu and Auckland."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import transaction

from accounts.models import OfficeSettings
from core.localtime import local_date, moment
from interviews import actions as interviews
from interviews.models import Interview
from reminders import actions
from reminders.mail_rules import MailRules
from reminders.models import Reminder
from reminders.schedule import obligations_of
from tests.factories import ContactFactory, InteractionFactory, UserFactory
from tests.reminders.conftest import MET_ON, THAT_EVENING, march, talk_with

State = Reminder.State


def waiting(kind="THANK_YOU") -> list[tuple[str, int]]:
    """Steps and days in March of what waits to be sent, as New York counts them."""
    rows = Reminder.objects.pending().filter(kind=kind).order_by("due_at")
    first = date(2026, 3, 1)
    return [
        (row.step, (local_date(row.due_at, "America/New_York") - first).days + 1) for row in rows
    ]


ON_TIME = [("OPENS", 3), ("DUE", 4), ("LAST", 5), ("LATE", 6), ("LATE", 13)]


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (THAT_EVENING, ON_TIME),
        (march(3, time(8)), ON_TIME),
        (march(3, time(8, 0, 1)), ON_TIME[1:]),
        (march(5, time(12)), ON_TIME[3:]),
        (march(6, time(12)), [("LATE", 7), ("LATE", 13)]),
        (march(12, time(12)), [("LATE", 13)]),
        (march(13, time(7)), [("LATE", 13)]),
        (march(14, time(12)), [("LATE", 15)]),
        (march(60, time(12)), [("LATE", 61)]),
    ],
    ids=[
        "that evening", "the first morning on the dot", "a second after it", "the last day",
        "a day late", "just before the last mail", "that morning", "after all", "months later",
    ],
)  # fmt: skip
def test_talk_logged_late_owes_one_mail_for_what_it_missed(student, at, expected):
    """Not four on the next morning."""
    talk_with(student, at=at)

    assert waiting() == expected


def test_belated_mail_goes_out_once_however_often_the_talk_is_saved(student, mailoutbox):
    talk = talk_with(student, at=march(7, time(12)))
    actions.drain(at=march(8))

    for hour in (9, 10, 11):
        interviews.hold(talk, held_on=MET_ON, at=march(8, time(hour)))

    assert [day for day in range(8, 30) if actions.drain(at=march(day))] == [13]
    assert len(mailoutbox) == 2


def test_mail_that_is_about_to_go_is_not_put_off_by_another_deed(student, mailoutbox):
    """The worker was down at eight, and at noon the talk is saved again."""
    talk = talk_with(student)
    interviews.hold(talk, held_on=MET_ON, at=march(3, time(12)))

    assert actions.drain(at=march(3, time(12))) == 1


def test_corrected_day_of_the_talk_moves_what_waits(talk):
    interviews.hold(talk, held_on=date(2026, 3, 1), at=THAT_EVENING)

    assert waiting() == [("DUE", 3), ("LAST", 4), ("LATE", 5), ("LATE", 12)]


def test_letter_taken_back_is_owed_again(talk, mailoutbox):
    interviews.record_thank_you(talk, mailed_on=MET_ON, at=THAT_EVENING)
    assert waiting() == []

    interviews.take_back_thank_you(talk, at=THAT_EVENING)

    assert waiting() == ON_TIME


def test_letter_taken_back_does_not_send_what_was_sent(talk, mailoutbox):
    actions.drain(at=march(3))
    interviews.record_thank_you(talk, mailed_on=date(2026, 3, 3), at=march(3, time(9)))
    interviews.take_back_thank_you(talk, at=march(3, time(10)))

    assert waiting() == ON_TIME[1:]


def test_letter_taken_back_does_not_say_twice_what_the_next_morning_says(talk):
    """At noon of the due day: “it is the last day” follows tomorrow, and that is enough."""
    interviews.record_thank_you(talk, mailed_on=MET_ON, at=THAT_EVENING)

    interviews.take_back_thank_you(talk, at=march(4, time(12)))

    assert waiting() == ON_TIME[2:]


def test_talk_that_did_not_take_place_owes_nothing(talk):
    interviews.take_back_hold(talk, at=THAT_EVENING)

    assert not Reminder.objects.pending().exists()
    assert obligations_of([talk.contact.student], at=THAT_EVENING) == []


def test_steps_that_fall_on_one_day_make_one_reminder(student):
    OfficeSettings.current()
    OfficeSettings.objects.update(
        thank_you_nudge_days=2, thank_you_due_days=2, thank_you_last_days=2
    )

    talk_with(student)

    assert waiting() == [("DUE", 4), ("LATE", 5), ("LATE", 12)]


def test_office_sets_the_hour(student):
    OfficeSettings.current()
    OfficeSettings.objects.update(reminder_hour=0)

    talk_with(student)

    first = Reminder.objects.order_by("due_at").first()
    assert first.due_at == march(3, time(0))


@pytest.mark.parametrize(
    ("zone", "first_mail_at"),
    [
        ("America/New_York", datetime(2026, 3, 3, 13, 0, tzinfo=UTC)),
        ("Pacific/Honolulu", datetime(2026, 3, 3, 18, 0, tzinfo=UTC)),
        ("Pacific/Auckland", datetime(2026, 3, 2, 19, 0, tzinfo=UTC)),
    ],
)
def test_mail_goes_out_at_the_students_own_morning(zone, first_mail_at, mailoutbox):
    talk_with(UserFactory(time_zone=zone))

    assert actions.drain(at=first_mail_at - timedelta(seconds=1)) == 0
    assert actions.drain(at=first_mail_at) == 1


@pytest.mark.parametrize(
    ("zone", "met_on", "first_mail_at"),
    [
        ("America/New_York", date(2026, 3, 7), datetime(2026, 3, 8, 12, 0, tzinfo=UTC)),
        ("America/New_York", date(2026, 10, 31), datetime(2026, 11, 1, 13, 0, tzinfo=UTC)),
        ("Pacific/Auckland", date(2026, 4, 4), datetime(2026, 4, 4, 20, 0, tzinfo=UTC)),
        ("Pacific/Auckland", date(2026, 9, 26), datetime(2026, 9, 26, 19, 0, tzinfo=UTC)),
    ],
    ids=["spring in New York", "autumn in New York", "autumn in Auckland", "spring in Auckland"],
)
def test_mail_on_the_day_when_clocks_change_still_comes_at_eight(zone, met_on, first_mail_at):
    talk_with(UserFactory(time_zone=zone), on=met_on)

    assert Reminder.objects.order_by("due_at").first().due_at == first_mail_at


def test_hour_that_the_clock_skips_is_not_lost(mailoutbox):
    """At two in the morning of 8 March 2026 New York goes on to three."""
    OfficeSettings.current()
    OfficeSettings.objects.update(reminder_hour=2)

    talk_with(UserFactory(), on=date(2026, 3, 7))

    assert actions.drain(at=datetime(2026, 3, 8, 7, 0, tzinfo=UTC)) == 1


def test_day_begins_at_local_midnight(student):
    """“Due tomorrow” at 23:59, “due today” a minute later."""
    talk_with(student)

    before, after = (
        obligations_of([student], at=march(day, clock))[0].when
        for day, clock in [(3, time(23, 59, 59)), (4, time(0))]
    )

    assert (before, after) == ("due tomorrow", "due today")


def test_student_who_moves_gets_mail_at_the_new_morning(student, talk):
    student.time_zone = "Pacific/Honolulu"
    student.save()

    actions.reschedule(student, at=THAT_EVENING)

    first = Reminder.objects.order_by("due_at").first()
    assert first.due_at == moment(date(2026, 3, 3), time(8), "Pacific/Honolulu")


def test_next_morning_is_this_one_until_it_has_passed():
    zone, rules = "America/New_York", MailRules()

    assert rules.next_morning(march(3, time(8)), zone=zone) == march(3)
    assert rules.next_morning(march(3, time(8, 0, 1)), zone=zone) == march(4)


@pytest.mark.parametrize(
    ("day", "when", "is_late"),
    [
        (2, "due on Wednesday", False),
        (4, "due today", False),
        (5, "the last day is today", False),
        (6, "1 day late", True),
        (7, "2 days late", True),
    ],
)
def test_obligation_says_how_it_stands(talk, student, day, when, is_late):
    """G38."""
    thank_you = obligations_of([student], at=march(day))[0]

    assert (thank_you.when, thank_you.is_late) == (when, is_late)


@pytest.mark.parametrize("count", [1, 3])
def test_obligations_of_a_caseload_take_two_queries(count, django_assert_num_queries):
    students = UserFactory.create_batch(count)
    for student in students:
        talk_with(student)
        InteractionFactory(
            contact=ContactFactory(student=student), promised_call_on=date(2026, 3, 9)
        )

    with django_assert_num_queries(2):
        owed = obligations_of(students, at=THAT_EVENING)
        [(each.student.name, each.contact_name, each.url) for each in owed]

    assert len(owed) == 3 * count


def test_reminders_stand_or_fall_with_the_deed(student):
    """The rows are written in the transaction of the deed."""

    def fail_after_the_deed():
        with transaction.atomic():
            talk_with(student)
            raise KeyError

    with pytest.raises(KeyError):
        fail_after_the_deed()

    assert not Reminder.objects.exists()
    assert not Interview.objects.exists()


def test_owed_without_a_row_is_found_and_mailed(talk, student, mailoutbox):
    """Restored from a backup, or made in the admin."""
    InteractionFactory(
        contact=ContactFactory(student=student, name="Priya Raman"),
        promised_call_on=date(2026, 3, 3),
    )
    Reminder.objects.all().delete()

    assert actions.drain(at=THAT_EVENING) == 0

    assert actions.reconcile(at=THAT_EVENING) == 0
    assert actions.drain(at=march(3)) == 1
    assert "Priya Raman" in mailoutbox[0].body


def test_dates_changed_behind_our_back_are_found(talk):
    days = timedelta(days=2)
    Interview.objects.update(
        thank_you_opens_on=talk.thank_you_opens_on + days,
        thank_you_due_on=talk.thank_you_due_on + days,
        thank_you_last_on=talk.thank_you_last_on + days,
    )

    actions.reconcile(at=THAT_EVENING)

    assert waiting() == [(step, day + 2) for step, day in ON_TIME]


def test_reconcile_leaves_alone_what_was_sent(talk, mailoutbox):
    for day in range(2, 80):
        actions.drain(at=march(day))
    sent = len(mailoutbox)

    assert [actions.drain(at=march(day)) for day in range(80, 90)] == [0] * 10
    assert len(mailoutbox) == sent == 10
