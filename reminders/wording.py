"""Puts the office's words in place of ours, and says what is wrong with a sentence of theirs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import replace
from string import Formatter

from reminders.kinds.declaration import Kind
from reminders.models import Wording
from reminders.obligations import Obligation

NAME = "name"


def by_kind() -> dict[str, Wording]:
    return {row.kind: row for row in Wording.objects.all()}


def reworded(found: Iterable[Obligation], theirs: Mapping[str, Wording]) -> list[Obligation]:
    return [said(owed, theirs[owed.kind]) if owed.kind in theirs else owed for owed in found]


def said(owed: Obligation, wording: Wording) -> Obligation:
    """The same matter in other words."""
    declared = copy(owed.declared)
    declared.words = declared.words._replace(what=wording.subject, headline=wording.opening)  # type: ignore[misc]
    return replace(owed, declared=declared)


def has_name(kind: Kind) -> bool:
    """Not every kind is about somebody: a week has no name."""
    return "{name}" in kind.words.what + kind.words.headline


def fault_of(text: str, *, takes_name: bool) -> str:
    """A sentence for whoever wrote it; nothing when all is well."""
    try:
        places = [place for place in Formatter().parse(text) if place[1] is not None]
    except ValueError:
        return (
            "A { or } stands alone. Write {name} where the name belongs."
            if takes_name
            else ("This mail has no placeholder: write it without { and }.")
        )
    wrong = [name for _, name, form, conversion in places if name != NAME or form or conversion]
    if not takes_name and places:
        return "This mail is about nobody by name: write it without { and }."
    if wrong:
        return f"There is no {{{wrong[0]}}}. The one placeholder is {{name}}."
    return ""
