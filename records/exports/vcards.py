"""The cards for an address book: vCard 3.0, which every phone and mail program reads.

What no field of a vCard holds (dates of contact, advice, people suggested, the thank-you) stands in
its note, in the order of the card.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import vobject
from nameparser import HumanName

from contacts.models import Contact, ContactQuerySet
from records.card import Card, card_of
from records.whole import in_batches

# A line may not end within a value, and other control signs have no place in one.
LINE_ENDS = re.compile(r"\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
IN_NOTE = ("Dates of contact", "Advice", "People suggested", "Thank-you mailed", "Follow-up mailed")


def vcards_of(people: ContactQuerySet) -> Iterator[str]:
    """One vCard after the other, in one file."""
    for contact in in_batches(people):
        yield vcard_of(contact)


def vcard_of(contact: Contact) -> str:
    card = card_of(contact)
    made = vobject.vCard()
    made.add("fn").value = plain(contact.name)
    made.add("n").value = _name(contact.name)
    made.add("uid").value = f"careerhub-contact-{contact.pk}"
    fields = {
        "title": contact.job_title, "tel": contact.phone, "email": contact.email,
        "url": contact.website, "note": _note(card),
    }  # fmt: skip
    for name, words in fields.items():
        if words:
            made.add(name).value = plain(words)
    if contact.employer:
        made.add("org").value = [plain(contact.employer)]
    if contact.field:
        made.add("categories").value = [plain(contact.field)]
    if contact.address:
        made.add("adr").value = vobject.vcard.Address(street=plain(contact.address))
    return made.serialize()


def plain(words: str) -> str:
    return CONTROLS.sub("", LINE_ENDS.sub("\n", words))


def _name(words: str) -> vobject.vcard.Name:
    name = HumanName(plain(words))
    return vobject.vcard.Name(
        family=name.last, given=name.first, additional=name.middle, prefix=name.title,
        suffix=name.suffix,
    )  # fmt: skip


def _note(card: Card) -> str:
    rows = (row for row in card.rows() if row.label in IN_NOTE and row.lines)
    return "\n".join(f"{row.label}: {'; '.join(row.lines)}" for row in rows)
