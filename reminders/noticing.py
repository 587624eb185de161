"""Who would hear at another time if the office changed its rules, and who of them would notice
first."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Q, QuerySet

from accounts.models import User
from reminders import kinds, schedule, still_owed
from reminders.kinds.steps import SNOOZED, Slot
from reminders.mail_rules import MailRules
from reminders.models import Reminder, Subject
from reminders.models.post_book import OWNERS

State = Reminder.State

MOST_SHOWN = 10
# The waiting mails among which the first people are looked for.
MOST_READ = 300


class Moved(NamedTuple):
    """One matter of one person. Not with whom they talked: that is theirs."""

    person: User
    what: str
    # None where no day changes.
    due_before: date | None
    due_after: date | None
    mail_before: datetime | None
    mail_after: datetime | None


class History(NamedTuple):
    """What has gone out about some matters, or never will, and to which day each is put off."""

    over: set[tuple]
    put_off: dict[tuple, date]

    @classmethod
    def of(cls, rows: Iterable[Reminder]) -> History:
        told = Reminder.objects.filter(
            ~Q(state=State.PENDING) | Q(step=SNOOZED),
            recipient__in={row.recipient_id for row in rows},
            kind__in={row.kind for row in rows},
        )
        history = cls(set(), {})
        for row in told.exclude(state=State.CANCELLED).order_by("due_on"):
            if row.state == State.PENDING:
                history.put_off[matter_of(row)] = row.due_on
            else:
                history.over.add((matter_of(row), row.step, row.due_on))
        return history


class Foreseen(NamedTuple):
    people: int
    talks: int
    mails: int
    first: list[Moved]

    @property
    def is_nothing(self) -> bool:
        return not (self.talks or self.mails)


def next_of_each_matter(waiting: QuerySet[Reminder]) -> list[Reminder]:
    """The mail that waits for the least time, of whatever is nearest."""
    rows = waiting.with_subjects().select_related("recipient")  # type: ignore[attr-defined]
    nearest: dict[tuple, Reminder] = {}
    for row in rows.order_by("due_at", "pk")[:MOST_READ]:
        nearest.setdefault(matter_of(row), row)
    return list(nearest.values())


def matter_of(row: Reminder) -> tuple:
    return row.recipient_id, row.kind, *(getattr(row, f"{owner}_id") for owner in OWNERS)


def what_of(row: Reminder) -> str:
    kind = kinds.get(row.kind)
    return kind.words.what.format(name="…") if kind else ""


def next_mail(
    row: Reminder, subject: Subject, rules: MailRules, history: History, *, at: datetime
) -> tuple[date, datetime | None] | None:
    """The day on which the matter of `row` is due, and the next mail about it, by the same code
    that will write it; nothing when it is not owed any more."""
    owed = still_owed.current(row.kind, subject, recipient=row.recipient, at=at)
    if owed is None:
        return None
    matter, earliest = matter_of(row), at
    if matter in history.put_off:
        morning = rules.morning(history.put_off[matter], owed.zone)
        earliest = max(at, rules.free_at(morning, zone=owed.zone, kind=owed.declared))
    ahead = [
        max(slot.due_at, earliest)
        for slot in schedule.slots(owed, rules=rules, at=at)
        if (matter, slot.step, slot.due_on) not in history.over and _goes_out(slot, row)
    ]
    return owed.due_on, min(ahead, default=None)


def _goes_out(slot: Slot, row: Reminder) -> bool:
    """What is not written anew goes out all the same if it waits."""
    return not slot.is_covered or (slot.step, slot.due_on) == (row.step, row.due_on)


def who_notices_first(
    rows: Iterable[Reminder], moved: Callable[[Reminder], Moved | None]
) -> list[Moved]:
    """Some people, each with all that is theirs; nothing is reckoned for the others."""
    theirs: dict[int, list[Moved]] = {}
    for row in rows:
        if row.recipient_id in theirs or len(theirs) < MOST_SHOWN:
            found = moved(row)
            # Two talks that nobody could tell apart here are said once.
            if found is not None and found not in theirs.setdefault(row.recipient_id, []):
                theirs[row.recipient_id].append(found)
    return [found for each in theirs.values() for found in each]
