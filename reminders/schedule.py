"""On which mornings reminders go out, and what a group of students owes.

Pure but for obligations_of(), which reads. Every day here is one of the student's own calendar.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from accounts.models import User
from contacts.models import Interaction
from core.localtime import local_date, moment
from interviews.models import Interview
from reminders.models import Reminder
from reminders.obligations import Obligation, owed_for, talk_ahead_of

Step = Reminder.Step

# Days after the last day on which a mail says that it is late. Then the mails end, and Today and
# the advisor's board go on saying it: nothing owed is dropped in silence (G38).
LATE_AFTER = (timedelta(days=1), timedelta(days=8))


class Slot(NamedTuple):
    """A reminder as it should stand in the post book. `due_on` is the day of its step, also when
    the mail goes out on a later morning: so the same step is never written twice."""

    kind: Reminder.Kind
    step: Reminder.Step
    due_on: date
    due_at: datetime
    # Its own morning has passed.
    is_belated: bool = False
    # The next step goes out on the same morning anyway: keep it if it waits, never write it anew.
    is_covered: bool = False


def slots(obligation: Obligation, *, hour: int, at: datetime) -> list[Slot]:
    """The mornings still to come, and one for all that had passed before `at`.

    Who logs a talk ten days later gets one mail the next morning, not the four that were missed.
    """
    zone = obligation.student.time_zone
    if obligation.kind == Reminder.Kind.TALK:
        return [_day_before(obligation, hour=hour, at=at)]
    steps = _steps(obligation)
    mornings = {on: moment(on, time(hour), zone) for on in steps}
    found = [
        Slot(obligation.kind, step, on, mornings[on])
        for on, step in sorted(steps.items())
        if mornings[on] >= at
    ]
    missed = [on for on in mornings if mornings[on] < at]
    tomorrow = next_morning(at, hour=hour, zone=zone)
    if missed:
        on = max(missed)
        is_covered = any(slot.due_at == tomorrow for slot in found)
        found.append(Slot(obligation.kind, steps[on], on, tomorrow, True, is_covered))
    return found


def next_morning(at: datetime, *, hour: int, zone: str) -> datetime:
    """The first morning hour at or after `at`."""
    today = local_date(at, zone)
    this_morning = moment(today, time(hour), zone)
    return this_morning if this_morning >= at else morning_after(at, hour=hour, zone=zone)


def morning_after(at: datetime, *, hour: int, zone: str) -> datetime:
    """The morning hour of the next local day."""
    return moment(local_date(at, zone) + timedelta(days=1), time(hour), zone)


def reminded_of(owner: Interaction | Interview, *, student: User, at: datetime) -> list[Obligation]:
    """All that mails go out about for one row: what it owes, and a talk that lies ahead."""
    talk = talk_ahead_of(owner, student=student, at=at)
    return [*owed_for(owner, student=student, at=at), *([talk] if talk else [])]


def obligations_of(students: Collection[User], *, at: datetime) -> list[Obligation]:
    """All that `students` owe, what is latest first, in two queries. Some is not open yet."""
    by_pk = {student.pk: student for student in students}
    talks = Interview.objects.held().filter(contact__student__in=list(by_pk))
    calls = Interaction.objects.awaiting_call().filter(contact__student__in=list(by_pk))
    owners = [
        *(talks.awaiting_thank_you() | talks.awaiting_follow_up()).select_related("contact"),
        *calls.select_related("contact"),
    ]
    found = [
        obligation
        for owner in owners
        for obligation in owed_for(owner, student=by_pk[owner.contact.student_id], at=at)
    ]
    return sorted(found, key=urgency)


def urgency(owed: Obligation) -> tuple:
    """What is latest, or will be first, comes first."""
    return owed.last_on, owed.due_on, owed.kind, owed.subject.pk


def _day_before(talk: Obligation, *, hour: int, at: datetime) -> Slot:
    """One mail (G28). Who agrees on a talk after that morning knows when it is: none is written."""
    morning = moment(talk.opens_on, time(hour), talk.student.time_zone)
    return Slot(talk.kind, Step.OPENS, talk.opens_on, morning, is_covered=morning < at)


def _steps(owed: Obligation) -> dict[date, Reminder.Step]:
    """One step a day: where two fall on one, the more urgent."""
    return {
        owed.opens_on: Step.OPENS,
        owed.due_on: Step.DUE,
        owed.last_on: Step.LAST if owed.last_on > owed.due_on else Step.DUE,
        **{owed.last_on + days: Step.LATE for days in LATE_AFTER},
    }
