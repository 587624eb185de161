"""Tables whose columns are places in the line, as databases print them: dashes under the headings.

ID         FIRST_NAME   EMAIL
---------- ------------ ----------
A00012345  Nora         nora@x.edu
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from alumni.importing.table import Record

RULE = re.compile(r"[ \t]*-{2,}(?:[ \t]+-{2,})+[ \t]*")
LOOKED_AT = 60
# “SQL> spool off”, “alumni=# select”: whoever printed the list typed this.
TYPED = re.compile(r"\w*(?:SQL|[=-])[>#] ")
NO_ROW = "This line was typed to the program that printed the list, and is no row of it."
ACROSS = (
    "The words of this row stand across the places of the columns, so we cannot tell which cell "
    "belongs where."
)


def find_places(start: str) -> list[int]:
    """Where each column begins; nothing where no line of dashes says so."""
    rule = next(
        (line for line in start.split("\n", LOOKED_AT) if RULE.fullmatch(line.rstrip())), ""
    )
    return [found.start() for found in re.finditer("-+", rule)]


def read_fixed(lines: Iterator[str], places: list[int]) -> Iterator[Record]:
    for number, line in enumerate(lines, 1):
        text = line.rstrip("\r\n")
        if RULE.fullmatch(text):
            continue
        if TYPED.match(text):
            yield Record(number, [text.strip()], NO_ROW)
            continue
        is_across = any(
            not text[place - 1 : place].isspace() for place in places[1:] if len(text) > place
        )
        if is_across:
            # In one piece, so that what is downloaded and comes in again is not taken for cells.
            yield Record(number, [text.strip()], ACROSS)
            continue
        cells = [text[begin:end] for begin, end in pairwise([*places, None])]
        cells[0] = text[: places[1]]
        yield Record(number, [cell.strip() for cell in cells])
