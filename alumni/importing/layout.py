"""Tables that are not one person a row below one row of headings: seen, and said."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from alumni.importing.fields import NAMES, field_for
from alumni.importing.table import Record

ROWS_OF_A_TURNED_LIST = 60
ON_ITS_SIDE = (
    "This list stands on its side: its headings are in the first column, and each person is a "
    "column. Turn it in your spreadsheet program (copy, and paste transposed), and upload that."
)
# “Name: Ann Lee”, “- email: ann@x.edu”
LABELLED = re.compile(r"[-*\s]*([^:]{1,40}):\s")
MOST_OF = 0.8
IN_LINES = (
    "This list has a line for each cell ({}). Put each person in one row, below a row of "
    "headings, and upload that."
)
BETWEEN_WORDS = re.compile(r"[\s:&]+")
# As Salesforce marks the heading by which a report is grouped.
GROUPED = re.compile(r"(.+?) *[↑↓]")
OF_ANOTHER = (
    "This row belongs to another table, whose headings are in row {}. Upload that in a file of its "
    "own."
)


def remarks_on(headings: list[str], header_row: int) -> Iterator[str]:
    if len(headings) == 1 and known_headings(BETWEEN_WORDS.split(headings[0])) > 1:
        yield (
            "No sign that we know separates the columns of this list. Split it in your spreadsheet "
            "program (“Text to columns”), and upload that."
        )
    elif header_row and not any(map(field_for, headings)):
        yield (
            f"We know none of the headings in row {header_row}. If somebody of the list stands "
            "there, choose 0 as the row with the headings."
        )
    for grouped in filter(None, map(GROUPED.fullmatch, headings)):
        yield (
            f"This report is grouped by “{grouped[1]}”, which may stand in the first row of each "
            "group alone; the other people come in without it. Export it with details only."
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


def first_of_lines(head: list[Record]) -> str:
    """The line of a list that has one for each cell; nothing for a table."""
    rows = [record.cells[0] for record in head if any(record.cells)][:ROWS_OF_A_TURNED_LIST]
    labels = [found[1] for found in map(LABELLED.match, rows) if found]
    if len(labels) < MOST_OF * len(rows) or len({*map(field_for, labels)} - {None}) < 2:
        return ""
    return rows[0]


def stands_on_its_side(head: list[Record]) -> bool:
    rows = [record.cells for record in head if any(record.cells)]
    if not 2 < len(rows) <= ROWS_OF_A_TURNED_LIST or known_headings(rows[0]) > 1:
        return False
    names = {field_for(row[0]) for row in rows} - {None}
    return len(names) > 2 and len(names) * 2 >= len(rows)
