"""What CareerHub has to say to a person at present, mailed or not: the reminders of a fortnight."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from accounts.models import User
from reminders.models import Reminder, ReminderChoice, Way
from reminders.obligations import Obligation
from reminders.still_owed import current

FOR = timedelta(days=14)
TOLD = (Reminder.State.SENT, Reminder.State.WITHHELD)


@dataclass(frozen=True)
class Notice:
    obligation: Obligation
    told_at: datetime
    was_mailed: bool


def notices_of(person: User, *, at: datetime) -> list[Notice]:
    """The newest first, each thing once; what is done, over or switched off is not said."""
    choices = ReminderChoice.objects.visible_to(person).by_kind()
    off = [kind for kind, way in choices.items() if way == Way.OFF]
    told = Reminder.objects.filter(recipient=person, state__in=TOLD, due_at__range=(at - FOR, at))
    newest: dict[tuple, Reminder] = {}
    for row in told.exclude(kind__in=off).with_subjects().order_by("-due_at", "-id"):
        newest.setdefault((row.kind, row.subject), row)
    return [
        Notice(found, row.due_at, row.state == Reminder.State.SENT)
        for (kind, subject), row in newest.items()
        if (found := current(kind, subject, recipient=person, at=at))
    ]
