"""Cells that go over several rows: what stands in the first is said of each row."""

from __future__ import annotations

from collections.abc import Iterator

from alumni.importing.table import Record

# Of a sheet. More of them is a drawing and no list.
MOST = 20_000
LONGEST = 5_000

# By its number and column: the row in which a cell begins that goes on here.
Begins = dict[int, dict[int, int]]


def filled(records: Iterator[Record], cells) -> Iterator[Record]:
    """Rows in which nothing else stands stay blank."""
    begins = _begins(cells)
    if not begins:
        yield from records
        return
    first_rows = {row for columns in begins.values() for row in columns.values()}
    seen: dict[int, list[str]] = {}
    for record in records:
        if record.number in first_rows:
            seen[record.number] = record.cells
        if record.number in begins and any(record.cells):
            said = list(record.cells)
            for column, row in begins[record.number].items():
                if column < len(said) and not said[column] and row in seen:
                    said[column] = seen[row][column]
            record = record._replace(cells=said)
        yield record


def _begins(cells) -> Begins:
    """Rows are counted from 1, as records are, and columns from 0, as cells are."""
    begins: Begins = {}
    for (top, left), (bottom, right) in (cells.merged_cell_ranges or ())[:MOST]:
        # One that goes over columns, too, is a title or a heading between rows.
        if left == right and top < bottom <= top + LONGEST:
            for row in range(top + 1, bottom + 1):
                begins.setdefault(row + 1, {})[left - cells.start[1]] = top + 1
    return begins
