"""What an address asks of the reports; whatever it does not know, it leaves out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.db.models import Max, Min
from django.http import QueryDict

from reports.measures import BY_KEY, COLUMNS, SLICES, Column, Slice
from reports.models import Fact
from reports.periods import Period, all_terms, year_from, year_of
from reports.reading import slice_named

# A slip of the pen in a date must not make a list of a century.
YEARS_BACK, YEARS_AHEAD = 15, 1


def periods_known(today: date) -> list[Period]:
    """The terms, and the years from the first deed or term to the last; the latest first."""
    terms = all_terms()
    found = Fact.objects.aggregate(first=Min("part_on"), last=Max("part_on"))
    days = [today, *filter(None, found.values()), *(term.first_on for term in terms)]
    this = year_of(today).first_on.year
    starts = range(this - YEARS_BACK, this + YEARS_AHEAD + 1)
    known = [year_of(day).first_on.year for day in days]
    years = [year_from(start) for start in starts if min(known) <= start <= max(known)]
    return sorted([*years, *terms], key=lambda one: (one.last_on, one.first_on), reverse=True)


@dataclass(frozen=True)
class Wish:
    period: Period
    slice: Slice
    # What the chart shows.
    column: Column
    periods: Sequence[Period]

    slices = SLICES
    columns = COLUMNS

    @classmethod
    def read(cls, asked: QueryDict, *, today: date) -> Wish:
        periods = periods_known(today)
        by_key = {period.key: period for period in periods}
        this_year = by_key[year_of(today).key]
        return cls(
            period=by_key.get(asked.get("period", ""), this_year),
            slice=slice_named(asked.get("by", "")),
            column=BY_KEY.get(asked.get("show", ""), COLUMNS[0]),
            periods=periods,
        )

    def query(self, **changes: str) -> str:
        now = {"period": self.period.key, "by": self.slice.key, "show": self.column.key}
        return "?" + urlencode(now | changes)

    @property
    def part(self) -> str:
        return f"{self.period.name}, by {self.slice.label.lower()}"

    @property
    def file_name(self) -> str:
        return f"report-{self.period.key}-by-{self.slice.key}.csv"
