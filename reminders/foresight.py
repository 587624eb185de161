"""What new days and hours of the office would change, and for whom, before anybody saves them.

The counts are exact and made in SQL; the people shown first are reckoned by the same code that will
write their mails, with nothing written.
"""

from __future__ import annotations

from copy import copy
from dataclasses import replace
from datetime import datetime, timedelta

from django.db.models import DateField, F, Q, QuerySet
from django.db.models.functions import Cast

from accounts.models import OfficeSettings
from interviews.actions.talks import days_of_letters
from interviews.models import Interview
from reminders import kinds
from reminders.kinds.declaration import Kind
from reminders.kinds.steps import Rhythm
from reminders.mail_rules import MailRules
from reminders.models import Reminder, Subject
from reminders.noticing import (
    Foreseen,
    History,
    Moved,
    next_mail,
    next_of_each_matter,
    what_of,
    who_notices_first,
)

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
    history = History.of(rows)

    def moved(row: Reminder) -> Moved | None:
        old = next_mail(row, row.subject, before, history, at=at)
        new = next_mail(row, _with_new_days(row.subject, office), after, history, at=at)
        if old is None or new is None or old == new:
            return None
        return Moved(row.recipient, what_of(row), old[0], new[0], old[1], new[1])

    return who_notices_first(rows, moved)


def _with_new_days(subject: Subject, office: OfficeSettings) -> Subject:
    if not isinstance(subject, Interview) or subject.held_on is None:
        return subject
    talk = copy(subject)
    for field, after in days_of_letters(office).items():
        setattr(talk, field, subject.held_on + timedelta(days=after))
    return talk
