"""What a request to an alum writes into the student's log, in the transaction of the deed."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction

from alumni.availability import STANDING_WAYS, reach
from alumni.models import Request
from contacts.actions.log import log_interaction
from contacts.actions.people import Named, add_from_alum, add_referred
from contacts.models import Contact, Interaction
from core.localtime import local_date

Channel, Direction, Outcome = Interaction.Channel, Interaction.Direction, Interaction.Outcome
SATURDAY = 5
# Whose place is hidden is not given away by a clock.
PLACE = {"city", "region", "country"}


def contact_of(request: Request) -> Contact:
    """The student's contact for the alum; made, without a way to reach them, where it is missing.

    Whoever has only been asked answers by a click; the ways come with a yes.
    """
    return add_from_alum(request.student, alum=request.alum, ways=None)


def hear_made(request: Request, *, at: datetime) -> None:
    _log(contact_of(request), at=at, outcome=Outcome.ASKED, said=request.words)


def hear_answered(request: Request, *, at: datetime) -> None:
    """A yes brings their e-mail and phone along, where they show them; a no may bring a name."""
    contact, said = contact_of(request), request.reply
    match request.state:
        case Request.State.ACCEPTED:
            _learn_ways(contact, request)
            _log(contact, at=at, direction=Direction.IN, outcome=Outcome.AGREED, said=said)
        case Request.State.CALL_INSTEAD:
            _learn_ways(contact, request)
            call_on = next_weekday(local_date(at, request.student.time_zone))
            number = f"They would rather be called: {request.call_number}".strip(": ")
            said = "\n\n".join(filter(None, [f"{number}.", said]))
            _log(contact, at=at, direction=Direction.IN, said=said, promised_call_on=call_on)
        case Request.State.DECLINED:
            _log(contact, at=at, direction=Direction.IN, outcome=Outcome.DECLINED, said=said)
            if request.named_name:
                named = f"They named {request.named_name}."
                _log(contact, at=at, direction=Direction.IN, outcome=Outcome.REFERRED, said=named)


def hear_time_taken(request: Request) -> None:
    """They offered it by a clock of their own: from now on hours are said by both (G31)."""
    contact, alum = contact_of(request), request.alum
    if alum.time_zone and not contact.time_zone and PLACE.isdisjoint(alum.hidden_fields):
        contact.time_zone = alum.time_zone
        contact.save(update_fields=["time_zone", "updated_at"])


def hear_expired(request: Request, *, at: datetime) -> None:
    _log(contact_of(request), at=at, outcome=Outcome.NO_ANSWER)


def hear_withdrawn(request: Request, *, at: datetime) -> None:
    said = "I took my request back."
    _log(contact_of(request), at=at, channel=Channel.NOTE, said=said)


@transaction.atomic
def add_named_instead(request: Request) -> Contact | None:
    """Whom the alum named in their place, on the student's list; None where they named nobody."""
    if not request.named_name:
        return None
    permission = Contact.NamePermission.YES if request.may_use_name else Contact.NamePermission.NO
    person = Named(name=request.named_name, email=request.named_email)
    (contact,) = add_referred(contact_of(request), people=[person], permission=permission)
    if request.named_about and request.named_about not in contact.other_details:
        contact.other_details = "\n".join(
            filter(None, [contact.other_details, request.named_about])
        )
        contact.save(update_fields=["other_details", "updated_at"])
    return contact


def next_weekday(day: date) -> date:
    """The day after, or the Monday where that is a weekend: an office is called."""
    following = day + timedelta(days=1)
    while following.weekday() >= SATURDAY:
        following += timedelta(days=1)
    return following


def _learn_ways(contact: Contact, request: Request) -> None:
    """What stands there stays."""
    ways = reach(request.alum, STANDING_WAYS)
    contact.email = contact.email or ways.email
    contact.phone = contact.phone or request.call_number or ways.phone
    contact.save(update_fields=["email", "phone", "updated_at"])


def _log(
    contact: Contact,
    *,
    at: datetime,
    channel: str = Channel.EMAIL,
    direction: str = Direction.OUT,
    outcome: str = Outcome.NONE,
    said: str = "",
    promised_call_on: date | None = None,
) -> None:
    log_interaction(
        contact,
        at=at,
        happened_on=local_date(at, contact.student.time_zone),
        channel=channel,
        direction=direction,
        outcome=outcome,
        said=said,
        promised_call_on=promised_call_on,
    )
