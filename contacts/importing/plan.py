"""What would become of each entry, before anything is added; and the same once more as it is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from accounts.models import User
from contacts.importing.entries import Entry
from contacts.importing.people import FIELDS, KEPT, Known, Match, People, additions, no_room
from contacts.models import Contact, ContactImportEntry

Standing = ContactImportEntry.Standing


def people_of(student: User) -> People:
    rows = Contact.objects.of(student).order_by("id").values("id", *KEPT)
    return People(Known(pk=row.pop("id"), values=row) for row in rows)


def new_values(values: dict[str, Any]) -> dict[str, str]:
    """The fields of a new contact."""
    fields = {name: values.get(name, "") for name in KEPT}
    fields["other_details"] = "\n".join(values["other_details"])
    return fields


def plan_entries(entries: Iterable[Entry], people: People) -> list[ContactImportEntry]:
    """Every entry in exactly one standing. An earlier entry counts as somebody on the list."""
    return [_plan(entry, people) for entry in entries]


def _plan(entry: Entry, people: People) -> ContactImportEntry:
    planned = ContactImportEntry(
        number=entry.number,
        name=entry.name[:200],
        values=entry.values,
        remarks=entry.remarks,
        standing=Standing.LEFT_OUT,
    )
    if entry.problem:
        planned.remarks = [entry.problem, *entry.remarks]
        return planned
    match = people.find(entry.values)
    planned.standing, news = settle(entry.values, match)
    planned.remarks = [*news, *entry.remarks]
    if match.known is None:
        people.add(Known(new_values(entry.values), number=entry.number))
    else:
        planned.contact_id = match.known.pk
        take(match.known, entry.values, people)
    return planned


def settle(values: dict[str, Any], match: Match) -> tuple[str, list[str]]:
    """The standing of an entry, and what there is to say of it."""
    if match.known is None:
        return Standing.NEW, [match.remark] if match.remark else []
    said = []
    if match.known.number is not None:
        said.append(f"The same person as number {match.known.number} of this file.")
    news, left = additions(match.known, values)
    if news:
        said.append(f"Adds {_listed(news)} to {match.known.values['name']}.")
    if left:
        said.append(no_room(left))
    return (Standing.CHANGED if news else Standing.SAME), said


def take(known: Known, values: dict[str, Any], people: People) -> dict[str, list[str]]:
    """Add to somebody what an entry says; for each field what it held and what it holds now."""
    news, _ = additions(known, values)
    known.values.update({name: becomes for name, (_, becomes) in news.items()})
    people.add(known)
    return news


def _listed(news: dict[str, list[str]]) -> str:
    words = [FIELDS.get(name, "other details").lower() for name in news]
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))
