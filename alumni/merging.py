"""Two records side by side: what agrees, what staff choose, and what the strictest answer is."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, ForeignKey, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.formats import date_format

from accounts.models import OfficeSettings
from alumni.models import (
    HIDEABLE,
    Alum,
    AlumMerge,
    AlumniMail,
    AskBy,
    Consent,
    DeskChange,
    DuplicatePair,
    ImportRow,
    Request,
)
from alumni.strictest import strictest
from core.localtime import zone_in_words
from core.parts import BOTH, KEPT, MERGED, Part
from core.relations import links_to, name_of

# What staff choose between, by its name on the page; names go together.
NAMES = {
    "name": "Name",
    "class_year": "Class year",
    "external_id": "The office’s number",
    "email": "E-mail",
    "phone": "Phone",
    "job_title": "Job title",
    "employer": "Employer",
    "majors": "Majors",
    "fields_of_work": "Fields of work",
    "city": "Place",
    "note_to_students": "Their words to students",
    "time_zone": "Time zone",
}
GO_TOGETHER = {
    "name": ("name", "given_name", "family_name"),
    "city": ("city", "region", "country"),
}
LISTS = ("majors", "fields_of_work")
LONGEST_NOTE = 1000
TERM_NAMES = {
    "consent": "May students write to them?",
    "ask_by": "How they want to be asked",
    "hidden_fields": "Hidden from students",
    "paused_until": "On a break until",
    "requests_per_month": "Requests in a month",
    "days_between_requests": "Days between two requests",
}
# Ours to move; whatever the floors above keep is theirs (alumni/announcements.py).
OURS = (AlumMerge, AlumniMail, DeskChange, ImportRow, Request)
# Neither made by a person nor missed by one.
UNSEEN = (AlumMerge, DuplicatePair)
SAID_AS = {
    "alumni.ImportRow.alum": ("row of a list", "rows of lists"),
    "alumni.DeskChange.alum": ("change on their desk", "changes on their desk"),
    "alumni.AlumniMail.alum": ("mail to them", "mails to them"),
    "alumni.Request.alum": ("request of a student", "requests of students"),
    "contacts.Contact.alum": ("student’s contact", "students’ contacts"),
}


def parts_of(kept: Alum, merged: Alum) -> list[Part]:
    return [_part(key, kept, merged) for key in NAMES]


def terms_of_both(kept: Alum, merged: Alum) -> dict[str, Any]:
    office = OfficeSettings.current()
    return strictest(
        kept,
        merged,
        per_month=office.requests_per_month,
        days_between=office.days_between_requests,
    )


def terms_in_words(values: dict[str, Any]) -> list[tuple[str, str]]:
    return [(TERM_NAMES[name], words) for name in values if (words := _said(name, values[name]))]


def our_links() -> list[ForeignKey]:
    return [link for link in links_to(Alum) if link.model in OURS]


def what_hangs_on(alum: Alum) -> list[str]:
    """“3 requests of students”, of every floor, in one query."""
    shown = [link for link in links_to(Alum) if link.model not in UNSEEN]
    row = Alum.objects.filter(pk=alum.pk).values_list(*map(_count, shown)).get()
    found = zip(shown, row, strict=True)
    return [_in_words(link, number) for link, number in found if number]


def _in_words(link: ForeignKey, number: int) -> str:
    meta = link.model._meta
    one, many = SAID_AS.get(name_of(link)) or (meta.verbose_name, meta.verbose_name_plural)
    return f"{number} {one if number == 1 else many}"


def _count(link: ForeignKey) -> Coalesce:
    rows = link.model._base_manager.filter(**{link.name: OuterRef("pk")}).order_by()
    return Coalesce(Subquery(rows.values(link.name).annotate(n=Count("pk")).values("n")), 0)


def _part(key: str, kept: Alum, merged: Alum) -> Part:
    names = GO_TOGETHER.get(key, (key,))
    texts = _text(key, kept), _text(key, merged)
    together, together_text = _together(key, kept, merged)
    return Part(
        key,
        NAMES[key],
        names,
        tuple(getattr(kept, name) for name in names),
        tuple(getattr(merged, name) for name in names),
        *texts,
        default=BOTH if together else _better(key, *texts, kept=kept, merged=merged),
        together=together,
        together_text=together_text,
    )


def _together(key: str, kept: Alum, merged: Alum) -> tuple[tuple, str]:
    one, other = getattr(kept, key), getattr(merged, key)
    if one == other or not (one and other):
        return (), ""
    if key in LISTS:
        known = {word.casefold() for word in one}
        words = [*one, *(word for word in other if word.casefold() not in known)]
        return (words,), f"Both: {'; '.join(words)}"
    if key == "note_to_students" and len(one) + len(other) + 2 <= LONGEST_NOTE:
        return (f"{one}\n\n{other}",), "Keep both"
    return (), ""


def _better(key: str, one: str, other: str, *, kept: Alum, merged: Alum) -> str:
    """Filled beats blank, a full name a short one, and else the newer the older."""
    if not (one and other):
        return KEPT if one or not other else MERGED
    longer = len(other.replace(".", "").split()) - len(one.replace(".", "").split())
    if key == "name" and longer:
        return MERGED if longer > 0 else KEPT
    if key == "external_id":
        return KEPT
    return MERGED if merged.updated_at > kept.updated_at else KEPT


def _text(key: str, alum: Alum) -> str:
    if key == "city":
        return alum.place
    if key == "time_zone":
        return zone_in_words(alum.time_zone) if alum.time_zone else ""
    value = getattr(alum, key)
    return "; ".join(value) if isinstance(value, list) else str(value or "")


def _said(name: str, value: Any) -> str:
    match name:
        case "consent":
            return Consent(value).label
        case "ask_by":
            return AskBy(value).label
        case "hidden_fields":
            return ", ".join(HIDEABLE[field] for field in value)
        case "paused_until":
            return date_format(value, "F j, Y") if value else ""
    return "" if value is None else str(value)
