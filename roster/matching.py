"""Rules against students: pure, and the only place that says who would move to whom."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from accounts.models import Caseload, User
from alumni.importing.folding import folded
from roster.models import AssignmentRule

# What somebody decided, a rule does not undo.
DECIDED = (Caseload.Source.HAND, Caseload.Source.LIST)


class Facts(NamedTuple):
    """What a rule looks at, and where the student stands."""

    pk: int
    name: str
    class_year: int | None
    majors: frozenset[str]
    interests: frozenset[str]
    advisor_id: int | None = None
    source: str = ""


class Move(NamedTuple):
    student_id: int
    name: str
    from_id: int | None
    to_id: int
    rule: AssignmentRule


class Size(NamedTuple):
    advisor_id: int
    before: int
    after: int


class Matcher:
    def __init__(self, rules: Iterable[AssignmentRule]) -> None:
        self._rules = [
            (rule, set(map(folded, rule.majors)), set(map(folded, rule.interests)))
            for rule in rules
        ]

    def first_for(self, facts: Facts) -> AssignmentRule | None:
        return next(
            (
                rule
                for rule, majors, interests in self._rules
                if (not majors or majors & facts.majors)
                and (not interests or interests & facts.interests)
                and _fits_years(rule, facts.class_year)
            ),
            None,
        )

    def moves(self, everybody: Iterable[Facts], *, also_decided: bool) -> list[Move]:
        """Who would go to somebody else. Whom no rule fits stays where they are."""
        found = []
        for facts in everybody:
            if facts.source in DECIDED and not also_decided:
                continue
            rule = self.first_for(facts)
            if rule is not None and rule.advisor_id != facts.advisor_id:
                move = Move(facts.pk, facts.name, facts.advisor_id, rule.advisor_id, rule)
                found.append(move)
        return found


def facts_of(student: User) -> Facts:
    """Of a row that roster.people annotated with its advisor."""
    profile = getattr(student, "profile", None)
    return Facts(
        student.pk,
        student.name,
        profile.class_year if profile else None,
        frozenset(map(folded, profile.majors if profile else ())),
        frozenset(map(folded, profile.fields_of_interest if profile else ())),
        student.advisor_id,  # type: ignore[attr-defined]
        student.advisor_source or "",  # type: ignore[attr-defined]
    )


def sizes_after(before: dict[int, int], moves: Sequence[Move]) -> list[Size]:
    """Of every caseload that these moves touch, the fullest first."""
    change: Counter[int] = Counter()
    for move in moves:
        change[move.to_id] += 1
        if move.from_id is not None:
            change[move.from_id] -= 1
    sizes = [Size(pk, before.get(pk, 0), before.get(pk, 0) + by) for pk, by in change.items()]
    return sorted(sizes, key=lambda size: (-size.after, size.advisor_id))


def digest(moves: Sequence[Move]) -> str:
    """Two plans with the same digest would do the same."""
    lines = sorted(f"{move.student_id} {move.from_id} {move.to_id}" for move in moves)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _fits_years(rule: AssignmentRule, year: int | None) -> bool:
    if rule.from_year is None and rule.to_year is None:
        return True
    if year is None:
        return False
    return (rule.from_year or year) <= year <= (rule.to_year or year)
