"""What an address asks of the reports; whatever it does not know, it leaves out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import QueryDict

from reports.measures import BY_KEY, COLUMNS, SLICES, Column, Slice
from reports.periods import Period, all_terms, year_of
from reports.reading import slice_named
from reports.timeline import periods_known


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
        periods = periods_known(today, all_terms())
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
