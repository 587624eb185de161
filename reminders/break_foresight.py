"""Which mails a term break would keep back, and whose, before anybody saves it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db.models import DateField, DateTimeField, F, Func, QuerySet
from django.db.models.functions import Cast

from reminders import kinds
from reminders.kinds.steps import Rhythm
from reminders.mail_rules import MailRules
from reminders.models import Reminder, TermBreak
from reminders.noticing import Foreseen, Moved, next_of_each_matter, who_notices_first


def foresee_break(term_break: TermBreak) -> Foreseen:
    """`term_break` is what would be saved."""
    now = MailRules.current()
    then = replace(now, breaks=(*now.breaks, (term_break.first_on, term_break.last_on)))
    waiting = _mails_within(term_break)
    return Foreseen(
        people=waiting.values("recipient").distinct().count(),
        talks=0,
        mails=waiting.count(),
        first=who_notices_first(next_of_each_matter(waiting), lambda row: _moved(row, then)),
    )


def _mails_within(term_break: TermBreak) -> QuerySet[Reminder]:
    """By each recipient's own calendar."""
    local = Func(
        F("recipient__time_zone"), F("due_at"), function="timezone", output_field=DateTimeField()
    )
    moves = [
        kind.key
        for kind in kinds.every()
        if kind.rhythm is not Rhythm.HOUR and not kind.keeps_its_day
    ]
    rows = Reminder.objects.pending().filter(kind__in=moves).order_by()
    return rows.alias(comes_on=Cast(local, DateField())).filter(
        comes_on__range=(term_break.first_on, term_break.last_on)
    )


def _moved(row: Reminder, then: MailRules) -> Moved | None:
    kind = kinds.get(row.kind)
    if kind is None:
        return None
    later: datetime = then.free_at(row.due_at, zone=row.recipient.time_zone, kind=kind)
    what = kind.words.what.format(name="…")
    return Moved(row.recipient, what, None, None, row.due_at, later)
