"""An alum answers a request: yes with times, a call instead, or no with another name."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from alumni.actions import post
from alumni.announcements import request_answered
from alumni.models import Alum, Consent, Request
from core.obligations import obligations_changed

State = Request.State
MOST_TIMES = 3
TOLD_THE_OFFICE = "They told our career office that they do not want to be asked."


class AnswerRefused(Exception):
    """The answer cannot be taken; the text is for the alum."""


class AlreadyAnswered(AnswerRefused):
    def __init__(self) -> None:
        super().__init__("This request has its answer already. Nothing was changed.")


class NoLongerNeeded(AnswerRefused):
    def __init__(self) -> None:
        super().__init__("The student has withdrawn this request. No answer is needed any more.")


class TooLate(AnswerRefused):
    def __init__(self) -> None:
        super().__init__("This request is closed: the time to answer it has passed.")


class TimesRefused(AnswerRefused):
    """Something about the times that were offered."""


@dataclass(frozen=True)
class Named:
    """Whom the alum thinks of instead."""

    name: str = ""
    email: str = ""
    about: str = ""
    may_use_name: bool = False


@transaction.atomic
def accept(request: Request, *, times: list[datetime], reply: str, at: datetime) -> Request:
    """Up to three moments; the student takes one of them."""
    offered = sorted(set(times))
    if not 1 <= len(offered) <= MOST_TIMES:
        raise TimesRefused("Offer one, two or three times.")
    if offered[0] <= at:
        raise TimesRefused("One of these times has passed. Choose times that lie ahead.")
    with _answering(request, at=at) as row:
        row.state, row.offered_times, row.reply = State.ACCEPTED, offered, reply
    return row


@transaction.atomic
def call_instead(request: Request, *, number: str, reply: str, at: datetime) -> Request:
    """The student calls, at the number and hour that the alum names."""
    with _answering(request, at=at) as row:
        row.state, row.call_number, row.reply = State.CALL_INSTEAD, number, reply
    return row


@transaction.atomic
def decline(request: Request, *, reply: str, named: Named, at: datetime) -> Request:
    with _answering(request, at=at) as row:
        row.state, row.reply = State.DECLINED, reply
        row.named_name, row.named_email, row.named_about = named.name, named.email, named.about
        row.may_use_name = bool(named.name) and named.may_use_name
    return row


@transaction.atomic
def decline_all(alum: Alum, *, reply: str, at: datetime) -> list[Request]:
    """Whoever does not want to be asked any more has answered all who wait."""
    return _decline_each(Request.objects.pending().filter(alum=alum), reply=reply, at=at)


@transaction.atomic
def decline_for_refusing(*, at: datetime) -> list[Request]:
    """After a list that said no of some: the same, whoever they are."""
    refused = Request.objects.pending().filter(alum__consent=Consent.NO)
    return _decline_each(refused, reply=TOLD_THE_OFFICE, at=at)


def _decline_each(pending: QuerySet[Request], *, reply: str, at: datetime) -> list[Request]:
    asked = pending.select_related("alum", "student").defer("alum__search")
    rows = list(asked.order_by("pk").select_for_update(of=("self",)))
    for row in rows:
        row.state, row.reply = State.DECLINED, reply
        _keep(row, at=at)
    return rows


@contextmanager
def _answering(request: Request, *, at: datetime) -> Iterator[Request]:
    """The row under lock: of an answer and a withdrawal at one moment, one finds the other done.

    The alum is locked first, as by their removal, so that the two never wait for each other.
    """
    Alum.objects.select_for_update(no_key=True).only("pk").filter(pk=request.alum_id).first()
    rows = Request.objects.select_related("alum", "student").defer("alum__search")
    row = rows.select_for_update(of=("self",)).filter(pk=request.pk).first()
    if row is None or row.state == State.WITHDRAWN:
        raise NoLongerNeeded
    if row.state == State.EXPIRED or (row.state == State.PENDING and row.expires_at <= at):
        raise TooLate
    if row.state != State.PENDING:
        raise AlreadyAnswered
    yield row
    _keep(row, at=at)


def _keep(row: Request, *, at: datetime) -> None:
    row.answered_at = at
    row.save()
    post.queue_answer(row, at=at)
    request_answered.send(Request, request=row, at=at)
    obligations_changed.send(sender=Request, owner=row, at=at)
