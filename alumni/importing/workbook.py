"""Workbooks (.xlsx, .xls, .ods) to records. Runs in the child process: see child.py.

A damaged workbook can abort the whole process, and a small one can unpack to gigabytes.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from types import ModuleType
from typing import NamedTuple

import python_calamine

from alumni.importing import markup, merged, old_book, opendocument
from alumni.importing.delimited import make_record
from alumni.importing.fields import field_for
from alumni.importing.markup import Markup
from alumni.importing.sheet_remarks import remarks_on, remarks_on_sheets
from alumni.importing.table import Record, UnreadableFile
from alumni.importing.text import Content

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
UNPACKED_AT_MOST = 1024**3
# Cells pack to a tenth or a twentieth; what packs to a hundredth was made to.
PACKED_AT_MOST, SUSPICIOUS_FROM = 100, 100 * 1024**2
CELLS_AT_MOST = 20_000_000

# A spreadsheet keeps fifteen digits of a number, and shows a longer one so.
TOO_LONG = 1e15

# To find the sheet with the list, when nobody said which.
SHEETS_LOOKED_AT, ROWS_LOOKED_AT, KNOWN_HEADINGS = 12, 40, 2

PROTECTED = "The file is password-protected. Open it, take the password away, and upload it again."
DAMAGED = (
    "This workbook cannot be read: it is damaged or of an unknown kind. Open it in your "
    "spreadsheet program, save it as .xlsx, and upload that."
)
LARGE = (
    "This workbook is too large to read. Often a stray cell far below or far to the right is "
    "the cause: copy your list to a new sheet, or save it as CSV, and upload that."
)


class Workbook(NamedTuple):
    sheets: list[str]
    sheet: str
    # Up to the last column with anything in it.
    width: int
    records: Iterator[Record]
    # What is to be said about the sheet as a whole.
    remarks: list[str] = []


def is_workbook(content: Content) -> bool:
    """By what is inside: names of files lie."""
    if content[:8] == OLE:
        return True
    return content[:4] == b"PK\x03\x04" and (
        (content.find(b"[Content_Types].xml") >= 0 and not _is_document(content))
        # The other is written last by some, and missing where a file is cut off.
        or content.find(b"xl/worksheets/") >= 0
        or opendocument.is_opendocument(content)
    )


def _is_document(content: Content) -> bool:
    """Of Word or PowerPoint, packed in the same way."""
    return any(content.find(part) >= 0 for part in (b"word/document.xml", b"ppt/presentation.xml"))


def read_workbook(content: Content, *, sheet: str | None) -> Workbook:
    if content[:8] == OLE and content.find("EncryptedPackage".encode("utf-16-le")) >= 0:
        raise UnreadableFile(PROTECTED)
    unpacked = _unpacked_bytes(content)
    is_bomb = unpacked > SUSPICIOUS_FROM and unpacked > PACKED_AT_MOST * len(content)
    if unpacked > UNPACKED_AT_MOST or is_bomb:
        raise UnreadableFile(LARGE)
    try:
        book = python_calamine.load_workbook(io.BytesIO(content[:]))
        visible, hidden = _sheets(book.sheets_metadata)
        sheets = [*visible, *hidden]
        if not sheets:
            raise UnreadableFile("This workbook has no sheet with cells in it.")
        name = sheet if sheet in sheets else _sheet_with_the_list(book, visible or hidden)
        cells = book.get_sheet_by_name(name)
    except python_calamine.PasswordError as error:
        raise UnreadableFile(PROTECTED) from error
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise UnreadableFile(DAMAGED) from error
    if cells.start is None or cells.end is None:
        return Workbook(sheets, name, 0, iter(()))
    if (cells.end[0] + 1) * (cells.end[1] + 1) > CELLS_AT_MOST:
        raise UnreadableFile(LARGE)
    width = _width(cells)
    # Columns are read from the first that is filled; a sheet of nothing but mistakes is no list.
    said = _reader_of_markup(content).markup_of(content, name).moved(-cells.start[1])
    said = said._replace(mistakes=said.mistakes if width else {})
    others = [
        other
        for other in visible[:SHEETS_LOOKED_AT]
        if other != name and _holds_a_table(book.get_sheet_by_name(other))
    ]
    remarks = [*remarks_on(said, cells, width), *remarks_on_sheets(name, others)]
    return Workbook(sheets, name, width, merged.filled(_records(cells, said), cells), remarks)


def _reader_of_markup(content: Content) -> ModuleType:
    if content[:8] == OLE:
        return old_book
    return opendocument if opendocument.is_opendocument(content) else markup


def _unpacked_bytes(content: Content) -> int:
    """As the archive says of itself. If it lies, the child's own limits hold."""
    try:
        with zipfile.ZipFile(io.BytesIO(content[:])) as archive:
            return sum(part.file_size for part in archive.infolist())
    except zipfile.BadZipFile:
        return 0


def _sheets(sheets) -> tuple[list[str], list[str]]:
    """The names of the sheets that hold cells (charts have none): those to be seen, the hidden."""
    names: tuple[list[str], list[str]] = [], []
    for sheet in sheets:
        if sheet.typ == python_calamine.SheetTypeEnum.WorkSheet:
            names[sheet.visible != python_calamine.SheetVisibleEnum.Visible].append(sheet.name)
    return names


def _sheet_with_the_list(book, sheets: list[str]) -> str:
    """The first that has headings as offices write them; else the first with anything in it.

    Many a workbook begins with a cover, a page of notes or an empty sheet.
    """
    filled = []
    for name in sheets[:SHEETS_LOOKED_AT]:
        cells = book.get_sheet_by_name(name)
        if cells.end is None:
            continue
        filled.append(name)
        if any(_names_columns(row) for row in islice(cells.iter_rows(), ROWS_LOOKED_AT)):
            return name
    return (filled or sheets)[0]


def _holds_a_table(cells) -> bool:
    """More than a cover or a column of notes."""
    return cells.end is not None and cells.height > 1 and cells.width > 1


def _names_columns(row) -> bool:
    words = [cell for cell in row if isinstance(cell, str)]
    return sum(1 for word in words if field_for(word)) >= KNOWN_HEADINGS


def _width(cells) -> int:
    return max(
        (place for row in cells.iter_rows() for place, cell in enumerate(row, 1) if cell != ""),
        default=0,
    )


def _records(cells, markup: Markup) -> Iterator[Record]:
    # Blank rows at the top included, so that rows keep their numbers.
    for number, row in enumerate(cells.iter_rows(), 1):
        read = [_as_read(cell) for cell in row]
        for place, width in markup.widths.items():
            if place < len(row) and isinstance(row[place], int | float) and read[place].isdigit():
                read[place] = read[place].zfill(width)
        for place, mistake in markup.mistakes.get(number, ()):
            if place < len(read) and not read[place]:
                read[place] = mistake
        yield make_record(number, read)


def _as_read(cell) -> str:
    """The cell as a person reads it: a day without midnight, a number without ".0"."""
    match cell:
        case bool():
            return "TRUE" if cell else "FALSE"
        case int() | float() if abs(cell) >= TOO_LONG:
            return f"{cell:.14E}"
        case float():
            return str(int(cell)) if cell.is_integer() else repr(cell)
        case datetime():
            midnight = cell.time() == time(0)
            return cell.date().isoformat() if midnight else cell.isoformat(" ", "minutes")
        case date() | time():
            return cell.isoformat()
        case timedelta():
            return str(cell)
    return str(cell)
