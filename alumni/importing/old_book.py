"""What an .xls says of a sheet and the reader of workbooks does not hand on; see markup.py.

One pass over the records of Excel 97 to 2003. Of older ones nothing is said.
"""

from __future__ import annotations

import struct
from collections import Counter
from collections.abc import Iterator

from alumni.importing.compound import BadCompound, stream_of
from alumni.importing.markup import Markup
from alumni.importing.text import Content
from alumni.importing.zeros import digits_shown, usual

STREAM, VERSION = "Workbook", 0x0600
BEGIN, END, SHEET, FORMAT, STYLE = 0x0809, 0x000A, 0x0085, 0x041E, 0x00E0
ROW, COLUMNS, MISTAKE, FORMULA = 0x0208, 0x007D, 0x0205, 0x0006
NUMBER, SHORT_NUMBER, SHORT_NUMBERS, NOTE = 0x0203, 0x027E, 0x00BD, 0x001C
HIDDEN_ROW, HIDDEN_COLUMN = 0x20, 0x01
MISTAKES = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!",
    0x2A: "#N/A",
}  # fmt: skip


def markup_of(content: Content, sheet: str) -> Markup:
    said = Markup.nothing()
    try:
        stream = stream_of(content[:], STREAM)
        styles, begins = _globals(stream, sheet)
        widths: dict[int, Counter[int]] = {}
        for kind, data in _records(stream, begins):
            _read_record(kind, data, said)
            for column, style in _numbers(kind, data):
                width = styles[style] if style < len(styles) else 0
                widths.setdefault(column, Counter())[width] += 1
    except (BadCompound, struct.error, KeyError):
        return Markup.nothing()
    return said._replace(widths=usual(widths))


def _globals(stream: bytes, sheet: str) -> tuple[list[int], int]:
    """The digits that each style shows at least, and where the sheet begins."""
    formats: dict[int, int] = {}
    styles: list[int] = []
    sheets: dict[str, int] = {}
    for kind, data in _records(stream, 0):
        if kind == SHEET:
            name = _text(data[8:], length=data[6], is_wide=data[7])
            sheets.setdefault(name, struct.unpack_from("<I", data)[0])
        elif kind == FORMAT:
            number, length, is_wide = struct.unpack_from("<HHB", data)
            formats[number] = digits_shown(_text(data[5:], length=length, is_wide=is_wide))
        elif kind == STYLE:
            styles.append(struct.unpack_from("<H", data, 2)[0])
    return [formats.get(number, 0) for number in styles], sheets[sheet]


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Of one part of the book; a chart within a sheet is a part of its own and passed over."""
    if struct.unpack_from("<HHH", stream, at)[::2] != (BEGIN, VERSION):
        raise BadCompound
    depth = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        depth += (kind == BEGIN) - (kind == END)
        if not depth:
            return
        if depth == 1:
            yield kind, stream[at + 4 : at + 4 + length]
        at += 4 + length


def _read_record(kind: int, data: bytes, said: Markup) -> None:
    if kind == ROW:
        if data[12] & HIDDEN_ROW:
            said.hidden_rows.add(struct.unpack_from("<H", data)[0] + 1)
    elif kind == COLUMNS:
        if data[8] & HIDDEN_COLUMN:
            said.hidden_columns.append(struct.unpack_from("<HH", data))
    elif kind == NOTE:
        said.counts["notes"] += 1
    elif (code := _mistake_in(kind, data)) is not None:
        row, column = struct.unpack_from("<HH", data)
        said.mistakes.setdefault(row + 1, []).append((column, MISTAKES.get(code, "#VALUE!")))


def _mistake_in(kind: int, data: bytes) -> int | None:
    if kind == MISTAKE and data[7]:
        return data[6]
    # What a formula came to: a number, or a word of what else it is.
    if kind == FORMULA and data[12:14] == b"\xff\xff" and data[6] == 2:
        return data[8]
    return None


def _numbers(kind: int, data: bytes) -> Iterator[tuple[int, int]]:
    """The column and the style of each number in a record."""
    if kind in (NUMBER, SHORT_NUMBER):
        yield struct.unpack_from("<HH", data, 2)
    elif kind == SHORT_NUMBERS:
        (first,) = struct.unpack_from("<H", data, 2)
        for place, (style, _) in enumerate(struct.iter_unpack("<HI", data[4:-2])):
            yield first + place, style


def _text(data: bytes, *, length: int, is_wide: int) -> str:
    if is_wide & 1:
        return data[: 2 * length].decode("utf-16-le", "replace")
    return data[:length].decode("latin-1")
