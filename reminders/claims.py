"""Who may send what: a worker claims one person's due rows, and nobody else takes them meanwhile.

`claimed_until` holds a row back until that moment: with a `claim`, because a worker is sending it;
without one, because the last try failed and the next should wait. A worker that dies leaves a claim
whose time runs out, and the same query finds the rows again: there is no sweeper.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from core.localtime import local_date
from core.patience import insist
from reminders import kinds
from reminders.mail_rules import MailRules
from reminders.models import Reminder, ReminderQuerySet, Subject
from reminders.obligations import Obligation

# Longer than a send may take (core.mail.SECONDS_TO_SEND), or a second worker would send it, too.
LEASE = timedelta(seconds=60)
# 5, 10, 20 … 320 minutes, then 6 hours: ten tries outlast a mail server that is down for a day.
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=5), timedelta(hours=6)
MOST_ATTEMPTS = 10


@dataclass(frozen=True)
class Claim:
    """The rows that one message is about; none when there is nothing to send to them after all."""

    token: UUID
    recipient: User
    rows: list[Reminder]

    @property
    def message_id(self) -> str:
        """The local part of a Message-ID: the same however often these rows are sent."""
        numbers = ",".join(str(row.pk) for row in self.rows)
        digest = hashlib.sha256(numbers.encode()).hexdigest()[:16]
        morning = local_date(max(row.due_at for row in self.rows), self.recipient.time_zone)
        return f"reminders.{self.recipient.pk}.{morning:%Y%m%d}.{digest}"


@transaction.atomic
def take(*, at: datetime, but_not_of: Collection[int] = ()) -> Claim | None:
    """Claim all that is due at `at` for one person, or nothing when nobody is left to be mailed.

    `but_not_of` are keys of people to pass over. Leases run on the real clock, whatever moment
    `at` pretends to be.
    """
    now = timezone.now()
    # The person is locked, and not a row: two workers must not share out one person's rows.
    first = (
        _free(at=at, now=now)
        .exclude(recipient__in=but_not_of)
        .select_related("recipient")
        .order_by("due_at", "recipient_id", "id")
        .select_for_update(skip_locked=True, no_key=True, of=("recipient",))
        .first()
    )
    return _take_all_of(first.recipient, at=at, now=now) if first else None


def mark_sent(claim: Claim, *, message_id: str, at: datetime) -> None:
    """By the token, and also when the deed was recorded meanwhile: the mail did go out."""
    sent = {"state": Reminder.State.SENT, "sent_at": at, "message_id": message_id}
    free = {"claim": None, "claimed_until": None, "failure": ""}
    insist(lambda: _held(claim).update(**sent, **free, attempts=F("attempts") + 1))


def put_back(claim: Claim, *, failure: str, is_final: bool) -> None:
    """Wait before the next try, or give up and let staff see it."""
    attempts = max(row.attempts for row in claim.rows)
    wait = min(FIRST_WAIT * 2**attempts, LONGEST_WAIT)
    is_final = is_final or attempts + 1 >= MOST_ATTEMPTS
    insist(lambda: _put_back(claim, failure, until=timezone.now() + wait, is_final=is_final))


@transaction.atomic
def _put_back(claim: Claim, failure: str, *, until: datetime, is_final: bool) -> None:
    if is_final:
        _held(claim).pending().update(state=Reminder.State.DEAD)
    _held(claim).update(
        claim=None, claimed_until=until, failure=failure, attempts=F("attempts") + 1
    )


def owed(kind: str, subject: Subject, *, recipient: User, at: datetime) -> Obligation | None:
    """Asked again just before the mail: the deed may have been done, or its day moved, since the
    row was written."""
    declared = kinds.get(kind)
    if declared is None:
        return None
    found = declared.obligation(subject, recipient=recipient, at=at)
    return found if found and declared.is_worth_sending(found) else None


def _free(*, at: datetime, now: datetime) -> ReminderQuerySet:
    """Due, not held back, and to somebody who may log in."""
    return Reminder.objects.due(at=at).not_held_back(now=now).filter(recipient__is_active=True)


def _take_all_of(person: User, *, at: datetime, now: datetime) -> Claim:
    """Rows that wait after a failure go along: one message says all.

    A row that a deed is changing at this moment stays behind: it waits for no one here.
    """
    rows = list(
        Reminder.objects.due(at=at)
        .filter(recipient=person)
        .with_subjects()
        .order_by("id")
        .select_for_update(skip_locked=True, of=("self",))
    )
    still = [row for row in rows if owed(row.kind, row.subject, recipient=person, at=at)]
    claim = Claim(uuid4(), person, still)
    these = Reminder.objects.filter(pk__in=[row.pk for row in claim.rows])
    if these.claimed(now=now).exists():
        return Claim(claim.token, person, [])  # Another worker is writing to them.
    over = [row.pk for row in rows if row not in still]
    Reminder.objects.filter(pk__in=over).update(state=Reminder.State.CANCELLED)
    if _had_mail_today(person, at=at):
        these.update(due_at=MailRules.current().morning_after(at, zone=person.time_zone))
        return Claim(claim.token, person, [])
    these.update(claim=claim.token, claimed_until=now + LEASE)
    return claim


def _had_mail_today(person: User, *, at: datetime) -> bool:
    """One message per person and morning; what falls due later that day waits for the next."""
    last = Reminder.objects.filter(recipient=person, sent_at__lte=at).order_by("-sent_at").first()
    if last is None or last.sent_at is None:
        return False
    zone = person.time_zone
    return local_date(last.sent_at, zone) == local_date(at, zone)


def _held(claim: Claim) -> ReminderQuerySet:
    return Reminder.objects.filter(claim=claim.token)
