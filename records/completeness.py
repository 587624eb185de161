"""How much of a card is filled in, and where to write down the rest (G44)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from django.urls import reverse

from records.card import Card


class Fact(NamedTuple):
    name: str
    is_there: bool
    # What to do about it, and where; no address where it can only come with a talk.
    hint: str
    url: str = ""


@dataclass(frozen=True)
class Completeness:
    facts: tuple[Fact, ...]

    @property
    def there(self) -> int:
        return sum(fact.is_there for fact in self.facts)

    @property
    def total(self) -> int:
        return len(self.facts)

    @property
    def missing(self) -> list[Fact]:
        """What can be written down now."""
        return [fact for fact in self.facts if not fact.is_there and fact.url]

    @property
    def later(self) -> list[Fact]:
        return [fact for fact in self.facts if not fact.is_there and not fact.url]

    @property
    def is_complete(self) -> bool:
        return self.there == self.total


def completeness(card: Card) -> Completeness:
    """The seven facts that a card should hold beside the name."""
    edit = reverse("contacts:edit", args=[card.pk])
    log = reverse("contacts:log", args=[card.pk])
    return Completeness(
        (
            Fact("Address", bool(card.address), "Add an address", f"{edit}#id_address"),
            Fact("Phone", bool(card.phone), "Add a phone number", f"{edit}#id_phone"),
            Fact("E-mail", bool(card.email), "Add an e-mail", f"{edit}#id_email"),
            Fact("Dates of contact", bool(card.dates), "Log when you were in touch", log),
            _advice(card),
            _suggested(card),
            _thank_you(card),
        )
    )


def _advice(card: Card) -> Fact:
    url = reverse("interviews:debrief", args=[card.talk_pk]) if card.talk_pk else ""
    return Fact("Advice", bool(card.advice), "Write down what they advised", url)


def _suggested(card: Card) -> Fact:
    """Names alone do not reach anybody: each needs a phone number."""
    without = [person for person in card.suggested if not person.phone]
    if without:
        url = f"{reverse('contacts:edit', args=[without[0].pk])}#id_phone"
        return Fact("People suggested", False, f"Add a phone number for {without[0].name}", url)
    url = f"{reverse('contacts:create')}?referred_by={card.pk}"
    return Fact("People suggested", bool(card.suggested), "Add whom they suggested", url)


def _thank_you(card: Card) -> Fact:
    if card.unthanked_talk_pk:
        url = reverse("interviews:thank", args=[card.unthanked_talk_pk])
        return Fact("Thank-you mailed", False, "Write down when you mailed your thank-you", url)
    return Fact("Thank-you mailed", bool(card.thanked_on), "The day you mail your thank-you")
