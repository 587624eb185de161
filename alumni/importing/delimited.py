"""Text to records: which delimiter, and where a quotation mark swallows what follows."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import chain

from alumni.importing.table import Record, UnreadableFile

DELIMITERS = ",;\t|"
SNIFFED_CHARACTERS = 100_000
SNIFFED_RECORDS = 60
# Each open quote costs a second look at the lines behind it: a broken file must not cost an hour.
BROKEN_ROWS_AT_MOST = 100
# Fed to the parser behind the last line: an open quote swallows it.
END = "\ufdd0end of list\ufdd0"
# Blanks that have no width; str.strip() knows the others, the no-break space among them.
NO_WIDTH = "\u200b\ufeff"
# Of a broken row, enough is kept to find it again.
SHOWN_CELLS = 100
SHOWN_CHARACTERS = 500


def read_delimited(text: str) -> tuple[str, Iterator[Record]]:
    """The delimiter and every record, blank ones included, numbered from 1."""
    hinted = re.match(r"sep=(.)\r?\n", text, re.IGNORECASE)
    delimiter = hinted[1] if hinted else find_delimiter(text)
    records = _records(text, delimiter)
    if hinted:
        next(records)  # Excel's hint is a line of the file, but no row of the list.
    return delimiter, records


def find_delimiter(text: str) -> str:
    """The one under which most rows have the same number of cells, the wider table if in doubt."""
    # Notes above the header would outvote a short list: rows of one cell have no say.
    return max(DELIMITERS, key=lambda delimiter: _evenness(text, delimiter))


def _evenness(text: str, delimiter: str) -> float:
    widths: Counter[int] = Counter()
    reader = csv.reader(io.StringIO(text[:SNIFFED_CHARACTERS], newline=""), delimiter=delimiter)
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                widths[len(cells)] += 1
            if widths.total() >= SNIFFED_RECORDS:
                break
    except csv.Error:
        pass
    split = Counter({width: count for width, count in widths.items() if width > 1})
    if not split:
        return 0.0
    width, count = max(split.items(), key=lambda item: (item[1], item[0]))
    return (count / widths.total()) * width**0.5


def _records(text: str, delimiter: str) -> Iterator[Record]:
    lines = io.StringIO(text, newline="").readlines()
    start, number, broken = 0, 0, 0
    while start < len(lines):
        for cells, following in _parse(lines, start, delimiter):
            start, number = following, number + 1
            yield make_record(number, cells)
        if start == len(lines):
            return
        # The row that begins here never ends: set it aside, and go on with the next line.
        number, broken = number + 1, broken + 1
        if broken > BROKEN_ROWS_AT_MOST:
            raise UnreadableFile(
                f"More than {BROKEN_ROWS_AT_MOST} rows open a quotation mark that is never closed. "
                "Save the list again from your spreadsheet program, and upload that."
            )
        yield _broken_record(number, lines[start], delimiter)
        start += 1


def _parse(lines: list[str], start: int, delimiter: str) -> Iterator[tuple[list[str], int]]:
    """Rows from line `start` on, each with the line that follows it, up to one that never ends."""
    rest = (lines[index] for index in range(start, len(lines)))
    reader = csv.reader(chain(rest, [END]), delimiter=delimiter, skipinitialspace=True)
    try:
        for cells in reader:
            if cells and END in cells[-1]:
                return
            yield cells, start + reader.line_num
    except csv.Error:
        return  # A cell over csv's limit of 131,072 characters, mostly behind an open quote.


def make_record(number: int, cells: list[str], problem: str | None = None) -> Record:
    if any("\0" in cell for cell in cells):
        problem = "This row holds NUL bytes, which are no text. Type the damaged cells again."
    return Record(number, [clean_cell(cell) for cell in cells], problem)


def clean_cell(cell: str) -> str:
    """Without blanks around it, its line ends all alike, its NUL bytes made visible."""
    if not cell.isprintable():
        cell = cell.replace("\0", "\ufffd").replace("\r\n", "\n").replace("\r", "\n")
    return cell.strip().strip(NO_WIDTH).strip()


def _broken_record(number: int, line: str, delimiter: str) -> Record:
    if len(line) > csv.field_size_limit():
        problem = f"This row has a cell of more than {csv.field_size_limit():,} characters."
    else:
        problem = 'This row opens a quotation mark (") that is never closed. Close it or remove it.'
    cells = [cell[:SHOWN_CHARACTERS] for cell in line.split(delimiter)[:SHOWN_CELLS]]
    return make_record(number, cells, problem)
