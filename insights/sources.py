"""How many sources a field has: pairs of a student and a person, each of both counted once. Pure.

Five pieces by one student, or five students who all met the same person, are one source: whoever
knows that person, or that student, would know whose words they read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from core.names import read_name

NEEDED = 5


class Talk(NamedTuple):
    student: int
    # All that may tell that two students met the same person.
    person: frozenset[str]


def keys_of(*, alum: int | None, email: str, name: str) -> frozenset[str]:
    read = read_name(name)
    words = " ".join(read.words) if read else name.casefold()
    found = {f"name {words}"}
    if alum is not None:
        found.add(f"alum {alum}")
    if email:
        found.add(f"email {email.lower()}")
    return frozenset(found)


def number_of_sources(talks: Iterable[Talk]) -> int:
    """The largest set of talks in which no student and no person comes twice."""
    people = _one_person(talks := list(talks))
    met: dict[int, set[str]] = defaultdict(set)
    for talk in talks:
        met[talk.student].add(people[min(talk.person)])
    whose: dict[str, int] = {}
    return sum(_finds_one(student, met, whose, set()) for student in sorted(met))


def _finds_one(
    student: int, met: Mapping[int, set[str]], whose: dict[str, int], tried: set[str]
) -> bool:
    """Gives the student a person of their own, if others can make room."""
    for person in sorted(met[student]):
        if person in tried:
            continue
        tried.add(person)
        if person not in whose or _finds_one(whose[person], met, whose, tried):
            whose[person] = student
            return True
    return False


def _one_person(talks: list[Talk]) -> dict[str, str]:
    """Each key to one key of everybody who may be the same."""
    parent: dict[str, str] = {}

    def root(key: str) -> str:
        while parent.setdefault(key, key) != key:
            key = parent[key]
        return key

    for talk in talks:
        first, *others = sorted(talk.person)
        for other in others:
            parent[root(other)] = root(first)
        root(first)
    return {key: root(key) for key in list(parent)}
