"""The index card of a person: exactly what the record should hold, in one order (G43, G44).

Name and work, address, phone, e-mail, dates of contact, advice, names and phones of people they
suggested, the date the thank-you was mailed, and the follow-up's.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.utils.formats import date_format

from contacts.models import Contact, Interaction
from interviews.models import Interview
from records.whole import CARD, load


class DateOfContact(NamedTuple):
    on: date
    how: str

    def __str__(self) -> str:
        return f"{in_figures(self.on)} ({self.how})"


class Suggested(NamedTuple):
    pk: int
    name: str
    phone: str

    def __str__(self) -> str:
        return f"{self.name}, {self.phone}" if self.phone else self.name


class Row(NamedTuple):
    label: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Card:
    pk: int
    name: str
    work: str
    address: str
    phone: str
    email: str
    dates: tuple[DateOfContact, ...] = ()
    advice: tuple[str, ...] = ()
    suggested: tuple[Suggested, ...] = ()
    thanked_on: tuple[date, ...] = ()
    followed_up_on: tuple[date, ...] = ()
    # Where to write down what is missing: the newest talk, and the newest without a thank-you.
    talk_pk: int | None = None
    unthanked_talk_pk: int | None = None

    def rows(self) -> list[Row]:
        """What stands under the name, in the order of the card; blank ones keep their place."""
        return [
            Row("Address", tuple(filter(None, self.address.splitlines()))),
            Row("Phone", _one(self.phone)),
            Row("E-mail", _one(self.email)),
            Row("Dates of contact", _one("; ".join(map(str, self.dates)))),
            Row("Advice", self.advice),
            Row("People suggested", tuple(map(str, self.suggested))),
            Row("Thank-you mailed", tuple(map(in_figures, self.thanked_on))),
            Row("Follow-up mailed", tuple(map(in_figures, self.followed_up_on))),
        ]


def cards_of(contacts: Iterable[Contact]) -> list[Card]:
    """A card for each contact, in their order."""
    return [card_of(contact) for contact in load(contacts, CARD)]


def card_of(contact: Contact) -> Card:
    talks = [talk for talk in contact.interviews.all() if talk.held_on]
    talks.sort(key=lambda talk: (talk.held_on, talk.pk))
    unthanked = [talk.pk for talk in talks if not talk.thanked_on]
    people = contact.referrals.all()
    return Card(
        pk=contact.pk,
        name=contact.name,
        work=contact.work,
        address=contact.address,
        phone=contact.phone,
        email=contact.email,
        dates=_dates(contact.interactions.all(), talks),
        advice=tuple(advice.text for talk in talks for advice in talk.advice.all()),
        suggested=tuple(Suggested(one.pk, one.name, one.phone) for one in people),
        thanked_on=tuple(sorted(talk.thanked_on for talk in talks if talk.thanked_on)),
        followed_up_on=tuple(sorted(talk.followed_up_on for talk in talks if talk.followed_up_on)),
        talk_pk=talks[-1].pk if talks else None,
        unthanked_talk_pk=unthanked[-1] if unthanked else None,
    )


def in_figures(on: date) -> str:
    return date_format(on, "M j, Y")


def _dates(log: Iterable[Interaction], talks: Iterable[Interview]) -> tuple[DateOfContact, ...]:
    """Every exchange and every talk, oldest first; a note to oneself is none."""
    found = {
        DateOfContact(entry.happened_on, entry.get_channel_display().lower())
        for entry in log
        if entry.channel != Interaction.Channel.NOTE
    }
    found |= {DateOfContact(entry.called_on, "phone") for entry in log if entry.called_on}
    found |= {DateOfContact(talk.held_on, "we met") for talk in talks if talk.held_on}
    return tuple(sorted(found))


def _one(words: str) -> tuple[str, ...]:
    return (words,) if words else ()
