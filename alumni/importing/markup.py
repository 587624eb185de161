"""What a sheet's own XML says and the reader of workbooks does not hand on, in one pass.

Zeros in front of a number (zeros.py), what is hidden, which mistake a formula ended in, formulas
that nobody worked out, and notes beside cells.
"""

from __future__ import annotations

import html
import io
import posixpath
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from alumni.importing.text import Content
from alumni.importing.zeros import Zeros, attributes, elements, place_of

WORKBOOK, RELATIONS, STYLES = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"
SHEET, RELATION, ROW, COLUMN = map(elements, ("sheet", "Relationship", "row", "col"))
MISTAKE = re.compile(
    r"""<(?:\w+:)?c\s([^>]*\bt=["']e["'][^>]*)>(?:(?!</?(?:\w+:)?c\b).)*?<(?:\w+:)?v>([^<]*)<""",
    re.DOTALL,
)
# Programs that write workbooks without being a spreadsheet leave the working out to one.
UNWORKED = re.compile(
    r"""<(?:\w+:)?c\s(?:(?!\bt=)[^>])*>\s*<(?:\w+:)?f\b(?:[^<]*</(?:\w+:)?f>|[^>]*/>)"""
    r"""\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>"""
)
NOTE = re.compile(r"<(?:\w+:)?(?:comment|threadedComment)\s")
PLACE = re.compile("([A-Z]{1,3})([0-9]+)")
PIECE = 1 << 20


class Markup(NamedTuple):
    """Rows are counted from 1, as records are, and columns from 0, as cells are."""

    # For each column whose numbers show zeros in front: how many digits.
    widths: dict[int, int]
    hidden_rows: set[int]
    # The first and the last of each run.
    hidden_columns: list[tuple[int, int]]
    # By row: the column, and what stands there in place of a value.
    mistakes: dict[int, list[tuple[int, str]]]
    # Of what is only said: “notes”, “unworked”.
    counts: Counter[str]

    @classmethod
    def nothing(cls) -> Markup:
        return cls({}, set(), [], {}, Counter())

    def moved(self, by: int) -> Markup:
        """Columns counted from another one than the sheet's first."""
        if not by:
            return self
        return self._replace(
            widths={place + by: width for place, width in self.widths.items() if place + by >= 0},
            hidden_columns=[(first + by, last + by) for first, last in self.hidden_columns],
            mistakes={
                row: [(place + by, what) for place, what in cells if place + by >= 0]
                for row, cells in self.mistakes.items()
            },
        )


def markup_of(content: Content, sheet: str) -> Markup:
    """Says nothing of workbooks that are not .xlsx, or that are put together in another way."""
    said = Markup.nothing()
    try:
        with zipfile.ZipFile(io.BytesIO(content[:])) as archive:
            part = _part_of(archive, sheet)
            zeros = Zeros(_text(archive, STYLES) if STYLES in archive.namelist() else "")
            for piece in pieces(archive, part):
                zeros.count(piece)
                _read(piece, said)
            said.counts["notes"] = sum(
                len(NOTE.findall(_text(archive, notes))) for notes in _notes_of(archive, part)
            )
    except (zipfile.BadZipFile, KeyError, ValueError, StopIteration):
        return Markup.nothing()
    return said._replace(widths=zeros.widths())


def _read(piece: str, said: Markup) -> None:
    # Looking for a word costs nothing beside looking at each cell.
    if "hidden=" in piece:
        hidden = (row for row in attributes(ROW, piece) if _is_hidden(row))
        said.hidden_rows.update(int(row["r"]) for row in hidden if row.get("r", "").isdecimal())
        said.hidden_columns.extend(
            (int(column["min"]) - 1, int(column["max"]) - 1)
            for column in attributes(COLUMN, piece)
            if _is_hidden(column)
        )
    if 't="e"' in piece or "t='e'" in piece:
        for cell in MISTAKE.finditer(piece):
            if place := PLACE.search(cell[1]):
                mistake = (place_of(place[1]), html.unescape(cell[2]))
                said.mistakes.setdefault(int(place[2]), []).append(mistake)

    if "<f" in piece or ":f" in piece:
        said.counts["unworked"] += len(UNWORKED.findall(piece))


def _is_hidden(element: dict[str, str]) -> bool:
    return element.get("hidden") in ("1", "true")


def _part_of(archive: zipfile.ZipFile, sheet: str) -> str:
    sheets = {one["name"]: one for one in attributes(SHEET, _text(archive, WORKBOOK))}
    key = next(value for name, value in sheets[sheet].items() if name.endswith(":id"))
    relations = {
        one["Id"]: one["Target"] for one in attributes(RELATION, _text(archive, RELATIONS))
    }
    target = relations[key]
    return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"


def _notes_of(archive: zipfile.ZipFile, part: str) -> list[str]:
    """The parts with notes beside the cells of a sheet; one of two kinds is enough, for Excel
    repeats the newer kind in the older."""
    folder, _, name = part.rpartition("/")
    relations = f"{folder}/_rels/{name}.rels"
    if relations not in archive.namelist():
        return []
    targets = [one.get("Target", "") for one in attributes(RELATION, _text(archive, relations))]
    parts = [posixpath.normpath(posixpath.join("/", folder, one))[1:] for one in targets]
    return [one for one in parts if "omments" in one and one in archive.namelist()][:1]


def pieces(archive: zipfile.ZipFile, part: str, *, end: str = "c>") -> Iterator[str]:
    """A sheet may be long: it is read in pieces, each up to an `end` (of a filled cell), or to that
    of any element where there is none."""
    with archive.open(part) as file:
        rest = ""
        for piece in iter(partial(file.read, PIECE), b""):
            whole = rest + piece.decode(errors="ignore")
            text, found, rest = whole.rpartition(end)
            if len(rest) > PIECE:
                text, found, rest = whole.rpartition(">")
            if len(rest) > PIECE:
                raise ValueError("This is no sheet.")
            yield text + found
        yield rest


def _text(archive: zipfile.ZipFile, part: str) -> str:
    return archive.read(part).decode(errors="ignore")
