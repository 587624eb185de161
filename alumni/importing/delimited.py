"""Text to records: which delimiter, and where a quotation mark swallows what follows."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from functools import partial
from itertools import chain
from typing import TextIO
from unicodedata import is_normalized, normalize

from alumni.importing.fixed import find_places, read_fixed
from alumni.importing.quoting import (
    QUOTE,
    find_quote,
    is_wrapped,
    unwrapped,
    without_backslashes,
)
from alumni.importing.table import Record, UnreadableFile

DELIMITER_NAMES = {
    ",": "commas", ";": "semicolons", "\t": "tabs", "|": "vertical bars", "^": "carets",
    "~": "tildes",
}  # fmt: skip
DELIMITERS = "".join(DELIMITER_NAMES)
SNIFFED_CHARACTERS = 100_000
SNIFFED_RECORDS = 60
# Each open quote costs a second look at the lines behind it: a broken file must not cost an hour.
BROKEN_ROWS_AT_MOST = 100
# Fed to the parser behind the last line: an open quote swallows it.
END = "\ufdd0end of list\ufdd0"
# Signs that nobody sees and by which nobody is found: of no width, of direction, of where a word
# may be broken. The joiners of Persian and Hindi are none: they make other letters.
UNSEEN = re.compile("[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
END_OF_DOS = "\x1a"
# A line without an end must not fill the memory.
LONGEST_LINE = 16_000_000
BETWEEN = "¦"
BLANK_BEFORE, BLANK_BEHIND = f" {BETWEEN}", f"{BETWEEN} "
# ="00123" is how programs keep a spreadsheet from taking zeros off a number.
KEPT_AS_TEXT = re.compile(r'\A\s*="([^"]*)"\s*\Z')
# What a byte becomes that is no letter of the list's encoding.
STRANGE = re.compile("[\udc80-\udcff]")
# Of a broken row, enough is kept to find it again.
SHOWN_CELLS = 100
SHOWN_CHARACTERS = 500


def read_delimited(lines: TextIO, *, delimiter: str | None = None) -> tuple[str, Iterator[Record]]:
    """The delimiter and every record, blank ones included, numbered from 1.

    A delimiter that a person chose is taken in place of what the file says or looks like.
    """
    start = lines.read(SNIFFED_CHARACTERS)
    lines.seek(0)
    read: Iterator[str] = iter(partial(lines.readline, LONGEST_LINE), "")
    if delimiter is None and (places := find_places(start)):
        return "", read_fixed(read, places)
    quote = find_quote(start)
    if is_wrapped(start, find_delimiter):
        start, read = "".join(unwrapped(iter(start.splitlines(keepends=True)))), unwrapped(read)
    hinted = re.match(r"sep=(.)\r?\n", start, re.IGNORECASE)
    delimiter = delimiter or (hinted[1] if hinted else find_delimiter(start, quote))
    records = _records(read, delimiter, quote)
    if hinted:
        next(records)  # Excel's hint is a line of the file, but no row of the list.
    return delimiter, records


def find_delimiter(text: str, quote: str = QUOTE) -> str:
    """The one under which most rows have the same number of cells, the wider table if in doubt."""
    # Notes above the header would outvote a short list: rows of one cell have no say.
    return max(DELIMITERS, key=lambda delimiter: _evenness(text, delimiter, quote))


def _evenness(text: str, delimiter: str, quote: str) -> float:
    widths: Counter[int] = Counter()
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quotechar=quote)
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


def _records(lines: Iterator[str], delimiter: str, quote: str) -> Iterator[Record]:
    before, behind = f" {delimiter}", f"{delimiter} "
    number, broken, limit = 0, 0, csv.field_size_limit()
    while (line := next(lines, None)) is not None:
        number += 1
        if quote not in line and len(line) <= limit:
            text = line.rstrip("\r\n")
            cells = text.split(delimiter) if text else []
            is_clean = (
                text.isprintable() and before not in text and behind not in text
                and not text.startswith(" ") and not text.endswith(" ") and is_composed(text)
            )  # fmt: skip
            yield Record(number, cells) if is_clean else make_record(number, cells)
            continue
        row, parsed = _next_row(line, lines, delimiter, quote)
        lines = row.lines
        if parsed is not None:
            yield make_record(number, parsed)
            continue
        # The row that begins here never ends: set it aside, and go on with the next line.
        broken += 1
        if broken > BROKEN_ROWS_AT_MOST:
            raise UnreadableFile(
                f"More than {BROKEN_ROWS_AT_MOST} rows open a quotation mark that is never "
                "closed. Save the list again from your spreadsheet program, and upload that."
            )
        lines = chain(row.more, lines)
        yield _broken_record(number, line, delimiter)


def _next_row(
    line: str, lines: Iterator[str], delimiter: str, quote: str
) -> tuple[_Row, list[str] | None]:
    r"""The row that begins with this line, and its cells.

    “\"” is read as a mark within a cell where the row makes sense so, and only so.
    """
    row = _Row(line, lines, delimiter, quote)
    parsed = row.parsed()
    if "\\" + quote not in line or (parsed is not None and row.is_strict()):
        return row, parsed
    meant = _Row(line, chain(row.more, lines), delimiter, quote, has_backslashes=True)
    found = meant.parsed()
    if found is not None and meant.is_strict():
        return meant, found
    row = _Row(line, chain(meant.more, meant.lines), delimiter, quote)
    return row, row.parsed()


class _Row:
    """A line with a quotation mark, and as many more as its row turns out to have."""

    def __init__(
        self, first: str, lines: Iterator[str], delimiter: str, quote: str, *,
        has_backslashes: bool = False,
    ) -> None:  # fmt: skip
        self._first, self.lines = first, lines
        self._read = without_backslashes if has_backslashes else str
        self._reader = partial(
            csv.reader, delimiter=delimiter, quotechar=quote, skipinitialspace=True
        )
        self.more: list[str] = []

    def parsed(self) -> list[str] | None:
        """Its cells; None for a row that never ends, or ends in another row's quotation mark."""
        try:
            cells = next(self._reader(self))
        except csv.Error:
            # A cell over csv's limit of 131,072 characters, mostly behind an open quote.
            return None
        if (cells and END in cells[-1]) or (self.more and not self.is_strict()):
            return None
        return cells

    def is_strict(self) -> bool:
        """Whether each mark stands at an end of a cell, or twice."""
        try:
            next(self._reader(map(self._read, [self._first, *self.more]), strict=True))
        except csv.Error:
            return False
        return True

    def __iter__(self) -> Iterator[str]:
        yield self._read(self._first)
        for line in self.lines:
            self.more.append(line)
            yield self._read(line)
        yield END


def make_record(number: int, cells: list[str], problem: str | None = None) -> Record:
    # Most rows are clean, which is seen at one look.
    whole = BETWEEN + BETWEEN.join(cells) + BETWEEN
    if '="' in whole:
        cells = [KEPT_AS_TEXT.sub(r"\1", cell) for cell in cells]
        whole = BETWEEN + BETWEEN.join(cells) + BETWEEN
    if not is_composed(whole):
        cells = [normalize("NFC", cell) for cell in cells]
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


def is_composed(text: str) -> bool:
    """Not “e” and an accent of its own, as a Mac writes what is one letter everywhere else."""
    return text.isascii() or is_normalized("NFC", text)


def clean_cell(cell: str) -> str:
    """Without blanks around it and signs that nobody sees, its line ends all alike, its NUL bytes
    made visible."""
    if not cell.isprintable():
        cell = UNSEEN.sub("", cell).replace("\0", "\ufffd")
        cell = cell.replace("\r\n", "\n").replace("\r", "\n").strip(END_OF_DOS)
    return cell.strip()


def _broken_record(number: int, line: str, delimiter: str) -> Record:
    if len(line) > csv.field_size_limit():
        problem = f"This row has a cell of more than {csv.field_size_limit():,} characters."
    else:
        problem = 'This row opens a quotation mark (") that is never closed. Close it or remove it.'
    cells = [_shortened(cell) for cell in line.split(delimiter)[:SHOWN_CELLS]]
    return make_record(number, cells, problem)


def _shortened(cell: str) -> str:
    """With a sign that there was more, should the row come in again as it was downloaded."""
    return cell if len(cell) <= SHOWN_CHARACTERS else cell[:SHOWN_CHARACTERS] + "…"
