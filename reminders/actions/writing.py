"""Makes the post book say what is owed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from accounts.models import User
from reminders import kinds, schedule
from reminders.feed.memory import remember
from reminders.kinds.steps import SNOOZED, Rhythm, Slot
from reminders.mail_rules import MailRules
from reminders.models import Reminder, Subject, column_of
from reminders.obligations import Obligation

# Missing rows are a rarity; should there be very many, the next minute goes on with them.
MOST_RECONCILED = 500


def reschedule(owner: Subject, *, at: datetime) -> None:
    """Make the post book say what `owner` owes now. For a user, all that they owe."""
    if isinstance(owner, User):
        write_anew(schedule.owning(owner, at=at), at=at)
    elif owner.pk:  # The rows of a deleted entry went with it.
        write_anew([owner], at=at)


def reconcile(*, at: datetime) -> int:
    """Write the rows of what is owed and has none: restored, imported, or edited by hand.

    Each obligation has a row of its last step, whichever others it was spared.
    """
    found = 0
    for kind in kinds.every():
        # A deed in progress writes its own rows.
        with transaction.atomic():
            rows = kind.with_people(kind.without_row(at=at))
            rows = rows.select_for_update(skip_locked=True, of=("self",))[:MOST_RECONCILED]
            found += write_anew(rows, at=at)
    return found


@transaction.atomic
def write_anew(owners: Iterable[Subject], *, at: datetime) -> int:
    rules = MailRules.current()
    owners = list(owners)
    for owner in owners:
        rows = list(Reminder.objects.of(owner))
        found = schedule.reminded_of(owner, at=at)
        remember(owner, found, at=at)
        plan = [
            (owed.recipient, slot)
            for owed in found
            for slot in _with_snooze(owed, rows, rules=rules, at=at)
        ]
        _write(owner, rows, plan, at=at)
    return len(owners)


def _with_snooze(
    owed: Obligation, rows: list[Reminder], *, rules: MailRules, at: datetime
) -> list[Slot]:
    """Nothing goes out before the day to which somebody put it off; all of it goes out then."""
    slots = schedule.slots(owed, rules=rules, at=at)
    put_off_to = [
        row.due_on
        for row in rows
        if (row.kind, row.step, row.recipient_id) == (owed.kind, SNOOZED, owed.recipient.pk)
        and row.state == Reminder.State.PENDING
    ]
    if not put_off_to:
        return slots
    on = max(put_off_to)
    due_at = rules.morning(on, owed.zone)
    due_at = rules.free_at(due_at, zone=owed.zone, kind=owed.declared)
    # Also one whose morning has come waits now.
    slots = [slot._replace(due_at=max(slot.due_at, due_at), is_belated=False) for slot in slots]
    return [*slots, Slot(owed.kind, SNOOZED, on, due_at)]


def _write(
    owner: Subject, before: list[Reminder], plan: list[tuple[User, Slot]], *, at: datetime
) -> None:
    slots = {(who.pk, slot.kind, slot.step, slot.due_on): slot for who, slot in plan}
    rows = {_key(row): row for row in before}
    needless = [row.pk for key, row in rows.items() if key not in slots]
    Reminder.objects.pending().filter(pk__in=needless).update(state=Reminder.State.CANCELLED)
    for key, slot in slots.items():
        if key in rows and _told_another_hour(rows[key], slot, at=at):
            rows.pop(key).delete()
        elif key in rows:
            _bring_up_to_date(rows[key], slot, at=at)
    new = [
        _row(owner, key[0], slot)
        for key, slot in slots.items()
        if key not in rows and not slot.is_covered
    ]
    # Two that write the same row at once mean the same.
    Reminder.objects.bulk_create(new, ignore_conflicts=True)


def _key(row: Reminder) -> tuple:
    return row.recipient_id, row.kind, row.step, row.due_on


def _told_another_hour(row: Reminder, slot: Slot, *, at: datetime) -> bool:
    """After the mail that comes at its hour, the talk was moved to later on that day.

    A row of its own says the new hour: the same one would be sent under the same Message-ID, and
    a mail program that knows it would drop the second.
    """
    declared = kinds.get(slot.kind)
    is_at_its_hour = declared is not None and declared.rhythm is Rhythm.HOUR
    is_told = row.state in (Reminder.State.SENT, Reminder.State.WITHHELD)
    return is_at_its_hour and is_told and slot.due_at > at and slot.due_at != row.due_at


def _bring_up_to_date(row: Reminder, slot: Slot, *, at: datetime) -> None:
    """Revive what is owed again, move what waits; what was sent or given up stays as it is."""
    if row.state == Reminder.State.CANCELLED:
        if slot.is_covered:
            return
        fresh = {"state": Reminder.State.PENDING, "due_at": slot.due_at, "attempts": 0}
        Reminder.objects.filter(pk=row.pk, state=row.state).update(**fresh)
    # A row whose morning has come is about to be sent: it does not move to the next one.
    elif row.due_at != slot.due_at and not (slot.is_belated and row.due_at <= at):
        Reminder.objects.pending().filter(pk=row.pk).update(due_at=slot.due_at)


def _row(owner: Subject, recipient_pk: int, slot: Slot) -> Reminder:
    about = {} if isinstance(owner, User) else {column_of(owner.__class__): owner}
    return Reminder(
        recipient_id=recipient_pk,
        kind=slot.kind,
        step=slot.step,
        due_on=slot.due_on,
        due_at=slot.due_at,
        **about,
    )
