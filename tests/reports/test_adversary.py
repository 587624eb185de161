"""Somebody writes down every number that any page shows, for every period and slice, knows which
classes, majors and fields go together, and solves for what is hidden."""

from datetime import date

import pytest

from accounts.models import Term
from reports import sheets
from reports.counting import college, count
from reports.measures import FAMILIES, SLICES
from reports.periods import Tiling, all_terms, of_term, tiling, year_from
from tests.reports.lives import count_all, live, sheet_of

PRIME = (1 << 61) - 1
YEARS = [year_from(2024), year_from(2025), year_from(2026)]
CALENDARS = {
    "with breaks": [
        ("Fall", date(2025, 8, 24), date(2025, 12, 18)),
        ("Spring", date(2026, 1, 20), date(2026, 5, 10)),
    ],
    "over June 30": [
        ("Fall", date(2025, 8, 24), date(2025, 12, 18)),
        ("Spring", date(2026, 1, 20), date(2026, 5, 10)),
        ("Summer", date(2026, 6, 1), date(2026, 7, 19)),
    ],
    "a gap of a day": [
        ("Fall", date(2025, 7, 1), date(2025, 12, 18)),
        ("Spring", date(2025, 12, 20), date(2026, 6, 30)),
    ],
    "without a gap": [
        ("Fall", date(2025, 7, 1), date(2025, 12, 18)),
        ("Winter", date(2025, 12, 19), date(2026, 1, 19)),
        ("Spring", date(2026, 1, 20), date(2026, 6, 30)),
    ],
}


class Known:
    """The span of what is known, as rows in echelon form over a prime field."""

    def __init__(self) -> None:
        self.rows: dict = {}

    def _reduced(self, vector: dict) -> dict:
        vector = dict(vector)
        for pivot, row in self.rows.items():
            if factor := vector.get(pivot, 0):
                for key, value in row.items():
                    vector[key] = (vector.get(key, 0) - factor * value) % PRIME
        return {key: value for key, value in vector.items() if value}

    def learn(self, vector: dict) -> None:
        if rest := self._reduced(vector):
            pivot = next(iter(rest))
            inverse = pow(rest[pivot], -1, PRIME)
            self.rows[pivot] = {key: value * inverse % PRIME for key, value in rest.items()}

    def can_tell(self, vector: dict) -> bool:
        return not self._reduced(vector)


class World:
    """Unknown is how much each combination of class, major and field did in each tile."""

    def __init__(self) -> None:
        self.college, self.terms = college(), all_terms()
        self.tilings: dict[str, Tiling] = {year.key: tiling(year, self.terms) for year in YEARS}
        self.counts = {key: count(tiles, self.college) for key, tiles in self.tilings.items()}

    def home(self, period) -> str:
        """A year in which the period has days."""
        return next(key for key, tiles in self.tilings.items() if period.meets(tiles.year))

    def tiles(self, period) -> list:
        """Of a year: its rest and its part of each term; of a term: its part of each year."""
        if period.is_term:
            return [(y, period.key) for y, t in self.tilings.items() if period.key in t.inside]
        own = self.tilings[period.key]
        has_rest = any(tile.bit == own.rest for tile in own.tiles)
        return [(period.key, "rest")] * has_rest + [(period.key, term.key) for term in own.terms]

    def vector(self, tiles, place=None, group=None) -> dict:
        return {
            (one, tile): 1
            for one in self.college.combinations
            if place is None or one[place] == group
            for tile in tiles
        }

    def learn_all(self, family) -> Known:
        known = Known()
        for period in (*YEARS, *self.terms):
            content, tiles = sheet_of(period).content, self.tiles(period)
            name = (family.sums or family.cells)[0]
            if name in content["total"]:
                known.learn(self.vector(tiles))
            for place, slice in enumerate(SLICES):
                names = self.college.names[slice.key]
                shown = {r["name"] for r in content["slices"][slice.key] if name in r["numbers"]}
                for group in names:
                    if names[group] in shown:
                        known.learn(self.vector(tiles, place, group))
        return known

    def secrets(self, family):
        """What nobody may tell: one to four people, in a period or in what terms leave of years."""
        spans = [(p, self.home(p), None, self.tiles(p)) for p in (*YEARS, *self.terms)]
        for key, tiles in self.tilings.items():
            if any(tile.bit == tiles.rest for tile in tiles.tiles):
                spans.append((tiles.year, key, tiles.rest, [(key, "rest")]))
        for period, home, bits, tiles in spans:
            bits = bits or self.tilings[home].bits(period)
            for place, slice in enumerate(SLICES):
                counts = self.counts[home][slice.key]
                for group in counts.groups:
                    if any(0 < counts.count(cell, [group], bits) < 5 for cell in family.cells):
                        yield self.vector(tiles, place, group)
            if any(0 < counts.count(cell, counts.groups, bits) < 5 for cell in family.cells):
                yield self.vector(tiles)


def told_secrets() -> tuple[int, int]:
    """(secrets that can be told, secrets there are)"""
    count_all()
    world, told, all_of_them = World(), 0, 0
    for family in FAMILIES:
        known = world.learn_all(family)
        for secret in world.secrets(family):
            told += known.can_tell(secret)
            all_of_them += 1
    return told, all_of_them


@pytest.fixture(params=CALENDARS)
def calendar(request):
    return [
        of_term(Term.objects.create(name=name, first_on=first, last_on=last))
        for name, first, last in CALENDARS[request.param]
    ]


@pytest.mark.parametrize(("students", "deeds"), [(30, 2), (120, 3)])
@pytest.mark.parametrize("campus", ["mixed", "tied", "woven"])
def test_no_small_number_can_be_worked_out(calendar, students, deeds, campus):
    live(301, students=students, deeds=deeds, campus=campus)

    told, secrets = told_secrets()

    assert secrets > 20
    assert told == 0


def test_the_adversary_finds_what_is_badly_hidden(monkeypatch):
    """Hiding the small ones alone would not do; the adversary above would notice."""

    def naive(family, counts, college, span, within=None):
        return {
            key: frozenset(
                one for one in of.groups
                if all(of.count(cell, [one], span.bits) >= 5 for cell in family.cells)
            )
            for key, of in counts.items()
        }  # fmt: skip

    monkeypatch.setattr(sheets, "decide", naive)
    live(90, students=90, deeds=5)

    told, _ = told_secrets()

    assert told > 0


def test_a_small_term_is_silent_so_that_the_year_may_speak():
    """Nearly everybody is active in both large terms, and four in the days that no term has."""
    from tests.factories import ContactFactory, InteractionFactory, UserFactory

    for name, first, last in (
        ("Fall", date(2025, 7, 1), date(2025, 12, 18)),
        ("Winter", date(2025, 12, 19), date(2026, 1, 19)),
        ("Spring", date(2026, 1, 22), date(2026, 6, 30)),
    ):
        Term.objects.create(name=name, first_on=first, last_on=last)
    days = {date(2025, 9, 9): 30, date(2026, 1, 5): 9, date(2026, 1, 20): 4, date(2026, 3, 3): 30}
    for day, students in days.items():
        for _ in range(students):
            contact = ContactFactory(student=UserFactory())
            InteractionFactory(contact=contact, happened_on=day, outcome="ASKED")

    said = {
        period.name: sheet_of(period).content["total"].get("asked")
        for period in (year_from(2025), *all_terms())
    }

    assert said == {"2025–26": 73, "Fall": 30, "Winter": None, "Spring": 30}
