"""What a report is read for: a term, or a year from July 1 to June 30 as NACE counts it.

All days are days of the students' own calendars. Terms and years cut each other into parts; a
part lies whole inside or whole outside of each of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from accounts.models import Term

DAY = timedelta(days=1)
# Years that a part may begin in; the days before them are one part.
YEARS = range(1900, 2200)


@dataclass(frozen=True)
class Period:
    key: str
    name: str
    first_on: date
    last_on: date

    @property
    def is_term(self) -> bool:
        return self.key.startswith("term-")

    def meets(self, other: Period) -> bool:
        return self.first_on <= other.last_on and other.first_on <= self.last_on

    def holds(self, other: Period) -> bool:
        return self.first_on <= other.first_on and other.last_on <= self.last_on


def year_from(start: int) -> Period:
    """The year that begins on July 1 of `start`."""
    name = f"{start}–{(start + 1) % 100:02}"
    return Period(f"year-{start}", name, date(start, 7, 1), date(start + 1, 6, 30))


def year_of(day: date) -> Period:
    return year_from(day.year if day.month >= 7 else day.year - 1)


def of_term(term: Term) -> Period:
    return Period(f"term-{term.pk}", term.name, term.first_on, term.last_on)


def all_terms() -> list[Period]:
    return [of_term(term) for term in Term.objects.order_by("first_on")]


def cuts(terms: Iterable[Period]) -> list[date]:
    """The first days of all parts, in order."""
    days = {date(1, 7, 1), *(date(year, 7, 1) for year in YEARS)}
    for term in terms:
        days |= {term.first_on, term.last_on + DAY}
    return sorted(days)


@dataclass(frozen=True)
class Tile:
    """Some days of a year, or of a term that reaches out of it; `bit` stands for them in a mask."""

    first_on: date
    last_on: date
    bit: int


@dataclass(frozen=True)
class Tiling:
    """A year and the terms that have days in it, as disjoint tiles."""

    year: Period
    terms: Sequence[Period]
    tiles: Sequence[Tile]
    # The days of the year that no term has.
    rest: int
    # By the key of each term: its days within the year, and those outside.
    inside: dict[str, int]
    outside: dict[str, int]

    @property
    def year_bits(self) -> int:
        return self.rest | sum(self.inside.values())

    def bits(self, period: Period) -> int:
        if period.key == self.year.key:
            return self.year_bits
        return self.inside[period.key] | self.outside[period.key]


def tiling(year: Period, terms: Iterable[Period]) -> Tiling:
    own = [term for term in terms if term.meets(year)]
    rest, tiles, free_from = 1, [], year.first_on
    inside, outside = {}, {}
    for number, term in enumerate(own, start=1):
        first_on, last_on = max(term.first_on, year.first_on), min(term.last_on, year.last_on)
        if free_from < first_on:
            tiles.append(Tile(free_from, first_on - DAY, rest))
        free_from = last_on + DAY
        inside[term.key], outside[term.key] = 1 << (2 * number - 1), 1 << (2 * number)
        tiles.append(Tile(first_on, last_on, inside[term.key]))
        if term.first_on < first_on:
            tiles.append(Tile(term.first_on, first_on - DAY, outside[term.key]))
        if term.last_on > last_on:
            tiles.append(Tile(last_on + DAY, term.last_on, outside[term.key]))
    if free_from <= year.last_on:
        tiles.append(Tile(free_from, year.last_on, rest))
    return Tiling(year, own, tiles, rest, inside, outside)
