"""What may be said of a year and of the terms that have days in it, made together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from reports.counting import College, Counts, college, count
from reports.helped import helped_by_period
from reports.measures import FAMILIES, SLICES, Family
from reports.models import Sheet
from reports.periods import Period, Tiling, tiling
from reports.suppression import LEAST, Groups, Part, Span, decide

# By slice the groups that are shown of one family; None where nothing of it is.
Shown = Mapping[str, Groups] | None


def sheets_of(year: Period, terms: Iterable[Period]) -> list[Sheet]:
    """The sheet of the year, and those of its terms: what one may say hangs on the others."""
    tiles = tiling(year, terms)
    everybody = college()
    numbers = _Numbers(tiles, everybody, count(tiles, everybody))
    shown = numbers.shown()
    helped = helped_by_period(tiles)
    return [
        Sheet(
            period=period.key,
            first_on=period.first_on,
            last_on=period.last_on,
            content=numbers.content(period, shown[period.key]),
            alumni=helped[period.key],
        )
        for period in (year, *tiles.terms)
    ]


@dataclass(frozen=True)
class _Numbers:
    tiling: Tiling
    college: College
    counts: Mapping[str, Counts]

    @property
    def whole(self) -> Counts:
        """Every slice holds everybody; this is one of them."""
        return self.counts[SLICES[0].key]

    def shown(self) -> dict[str, dict[str, Shown]]:
        """By period and family."""
        periods = [self.tiling.year.key, *(term.key for term in self.tiling.terms)]
        shown: dict[str, dict[str, Shown]] = {key: {} for key in periods}
        for family in FAMILIES:
            for key, decided in self._decide(family, shown).items():
                shown[key][family.key] = decided
        return shown

    def _decide(
        self, family: Family, so_far: Mapping[str, Mapping[str, Shown]]
    ) -> dict[str, Shown]:
        silent = self._silent(family, so_far)
        decided: dict[str, Shown] = {}
        for term in self.tiling.terms:
            span = Span(self.tiling.bits(term))
            is_silent = term.key in silent
            decided[term.key] = None if is_silent else self._ask(family, term, span, so_far)
        year = self.tiling.year
        parts = [Part(self.tiling.inside[key], one) for key, one in decided.items()]
        rest = self.tiling.rest | sum(self.tiling.inside[key] for key in silent)
        span = Span(self.tiling.year_bits, rest, tuple(self._rests(rest)), tuple(parts))
        return decided | {year.key: self._ask(family, year, span, so_far)}

    def _ask(
        self, family: Family, period: Period, span: Span,
        so_far: Mapping[str, Mapping[str, Shown]],
    ) -> Shown:  # fmt: skip
        within = so_far[period.key][family.within] if family.within else None
        if family.within and within is None:
            return None
        return decide(family, self.counts, self.college, span, within)

    def _silent(self, family: Family, so_far: Mapping[str, Mapping[str, Shown]]) -> set[str]:
        """Terms of which nothing is said: too few people, or they would give the others away."""
        inside = {
            term.key: self.tiling.inside[term.key]
            for term in self.tiling.terms
            if self.tiling.year.holds(term)
        }
        people = {key: self._least(family, bits) for key, bits in inside.items()}
        silent = {
            key
            for key, number in people.items()
            if number < LEAST or (family.within and so_far[key][family.within] is None)
        }
        speaking = sorted(inside.keys() - silent, key=lambda key: (people[key], key))
        while speaking and self._leaves_few(family, silent):
            silent.add(speaking.pop(0))
        return silent

    def _leaves_few(self, family: Family, silent: set[str]) -> bool:
        rest = self.tiling.rest | sum(self.tiling.inside[key] for key in silent)
        return any(
            0 < self.whole.count(cell, self.whole.groups, bits) < LEAST
            for cell in family.cells
            for bits in self._rests(rest)
        )

    def _rests(self, rest: int) -> list[int]:
        """What is left of the year without its terms; with and without the pieces of terms that
        reach out of it, because a second year may take those off as well."""
        pieces = [
            self.tiling.inside[term.key]
            for term in self.tiling.terms
            if not self.tiling.year.holds(term)
        ]
        return [
            rest | sum(some)
            for size in range(len(pieces) + 1)
            for some in combinations(pieces, size)
        ]

    def _least(self, family: Family, bits: int) -> int:
        return min(self.whole.count(cell, self.whole.groups, bits) for cell in family.cells)

    def content(self, period: Period, shown: Mapping[str, Shown]) -> dict[str, Any]:
        bits = self.tiling.bits(period)
        total: dict[str, int] = {}
        for family in FAMILIES:
            if shown[family.key] is not None:
                total |= _sums(self.whole, family, self.whole.groups, bits)
        slices = {slice.key: self._rows(slice.key, shown, bits) for slice in SLICES}
        return {"total": total, "slices": slices}

    def _rows(self, slice: str, shown: Mapping[str, Shown], bits: int) -> list[dict[str, Any]]:
        names = self.college.names[slice]
        rows = []
        # Those without a name come last.
        for group in sorted(names, key=lambda one: (not one, names[one].casefold())):
            numbers: dict[str, int] = {}
            for family in FAMILIES:
                groups = (shown[family.key] or {}).get(slice, frozenset())
                if group in groups:
                    numbers |= _sums(self.counts[slice], family, [group], bits)
            rows.append({"name": names[group], "numbers": numbers})
        return rows


def _sums(counts: Counts, family: Family, groups: Iterable[str], bits: int) -> dict[str, int]:
    names = family.sums or family.cells
    return {name: counts.total(name, groups, bits) for name in names}
