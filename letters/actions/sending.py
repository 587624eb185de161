"""A letter goes out, and the log has its copy (G10)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from contacts import actions as contacts
from contacts.models import Interaction
from core.localtime import local_date
from letters.actions.refusals import NoAddress, NotYet, OnItsWay, YearIsWrong
from letters.actions.writing import check_may_go, lock, promised_call
from letters.announcements import letter_sent, letter_taken_back
from letters.facts import text_of
from letters.models import Delivery, Letter

EARLIEST_YEAR = 1950
OUTCOMES = {
    Letter.Kind.REQUEST: Interaction.Outcome.ASKED,
    Letter.Kind.THANK_YOU: Interaction.Outcome.THANKED,
}


@transaction.atomic
def send(letter: Letter, *, by: str, on: date, channel: str, at: datetime) -> list[str]:
    """It went out on the day `on`, or goes out now if CareerHub mails it.

    The call that the letter promises is owed from now on (G16). Returns what the floors above
    could not do with the news, in sentences.
    """
    lock(letter)
    today = local_date(at, letter.student.time_zone)
    if by == Letter.SentBy.CAREERHUB:
        on, channel = today, Interaction.Channel.EMAIL
    _check_day(on, today=today)
    check_may_go(letter, on=on, at=at)
    if by == Letter.SentBy.CAREERHUB:
        if not letter.contact.email:
            raise NoAddress
        Delivery.objects.create(letter=letter, due_at=at)
    letter.state, letter.sent_by, letter.sent_on = Letter.State.SENT, by, on
    letter.channel = channel
    letter.interaction = _copy_in_log(letter, on=on, at=at)
    letter.save()
    return _sentences(letter_sent.send(sender=Letter, letter=letter, at=at))


@transaction.atomic
def take_back(letter: Letter, *, at: datetime) -> list[str]:
    """It did not go out after all: its copy leaves the log, and what followed from it is undone."""
    lock(letter)
    if not letter.is_sent:
        return []
    delivery = Delivery.objects.select_for_update().filter(letter=letter).first()
    if delivery is not None:
        if delivery.failed_at is None:
            raise OnItsWay
        delivery.delete()
    remarks = _sentences(letter_taken_back.send(sender=Letter, letter=letter, at=at))
    copy, letter.interaction = letter.interaction, None
    letter.state, letter.sent_by, letter.sent_on = Letter.State.READY, "", None
    letter.save()
    if copy is not None:
        contacts.delete_interaction(copy, at=at)
    return remarks


def _check_day(on: date, *, today: date) -> None:
    if on > today:
        raise NotYet
    if on.year < EARLIEST_YEAR:
        raise YearIsWrong


def _copy_in_log(letter: Letter, *, on: date, at: datetime) -> Interaction:
    return contacts.log_interaction(
        letter.contact,
        at=at,
        happened_on=on,
        channel=letter.channel,
        direction=Interaction.Direction.OUT,
        outcome=OUTCOMES.get(Letter.Kind(letter.kind), ""),
        said=text_of(letter),
        promised_call_on=promised_call(letter, at=at),
    )


def _sentences(answers: list[tuple]) -> list[str]:
    return [answer for _, answer in answers if answer]
