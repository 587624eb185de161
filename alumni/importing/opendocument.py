"""What a sheet of an .ods hides, and where its formulas failed, in one pass over its tags."""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Iterator

from alumni.importing.markup import Markup, pieces
from alumni.importing.text import Content

PART, END_OF_ROW = "content.xml", "</table:table-row>"
TAG = re.compile(
    r"<(/?)table:(table|table-row|table-column|table-cell|covered-table-cell)(?=[\s/>])"
    r"""((?:[^>"']|"[^"]*"|'[^']*')*)>|<text:p(?=[\s>])[^>]*>([^<]*)"""
)
ATTRIBUTE = re.compile(r"""([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
HIDDEN = {"collapse", "filter"}
# The rows below the list are one tag, which says how many they are.
MOST_ROWS = 1 << 20
# Where the sheet does not say which.
SOME_MISTAKE = "#VALUE!"


def is_opendocument(content: Content) -> bool:
    return b"opendocument.spreadsheet" in content[:200]


def markup_of(content: Content, sheet: str) -> Markup:
    said = Markup.nothing()
    try:
        with zipfile.ZipFile(io.BytesIO(content[:])) as archive:
            scan = _Scan(sheet, said)
            for piece in pieces(archive, PART, end=END_OF_ROW):
                scan.read(piece)
    except (zipfile.BadZipFile, KeyError, ValueError):
        return Markup.nothing()
    return said


class _Scan:
    """Where in the sheet a tag stands: most stand for several rows or columns that are alike."""

    def __init__(self, sheet: str, said: Markup) -> None:
        self.sheet, self.said = sheet, said
        self.is_here = False
        self.row = self.rows = self.column = self.described = 0
        # Of a mistake: the column, and what stands there.
        self.mistake: tuple[int, str] | None = None

    def read(self, piece: str) -> None:
        for closes, name, attributes, text in TAG.findall(piece):
            if not name:
                if self.mistake:
                    self.mistake = (self.mistake[0], html.unescape(text) or SOME_MISTAKE)
            elif name == "table":
                self.is_here = not closes and self._said(attributes).get("table:name") == self.sheet
            elif self.is_here:
                self._keep_mistake()
                if not closes:
                    self._open(name, self._said(attributes))

    def _open(self, name: str, said: dict[str, str]) -> None:
        if name == "table-column":
            first, self.described = self.described, self.described + _times(said, "columns")
            if said.get("table:visibility") in HIDDEN:
                self.said.hidden_columns.append((first, self.described - 1))
        elif name == "table-row":
            self.row, self.rows, self.column = self.row + self.rows, _times(said, "rows"), 0
            if said.get("table:visibility") in HIDDEN:
                self.said.hidden_rows.update(self._numbers())
        else:
            if said.get("calcext:value-type") == "error":
                self.mistake = (self.column, SOME_MISTAKE)
            self.column += _times(said, "columns")

    def _keep_mistake(self) -> None:
        if self.mistake:
            for number in self._numbers():
                self.said.mistakes.setdefault(number, []).append(self.mistake)
        self.mistake = None

    def _numbers(self) -> Iterator[int]:
        yield from range(self.row + 1, min(self.row + self.rows, MOST_ROWS) + 1)

    @staticmethod
    def _said(attributes: str) -> dict[str, str]:
        found = ATTRIBUTE.findall(attributes)
        return {name: html.unescape(one or other) for name, one, other in found}


def _times(said: dict[str, str], what: str) -> int:
    times = said.get(f"table:number-{what}-repeated", "1")
    return min(int(times[:9]), MOST_ROWS) if times.isdecimal() else 1
