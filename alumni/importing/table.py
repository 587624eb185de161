"""What a reader hands on: numbered records under named columns. Knows nothing of alumni."""

from __future__ import annotations

from typing import Any, NamedTuple


class UnreadableFile(Exception):
    """The file as a whole cannot be read; the message is fit to show to whoever uploaded it."""

    @property
    def sentence(self) -> str:
        return str(self)


class Column(NamedTuple):
    # Tuples have a method of this name, which nobody asks of a column.
    index: int  # type: ignore[assignment]
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


class Reading(NamedTuple):
    """What a person said of how a list is to be read; None is found out.

    `header_row` 0 says that there is none.
    """

    sheet: str | None = None
    header_row: int | None = None
    encoding: str | None = None
    delimiter: str | None = None

    @classmethod
    def from_job(cls, job: dict[str, Any]) -> Reading:
        return cls(*map(job.get, cls._fields))


class Table(NamedTuple):
    kind: str  # "csv" or "workbook"
    records: list[Record]
    columns: list[Column]
    # The record that holds the headings; 0 when the list has none.
    header_row: int
    blank_count: int = 0
    encoding: str = ""
    # Words by which a person sees whether that is right.
    examples: list[str] = []
    delimiter: str = ""
    sheets: list[str] = []  # hidden ones last
    sheet: str | None = None
    # What is to be said about the list as a whole.
    remarks: list[str] = []

    @property
    def reading(self) -> Reading:
        """How this table was read, to read it so again."""
        return Reading(self.sheet, self.header_row, self.encoding or None, self.delimiter or None)

    def to_json(self) -> dict[str, Any]:
        return self._asdict()

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Table:
        return cls(**data | {"columns": [Column(*column) for column in data["columns"]]})
