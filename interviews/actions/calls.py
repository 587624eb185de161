"""What came of a call: one entry in the log, the talk at its state, promises kept and made.

Each locks the contact first, so of two clicks on one button the second finds what the first wrote.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime, timedelta

from django.db import transaction

from accounts.models import OfficeSettings
from contacts import actions as contacts
from contacts.models import Contact, Interaction
from core.localtime import local_date
from interviews.actions.live import start_live
from interviews.actions.talks import agree, ask, begin, lock, move
from interviews.models import AHEAD, UNDERWAY, Interview, State

Channel, Outcome = Interaction.Channel, Interaction.Outcome

# The same words about the same call, as soon as this after the first, are a second click.
SECOND_CLICK = timedelta(minutes=1)
RECEIVED = {"yes": "My letter had reached them.", "no": "My letter had not reached them."}


@transaction.atomic
def talk_now(contact: Contact, *, received: str = "", at: datetime) -> Interview:
    """They have time right away: the call is the talk (G23). It begins at this hour."""
    is_new = _log(contact, outcome=Outcome.TALKED_NOW, said=_said("", received), at=at)
    talk = _talk_of_call(contact, at=at)
    if is_new:
        _ask(talk, at=at)
        agree(
            talk,
            starts_at=at,
            minutes=OfficeSettings.current().minutes_by_phone,
            format=Interview.Format.PHONE,
            place=talk.place,
            at=at,
        )
        start_live(talk, at=at, again=True)
    return talk


@transaction.atomic
def call_back_later(
    contact: Contact, *, call_back_at: datetime, said: str = "", received: str = "", at: datetime
) -> None:
    """A bad time: they named another, and the student owes that call (G19)."""
    words = _said(said, received)
    if _log(contact, outcome=Outcome.BAD_TIME, said=words, call_back_at=call_back_at, at=at):
        _ask(_talk_of_call(contact, at=at), at=at)


@transaction.atomic
def reach_nobody(
    contact: Contact, *, left_message: bool, said: str = "", try_on: date | None, at: datetime
) -> None:
    """Nobody answered, or a machine did (G24). Without a day to try again, the talk rests."""
    is_new = _log(
        contact,
        channel=Channel.VOICEMAIL if left_message else Channel.PHONE,
        outcome=Outcome.LEFT_MESSAGE if left_message else Outcome.NO_ANSWER,
        said=said,
        promised_call_on=try_on,
        at=at,
    )
    if is_new and left_message:
        _ask(_talk_of_call(contact, at=at), at=at)
    if is_new and try_on is None:
        for talk in Interview.objects.filter(contact=contact, state=State.ASKED):
            move(talk, to=State.NO_RESPONSE, at=at)


@transaction.atomic
def get_a_yes(contact: Contact, *, received: str = "", at: datetime) -> Interview:
    """They agreed to meet; the time is written down next."""
    is_new = _log(contact, outcome=Outcome.AGREED, said=_said("", received), at=at)
    talk = _talk_of_call(contact, at=at)
    if is_new:
        _ask(talk, at=at)
    return talk


@transaction.atomic
def get_a_no(
    contact: Contact,
    *,
    said: str = "",
    received: str = "",
    people: list[contacts.Named],
    permission: str = Contact.NamePermission.NOT_ASKED,
    knows_nobody: bool = False,
    at: datetime,
) -> tuple[Interview, list[Contact]]:
    """They cannot (G21), and whom they named instead (G22). An agreed time is called off."""
    is_new = _log(contact, outcome=Outcome.DECLINED, said=_said(said, received), at=at)
    talk = _talk_of_call(contact, at=at)
    if not is_new:
        return talk, []
    if talk.state in AHEAD:
        move(talk, to=State.CANCELLED, at=at)
    else:
        _ask(talk, at=at)
        move(talk, to=State.DECLINED, at=at)
    named = contacts.add_referred(contact, people=people, permission=permission)
    if named:
        names = ", ".join(map(str, named))
        _log(contact, outcome=Outcome.REFERRED, said=f"They named {names}.", at=at)
    elif knows_nobody:
        _log(contact, outcome=Outcome.KNOWS_NOBODY, at=at)
    return talk, named


def _log(
    contact: Contact, *, outcome: str, channel: str = Channel.PHONE, at: datetime, **fields
) -> bool:
    """Writes the entry, and ends the promises that this call keeps; False for a second click."""
    Contact.objects.select_for_update().get(pk=contact.pk)
    today = local_date(at, contact.student.time_zone)
    entry = {"channel": channel, "outcome": outcome, "happened_on": today, **fields}
    just_now = Interaction.objects.filter(contact=contact, created_at__gt=at - SECOND_CLICK)
    if just_now.filter(**entry).exists():
        return False
    promises = Interaction.objects.filter(contact=contact).awaiting_call()
    if outcome in (Outcome.NO_ANSWER, Outcome.LEFT_MESSAGE):
        # Who was not reached before the promised day is still to be called on that day.
        promises = promises.filter(promised_call_on__lte=today)
    for promise in promises:
        # Another page may have said so meanwhile.
        with suppress(contacts.NoPromise):
            contacts.record_call(promise, on=today, at=at)
    contacts.log_interaction(contact, direction=Interaction.Direction.OUT, at=at, **entry)
    return True


def _talk_of_call(contact: Contact, *, at: datetime) -> Interview:
    """The talk under way; or the last one, if it came to nothing; or a new one."""
    talks = Interview.objects.filter(contact=contact)
    under_way = talks.filter(state__in=UNDERWAY).order_by("id").first()
    last = under_way or talks.order_by("-id").first()
    may_go_on = last is not None and (last.state in UNDERWAY or last.may_become(State.ASKED))
    talk = last if last is not None and may_go_on else begin(contact, at=at)
    lock(talk)
    return talk


def _ask(talk: Interview, *, at: datetime) -> None:
    if talk.may_become(State.ASKED):
        ask(talk, at=at)


def _said(words: str, received: str) -> str:
    return "\n\n".join(part for part in (words.strip(), RECEIVED.get(received, "")) if part)
