"""Letters that CareerHub mails: a row is owed until the mail server took it (docs/adr/0002)."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from time import monotonic

from django.db import transaction

from core import mail
from core.patience import insist
from letters import emails
from letters.actions.refusals import NothingFailed
from letters.models import Delivery

logger = logging.getLogger(__name__)

# Longer than a send may take (core.mail.SECONDS_TO_SEND), or a second worker would send it, too.
LEASE = timedelta(seconds=60)
# 2, 4, 8 … minutes, then every 3 hours: ten tries outlast a mail server that is down for a night.
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=2), timedelta(hours=3)
MOST_ATTEMPTS = 10


class Clock:
    """Goes on from `at`: whoever sends a hundred letters must not count leases from the first."""

    def __init__(self, at: datetime) -> None:
        self.at, self.began = at, monotonic()

    def now(self) -> datetime:
        return self.at + timedelta(seconds=monotonic() - self.began)


def deliver_due(*, at: datetime) -> int:
    """Mail every letter that is due, and say how many the server took. Any number may run."""
    clock, taken = Clock(at), 0
    while (delivery := claim(at=clock.now())) is not None:
        taken += _deliver(delivery, clock)
    return taken


@transaction.atomic
def try_again(delivery: Delivery, *, at: datetime) -> None:
    """After the address was corrected."""
    failed = Delivery.objects.filter(pk=delivery.pk, failed_at__isnull=False)
    if not failed.update(failed_at=None, attempts=0, due_at=at, server_words=""):
        raise NothingFailed


@transaction.atomic
def claim(*, at: datetime) -> Delivery | None:
    """One row, and it is nobody else's until its lease is over. A dead worker's is found again."""
    delivery = (
        Delivery.objects.due(at=at)
        .select_related("letter__contact__student")
        .select_for_update(skip_locked=True, of=("self",))
        .order_by("due_at", "id")
        .first()
    )
    if delivery is not None:
        delivery.due_at = at + LEASE
        delivery.attempts += 1
        delivery.save(update_fields=["due_at", "attempts", "updated_at"])
    return delivery


def _deliver(delivery: Delivery, clock: Clock) -> bool:
    try:
        mail.send(emails.letter_mail(delivery.letter))
    except Exception as error:  # Whatever is wrong with one letter must not stop the others.
        is_ours = not isinstance(error, (OSError, mail.SendTookTooLong, emails.NoAddressLeft))
        described = mail.describe(error)
        logger.warning("No mail for letter %s: %s", delivery.letter_id, described, exc_info=is_ours)
        is_final = mail.is_final(error) or isinstance(error, emails.NoAddressLeft)
        _put_back(delivery, words=emails.failure_in_words(error), is_final=is_final, clock=clock)
        return False
    _mark(delivery, sent_at=clock.now(), server_words="")
    return True


def _put_back(delivery: Delivery, *, words: str, is_final: bool, clock: Clock) -> None:
    now = clock.now()
    wait = min(FIRST_WAIT * 2 ** (delivery.attempts - 1), LONGEST_WAIT)
    gives_up = is_final or delivery.attempts >= MOST_ATTEMPTS
    _mark(delivery, server_words=words, due_at=now + wait, failed_at=now if gives_up else None)


def _mark(delivery: Delivery, **what) -> None:
    """Only while this worker's claim stands: the attempt is its token."""
    mine = Delivery.objects.filter(pk=delivery.pk, attempts=delivery.attempts)
    insist(lambda: mine.update(**what))
