"""Two contacts side by side: what agrees, what must be chosen, and what hangs on either."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.db.models import Count, ForeignKey, OuterRef, Subquery
from django.db.models.functions import Coalesce

from contacts.models import Contact, ContactMerge, NotTheSame
from core.parts import BOTH, KEPT, MERGED, Part
from core.relations import links_to, name_of

NAMES = {
    "name": "Name",
    "job_title": "What they do",
    "employer": "Where they work",
    "field": "Career field",
    "source": "How I got the name",
    "source_note": "My words on that",
    "referred_by": "Who gave me the name",
    "email": "E-mail",
    "phone": "Phone",
    "address": "Address",
    "website": "Web page or LinkedIn",
    "time_zone": "Their time zone",
    "why": "Why this person",
    "alum": "In the alumni directory",
}
# The leave to use a name belongs to the one who gave it (G22).
GOES_ALONG = {"referred_by": "name_permission"}
# What stands between two texts that are both kept, and how long they may be together.
BETWEEN = {"address": ("\n", 500), "source_note": ("; ", 300), "why": ("\n\n", 2000)}


class Hanging(NamedTuple):
    """What belongs to a contact, and how it is said."""

    number: int
    one: str
    many: str
    goes_with_it: bool
    is_referral: bool

    @property
    def in_words(self) -> str:
        return f"{self.number} {self.one if self.number == 1 else self.many}"


# Records of ours that a person has not made, and does not miss.
UNSEEN = (ContactMerge, NotTheSame)
SAID_AS = {
    "contacts.Interaction.contact": ("entry in the log", "entries in the log"),
    "contacts.ContactImportEntry.contact": ("line of a file", "lines of files"),
    "contacts.Contact.referred_by": ("person they named", "people they named"),
}


def parts_of(kept: Contact, merged: Contact) -> list[Part]:
    return [_part(key, kept, merged) for key in NAMES]


def what_hangs_on(contact: Contact) -> list[Hanging]:
    """In one query, whatever the number of floors."""
    shown = [link for link in links_to(Contact) if link.model not in UNSEEN]
    counts = {f"n{n}": _count(link) for n, link in enumerate(shown)}
    row = Contact.objects.of(contact.student).annotate(**counts).values(*counts).get(pk=contact.pk)
    return [_hanging(link, row[f"n{n}"]) for n, link in enumerate(shown) if row[f"n{n}"]]


def _count(link: ForeignKey) -> Coalesce:
    rows = link.model._base_manager.filter(**{link.name: OuterRef("pk")}).order_by()
    return Coalesce(Subquery(rows.values(link.name).annotate(n=Count("pk")).values("n")), 0)


def _hanging(link: ForeignKey, number: int) -> Hanging:
    meta = link.model._meta
    words = SAID_AS.get(name_of(link)) or (str(meta.verbose_name), str(meta.verbose_name_plural))
    goes = link.remote_field.on_delete.__name__ == "CASCADE"
    return Hanging(number, *words, goes, is_referral=link.model is Contact)


def _part(key: str, kept: Contact, merged: Contact) -> Part:
    both = {kept.pk, merged.pk}
    texts = _text(key, kept, both), _text(key, merged, both)
    together = _together(key, *texts)
    newer = MERGED if merged.updated_at > kept.updated_at else KEPT
    along = GOES_ALONG.get(key)
    return Part(
        key,
        NAMES[key],
        (key, along) if along else (key,),
        _values(key, kept, both),
        _values(key, merged, both),
        *texts,
        default=BOTH if key == "why" and together else _better(key, *texts, newer=newer),
        together=(together,) if together else (),
    )


def _together(key: str, kept: str, merged: str) -> str:
    if key not in BETWEEN or kept == merged or not (kept and merged):
        return ""
    between, most = BETWEEN[key]
    text = f"{kept}{between}{merged}"
    return text if len(text) <= most else ""


def _better(key: str, kept: str, merged: str, *, newer: str) -> str:
    """Filled beats blank, a full name a short one, and else the newer the older."""
    if not (kept and merged):
        return KEPT if kept else MERGED
    words = len(merged.split()) - len(kept.split())
    if key == "name" and words:
        return MERGED if words > 0 else KEPT
    return newer


def _values(key: str, contact: Contact, both: set[int]) -> tuple[Any, ...]:
    if key == "alum":
        return (contact.alum_id,)
    if key != "referred_by":
        return (getattr(contact, key),)
    if contact.referred_by_id in both:
        return (None, Contact.NamePermission.NOT_ASKED)  # Nobody refers themselves.
    return (contact.referred_by_id, contact.name_permission)


def _text(key: str, contact: Contact, both: set[int]) -> str:
    match key:
        case "alum":
            alum = contact.alum.as_seen_by(contact.student) if contact.alum else None
            year = f", class of {alum.class_year}" if alum and alum.class_year else ""
            return f"{alum.name}{year}" if alum else ""
        case "source":
            return contact.get_source_display() if contact.source else ""
        case "referred_by":
            return _referrer(contact, both)
    return getattr(contact, key)


def _referrer(contact: Contact, both: set[int]) -> str:
    if contact.referred_by_id in both:
        return ""
    is_asked = contact.name_permission != Contact.NamePermission.NOT_ASKED
    if contact.referred_by is None and not is_asked:
        return ""
    said = contact.get_name_permission_display()
    return f"{contact.referred_by} ({said})" if contact.referred_by else said
