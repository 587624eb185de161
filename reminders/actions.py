"""Keeps the post book true, and sends what is due (docs/adr/0002, docs/adr/0003)."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import User
from core import mail
from reminders import claims, emails, kinds, schedule
from reminders.kinds.steps import Slot
from reminders.mail_rules import MailRules
from reminders.models import Reminder, Subject, column_of
from reminders.obligations import Obligation

logger = logging.getLogger(__name__)

# Missing rows are a rarity; should there be very many, the next minute goes on with them.
MOST_RECONCILED = 500


def reschedule(owner: Subject, *, at: datetime) -> None:
    """Make the post book say what `owner` owes now. For a user, all that they owe."""
    if isinstance(owner, User):
        _reschedule(schedule.owning(owner, at=at), at=at)
    elif owner.pk:  # The rows of a deleted entry went with it.
        _reschedule([owner], at=at)


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
            found += _reschedule(rows, at=at)
    return found


def drain(*, at: datetime) -> int:
    """Send everything that is due at `at`, a person at a time. Returns how many messages went out.

    Any number of these may run at once.
    """
    reconcile(at=at)
    sent = 0
    passed_over: set[int] = set()
    while (claim := claims.take(at=at, but_not_of=passed_over)) is not None:
        if claim.rows:
            sent += _send(claim, at=at)
        else:
            passed_over.add(claim.recipient.pk)
    return sent


@transaction.atomic
def try_again(reminders: QuerySet[Reminder]) -> int:
    """Their address was corrected: let the undeliverable among these go out with the next mail."""
    return reminders.filter(state=Reminder.State.DEAD).update(
        state=Reminder.State.PENDING, attempts=0, failure="", server_words="", claimed_until=None
    )


def _send(claim: claims.Claim, *, at: datetime) -> bool:
    message_id = mail.message_id(claim.message_id)
    try:
        morning_mail = emails.morning_mail(
            claim.recipient, _obligations(claim, at=at), message_id=message_id
        )
        mail.send(morning_mail)
    except Exception as error:  # Whatever is wrong with one mail must not stop the others.
        failure = mail.describe(error)
        # Trouble with a server needs no traceback, a mistake of ours does.
        is_ours = not isinstance(error, (OSError, mail.SendTookTooLong))
        logger.warning("No mail to user %s: %s", claim.recipient.pk, failure, exc_info=is_ours)
        words = mail.said_by_server(error)
        claims.put_back(claim, failure=failure, is_final=mail.is_final(error), words=words)
        return False
    claims.mark_sent(claim, message_id=message_id, at=at)
    return True


def _obligations(claim: claims.Claim, *, at: datetime) -> list[Obligation]:
    """Each once, even if several of its mornings were missed."""
    wanted = dict.fromkeys((row.kind, row.subject) for row in claim.rows)
    owed = [
        obligation
        for kind, subject in wanted
        if (obligation := claims.owed(kind, subject, recipient=claim.recipient, at=at))
    ]
    return sorted(owed, key=schedule.urgency)


@transaction.atomic
def _reschedule(owners: Iterable[Subject], *, at: datetime) -> int:
    rules = MailRules.current()
    owners = list(owners)
    for owner in owners:
        plan = [
            (owed.recipient, slot)
            for owed in schedule.reminded_of(owner, at=at)
            for slot in schedule.slots(owed, rules=rules, at=at)
        ]
        _write(owner, plan, at=at)
    return len(owners)


def _write(owner: Subject, plan: list[tuple[User, Slot]], *, at: datetime) -> None:
    slots = {(who.pk, slot.kind, slot.step, slot.due_on): slot for who, slot in plan}
    rows = {_key(row): row for row in Reminder.objects.of(owner)}
    needless = [row.pk for key, row in rows.items() if key not in slots]
    Reminder.objects.pending().filter(pk__in=needless).update(state=Reminder.State.CANCELLED)
    for key, slot in slots.items():
        if key in rows:
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
