"""What calendars were told of each deed: written with the deed, for a reader writes nothing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from accounts.models import User
from contacts.models import Interaction
from interviews.models import Interview
from reminders import kinds
from reminders.feed.models import FeedEntry
from reminders.models import Subject, column_of
from reminders.obligations import Obligation


def remember(owner: Subject, owed: Iterable[Obligation], *, at: datetime) -> None:
    """Which day is new, has moved, or is no longer owed; `owed` is all that `owner` owes."""
    deeds = {kind.key for kind in kinds.about(owner) if kind.is_deed}
    if not deeds or not isinstance(owner, (Interaction, Interview)):
        return
    known = {entry.kind: entry for entry in FeedEntry.objects.of(owner)}
    still = {found.kind: found for found in owed if found.kind in deeds}
    for key, found in still.items():
        entry = known.get(key) or _begun(owner, found)
        entry.tell(on=found.due_on, starts_at=hour_of(owner), ended_at=None)
    for key in known.keys() - still.keys():
        entry = known[key]
        entry.tell(on=entry.on, starts_at=entry.starts_at, ended_at=entry.ended_at or at)


def hour_of(owner: Subject) -> datetime | None:
    """The one that they named for a call (G19)."""
    return owner.call_back_at if isinstance(owner, Interaction) else None


def _begun(owner: Subject, found: Obligation) -> FeedEntry:
    student: User = found.student
    return FeedEntry(student=student, kind=found.kind, **{column_of(owner.__class__): owner})
