"""Which mails a term break would keep back, or keeps back, and whose, before anybody saves it or
takes it away."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, timedelta

from django.db.models import Case, DateField, DateTimeField, F, Func, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Greatest

from reminders import kinds
from reminders.kinds.steps import Rhythm
from reminders.mail_rules import MailRules
from reminders.models import Reminder, TermBreak
from reminders.noticing import (
    Foreseen,
    History,
    Moved,
    next_mail,
    next_of_each_matter,
    what_of,
    who_notices_first,
)

A_DAY = timedelta(days=1)


def foresee_break(term_break: TermBreak) -> Foreseen:
    """`term_break` is what would be saved."""
    now = MailRules.current()
    then = replace(now, breaks=(*now.breaks, _days_of(term_break)))

    def moved(row: Reminder) -> Moved | None:
        kind = kinds.get(row.kind)
        if kind is None:
            return None
        zone = row.recipient.time_zone
        later = then.free_at(row.due_at, zone=zone, kind=kind, step=row.step)
        return Moved(row.recipient, what_of(row), None, None, row.due_at, later)

    rows = _waiting().alias(comes_on=_local_day(F("due_at")))
    waiting = rows.filter(comes_on__range=_days_of(term_break))
    return _foreseen(waiting, first=who_notices_first(next_of_each_matter(waiting), moved))


def foresee_without_break(term_break: TermBreak, *, at: datetime) -> Foreseen:
    """`term_break` is what would be taken away."""
    now = MailRules.current()
    others = list(now.breaks)
    with suppress(ValueError):  # Somebody else has just taken it away.
        others.remove(_days_of(term_break))
    then = replace(now, breaks=tuple(others))
    waiting = _kept_back_by(term_break, now, then, at=at)
    rows = next_of_each_matter(waiting)
    history = History.of(rows)

    def moved(row: Reminder) -> Moved | None:
        found = next_mail(row, row.subject, then, history, at=at)
        if found is None or found[1] == row.due_at:
            return None
        return Moved(row.recipient, what_of(row), None, None, row.due_at, found[1])

    return _foreseen(waiting, first=who_notices_first(rows, moved))


def _foreseen(waiting: QuerySet[Reminder], *, first: list[Moved]) -> Foreseen:
    people = waiting.values("recipient").distinct().count()
    return Foreseen(people=people, talks=0, mails=waiting.count(), first=first)


def _kept_back_by(
    term_break: TermBreak, now: MailRules, then: MailRules, *, at: datetime
) -> QuerySet[Reminder]:
    """What comes on the first free morning after it, and could come on an earlier day."""
    comes_on = now.free_day(term_break.first_on)
    still_kept = [days for days in then.breaks if then.free_day(days[0]) == comes_on]
    waiting = _waiting().alias(
        comes_on=_local_day(F("due_at")), could_come_on=_could_come_on(now, at=at)
    )
    kept = waiting.filter(comes_on=comes_on, could_come_on__lt=comes_on, due_at__gt=at)
    for days in still_kept:
        kept = kept.exclude(could_come_on__range=days)
    return kept


def _could_come_on(rules: MailRules, *, at: datetime) -> Case:
    """News goes out at once, the rest on the next morning at the earliest."""
    prompt = [kind.key for kind in kinds.every() if kind.rhythm is Rhythm.PROMPT]
    until_tomorrow = A_DAY - timedelta(hours=rules.hour, microseconds=1)
    next_morning = _local_day(Value(at), later=until_tomorrow)
    return Case(
        When(kind__in=prompt, then="due_on"),
        default=Greatest("due_on", next_morning),
        output_field=DateField(),
    )


def _waiting() -> QuerySet[Reminder]:
    """What no hour and no day keeps in its place."""
    waiting = Q()
    for kind in kinds.every():
        if kind.rhythm is not Rhythm.HOUR:
            steps = Q(step__in=kind.late_steps) if kind.keeps_its_day else Q()
            waiting |= Q(kind=kind.key) & steps
    return Reminder.objects.pending().filter(waiting).order_by()


def _local_day(moment: F | Value, *, later: timedelta = timedelta()) -> Cast:
    """So much later by each recipient's own clock, on their own calendar."""
    wall = Func(
        F("recipient__time_zone"), moment, function="timezone", output_field=DateTimeField()
    )
    return Cast(wall + Value(later), DateField())


def _days_of(term_break: TermBreak) -> tuple[date, date]:
    return term_break.first_on, term_break.last_on
