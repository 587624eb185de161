"""Which numbers may be said, so that none about fewer than five people is seen or worked out.

Pure rules over Counts; docs/reports.md says them in plain words. Within one table a hidden group
never stands alone, and those that are hidden are five people together. Between a year and its
terms, what is left when all shown terms are taken off is nobody or five people. Between classes,
majors and fields, another hidden group could stand for each hidden one (company.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from reports.company import Groups, is_told_by_others
from reports.counting import College, Counts
from reports.measures import SLICES, Family

LEAST = 5


@dataclass(frozen=True)
class Part:
    """A term within a year, as the report of the year must mind it."""

    bits: int
    # By slice the groups that it shows; None where not even its total is shown.
    shown: Mapping[str, Groups] | None


@dataclass(frozen=True)
class Span:
    """The days of one period: all of them, and what other reports say of some of them."""

    bits: int
    # Days that no term has; then those with the pieces of terms that reach out of the year.
    rest: int = 0
    rests: tuple[int, ...] = ()
    terms: tuple[Part, ...] = ()


@dataclass(frozen=True)
class Table:
    """One family of numbers in one slice over one period."""

    counts: Counts
    family: Family
    span: Span
    slice: str
    hidden_anyhow: set[str] = field(default_factory=set)

    def least(self, groups: Iterable[str], bits: int) -> int:
        """The people behind the smallest of the family's numbers."""
        groups = list(groups)
        return min(self.counts.count(cell, groups, bits) for cell in self.family.cells)

    def is_enough(self, groups: Iterable[str], bits: int) -> bool:
        return self.least(groups, bits) >= LEAST

    def leaves_few(self, groups: Iterable[str]) -> bool:
        """Whether a year, its shown terms taken off, is left with one to four people."""
        groups = list(groups)
        return any(
            0 < self.counts.count(cell, groups, bits) < LEAST
            for cell in self.family.cells
            for bits in self.span.rests
        )

    def has_hidden_part(self, group: str) -> bool:
        """Whether a term hides this group and has people of it."""
        return any(
            self.counts.count(cell, [group], term.bits)
            for term in self.span.terms
            if term.shown is not None and group not in term.shown[self.slice]
            for cell in self.family.cells
        )

    def is_masked(self, groups: Iterable[str]) -> bool:
        """Days that no other report tells of have people enough to hide the others among them."""
        return self.is_enough(groups, self.span.rest)

    def shown(self) -> Groups:
        everybody = self.counts.groups
        shown = {one for one in everybody - self.hidden_anyhow if self._may_stand(one)}
        while hidden := everybody - shown:
            if self._may_hide(hidden, shown) or not shown:
                break
            shown.remove(self._next_to_hide(shown))
        return frozenset(shown)

    def _may_stand(self, group: str) -> bool:
        return (
            self.is_enough([group], self.span.bits)
            and not self.leaves_few([group])
            and (not self.has_hidden_part(group) or self.is_masked([group]))
        )

    def _may_hide(self, hidden: Iterable[str], shown: Iterable[str]) -> bool:
        hidden = list(hidden)
        return (
            len(hidden) > 1
            and self.is_enough(hidden, self.span.bits)
            and not self.leaves_few(hidden)
            and (self.is_masked(hidden) or not any(map(self.has_hidden_part, shown)))
        )

    def _next_to_hide(self, shown: Iterable[str]) -> str:
        return min(shown, key=lambda one: (self.least([one], self.span.bits), one))


def decide(
    family: Family,
    counts: Mapping[str, Counts],
    college: College,
    span: Span,
    within: Mapping[str, Groups] | None = None,
) -> dict[str, Groups] | None:
    """By slice the groups that may be shown; None where not even the total may.

    `within` is what is shown of the family that this one is a part of.
    """
    tables = {slice.key: Table(counts[slice.key], family, span, slice.key) for slice in SLICES}
    any_table = tables[SLICES[0].key]
    everybody = any_table.counts.groups
    if not any_table.is_enough(everybody, span.bits) or any_table.leaves_few(everybody):
        return None
    if within is not None:
        for key, table in tables.items():
            table.hidden_anyhow.update(table.counts.groups - within[key])
    while True:
        shown = {key: table.shown() for key, table in tables.items()}
        if not is_told_by_others(college, shown):
            return shown
        # The smallest group of all that are shown makes room to be somebody else.
        key, group = min(
            ((key, one) for key, groups in shown.items() for one in groups),
            key=lambda one: (tables[one[0]].least([one[1]], span.bits), one),
        )
        tables[key].hidden_anyhow.add(group)
