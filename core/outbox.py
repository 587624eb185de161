"""Mail that is owed until a server took it: rows, the claim on one of them, and the tries.

A worker claims one row by `FOR UPDATE SKIP LOCKED`, pushes its turn ahead by a lease that is longer
than a send, and remembers the number of the attempt as its token. A worker that dies leaves a row
whose turn comes again: there is no sweeper, and any number of workers may run.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from email.errors import MessageError
from time import monotonic
from typing import ClassVar, Self, TypeVar

from django.core.mail import EmailMessage
from django.db import models, transaction
from django.db.models import Q

from core import mail
from core.models import TimeStampedModel
from core.patience import insist

logger = logging.getLogger(__name__)

# Longer than a send may take (core.mail.SECONDS_TO_SEND), or a second worker would send it, too.
LEASE = timedelta(seconds=60)
# 2, 4, 8 … minutes, then every 3 hours: ten tries outlast a mail server that is down for a night.
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=2), timedelta(hours=3)
MOST_ATTEMPTS = 10
# By how much the refusals have put a mail off, by their number.
WAITS = [min(FIRST_WAIT * 2**tries, LONGEST_WAIT) for tries in range(MOST_ATTEMPTS)]
PUT_OFF = [sum(WAITS[:tries], timedelta()) for tries in range(MOST_ATTEMPTS + 1)]
LONGEST_WORDS = 500


class Undeliverable(Exception):
    """Nothing will ever make this mail go out; the text says why to whoever reads the row."""


class NotOwed(Exception):
    """What the mail is about was settled meanwhile: nothing is sent, and the row goes."""


class NotNow(Exception):
    """It is owed, and whoever it is for sleeps: its turn comes at `until`, and no try was made."""

    def __init__(self, until: datetime) -> None:
        super().__init__()
        self.until = until


class OutgoingQuerySet(models.QuerySet):
    def owed(self) -> Self:
        """Neither taken yet nor given up."""
        return self.filter(sent_at__isnull=True, failed_at__isnull=True)

    def due(self, *, at: datetime) -> Self:
        """Owed, and its turn has come (or its sender died on it)."""
        return self.owed().filter(due_at__lte=at)

    def given_up(self) -> Self:
        return self.filter(failed_at__isnull=False)

    def waiting(self, *, at: datetime) -> Self:
        """Its turn has come, or came before and was put off by a refusal."""
        soon = self.owed().filter(due_at__lte=at + LONGEST_WAIT)
        return soon.filter(Q(due_at__lte=at) | Q(attempts__gt=0))


class Outgoing(TimeStampedModel):
    # Pushed ahead by the lease of whoever is sending, and by each refusal.
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    # What the mail server said last, for a person to read.
    server_words = models.CharField(max_length=LONGEST_WORDS, blank=True)

    # Text fields that are emptied once nothing more is to be sent.
    forgets: ClassVar[tuple[str, ...]] = ()

    class Meta:
        abstract = True

    @property
    def in_log(self) -> str:
        """What a log may say of it."""
        return f"{self._meta.verbose_name} {self.pk}"


Row = TypeVar("Row", bound=Outgoing)


class Clock:
    """Goes on from `at`: whoever sends a hundred mails must not count leases from the first."""

    def __init__(self, at: datetime) -> None:
        self.at, self.began = at, monotonic()

    def now(self) -> datetime:
        return self.at + timedelta(seconds=monotonic() - self.began)


def deliver_due(
    next_due: Callable[[datetime], models.QuerySet[Row]],
    write: Callable[[Row, datetime], EmailMessage],
    *,
    at: datetime,
) -> int:
    """Send all that `next_due` finds at the moment it is given, and say how many went out."""
    clock, taken = Clock(at), 0
    while (row := claim(next_due(clock.now()), at=clock.now())) is not None:
        taken += _deliver(row, write, clock)
    return taken


@transaction.atomic
def claim(due: models.QuerySet[Row], *, at: datetime) -> Row | None:
    """The first row, and it is nobody else's until its lease is over."""
    row = due.select_for_update(skip_locked=True, of=("self",)).first()
    if row is not None:
        row.due_at = at + LEASE
        row.attempts += 1
        row.save(update_fields=["due_at", "attempts", "updated_at"])
    return row


def mark(row: Outgoing, **what) -> None:
    """Only while this worker's claim stands: the attempt is its token."""
    mine = _held(row)
    insist(lambda: mine.update(**what))


def failure_in_words(error: Exception) -> str:
    """For the one whom the mail concerns: a server's words may quote an address."""
    return (mail.said_by_server(error) or _in_our_words(error))[:LONGEST_WORDS]


def _deliver(row: Row, write: Callable[[Row, datetime], EmailMessage], clock: Clock) -> bool:
    try:
        mail.send(write(row, clock.now()))
    except NotOwed:
        mine = _held(row)
        insist(lambda: mine.delete())
        return False
    except NotNow as later:
        mark(row, due_at=later.until, attempts=row.attempts - 1)
        return False
    except Exception as error:  # Whatever is wrong with one mail must not stop the others.
        is_ours = not isinstance(error, (OSError, mail.SendTookTooLong, Undeliverable))
        described = mail.describe(error)
        logger.warning("No mail for %s: %s", row.in_log, described, exc_info=is_ours)
        _put_back(row, error, now=clock.now())
        return False
    mark(row, sent_at=clock.now(), server_words="", **dict.fromkeys(row.forgets, ""))
    return True


def _put_back(row: Outgoing, error: Exception, *, now: datetime) -> None:
    wait = WAITS[min(row.attempts, MOST_ATTEMPTS) - 1]
    is_final = mail.is_final(error) or isinstance(error, Undeliverable)
    gives_up = is_final or row.attempts >= MOST_ATTEMPTS
    said = {"server_words": failure_in_words(error), "due_at": now + wait}
    if gives_up:
        said |= {"failed_at": now, **dict.fromkeys(row.forgets, "")}
    mark(row, **said)


def _held(row: Outgoing) -> models.QuerySet:
    return type(row)._base_manager.filter(pk=row.pk, attempts=row.attempts)


def _in_our_words(error: Exception) -> str:
    match error:
        case Undeliverable():
            return str(error)
        case mail.SendTookTooLong():
            return "the mail server took too long to answer"
        case OSError():
            return "the mail server could not be reached"
        case ValueError() | MessageError():
            return "nothing can be sent to an address that is written like this"
        case _:
            return "something went wrong here, and the office can read what"
