"""Who would hear at another time if the office changed its rules, and who of them would notice
first."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import QuerySet

from accounts.models import User
from reminders.models import Reminder
from reminders.models.post_book import OWNERS

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
