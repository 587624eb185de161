"""Tables that are not one person a row below one row of headings: seen, and said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from alumni.importing.fields import NAMES, field_for
from alumni.importing.table import Record

ROWS_OF_A_TURNED_LIST = 60
ON_ITS_SIDE = (
    "This list stands on its side: its headings are in the first column, and each person is a "
    "column. Turn it in your spreadsheet program (copy, and paste transposed), and upload that."
)
OF_ANOTHER = (
    "This row belongs to another table, whose headings are in row {}. Upload that in a file of its "
    "own."
)


def remarks_on(headings: list[str], header_row: int) -> Iterator[str]:
    if header_row and not any(map(field_for, headings)):
        yield (
            f"We know none of the headings in row {header_row}. If somebody of the list stands "
            "there, choose 0 as the row with the headings."
        )
    names = Counter(heading for heading in headings if field_for(heading) in NAMES)
    for heading, times in names.items():
        if times > 1:
            yield (
                f"“{heading}” is the heading of {times} columns. Where people stand side by side, "
                "only those of the first columns are read: put them below each other."
            )


def known_headings(cells: list[str]) -> int:
    return sum(1 for cell in cells if cell and field_for(cell))


def stands_on_its_side(head: list[Record]) -> bool:
    rows = [record.cells for record in head if any(record.cells)]
    if not 2 < len(rows) <= ROWS_OF_A_TURNED_LIST or known_headings(rows[0]) > 1:
        return False
    names = {field_for(row[0]) for row in rows} - {None}
    return len(names) > 2 and len(names) * 2 >= len(rows)
