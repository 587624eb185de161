"""What an advisor asks of the board: a name to find, an order to read it in."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from advising.board import Row


@dataclass(frozen=True)
class Column:
    """A heading of the table that sorts; numbers and days begin with the largest."""

    name: str
    label: str
    key: Callable[[Row], Any]
    is_number: bool = False
    css: str = ""


def _by_name(row: Row) -> Any:
    return row.student.name.casefold()


def _by_need(row: Row) -> Any:
    return row.days_late if row.is_late else -1, len(row.late), bool(row.stuck)


COLUMNS = [
    Column("name", "Student", _by_name),
    Column("active", "Last activity", lambda row: row.last_active_on or date.min, True, "wide"),
    Column("contacts", "Contacts", lambda row: row.reach.identified, True, "num wide"),
    Column("asked", "Asked", lambda row: row.reach.asked, True, "num wide"),
    Column("met", "Talks held", lambda row: row.talks_held, True, "num wide"),
    Column("late", "Late", _by_need, True),
]
BY_NAME = {column.name: column for column in COLUMNS}


@dataclass(frozen=True)
class BoardFilter:
    """Read from an address; whatever it does not know, it leaves out."""

    words: str = ""
    column: Column = BY_NAME["late"]
    is_reversed: bool = False

    @classmethod
    def read(cls, asked: QueryDict) -> BoardFilter:
        name = asked.get("sort", "")
        return cls(
            words=asked.get("q", "").replace("\0", "").strip()[:100],
            column=BY_NAME.get(name.removeprefix("-"), cls.column),
            is_reversed=name.startswith("-"),
        )

    def apply(self, rows: list[Row]) -> list[Row]:
        found = [row for row in rows if _folded(self.words) in _folded(row.student.name)]
        by_name = sorted(found, key=_by_name)
        # Sorting is stable, so equals stay in the order of names.
        return sorted(by_name, key=self.column.key, reverse=self.is_descending)

    @property
    def is_descending(self) -> bool:
        return self.column.is_number != self.is_reversed

    @property
    def sort(self) -> str:
        return f"{'-' if self.is_reversed else ''}{self.column.name}"

    @property
    def headings(self) -> list[Heading]:
        return [self._heading(column) for column in COLUMNS]

    def _heading(self, column: Column) -> Heading:
        is_current = column == self.column
        turned = "-" if is_current and not self.is_reversed else ""
        sorted_as = ("descending" if self.is_descending else "ascending") if is_current else "none"
        return Heading(column, self.query(sort=f"{turned}{column.name}"), sorted_as)

    def query(self, **changes: str) -> str:
        """This filter as an address, with some of it changed."""
        return "?" + urlencode({"q": self.words, "sort": self.sort, **changes})


@dataclass(frozen=True)
class Heading:
    column: Column
    query: str
    aria_sort: str


def _folded(text: str) -> str:
    """Lower case without accents: “grunwald” finds Grünwald."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


BY_NEED = BoardFilter()
