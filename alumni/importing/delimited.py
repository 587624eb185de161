"""Text to records: which delimiter, and where a quotation mark swallows what follows."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter, deque
from collections.abc import Iterator
from typing import TextIO

from alumni.importing.halves import WHOLE, Half
from alumni.importing.table import Record, UnreadableFile

DELIMITER_NAMES = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "vertical bars"}
DELIMITERS = "".join(DELIMITER_NAMES)
SNIFFED_CHARACTERS = 100_000
SNIFFED_RECORDS = 60
# Each open quote costs a second look at the lines behind it: a broken file must not cost an hour.
BROKEN_ROWS_AT_MOST = 100
# Fed to the parser behind the last line: an open quote swallows it.
END = "\ufdd0end of list\ufdd0"
# Blanks that have no width; str.strip() knows the others, the no-break space among them.
NO_WIDTH = "\u200b\ufeff"
# A line without an end must not fill the memory.
LONGEST_LINE = 16_000_000
BETWEEN = "¦"
BLANK_BEFORE, BLANK_BEHIND = f" {BETWEEN}", f"{BETWEEN} "
# What a byte becomes that is no letter of the list's encoding.
STRANGE = re.compile("[\udc80-\udcff]")
# More than listing.HEAD: how the list looks must not depend on the half.
SEEN_BY_BOTH = 5_000
# Of a broken row, enough is kept to find it again.
SHOWN_CELLS = 100
SHOWN_CHARACTERS = 500


def read_delimited(
    lines: TextIO, half: Half = WHOLE, *, delimiter: str | None = None
) -> tuple[str, Iterator[Record]]:
    """The delimiter and every record, blank ones included, numbered from 1.

    A delimiter that a person chose is taken in place of what the file says or looks like.
    Of half a list the first records, by which headings are found, and those of that half.
    """
    start = lines.read(SNIFFED_CHARACTERS)
    lines.seek(0)
    hinted = re.match(r"sep=(.)\r?\n", start, re.IGNORECASE)
    delimiter = delimiter or (hinted[1] if hinted else find_delimiter(start))
    records = _records(lines, delimiter, half)
    if hinted:
        next(records)  # Excel's hint is a line of the file, but no row of the list.
    return delimiter, records


def find_delimiter(text: str) -> str:
    """The one under which most rows have the same number of cells, the wider table if in doubt."""
    # Notes above the header would outvote a short list: rows of one cell have no say.
    return max(DELIMITERS, key=lambda delimiter: _evenness(text, delimiter))


def _evenness(text: str, delimiter: str) -> float:
    widths: Counter[int] = Counter()
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
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


class _Lines:
    """Lines of a file, of which some can be put back: those an open quote had swallowed."""

    def __init__(self, lines: TextIO) -> None:
        self._lines = lines
        self._again: deque[str] = deque()
        # Since the last row that was complete.
        self.taken: list[str] = []

    def __iter__(self) -> Iterator[str]:
        while line := self._again.popleft() if self._again else self._lines.readline(LONGEST_LINE):
            self.taken.append(line)
            yield line
        self.taken.append(END)
        yield END

    def put_back_all_but_the_first(self) -> str:
        first, *rest = self.taken
        self._again.extendleft(reversed([line for line in rest if line is not END]))
        self.taken = []
        return first


def _records(file: TextIO, delimiter: str, half: Half) -> Iterator[Record]:
    lines, number, broken = _Lines(file), 0, 0
    while True:
        for cells in _parse(lines, delimiter):
            number += 1
            if number <= SEEN_BY_BOTH or half.has(number):
                yield make_record(number, cells)
        if lines.taken == [END]:
            return
        # The row that begins here never ends: set it aside, and go on with the next line.
        number, broken = number + 1, broken + 1
        if broken > BROKEN_ROWS_AT_MOST:
            raise UnreadableFile(
                f"More than {BROKEN_ROWS_AT_MOST} rows open a quotation mark that is never closed. "
                "Save the list again from your spreadsheet program, and upload that."
            )
        yield _broken_record(number, lines.put_back_all_but_the_first(), delimiter)


def _parse(lines: _Lines, delimiter: str) -> Iterator[list[str]]:
    """Rows up to one that never ends; its lines are then in `lines.taken`."""
    reader = csv.reader(lines, delimiter=delimiter, skipinitialspace=True)
    try:
        for cells in reader:
            if cells and END in cells[-1]:
                return
            lines.taken.clear()
            yield cells
    except csv.Error:
        return  # A cell over csv's limit of 131,072 characters, mostly behind an open quote.


def make_record(number: int, cells: list[str], problem: str | None = None) -> Record:
    # Most rows are clean, which is seen at one look.
    whole = BETWEEN + BETWEEN.join(cells) + BETWEEN
    if whole.isprintable() and BLANK_BEFORE not in whole and BLANK_BEHIND not in whole:
        return Record(number, cells, problem)
    if STRANGE.search(whole):
        problem = (
            "Some letters of this row are saved in another way than the rest of the list. Type "
            "them again."
        )
        cells = [STRANGE.sub("\ufffd", cell) for cell in cells]
    if "\0" in whole:
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
