"""What a reader hands on: numbered records under named columns. Knows nothing of alumni."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple


class UnreadableFile(Exception):
    """The file as a whole cannot be read; the message is fit to show to whoever uploaded it."""

    @property
    def sentence(self) -> str:
        return str(self)


@dataclass(frozen=True)
class Column:
    index: int
    heading: str
    samples: list[str]


class Record(NamedTuple):
    """One row of the file. `number` counts as the file does: blank rows and the header included."""

    number: int
    cells: list[str]
    # A sentence when the row cannot be trusted as it stands: too many cells, an open quote.
    problem: str | None = None

    @property
    def is_blank(self) -> bool:
        return not any(self.cells) and self.problem is None


@dataclass(frozen=True)
class Table:
    kind: str  # "csv" or "workbook"
    records: list[Record]
    columns: list[Column]
    # The record that holds the headings; 0 when the list has none.
    header_row: int
    blank_count: int = 0
    encoding: str = ""
    delimiter: str = ""
    sheets: list[str] = field(default_factory=list)  # hidden ones last
    sheet: str | None = None
