"""What new days and hours of the office would change, and for whom, before anybody saves them.

The counts are exact and made in SQL; the people shown first are reckoned by the same code that will
write their mails, with nothing written.
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from dataclasses import replace
from datetime import date, datetime, timedelta

from django.db.models import DateField, F, Q, QuerySet
from django.db.models.functions import Cast

from accounts.models import OfficeSettings
from interviews.actions.talks import days_of_letters
from interviews.models import Interview
from reminders import kinds, schedule
from reminders.kinds.declaration import Kind
from reminders.kinds.steps import Rhythm, Slot
from reminders.mail_rules import MailRules
from reminders.models import Reminder, Subject
from reminders.noticing import Foreseen, Moved, matter_of, next_of_each_matter, who_notices_first

State = Reminder.State
PREFIXES = {"thank_you": "THANK_YOU", "follow_up": "FOLLOW_UP"}


def foresee(office: OfficeSettings, *, at: datetime) -> Foreseen:
    """`office` is what would be saved."""
    rules = MailRules.current()
    moving = _talks_that_move(office)
    waiting = _mails_that_may_move(office, rules, moving)
    owing = [rows.values("contact__student") for rows in moving.values()]
    thank_you, follow_up = (rows.values("pk") for rows in moving.values())
    return Foreseen(
        people=waiting.values("recipient").union(*owing).count(),
        talks=thank_you.union(follow_up).count(),
        mails=waiting.count(),
        first=_first(waiting, office, rules, at=at),
    )


def _talks_that_move(office: OfficeSettings) -> dict[str, QuerySet[Interview]]:
    """What is still owed after a talk, and has other dates than it would have."""
    days = days_of_letters(office)
    owed = {
        "thank_you": Interview.objects.awaiting_thank_you(),
        "follow_up": Interview.objects.awaiting_follow_up(),
    }
    stays = {
        prefix: Q(
            **{
                field: Cast(F("held_on") + timedelta(days=after), DateField())
                for field, after in days.items()
                if field.startswith(prefix)
            }
        )
        for prefix in owed
    }
    return {prefix: rows.exclude(stays[prefix]).order_by() for prefix, rows in owed.items()}


def _mails_that_may_move(
    office: OfficeSettings, now: MailRules, moving: dict[str, QuerySet[Interview]]
) -> QuerySet[Reminder]:
    rhythms = set()
    if office.reminder_hour != now.hour:
        rhythms = {Rhythm.MORNING, Rhythm.PROMPT}
    if office.quiet_from_hour != now.quiet_from:
        rhythms |= {Rhythm.PROMPT}
    keys = [
        kind.key
        for kind in kinds.every()
        if kind.rhythm in rhythms or _counts_otherwise(kind, office, now)
    ]
    touched = Q(kind__in=keys)
    for prefix, rows in moving.items():
        touched |= Q(kind=PREFIXES[prefix], interview__in=rows.values("pk"))
    return Reminder.objects.pending().filter(touched).order_by()


def _counts_otherwise(kind: Kind, office: OfficeSettings, now: MailRules) -> bool:
    names = {step.ahead for step in now.steps_of(kind) if step.ahead}
    return any(getattr(office, name) != now.number(name) for name in names)


def _first(
    waiting: QuerySet[Reminder], office: OfficeSettings, before: MailRules, *, at: datetime
) -> list[Moved]:
    after = replace(before, office=office)
    rows = next_of_each_matter(waiting)
    said = _said(rows)
    return who_notices_first(rows, lambda row: _moved(row, before, after, office, said, at=at))


def _said(rows: Iterable[Reminder]) -> set[tuple]:
    """What has gone out, or never will: it is not written a second time."""
    over = Reminder.objects.exclude(state__in=(State.PENDING, State.CANCELLED)).filter(
        recipient__in={row.recipient_id for row in rows}, kind__in={row.kind for row in rows}
    )
    return {(matter_of(row), row.step, row.due_on) for row in over.order_by()}


def _moved(
    row: Reminder,
    before: MailRules,
    after: MailRules,
    office: OfficeSettings,
    said: set[tuple],
    *,
    at: datetime,
) -> Moved | None:
    kind = kinds.get(row.kind)
    if kind is None:
        return None
    old = _plan(kind, row, row.subject, before, said, at=at)
    new = _plan(kind, row, _with_new_days(row.subject, office), after, said, at=at)
    if old is None or new is None or old == new:
        return None
    what = kind.words.what.format(name="…")
    return Moved(row.recipient, what, old[0], new[0], old[1], new[1])


def _plan(
    kind: Kind, row: Reminder, subject: Subject, rules: MailRules, said: set[tuple], *, at: datetime
) -> tuple[date, datetime | None] | None:
    """The day it is due, and the next mail about it."""
    owed = kind.obligation(subject, recipient=row.recipient, at=at)
    if owed is None:
        return None
    ahead = [
        max(slot.due_at, at)
        for slot in schedule.slots(owed, rules=rules, at=at)
        if (matter_of(row), slot.step, slot.due_on) not in said and _goes_out(slot, row)
    ]
    return owed.due_on, min(ahead, default=None)


def _goes_out(slot: Slot, row: Reminder) -> bool:
    """What is not written anew goes out all the same if it waits."""
    return not slot.is_covered or (slot.step, slot.due_on) == (row.step, row.due_on)


def _with_new_days(subject: Subject, office: OfficeSettings) -> Subject:
    if not isinstance(subject, Interview) or subject.held_on is None:
        return subject
    talk = copy(subject)
    for field, after in days_of_letters(office).items():
        setattr(talk, field, subject.held_on + timedelta(days=after))
    return talk
