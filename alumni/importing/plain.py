"""Cells that are never the same twice, a whole column at a time: e-mails, numbers, phones, names.

Each function returns what COPY is to write, and None where a cell is not plain: the exact
reader's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from alumni.importing import cells, names, phones
from alumni.importing.cells import NOTHING
from alumni.importing.fields import LENGTHS
from alumni.importing.staged_line import UNSAID, escaped

Texts = list[str | None]


def _whole_column(pattern: str) -> re.Pattern[str]:
    """Finds, in cells with line ends between them, each that matches; the groups of any other are
    empty. One call for a column costs a third of one for each cell."""
    return re.compile(f"(?:{pattern}|[^\n]*)\n")


EMAILS = _whole_column(f"({cells.PLAIN_EMAIL.pattern})")
# With a digit in it: “none” is no number.
NUMBERS = _whole_column(f"((?=[A-Za-z]*[0-9])[A-Za-z0-9]{{1,{LENGTHS['external_id']}}})")
PHONES = _whole_column(phones.PLAIN_PHONE.pattern)
LONGEST_LOCAL = 64
LONGEST_PART = 50
# The first words of what is no person: “Grand Total”, “Full Name”, “Test User”.
NO_GIVEN_NAME = {"grand", "full", "test", "unknown", "the", "open-ended"}
NO_PART = NO_GIVEN_NAME | NOTHING | names.OF_SUMS | names.OF_GROUPS | {"deceased"}


def _found(pattern: re.Pattern[str], column: Sequence[str]) -> list:
    found = pattern.findall("\n".join(column) + "\n")
    if len(found) != len(column):  # A cell holds a line end.
        return [pattern.findall(cell.replace("\n", "\0") + "\n")[0] for cell in column]
    return found


def _or_odd(found: Sequence[str], column: Sequence[str]) -> Texts:
    """Blank cells say nothing; a filled one in which nothing was found is odd."""
    return [text or (None if cell else UNSAID) for text, cell in zip(found, column, strict=True)]


def emails(column: Sequence[str]) -> Texts:
    lower = [cell.lower() for cell in column]
    found = _found(EMAILS, lower)
    if max(map(len, lower), default=0) > LONGEST_LOCAL:
        found = [
            text if len(text) <= LENGTHS["email"] and text.find("@") <= LONGEST_LOCAL else ""
            for text in found
        ]
    return _or_odd(found, column)


def numbers(column: Sequence[str]) -> Texts:
    return _or_odd(_found(NUMBERS, column), column)


def american_phones(column: Sequence[str]) -> Texts:
    """Those that stand as Americans write them; whether they are meant so, others know."""
    return [
        f"+1{area or code}{exchange}{line}" if line else None if cell else UNSAID
        for (area, code, exchange, line), cell in zip(_found(PHONES, column), column, strict=True)
    ]


def notes(column: Sequence[str], heading: str) -> Texts:
    return [_note(cell, heading) if cell else UNSAID for cell in column]


def _note(cell: str, heading: str) -> str | None:
    line = cells.said(cell)
    if cell[0] == "'" or cells.is_clear(line) or len(cell) > LENGTHS["note_to_students"]:
        return None
    if cell.casefold() == heading:
        return None
    return escaped(cell) if line else UNSAID


class Parts(dict):
    """Whether a given or family name is plain, remembered for some thousand of them."""

    MOST = 100_000

    def __init__(self, heading: str, *, initials: bool) -> None:
        super().__init__()
        self.heading, self.initials = heading, initials

    def __missing__(self, part: str) -> bool:
        is_initial = self.initials and part[:1].isupper() and part[1:] in ("", ".")
        is_plain = is_initial or (
            len(part) <= LONGEST_PART
            and names.PLAIN_PART.fullmatch(part) is not None
            and part.lower() not in NO_PART
            and part.casefold() != self.heading
        )
        if len(part) <= LONGEST_PART:
            if len(self) >= self.MOST:
                self.clear()
            self[part] = is_plain
        return is_plain


def full_name(cell: str, heading: str) -> names.Name | None:
    plain = names.PLAIN.fullmatch(cell)
    if (
        plain is None
        or len(cell) > LENGTHS["given_name"]
        or not names.NOT_PLAIN.isdisjoint(words := cell.lower().split())
        or words[0] in NO_GIVEN_NAME
        or cell.casefold() == heading
    ):
        return None
    return names.Name(cell, plain[1], plain[2])
