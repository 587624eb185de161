"""Who may send what: a worker claims what is due for some people, and nobody else takes it then.

`claimed_until` holds a row back until that moment: with a `claim`, because a worker is sending it;
without one, because the last try failed and the next should wait. A worker that dies leaves a claim
whose time runs out, and the same query finds the rows again: there is no sweeper.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now
from django.utils.functional import cached_property

from accounts.models import User
from core.localtime import local_date
from core.patience import insist
from reminders import claim_statements as statements
from reminders import kinds
from reminders.claim_statements import Due
from reminders.kinds.steps import Rhythm
from reminders.mail_rules import MailRules
from reminders.models import Reminder, ReminderQuerySet, Way
from reminders.models.post_book import LONGEST_WORDS
from reminders.obligations import Obligation
from reminders.still_owed import owed

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

    # The same for all that were claimed together.
    token: UUID
    recipient: User
    rows: list[Reminder] = field(default_factory=list)
    # What each row is about, by its key.
    owed: dict[int, Obligation] = field(default_factory=dict)

    @cached_property
    def message_id(self) -> str:
        """The local part of a Message-ID: the same however often these rows are sent."""
        numbers = ",".join(str(row.pk) for row in self.rows)
        digest = hashlib.sha256(numbers.encode()).hexdigest()[:16]
        return f"reminders.{self.recipient.pk}.{digest}"


@transaction.atomic
def take(
    *,
    at: datetime,
    most: int = 1,
    rules: MailRules | None = None,
    but_not_of: Collection[int] = (),
) -> list[Claim]:
    """Claim all that is due at `at` for up to `most` people: none when nobody is left to be mailed.

    `rules` are the office's of this moment, if none are given; `but_not_of` keys of people to pass
    over. Leases run by the clock of the database, whatever
    moment `at` pretends to be and whatever the worker's own clock says.
    """
    # People are locked, and not rows: two workers must not share out one person's rows.
    people = statements.lock_next(at=at, but_not_of=but_not_of, most=most)
    if not people:
        return []
    return _take_all_of(people, rules or MailRules.current(), at=at)


def release(claims: Sequence[Claim]) -> None:
    """Nothing of these was said to a server: they may be taken again at once."""
    if claims:
        rows = [row.pk for claim in claims for row in claim.rows]
        insist(lambda: statements.release(rows, claims[0].token))


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


def _take_all_of(people: Sequence[User], rules: MailRules, *, at: datetime) -> list[Claim]:
    token = uuid4()
    due = statements.lock_due_rows(
        people, at=at, mornings=_mornings(), mailed_until=at + CLOCKS_DIFFER
    )
    claims = [_take(due[person.pk], person, token, rules, at=at) for person in people]
    if rows := [row for claim in claims for row in claim.rows]:
        statements.claim(rows, token, lease=LEASE)
    return claims


def _take(told: list[Due], person: User, token: UUID, rules: MailRules, *, at: datetime) -> Claim:
    """Rows that wait after a failure go along: one message says all.

    A row that a deed is changing at this moment stays behind: it waits for no one here.
    """
    if any(due.is_being_sent for due in told):
        return Claim(token, person)  # Another worker is writing to them.
    told, obligations = _still_owed(_abandoned(told) or told, person, at=at)
    rows = _not_put_off(_wanted(told), person, rules, at=at)
    return Claim(token, person, rows, obligations)


def _abandoned(told: list[Due]) -> list[Due]:
    """What a worker that died was sending: alone, so that it has the same Message-ID if it is sent
    a second time. What fell due meanwhile is another message."""
    token = next((due.row.claim for due in told if due.row.claim), None)
    return [due for due in told if token and due.row.claim == token]


def _still_owed(
    told: list[Due], person: User, *, at: datetime
) -> tuple[list[Due], dict[int, Obligation]]:
    """And what each of their rows is about."""
    found = {
        due.row.pk: obligation
        for due in told
        if (obligation := owed(due.row.kind, due.row.subject, recipient=person, at=at))
    }
    still = [due for due in told if due.row.pk in found]
    _leave(told, still, {"state": Reminder.State.CANCELLED})
    return still, found


def _wanted(told: list[Due]) -> list[Due]:
    """What they chose not to be mailed about stays in CareerHub."""
    wanted = [due for due in told if due.chosen_way in (None, Way.MAIL)]
    _leave(told, wanted, {"state": Reminder.State.WITHHELD})
    return wanted


def _not_put_off(
    told: list[Due], person: User, rules: MailRules, *, at: datetime
) -> list[Reminder]:
    """Without what must wait: for the end of quiet hours or of a break, or for the next morning.

    One message per person and morning; what falls due later that day waits for the next.
    """
    zone, going = person.time_zone, []
    for due in told:
        last_at, kind = due.last_mail_at, kinds.get(due.row.kind)
        assert kind, "_still_owed() says so"  # noqa: S101 - for the type checker
        had_mail = last_at and local_date(last_at, zone) == local_date(at, zone)
        waits = had_mail and kind.rhythm is Rhythm.MORNING
        earliest = rules.morning_after(at, zone=zone) if waits else at
        free_at = rules.free_at(earliest, zone=zone, kind=kind)
        if free_at > at:
            Reminder.objects.filter(pk=due.row.pk).update(due_at=free_at)
        else:
            going.append(due.row)
    return going


def _leave(told: list[Due], staying: list[Due], what: dict[str, str]) -> None:
    """Write `what` on those of them that do not stay."""
    if len(staying) < len(told):
        gone = {due.row.pk for due in told} - {due.row.pk for due in staying}
        Reminder.objects.filter(pk__in=gone).update(**what)


def _mornings() -> list[str]:
    return [kind.key for kind in kinds.every() if kind.rhythm is Rhythm.MORNING]


def _held(claim: Claim) -> ReminderQuerySet:
    """By their keys: the token has no index, and looking for it reads the whole post book."""
    return Reminder.objects.filter(pk__in=[row.pk for row in claim.rows], claim=claim.token)
