"""A sheet as rows and cells: what page, CSV and paper have in common."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from reports.measures import COLUMNS, SLICE_BY_KEY, Column, Numbers, Slice
from reports.models import Sheet
from reports.periods import Period

NOT_SHOWN = "not shown"
OFTEN = {"1": "Once", "2": "Twice", "3": "Three times or more"}
STAND = {
    "agreed": "Agreed to be asked",
    "never": "Never asked",
    "worn": "Worn out",
    "cap": "At their limit",
    "paused": "On a break",
}


@dataclass(frozen=True)
class Cell:
    column: Column
    value: float | None

    @property
    def is_hidden(self) -> bool:
        return self.value is None

    @property
    def said(self) -> str:
        return self.column.said(self.value)


@dataclass(frozen=True)
class Row:
    name: str
    numbers: Numbers

    @property
    def cells(self) -> list[Cell]:
        return [self.cell(column) for column in COLUMNS]

    def cell(self, column: Column) -> Cell:
        return Cell(column, column.value(self.numbers))


class Alumni(NamedTuple):
    """What may be said of them: of one period, and of the day by the office's calendar."""

    helped: Mapping[str, Any]
    goodwill: Mapping[str, int]
    as_of: datetime

    @property
    def often(self) -> list[tuple[str, int | None]]:
        """How often they met a student; None of whom nothing may be said."""
        return [(label, self.helped["times"].get(key)) for key, label in OFTEN.items()]

    @property
    def stand(self) -> list[tuple[str, int | None]]:
        """How they stand today."""
        return [(label, self.goodwill.get(key)) for key, label in STAND.items()]

    def lines(self, period: Period) -> Sequence[Sequence[str]]:
        """As a table without any mark-up: of the period, then of today."""
        numbers = [
            (period.name, "Met a student", self.helped.get("helped")),
            *((period.name, f"Met a student: {label.lower()}", n) for label, n in self.often),
            *(("Today", label, n) for label, n in self.stand),
        ]
        said = [[when, label, NOT_SHOWN if n is None else str(n)] for when, label, n in numbers]
        return [["When", "What", "Alumni"], *said]


@dataclass(frozen=True)
class Report:
    period: Period
    content: Mapping[str, Any]
    as_of: datetime

    @classmethod
    def of(cls, period: Period, sheet: Sheet) -> Report:
        return cls(period, sheet.content, sheet.as_of)

    @property
    def total(self) -> Row:
        return Row("All students", self.content["total"])

    @property
    def is_empty(self) -> bool:
        return not self.content["total"]

    def rows(self, slice: Slice) -> list[Row]:
        """The groups of which something may be said."""
        return [Row(**one) for one in self.content["slices"][slice.key] if one["numbers"]]

    def too_few(self, slice: Slice) -> list[str]:
        """The groups of which nothing may."""
        return [one["name"] for one in self.content["slices"][slice.key] if not one["numbers"]]

    def lines(self, slice: Slice) -> Sequence[Sequence[str]]:
        """As a table without any mark-up: headings, groups, everybody."""
        headings = [slice.label, *(column.label for column in COLUMNS)]
        rows = [*self.rows(slice), *(Row(name, {}) for name in self.too_few(slice)), self.total]
        return [headings, *([row.name, *map(_plain, row.cells)] for row in rows)]


def _plain(cell: Cell) -> str:
    return NOT_SHOWN if cell.is_hidden else cell.said.replace(",", "")


def slice_named(key: str) -> Slice:
    """What an address does not know, it leaves at the first."""
    return SLICE_BY_KEY.get(key, SLICE_BY_KEY["class"])
