"""A request to an alum moves the talk that it asks for, in the transaction of the deed.

The student may have moved that talk by hand meanwhile: what no longer follows is left as it is,
and the request goes on all the same.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from django.db import transaction

from alumni.models import Request
from contacts.actions.requests import contact_of
from contacts.models import Contact
from interviews.actions.calendars import store
from interviews.actions.letters import talk_to_ask_for
from interviews.actions.talks import Refused, agree, lock, move
from interviews.models import AHEAD, Interview, State

MOVES = {
    Request.State.DECLINED: State.DECLINED,
    Request.State.EXPIRED: State.NO_RESPONSE,
    Request.State.WITHDRAWN: State.WITHDRAWN,
}


def hear(request: Request, *, at: datetime) -> None:
    """A yes and a call wait as asked: the time is agreed when the student takes one."""
    contact = contact_of(request)
    if request.state == Request.State.PENDING:
        _ask(request, contact, at=at)
    elif request.state in MOVES:
        asked = Interview.objects.filter(contact=contact, state=State.ASKED).order_by("-id").first()
        if asked is not None:
            with suppress(Refused), transaction.atomic():
                move(asked, to=MOVES[Request.State(request.state)], at=at)


def hear_time_taken(request: Request, *, at: datetime) -> None:
    """A time that was agreed otherwise gives way: this one is on both calendars."""
    starts_at, contact = request.taken_time, contact_of(request)
    if starts_at is None:
        return
    ahead = Interview.objects.filter(contact=contact, state__in=AHEAD).order_by("-id").first()
    talk = ahead or talk_to_ask_for(contact, at=at)
    by_phone = request.medium == Request.Medium.PHONE
    with suppress(Refused), transaction.atomic():
        agree(
            talk,
            starts_at=starts_at,
            minutes=request.minutes,
            format=request.medium,
            place=talk.place or (contact.phone if by_phone else ""),
            at=at,
        )


def _ask(request: Request, contact: Contact, *, at: datetime) -> None:
    talk = talk_to_ask_for(contact, at=at)
    if not talk.may_become(State.ASKED):
        return
    with suppress(Refused), transaction.atomic():
        move(talk, to=State.ASKED, at=at)
        lock(talk)
        talk.format, talk.minutes = request.medium, request.minutes
        store(talk, "format", "minutes")
