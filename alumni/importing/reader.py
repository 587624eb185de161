"""Step 1: bytes to a table of numbered records. Knows files, knows nothing of alumni."""

from __future__ import annotations

from alumni.importing.delimited import read_delimited
from alumni.importing.header import propose_header_row
from alumni.importing.table import Column, Record, Table, UnreadableFile
from alumni.importing.text import decode
from alumni.importing.workbook import is_workbook, read_workbook

__all__ = ["Column", "Record", "Table", "UnreadableFile", "read_table"]

SAMPLES = 3
SAMPLED_RECORDS = 200
COLUMNS_AT_MOST = 1000


def read_table(
    content: bytes, *, file_name: str, sheet: str | None = None, header_row: int | None = None
) -> Table:
    """Read a list; `header_row` None proposes one, 0 says that there is none.

    The kind is found from the content; `file_name` only helps to word what went wrong.
    """
    if is_workbook(content):
        book = read_workbook(content, sheet=sheet)
        about = {"kind": "workbook", "sheets": book.sheets, "sheet": book.sheet}
        found = book.records
    else:
        text, encoding = decode(content)
        delimiter, found = read_delimited(text)
        about = {"kind": "csv", "encoding": encoding, "delimiter": delimiter}
    records = list(found)
    if not any(map(_is_filled, records)):
        where = f"The sheet “{about['sheet']}” of " if "sheet" in about else ""
        raise UnreadableFile(f"{where}{file_name} holds no rows.")
    return _as_table(records, header_row, about)


def _as_table(records: list[Record], header_row: int | None, about: dict) -> Table:
    if header_row is None:
        header_row = propose_header_row(records)
    heading = next((record for record in records if record.number == header_row), None)
    if header_row and heading is None:
        raise UnreadableFile(f"The list has no row {header_row}: choose another header row.")
    below = [record for record in records if record.number > header_row]
    filled = [record for record in below if _is_filled(record)]
    headings = _headings(heading, filled, is_ragged=about["kind"] == "csv")
    if len(headings) > COLUMNS_AT_MOST:
        raise UnreadableFile(
            f"The list has {len(headings):,} columns. CareerHub reads {COLUMNS_AT_MOST:,} at most."
        )
    rows = [_fitted(record, headings) for record in filled]
    return Table(
        records=rows,
        columns=_columns(headings, rows),
        header_row=header_row,
        blank_count=len(below) - len(filled),
        **about,
    )


def _is_filled(record: Record) -> bool:
    return not record.is_blank


def _headings(heading: Record | None, filled: list[Record], *, is_ragged: bool) -> list[str]:
    """One heading a column: the header's cells, or as many as most rows have."""
    if heading is not None:
        cells = [" ".join(cell.split()) for cell in heading.cells]
    else:
        widths = [len(record.cells) for record in filled]
        cells = [""] * max(set(widths), key=lambda width: (widths.count(width), width), default=0)
    if not is_ragged:
        # A sheet has no ragged rows, only columns without a heading.
        widest = max((_width(record.cells) for record in filled), default=0)
        cells = cells[: max(widest, _width(cells))]
        cells += [""] * (widest - len(cells))
    return cells


def _width(cells: list[str]) -> int:
    return max((index for index, cell in enumerate(cells, 1) if cell), default=0)


def _fitted(record: Record, headings: list[str]) -> Record:
    """The record with a cell for each column, or with the sentence why its cells cannot be trusted.

    Empty cells too many, and cells left out under columns without a heading, shift nothing.
    """
    if record.problem is not None:
        return record
    cells, wanted = record.cells, len(headings)
    needed = _width(headings) or wanted
    if needed <= len(cells) == wanted:
        return record
    if len(cells) > wanted and not any(cells[wanted:]):
        return record._replace(cells=cells[:wanted])
    if needed <= len(cells) < wanted:
        return record._replace(cells=cells + [""] * (wanted - len(cells)))
    problem = (
        f"This row has {_cells(len(cells))}, but the list has {wanted} columns, so we cannot tell "
        "which cell belongs where. Look for a missing or an extra separator."
    )
    return record._replace(problem=problem)


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
