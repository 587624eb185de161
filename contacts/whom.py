"""Whom of their own list a student means by a name that they typed. Pure but for known_to()."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from itertools import count
from typing import NamedTuple

from accounts.models import User
from contacts.models import Contact

# They part names where several are typed, so that they cannot stand in what is offered.
SEPARATORS = re.compile(r"[,;\n]+")
# A longer list of suggestions weighs more than it helps; any name may be typed all the same.
MOST_SUGGESTED = 150


class Known(NamedTuple):
    pk: int
    name: str
    job_title: str = ""
    employer: str = ""


class Origin(NamedTuple):
    """Where a name comes from: a person on the list, a circle, or in the student's words."""

    referrer: int | None = None
    source: str = ""
    note: str = ""


class SeveralMeant(Exception):
    """More than one on the list is called so; `labels` tell them apart."""

    def __init__(self, name: str, labels: list[str]) -> None:
        super().__init__(name)
        self.labels = labels

    def __str__(self) -> str:
        choices = " or ".join(f"“{label}”" for label in self.labels[:4])
        return f"More than one on your list is called {self.args[0]}. Write {choices}."


def known_to(student: User) -> list[Known]:
    """Everybody on the list, who was touched last comes first: they are the likeliest."""
    people = Contact.objects.of(student).order_by("-updated_at", "-id")
    return [Known(*row) for row in people.values_list(*Known._fields)]


def suggested_from(people: list[Known]) -> list[str]:
    """The labels are those of the whole list: each means one person, shown or not."""
    shown = set(people[:MOST_SUGGESTED])
    return [label for label, person in labels_of(people).items() if person in shown]


def labels_of(people: Iterable[Known]) -> dict[str, Known]:
    """A name as it is; where several share it, with their work or a number."""
    people = sorted(people)
    names = Counter(_folded(person.name) for person in people)
    found: dict[str, Known] = {}
    taken: set[str] = set()
    for person in people:
        label = person.name
        if names[_folded(label)] > 1:
            about = " ".join(SEPARATORS.sub(" ", person.employer or person.job_title).split())
            options = (f"{person.name} ({n})" for n in count(1))
            label = f"{person.name} ({about})" if about else next(options)
            while _folded(label) in taken:
                label = next(options)
        found[label] = person
        taken.add(_folded(label))
    return {label: found[label] for label in sorted(found, key=str.casefold)}


def meant_by(text: str, people: Iterable[Known]) -> Known | None:
    """Nobody for a name that is not on the list. Raises SeveralMeant."""
    wanted = _folded(text)
    labels = labels_of(people)
    called_so = [label for label, person in labels.items() if _folded(person.name) == wanted]
    if len(called_so) > 1:
        raise SeveralMeant(text, called_so)
    named = called_so or [label for label in labels if _folded(label) == wanted]
    return labels[named[0]] if named else None


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
