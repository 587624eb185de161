"""Quiet hours, term breaks, and what people chose not to be mailed about."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.models import OfficeSettings
from contacts import actions as contacts
from reminders import actions, claims, kinds
from reminders.mail_rules import MailRules
from reminders.models import Reminder, ReminderChoice, TermBreak
from tests.factories import ContactFactory, UserFactory
from tests.reminders.conftest import MET_ON, march, take_one, talk_with

State = Reminder.State
NEW_YORK = "America/New_York"
THANKS = "THANK_YOU"


@pytest.mark.parametrize(
    ("clock", "is_quiet"),
    [
        (time(20, 59, 59), False), (time(21), True), (time(23, 59), True), (time(0), True),
        (time(7, 59, 59), True), (time(8), False),
    ],
)  # fmt: skip
def test_quiet_hours_end_with_the_morning_mail(clock, is_quiet):
    assert MailRules().is_quiet(march(3, clock), zone=NEW_YORK) is is_quiet


@pytest.mark.parametrize(
    ("hour", "quiet_from", "quiet"),
    [(8, 8, []), (0, 21, [21, 22, 23]), (8, 0, list(range(8))), (23, 21, [21, 22])],
    ids=["never", "until midnight", "from midnight", "within one evening"],
)
def test_quiet_hours_of_any_office(hour, quiet_from, quiet):
    rules = MailRules(OfficeSettings(reminder_hour=hour, quiet_from_hour=quiet_from))

    found = [on for on in range(24) if rules.is_quiet(march(3, time(on)), zone=NEW_YORK)]

    assert found == quiet


def test_mail_that_was_late_does_not_come_at_night(talk, mailoutbox):
    """The worker was down all day."""
    assert actions.drain(at=march(3, time(21))) == 0
    assert actions.drain(at=march(4, time(7, 59))) == 0
    assert actions.drain(at=march(4, time(8))) == 1


@pytest.mark.parametrize(
    ("night", "morning"),
    [
        (datetime(2026, 3, 8, 5, 0, tzinfo=UTC), datetime(2026, 3, 8, 12, 0, tzinfo=UTC)),
        (datetime(2026, 11, 1, 4, 30, tzinfo=UTC), datetime(2026, 11, 1, 13, 0, tzinfo=UTC)),
    ],
    ids=["the hour that is skipped", "the hour that comes twice"],
)
def test_quiet_night_in_which_the_clocks_change(night, morning):
    kind = kinds.get(THANKS)

    assert MailRules().free_at(night, zone=NEW_YORK, kind=kind) == morning


def test_term_break_is_kept_free(student, mailoutbox):
    TermBreak.objects.create(name="Break", first_on=date(2026, 3, 4), last_on=date(2026, 3, 10))
    talk_with(student)

    days = [day for day in range(2, 20) if actions.drain(at=march(day))]

    assert days == [3, 11, 13]
    assert Reminder.objects.filter(kind=THANKS, due_at=march(11)).count() == 3


def test_break_that_is_entered_later_holds_back_what_was_scheduled(talk, mailoutbox):
    TermBreak.objects.create(name="Break", first_on=date(2026, 3, 3), last_on=date(2026, 3, 4))

    assert [day for day in range(2, 7) if actions.drain(at=march(day))] == [5, 6]


def test_break_begins_and_ends_by_the_recipients_calendar(mailoutbox):
    TermBreak.objects.create(name="Break", first_on=date(2026, 3, 3), last_on=date(2026, 3, 3))
    talk_with(UserFactory(time_zone="Pacific/Auckland"))

    first = Reminder.objects.filter(kind=THANKS).order_by("due_at").first()

    assert first.due_at == march(4, zone="Pacific/Auckland")


def test_breaks_that_meet_are_one():
    rules = MailRules(
        breaks=(
            (date(2026, 3, 3), date(2026, 3, 4)),
            (date(2026, 3, 5), date(2026, 3, 8)),
        ),
    )

    assert rules.free_at(march(3), zone=NEW_YORK, kind=kinds.get(THANKS)) == march(9)


@pytest.mark.parametrize("is_entered_later", [False, True])
def test_promised_call_is_said_on_its_day_in_a_break_and_called_late_after_it(
    student, mailoutbox, is_entered_later
):
    """G16: they wait for the call, break or not; what is late already can wait."""
    spring = TermBreak(name="Break", first_on=date(2026, 3, 5), last_on=date(2026, 3, 18))
    if not is_entered_later:
        actions.keep_break(spring)
    contacts.log_interaction(
        ContactFactory(student=student), at=march(2), happened_on=MET_ON, channel="EMAIL",
        direction="OUT", promised_call_on=date(2026, 3, 6),
    )  # fmt: skip
    if is_entered_later:
        actions.keep_break(spring)

    assert [day for day in range(2, 30) if actions.drain(at=march(day))] == [5, 6, 19]
    assert mailoutbox[-1].subject.endswith(": 13 days late")


@pytest.mark.parametrize("way", ["IN_APP", "OFF"])
def test_kind_that_is_not_to_be_mailed_is_withheld(talk, student, mailoutbox, way):
    ReminderChoice.objects.create(user=student, kind=THANKS, way=way)

    assert actions.drain(at=march(3)) == 0
    assert actions.drain(at=march(3)) == 0

    assert Reminder.objects.get(kind=THANKS, step="OPENS").state == State.WITHHELD


def test_choice_of_one_is_not_the_choice_of_another(talk, other_student, mailoutbox):
    ReminderChoice.objects.create(user=other_student, kind=THANKS, way="IN_APP")

    assert actions.drain(at=march(3)) == 1


def test_worker_whose_clock_is_ahead_takes_nothing_from_another(talk):
    """Leases run by the clock of the database."""
    take_one(at=march(3))

    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        assert take_one(at=march(3, time(8, 2))) is None


def test_worker_whose_clock_is_behind_gives_the_same_lease(talk):
    with time_machine.travel(timezone.now() - timedelta(minutes=2)):
        take_one(at=march(3))

    assert take_one(at=march(3)) is None


def test_morning_mail_of_a_worker_whose_clock_is_ahead_counts(student, mailoutbox):
    """Two workers must not each believe to be the first of the day."""
    talk_with(student)
    actions.drain(at=march(3, time(8, 1)))
    talk_with(student, "Tomás Rivera")

    assert actions.drain(at=march(3)) == 0


def test_words_of_the_server_are_kept_for_staff(talk):
    claim = take_one(at=march(3))

    claims.put_back(claim, failure="SMTPDataError 554", is_final=True, words="554 Too much of it")

    assert Reminder.objects.undeliverable().get().server_words == "554 Too much of it"


def test_office_may_have_no_quiet_hours(talk, mailoutbox):
    OfficeSettings.current()
    OfficeSettings.objects.update(quiet_from_hour=8)

    assert actions.drain(at=march(3, time(23))) == 1
