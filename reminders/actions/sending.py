"""Sends what is due: claim, mail, mark; some people at a time, and no more than are sent now."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import NamedTuple

from django.db import transaction
from django.db.models import QuerySet

from core import mail
from core.alternatives import Alternatives
from core.line import Line
from core.models import MarkedAddress
from reminders import claims, emails, links, schedule, wording
from reminders.actions.following import follow_rules
from reminders.actions.writing import reconcile
from reminders.mail_rules import MailRules
from reminders.marks import Marks, Sent
from reminders.models import Reminder, Wording
from reminders.pace import Pace

logger = logging.getLogger(__name__)


class Office(NamedTuple):
    """Its rules and words as they stand when a round of mails begins."""

    rules: MailRules
    words: dict[str, Wording]


def drain(*, at: datetime) -> int:
    """Follow new rules, write what is missing, and send everything that is due at `at`."""
    follow_rules(at=at)
    reconcile(at=at)
    resume_reachable()
    return look(at=at)


def look(*, at: datetime) -> int:
    """Send everything that is due at `at`. Returns how many messages went out.

    Any number of these may run at once.
    """
    number, pace = 0, Pace()
    passed_over: set[int] = set()
    with Line() as line, Marks() as marks:
        office = Office(MailRules.current(), wording.by_kind())
        take = partial(claims.take, at=at, rules=office.rules, but_not_of=passed_over)
        while burst := marks.before(lambda: take(most=pace.people)):
            passed_over |= {claim.recipient.pk for claim in burst if not claim.rows}
            going = [claim for claim in burst if claim.rows]
            number += _send(going, line, office, pace, marks, at=at)
    return number


def resume_reachable() -> int:
    """What was kept from a marked address goes out once the person has another one, or the mark is
    cleared: wherever that happened, nobody has to tell."""
    marked = MarkedAddress.objects.standing().values("email")
    kept = Reminder.objects.undeliverable().filter(failure__startswith=mail.AddressMarked.__name__)
    return try_again(kept.exclude(recipient__email__in=marked))


@transaction.atomic
def try_again(reminders: QuerySet[Reminder]) -> int:
    """Their address was corrected: let the undeliverable among these go out with the next mail."""
    return reminders.filter(state=Reminder.State.DEAD).update(
        state=Reminder.State.PENDING, attempts=0, failure="", server_words="", claimed_until=None
    )


def _send(
    burst: Sequence[claims.Claim], line: Line, office: Office, pace: Pace, marks: Marks,
    *, at: datetime,
) -> int:  # fmt: skip
    """How many of them the server took. At the first mail that it does not take the burst ends:
    that one is put back until later, and those after it, of which nothing was said, for the next
    claim."""
    number = 0
    if not burst:
        return number
    try:
        with mail.in_time(), pace.measured():
            refused = mail.marked_among([claim.recipient.email for claim in burst])
            write = partial(_mail, office=office, refused=refused, at=at)
            for claim in line.send_in_turn(burst, write):
                if claim is None:  # The server may think for long, and we may be killed meanwhile.
                    marks.settle()
                else:
                    marks.add(Sent(claim, at))
                    number += 1
    except Exception as error:  # Whatever is wrong with one mail must not stop the others.
        line.drop()
        marks.settle()  # What follows begins transactions, which no pipeline is open to.
        left = burst[number:]
        if left:
            _put_back(left[0], error)
            claims.release(left[1:])
    return number


def _put_back(claim: claims.Claim, error: Exception) -> None:
    failure = mail.describe(error)
    # Trouble with a server needs no traceback, a mistake of ours does.
    is_ours = not isinstance(error, (OSError, mail.SendTookTooLong))
    logger.warning("No mail to user %s: %s", claim.recipient.pk, failure, exc_info=is_ours)
    words = mail.said_by_server(error)
    claims.put_back(claim, failure=failure, is_final=mail.is_final(error), words=words)


def _mail(
    claim: claims.Claim, *, office: Office, refused: Mapping[str, Exception], at: datetime
) -> Alternatives:
    if claim.recipient.email in refused:
        raise refused[claim.recipient.email]
    parts = _parts(claim, office, at=at)
    kinds = {owed.declared for part in parts for owed in part.said}
    return emails.morning_mail(
        claim.recipient,
        parts,
        message_id=mail.message_id(claim.message_id),
        at=at,
        unsubscribe_url=links.to_unsubscribe(claim.recipient, kinds, at=at),
    )


def _parts(claim: claims.Claim, office: Office, *, at: datetime) -> list[emails.Part]:
    """Each once, even if several of its mornings were missed."""
    told = [(row, claim.owed[row.pk]) for row in reversed(claim.rows)]
    by_matter = {(owed.kind, owed.subject): (row, owed) for row, owed in told}
    found = [
        emails.Part(owed, links.to_act(row, at=at) if owed.declared.can_be_settled else "")
        for row, owed in by_matter.values()
    ]
    if len(found) > 1:
        found = _taken_in(found)
    found.sort(key=lambda part: schedule.urgency(part.obligation))
    in_their_words = wording.reworded((part.obligation for part in found), office.words)
    return [
        part._replace(obligation=owed) for part, owed in zip(found, in_their_words, strict=True)
    ]


def _taken_in(parts: Sequence[emails.Part]) -> list[emails.Part]:
    """Without those that would say of one row nearly what another of them says."""
    left = {(part.obligation.kind, part.obligation.subject): part for part in parts}
    for key, part in list(left.items()):
        if key in left:
            theirs = [(kind, key[1]) for kind in part.obligation.declared.takes_in]
            others = [left.pop(other) for other in theirs if other in left]
            left[key] = part._replace(also=tuple(owed for other in others for owed in other.said))
    return list(left.values())
