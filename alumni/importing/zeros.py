"""Zeros in front of a number, which a workbook shows and does not keep.

A student number or a ZIP code is often a number with the format “00000000”. The reader of workbooks
hands on the number alone; this finds which columns show theirs with zeros.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator


def elements(name: str) -> re.Pattern[str]:
    """With or without the prefix that strict workbooks give them."""
    return re.compile(rf"<(?:\w+:)?{name}\s([^>]*)>")


FORMAT, STYLE, CELL = map(elements, ("numFmt", "xf", "c"))
ATTRIBUTE = re.compile(r"""([\w:]+)\s*=\s*["']([^"']*)["']""")
OF_CELLS = re.compile(r"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", re.DOTALL)
ONLY_ZEROS = re.compile("0{2,20}")


def attributes(element: re.Pattern[str], text: str) -> Iterator[dict[str, str]]:
    for found in element.finditer(text):
        yield {name: html.unescape(value) for name, value in ATTRIBUTE.findall(found[1])}


def place_of(column: str) -> int:
    """“A” is 0, “AA” is 26."""
    place = 0
    for letter in column:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1


class Zeros:
    """Told one piece of a sheet after the other."""

    def __init__(self, styles: str) -> None:
        self._styles = _with_zeros(styles)
        self._found: dict[str, Counter[int]] = {}

    def count(self, piece: str) -> None:
        if not self._styles:
            return
        for cell in attributes(CELL, piece):
            column = cell.get("r", "").rstrip("0123456789")
            width = self._styles.get(cell.get("s", ""), 0)
            self._found.setdefault(column, Counter())[width] += 1

    def widths(self) -> dict[int, int]:
        return usual({place_of(name): found for name, found in self._found.items() if name})


def usual(found: dict[int, Counter[int]]) -> dict[int, int]:
    """Of each column what most of its cells show, where that is zeros."""
    widths = {column: counted.most_common(1)[0][0] for column, counted in found.items()}
    return {column: width for column, width in widths.items() if width}


def digits_shown(code: str) -> int:
    """At least, by a format of nothing but zeros; 0 by any other."""
    return len(code) if ONLY_ZEROS.fullmatch(code) else 0


def _with_zeros(styles: str) -> dict[str, int]:
    """The digits that a style shows at least, by its number."""
    formats = {found["numFmtId"]: found["formatCode"] for found in attributes(FORMAT, styles)}
    of_cells = OF_CELLS.search(styles)
    return {
        str(number): width
        for number, style in enumerate(attributes(STYLE, of_cells[0] if of_cells else ""))
        if (width := digits_shown(formats.get(style.get("numFmtId", ""), "")))
    }
