"""Step 1: a file to numbered records under headings. Runs in the child process: see child.py."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice
from mmap import ACCESS_READ, mmap
from pathlib import Path

from alumni.importing import layout
from alumni.importing.cells import shown
from alumni.importing.delimited import read_delimited
from alumni.importing.header import propose_header_row
from alumni.importing.table import Column, Reading, Record, Table, UnreadableFile
from alumni.importing.text import Content, check_encoding, examples
from alumni.importing.workbook import is_workbook, read_workbook

# A byte order mark that another program took for letters, in front of the first heading.
MARK_AS_LETTERS = "ï»¿"
SAMPLES = 3
SAMPLED_RECORDS = 200
COLUMNS_AT_MOST = 1000
# As much of a list as is looked at to find its headings and its width.
HEAD = 2000


class Listing:
    """A list in a file: what it is, and its records one after the other, once."""

    def __init__(self, path: Path, *, file_name: str, reading: Reading) -> None:
        about, width, found = _open(path, reading)
        head = list(islice(found, HEAD))
        if not any(map(_is_filled, head)):
            found, head = _skip_blank(found), []
            head = list(islice(found, HEAD))
        if not head:
            where = f"The sheet “{about['sheet']}” of " if "sheet" in about else ""
            raise UnreadableFile(f"{where}{file_name} holds no rows.")
        header_row = reading.header_row
        if header_row is None:
            header_row = propose_header_row(list(map(_narrow, head)))
        heading = next((record for record in head if record.number == header_row), None)
        if header_row and heading is None:
            raise UnreadableFile(f"The list has no row {header_row}: choose another header row.")
        below = [record for record in head if record.number > header_row and _is_filled(record)]
        self._headings = _headings(heading, below, width)
        if len(self._headings) > COLUMNS_AT_MOST:
            raise UnreadableFile(
                f"The list has {len(self._headings):,} columns. "
                f"CareerHub reads {COLUMNS_AT_MOST:,} at most. Often a stray cell far to the "
                "right is the cause: delete the columns behind the last one of your list."
            )
        if layout.stands_on_its_side(list(map(_narrow, head))):
            raise UnreadableFile(layout.ON_ITS_SIDE)
        if line := layout.first_of_lines(head):
            raise UnreadableFile(layout.IN_LINES.format(shown(line)))
        # Where cells stand beyond the headings and no row is as wide as they are, the headings lack
        # one: programs leave out that of their row numbers. Then a blank cell at the end proves
        # nothing.
        beyond = [record.cells[len(self._headings) :] for record in below if not record.problem]
        self._lacks_a_heading = all(beyond) and any(map(any, beyond))
        rows = [self._fitted(record) for record in below[:SAMPLED_RECORDS]]
        self.table = Table(
            records=[],
            columns=_columns(self._headings, rows),
            header_row=header_row,
            **{"remarks": []} | about,
        )
        self.table.remarks.extend(layout.remarks_on(self._headings, header_row))
        self._records = chain(head, found)
        self.blank_count = 0

    def __iter__(self) -> Iterator[Record]:
        """The filled records below the headings, each with a cell for each column."""
        header_row, wanted = self.table.header_row, len(self._headings)
        is_after_blank, another = False, 0
        for record in self._records:
            number, cells, problem = record
            if number <= header_row:
                continue
            if problem is None and not any(cells):
                self.blank_count += 1
                is_after_blank = True
                continue
            if is_after_blank:
                is_after_blank, another = False, self._another_table(record, another)
            if another:
                yield record._replace(problem=layout.OF_ANOTHER.format(another))
            elif len(cells) == wanted:
                yield record
            else:
                yield self._fitted(record)

    def _fitted(self, record: Record) -> Record:
        """The record with a cell for each column, or with the sentence why its cells cannot be
        trusted.

        Empty cells too many, and cells left out under columns without a heading, shift nothing.
        """
        if record.problem is not None:
            return record
        cells, wanted = record.cells, len(self._headings)
        needed = _width(self._headings) or wanted
        if needed <= len(cells) == wanted:
            return record
        if len(cells) > wanted and not any(cells[wanted:]) and not self._lacks_a_heading:
            return record._replace(cells=cells[:wanted])
        if needed <= len(cells) < wanted:
            return record._replace(cells=cells + [""] * (wanted - len(cells)))
        problem = (
            f"This row has {_cells(len(cells))}, but the list has {wanted} columns, so we cannot "
            "tell which cell belongs where. Look for a missing or an extra separator."
        )
        return record._replace(problem=problem)

    def _another_table(self, record: Record, so_far: int) -> int:
        """The row with the headings of another table, when it begins here; 0 in the list's own."""
        if not self.table.header_row or layout.known_headings(record.cells) < 2:
            return so_far
        said = {cell.casefold() for cell in record.cells if cell}
        if said <= {heading.casefold() for heading in self._headings}:
            return 0
        return record.number if layout.known_headings(record.cells) * 2 >= len(said) else so_far


def _open(path: Path, reading: Reading) -> tuple[dict, int | None, Iterator[Record]]:
    """What kind of file it is, the width that it has as a whole, and its records."""
    content = _mapped(path)
    if is_workbook(content):
        book = read_workbook(content, sheet=reading.sheet)
        about = {
            "kind": "workbook", "sheets": book.sheets, "sheet": book.sheet, "remarks": book.remarks
        }  # fmt: skip
        return about, book.width, book.records
    encoding = check_encoding(content, said=reading.encoding)
    # Newlines stay as they are: one may stand within a cell. Bytes of another encoding are kept
    # apart, and cost their row.
    lines = path.open(encoding=encoding, errors="surrogateescape", newline="")
    delimiter, records = read_delimited(lines, delimiter=reading.delimiter)
    about = {"kind": "csv", "encoding": encoding, "delimiter": delimiter}
    return about | {"examples": examples(content, encoding)}, None, records


def _mapped(path: Path) -> Content:
    if not path.stat().st_size:
        return b""
    with path.open("rb") as file:
        return mmap(file.fileno(), 0, access=ACCESS_READ)


def _narrow(record: Record) -> Record:
    """To look at a row of a million cells would take a minute."""
    is_wide = len(record.cells) > COLUMNS_AT_MOST
    return record._replace(cells=record.cells[:COLUMNS_AT_MOST]) if is_wide else record


def _is_filled(record: Record) -> bool:
    return not record.is_blank


def _skip_blank(records: Iterator[Record]) -> Iterator[Record]:
    for record in records:
        if _is_filled(record):
            return chain([record], records)
    return iter(())


def _headings(heading: Record | None, filled: list[Record], width: int | None) -> list[str]:
    """One heading a column: the header's cells, or as many as most rows have."""
    if heading is not None:
        cells = [" ".join(cell.split()) for cell in heading.cells]
        cells[:1] = [cell.removeprefix(MARK_AS_LETTERS).strip('"') for cell in cells[:1]]
    else:
        widths = [len(record.cells) for record in filled]
        cells = [""] * max(set(widths), key=lambda width: (widths.count(width), width), default=0)
    if width is not None:
        # A sheet has no ragged rows, only columns without a heading.
        cells = cells[:width] + [""] * (width - len(cells))
    return cells


def _width(cells: list[str]) -> int:
    return max((index for index, cell in enumerate(cells, 1) if cell), default=0)


def _cells(count: int) -> str:
    return f"{count} cell" if count == 1 else f"{count} cells"


def _columns(headings: list[str], rows: list[Record]) -> list[Column]:
    sampled = [record.cells for record in rows[:SAMPLED_RECORDS] if record.problem is None]
    return [
        Column(
            index,
            heading or f"Column {index + 1}",
            list(dict.fromkeys(cells[index] for cells in sampled if cells[index]))[:SAMPLES],
        )
        for index, heading in enumerate(headings)
    ]
