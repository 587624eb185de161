"""After the office has changed its days, hours or breaks: what waits follows them, a part at a
time.

How far it has come stands in the database, so that a worker that dies loses nothing.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from reminders.actions.writing import write_anew
from reminders.models import Reckoning, Reminder, TermBreak

ROWS_AT_A_TIME = 500
# A drain has mail to send, too: the next one goes on.
PARTS_A_DRAIN = 10


@transaction.atomic
def rules_changed() -> None:
    """From the first row again, also while an earlier change is being followed."""
    Reckoning.objects.update_or_create(pk=1, defaults={"after_pk": 0})


@transaction.atomic
def keep_break(term_break: TermBreak) -> None:
    """A new one, or new days of an old one."""
    term_break.save()
    rules_changed()


@transaction.atomic
def drop_break(term_break: TermBreak) -> None:
    term_break.delete()
    rules_changed()


def follow_rules(*, at: datetime) -> int:
    """Returns how many obligations were scheduled anew."""
    found = 0
    for _ in range(PARTS_A_DRAIN):
        done = _follow_part(at=at)
        if done is None:
            break
        found += done
    return found


@transaction.atomic
def _follow_part(*, at: datetime) -> int | None:
    """None when nothing is left, or when another worker is at it."""
    unfinished = Reckoning.objects.filter(after_pk__isnull=False)
    reckoning = unfinished.select_for_update(skip_locked=True).first()
    if reckoning is None or reckoning.after_pk is None:
        return None
    rows = Reminder.objects.pending().filter(pk__gt=reckoning.after_pk).with_subjects()
    part = list(rows.order_by("pk")[:ROWS_AT_A_TIME])
    reckoning.after_pk = part[-1].pk if part else None
    reckoning.save(update_fields=["after_pk"])
    return write_anew({row.subject for row in part}, at=at) if part else None
