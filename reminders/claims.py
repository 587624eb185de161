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
from django.db.models.functions import Now

from accounts.models import User
from core.localtime import local_date
from core.patience import insist
from reminders import kinds
from reminders.kinds.steps import Rhythm
from reminders.mail_rules import MailRules
from reminders.models import Reminder, ReminderQuerySet, Subject, Way
from reminders.models.post_book import LONGEST_WORDS
from reminders.obligations import Obligation

# Longer than a send may take (core.mail.SECONDS_TO_SEND), or a second worker would send it, too.
LEASE = timedelta(seconds=60)
# 5, 10, 20 … 320 minutes, then 6 hours: ten tries outlast a mail server that is down for a day.
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=5), timedelta(hours=6)
MOST_ATTEMPTS = 10
# The clocks of two workers; what one of them sent “in a minute” was sent.
CLOCKS_DIFFER = timedelta(minutes=5)


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
        return f"reminders.{self.recipient.pk}.{digest}"


@transaction.atomic
def take(
    *, at: datetime, rules: MailRules | None = None, but_not_of: Collection[int] = ()
) -> Claim | None:
    """Claim all that is due at `at` for one person, or nothing when nobody is left to be mailed.

    `rules` are the office's of this moment, if none are given; `but_not_of` keys of people to pass
    over. Leases run by the clock of the database, whatever
    moment `at` pretends to be and whatever the worker's own clock says.
    """
    # The person is locked, and not a row: two workers must not share out one person's rows.
    first = (
        _free(at=at)
        .exclude(recipient__in=but_not_of)
        .select_related("recipient")
        .order_by("due_at", "recipient_id", "id")
        .select_for_update(skip_locked=True, no_key=True, of=("recipient",))
        .first()
    )
    if first is None:
        return None
    return _take_all_of(first.recipient, rules or MailRules.current(), at=at)


def mark_sent(claim: Claim, *, message_id: str, at: datetime) -> None:
    """By the token, and also when the deed was recorded meanwhile: the mail did go out."""
    sent = {"state": Reminder.State.SENT, "sent_at": at, "message_id": message_id}
    free = {"claim": None, "claimed_until": None, "failure": "", "server_words": ""}
    insist(lambda: _held(claim).update(**sent, **free, attempts=F("attempts") + 1))


def put_back(claim: Claim, *, failure: str, is_final: bool, words: str = "") -> None:
    """Wait before the next try, or give up and let staff see it."""
    attempts = max(row.attempts for row in claim.rows)
    wait = min(FIRST_WAIT * 2**attempts, LONGEST_WAIT)
    is_final = is_final or attempts + 1 >= MOST_ATTEMPTS
    said = {"failure": failure, "server_words": words[:LONGEST_WORDS]}
    insist(lambda: _put_back(claim, said, wait=wait, is_final=is_final))


@transaction.atomic
def _put_back(claim: Claim, said: dict[str, str], *, wait: timedelta, is_final: bool) -> None:
    if is_final:
        _held(claim).pending().update(state=Reminder.State.DEAD)
    _held(claim).update(claim=None, claimed_until=Now() + wait, attempts=F("attempts") + 1, **said)


def owed(kind: str, subject: Subject, *, recipient: User, at: datetime) -> Obligation | None:
    """Asked again just before the mail: the deed may have been done, or its day moved, since the
    row was written."""
    found = current(kind, subject, recipient=recipient, at=at)
    return found if found and found.declared.is_worth_sending(found) else None


def current(kind: str, subject: Subject, *, recipient: User, at: datetime) -> Obligation | None:
    """Nothing for what has ended, and for a kind that this release no longer has."""
    declared = kinds.get(kind)
    return declared.obligation(subject, recipient=recipient, at=at) if declared else None


def _free(*, at: datetime) -> ReminderQuerySet:
    """Due, not held back, and to somebody who may log in."""
    return Reminder.objects.due(at=at).not_held_back().filter(recipient__is_active=True)


def _take_all_of(person: User, rules: MailRules, *, at: datetime) -> Claim:
    """Rows that wait after a failure go along: one message says all.

    A row that a deed is changing at this moment stays behind: it waits for no one here.
    """
    due = Reminder.objects.due(at=at).filter(recipient=person).with_subjects()
    told = due.with_what_a_claim_asks(mornings=_mornings(), until=at + CLOCKS_DIFFER)
    rows = list(told.order_by("id").select_for_update(skip_locked=True, of=("self",)))
    if any(row.is_being_sent for row in rows):  # type: ignore[attr-defined]  # annotated above
        return Claim(uuid4(), person, [])  # Another worker is writing to them.
    rows = _wanted(_still_owed(_abandoned(rows) or rows, person, at=at))
    claim = Claim(uuid4(), person, _not_put_off(rows, person, rules, at=at))
    _of(claim.rows).update(claim=claim.token, claimed_until=Now() + LEASE)
    return claim


def _abandoned(rows: list[Reminder]) -> list[Reminder]:
    """What a worker that died was sending: alone, so that it has the same Message-ID if it is sent
    a second time. What fell due meanwhile is another message."""
    token = next((row.claim for row in rows if row.claim), None)
    return [row for row in rows if token and row.claim == token]


def _still_owed(rows: list[Reminder], person: User, *, at: datetime) -> list[Reminder]:
    still = [row for row in rows if owed(row.kind, row.subject, recipient=person, at=at)]
    over = _of([row for row in rows if row not in still])
    over.update(state=Reminder.State.CANCELLED)
    return still


def _wanted(rows: list[Reminder]) -> list[Reminder]:
    """What they chose not to be mailed about stays in CareerHub."""
    wanted = [row for row in rows if row.chosen_way in (None, Way.MAIL)]  # type: ignore[attr-defined]
    withheld = _of([row for row in rows if row not in wanted])
    withheld.update(state=Reminder.State.WITHHELD)
    return wanted


def _not_put_off(
    rows: list[Reminder], person: User, rules: MailRules, *, at: datetime
) -> list[Reminder]:
    """Without what must wait: for the end of quiet hours or of a break, or for the next morning.

    One message per person and morning; what falls due later that day waits for the next.
    """
    zone, going = person.time_zone, []
    for row in rows:
        last_at = row.last_mail_at  # type: ignore[attr-defined]  # annotated by the claim
        had_mail = last_at and local_date(last_at, zone) == local_date(at, zone)
        kind = kinds.get(row.kind)
        assert kind, "_still_owed() says so"  # noqa: S101 - for the type checker
        waits = had_mail and kind.rhythm is Rhythm.MORNING
        earliest = rules.morning_after(at, zone=zone) if waits else at
        free_at = rules.free_at(earliest, zone=zone, kind=kind)
        if free_at > at:
            _of([row]).update(due_at=free_at)
        else:
            going.append(row)
    return going


def _of(rows: list[Reminder]) -> ReminderQuerySet:
    return Reminder.objects.filter(pk__in=[row.pk for row in rows])


def _mornings() -> list[str]:
    return [kind.key for kind in kinds.every() if kind.rhythm is Rhythm.MORNING]


def _held(claim: Claim) -> ReminderQuerySet:
    """By their keys: the token has no index, and looking for it reads the whole post book."""
    return Reminder.objects.filter(pk__in=[row.pk for row in claim.rows], claim=claim.token)
