"""A student asks an alum, takes one of the times offered, or takes the request back.

The row that the caller passes is read afresh under the lock. Each deed is announced in its
transaction (alumni/announcements.py).
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from accounts.models import OfficeSettings, User
from alumni.announcements import request_made, request_withdrawn, time_taken
from alumni.availability import availability_of, reach, why_not
from alumni.models import Alum, Consent, Request
from core.obligations import obligations_changed

MOST_WORDS = 4000


class Refused(Exception):
    """The deed cannot be; its text is a sentence for the student."""


class NotToBeAsked(Refused):
    def __init__(self, alum: Alum) -> None:
        super().__init__(f"{alum.name} is no longer to be asked. Ask somebody else.")


class AskedAlready(Refused):
    def __init__(self, alum: Alum) -> None:
        super().__init__(f"You have asked {alum.name} already, and the answer is still open.")


class NotAvailable(Refused):
    """Paused, at the cap, asked lately, or the last place is kept: the text says until when."""


class NotThisWay(Refused):
    def __init__(self, alum: Alum) -> None:
        super().__init__(f"{alum.name} cannot be asked through CareerHub.")


class OutOfReach(Refused):
    def __init__(self, alum: Alum) -> None:
        super().__init__(
            f"Mail to {alum.name} does not arrive at present, and the office knows. Ask somebody "
            "else meanwhile."
        )


class NoWords(Refused):
    def __init__(self) -> None:
        super().__init__("Write what you would like to ask them, in 4,000 characters at most.")


class Answered(Refused):
    """It is no longer waiting for an answer, or not for this one."""


class NotOffered(Refused):
    def __init__(self) -> None:
        super().__init__("That time is not among those they offered. Choose one of these.")


class TimeHasPassed(Refused):
    def __init__(self) -> None:
        super().__init__("That time has passed. Choose another, or write to them.")


@transaction.atomic
def ask_alum(
    student: User, *, alum: Alum, words: str, medium: str, minutes: int, at: datetime
) -> Request:
    """The alum's row is locked first: of two who ask for the last place, the second is refused."""
    rows = Alum.objects.without_search().select_for_update(no_key=True)
    locked = rows.filter(pk=alum.pk).first()
    if locked is None or locked.consent != Consent.YES:
        raise NotToBeAsked(alum)
    if Request.objects.pending().filter(alum=locked, student=student).exists():
        raise AskedAlready(locked)
    standing = availability_of(locked, at=at, student=student)
    if not standing.is_open:
        raise NotAvailable(why_not(locked.name, standing))
    if not reach(locked, standing).by_careerhub:
        raise NotThisWay(locked)
    if locked.address_mark is not None:
        raise OutOfReach(locked)
    if not words.strip() or len(words) > MOST_WORDS:
        raise NoWords
    request = Request.objects.create(
        alum=locked,
        student=student,
        words=words.strip(),
        medium=medium,
        minutes=minutes,
        asked_at=at,
        expires_at=at + timedelta(days=max(1, OfficeSettings.current().request_expires_days)),
    )
    request_made.send(sender=Request, request=request, at=at)
    return request


@transaction.atomic
def withdraw(request: Request, *, at: datetime) -> None:
    """The student no longer wants it. The place that it took in the month stays taken."""
    _lock(request)
    if request.state != Request.State.PENDING:
        raise Answered("This request is no longer waiting, so there is nothing to take back.")
    request.state = Request.State.WITHDRAWN
    request.save(update_fields=["state", "updated_at"])
    request_withdrawn.send(sender=Request, request=request, at=at)


@transaction.atomic
def take_time(request: Request, *, starts_at: datetime, at: datetime) -> None:
    """One of the times that the alum offered; once taken, it stands."""
    _lock(request)
    if request.taken_time == starts_at:
        return  # A second click.
    if request.state != Request.State.ACCEPTED or request.taken_time is not None:
        raise Answered("There is no time to choose any more. Look at what you agreed on.")
    if starts_at not in request.offered_times:
        raise NotOffered
    if starts_at <= at:
        raise TimeHasPassed
    request.taken_time = starts_at
    request.save(update_fields=["taken_time", "updated_at"])
    time_taken.send(sender=Request, request=request, at=at)
    obligations_changed.send(sender=Request, owner=request, at=at)


def _lock(request: Request) -> None:
    """The alum first, as everywhere: two deeds on one request never wait for each other."""
    Alum.objects.select_for_update(no_key=True).only("pk").filter(pk=request.alum_id).first()
    rows = Request.objects.select_related("alum", "student").select_for_update(of=("self",))
    request.refresh_from_db(from_queryset=rows)
