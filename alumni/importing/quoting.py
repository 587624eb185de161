"""How a list puts its cells in quotation marks, where it does so in another way than most."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterator

from alumni.importing.fields import field_for

QUOTE, SINGLE = '"', "'"
LOOKED_AT = 60
# One pair of marks around a whole line; those within are doubled.
WHOLE = re.compile('"(?:[^"]|"")*"')
IN_SINGLE = re.compile(r"'(?:[^'\\]|''|\\.)*'")
# “\"” within a cell, as databases write it; “\\” is one that was there.
BACKSLASHED = re.compile(r"""\\([\\"'])""")
MOST_OF = 0.8


def find_quote(start: str) -> str:
    """Single marks are marks where every line begins with a cell in them, and has more of those or
    ends with it: a name may begin with an apostrophe."""
    lines = _lines(start)
    if len(lines) < 2 or QUOTE in "".join(lines):
        return QUOTE
    is_single = all(
        IN_SINGLE.match(line) and (len(IN_SINGLE.findall(line)) > 1 or line.endswith(SINGLE))
        for line in lines
    )
    return SINGLE if is_single else QUOTE


def is_wrapped(start: str, find_delimiter: Callable[[str], str]) -> bool:
    """Each row is one cell in which a whole row stands: a list that was saved as a list twice.

    A list of names (“Lee, Ann”) is none: what stands in its cells has no headings above it.
    """
    lines = list(_whole_rows(_lines(start)))
    whole = [line for line in lines[1:] if WHOLE.fullmatch(line)]
    if not whole or len(whole) < MOST_OF * (len(lines) - 1):
        return False
    rows = [_inner(line) if WHOLE.fullmatch(line) else line for line in lines]
    delimiter = find_delimiter("\n".join(rows))
    cells = [next(csv.reader([row], delimiter=delimiter), []) for row in rows]
    width, count = Counter(map(len, cells)).most_common(1)[0]
    if len(cells[0]) != width or count < MOST_OF * len(cells):
        return False
    return width > 2 or (width == 2 and any(map(field_for, cells[0])))


def unwrapped(lines: Iterator[str]) -> Iterator[str]:
    """Without the marks around each row, which may go over several lines."""
    is_open = False
    for line in lines:
        text = line.rstrip("\r\n")
        end = line[len(text) :]
        text = text.strip()
        is_whole = WHOLE.fullmatch(text) is not None
        if not is_open and not text.startswith(QUOTE):
            yield line
            continue
        was_open = is_open and not is_whole
        is_open = not is_whole and is_open != (text.count(QUOTE) % 2 == 1)
        text = text if was_open else text.removeprefix(QUOTE)
        text = text if is_open else text.removesuffix(QUOTE)
        yield text.replace(QUOTE * 2, QUOTE) + end


def without_backslashes(line: str) -> str:
    """Marks doubled in their place."""
    return BACKSLASHED.sub(lambda found: found[1] if found[1] == "\\" else found[1] * 2, line)


def _inner(line: str) -> str:
    return line[1:-1].replace(QUOTE * 2, QUOTE)


def _whole_rows(lines: list[str]) -> Iterator[str]:
    """A mark that is open at the end of a line is closed in a later one."""
    row = ""
    for line in lines:
        row = f"{row}\n{line}" if row else line
        if row.count(QUOTE) % 2 == 0:
            yield row
            row = ""


def _lines(start: str) -> list[str]:
    """The first, without those that are blank; the last of a long list may be cut."""
    lines = [line.strip() for line in start.split("\n", LOOKED_AT + 1)[:LOOKED_AT]]
    return [line for line in lines if line]
