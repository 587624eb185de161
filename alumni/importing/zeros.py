"""Zeros in front of a number, which a workbook shows and does not keep.

A student number or a ZIP code is often a number with the format “00000000”. The reader of workbooks
hands on the number alone; this finds which columns show theirs with zeros.
"""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from functools import partial

from alumni.importing.text import Content

WORKBOOK, RELATIONS, STYLES = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"
# Elements with or without the prefix that strict workbooks give them.
ELEMENT = r"<(?:\w+:)?{}\s([^>]*)>"
FORMAT, SHEET, RELATION, STYLE, CELL = (
    re.compile(ELEMENT.format(name)) for name in ("numFmt", "sheet", "Relationship", "xf", "c")
)
ATTRIBUTE = re.compile(r"""([\w:]+)\s*=\s*["']([^"']*)["']""")
OF_CELLS = re.compile(r"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", re.DOTALL)
ONLY_ZEROS = re.compile("0{2,20}")
PIECE = 1 << 20


def widths_with_zeros(content: Content, sheet: str) -> dict[int, int]:
    """For each column, counted from 0, whose numbers show zeros in front: how many digits.

    Nothing for workbooks that are not .xlsx, or that are put together in another way.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content[:])) as archive:
            styles = _styles_with_zeros(archive)
            return _widths(archive, _part_of(archive, sheet), styles) if styles else {}
    except (zipfile.BadZipFile, KeyError, ValueError):
        return {}


def _styles_with_zeros(archive: zipfile.ZipFile) -> dict[str, int]:
    """The digits that a style shows at least, by its number."""
    text = _text(archive, STYLES)
    formats = {found["numFmtId"]: found["formatCode"] for found in _all(FORMAT, text)}
    of_cells = OF_CELLS.search(text)
    return {
        str(number): len(code)
        for number, style in enumerate(_all(STYLE, of_cells[0] if of_cells else ""))
        if ONLY_ZEROS.fullmatch(code := formats.get(style.get("numFmtId", ""), ""))
    }


def _part_of(archive: zipfile.ZipFile, sheet: str) -> str:
    sheets = {one["name"]: one for one in _all(SHEET, _text(archive, WORKBOOK))}
    key = next(value for name, value in sheets[sheet].items() if name.endswith(":id"))
    relations = {one["Id"]: one["Target"] for one in _all(RELATION, _text(archive, RELATIONS))}
    target = relations[key]
    return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"


def _widths(archive: zipfile.ZipFile, part: str, styles: dict[str, int]) -> dict[int, int]:
    """Of each column what most of its cells show, where that is zeros."""
    found: dict[str, Counter[int]] = {}
    for cell in _cells(archive, part):
        column = cell.get("r", "").rstrip("0123456789")
        found.setdefault(column, Counter())[styles.get(cell.get("s", ""), 0)] += 1
    usual = {column: widths.most_common(1)[0][0] for column, widths in found.items() if column}
    return {_place(column): width for column, width in usual.items() if width}


def _cells(archive: zipfile.ZipFile, part: str) -> Iterator[dict[str, str]]:
    """A sheet may be long: it is read in pieces, each up to the end of an element."""
    with archive.open(part) as file:
        rest = ""
        for piece in iter(partial(file.read, PIECE), b""):
            text, end, rest = (rest + piece.decode(errors="ignore")).rpartition(">")
            if len(rest) > PIECE:
                raise ValueError("This is no sheet.")
            yield from _all(CELL, text + end)


def _all(element: re.Pattern[str], text: str) -> Iterator[dict[str, str]]:
    for found in element.finditer(text):
        yield {name: html.unescape(value) for name, value in ATTRIBUTE.findall(found[1])}


def _text(archive: zipfile.ZipFile, part: str) -> str:
    return archive.read(part).decode(errors="ignore")


def _place(column: str) -> int:
    """“A” is 0, “AA” is 26."""
    place = 0
    for letter in column:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1
