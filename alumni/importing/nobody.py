"""Rows of nobody, though a word stands under “Name”: headings between rows, sums, last lines."""

from __future__ import annotations

import re

from alumni.importing import cells
from alumni.importing.clean_row import RowOut
from alumni.importing.folding import EMPLOYER, FIELDS_OF_WORK, MAJORS

# Two words without a digit or a colon: alone in a row, “Total: 42” and “EOF” are nobody.
LOOKS_LIKE_NAME = re.compile(r"[^\d:]+ [^\d:]+")
# “--- Engineering ---”, “Class of 1998”, “West Coast chapter”. “Majors” is not among the words, for
# families are called so.
HEADING = re.compile(
    r"[-–—=*#_~•>]{2,}|class of\b|[^\d:]*\b(?:chapter|club|department|dept|division|region|school"
    r"|college|university|alumn(?:i|ae)|graduates|members|committee|association|program(?:me)?)\b",
    re.IGNORECASE,
)
# Somebody called Total has two of these beside the name, or an e-mail; a sum has numbers at most.
OF_A_PERSON = (EMPLOYER, MAJORS, FIELDS_OF_WORK, "job_title", "city")
YEAR = re.compile(r"(?:19|20)\d\d")


def look_at_lone(said: str, *, full: str, is_wide: bool) -> list[str]:
    """What is to be said where nothing else stands in a row, of two columns or more.

    RowOut where it is nobody. `full` is what stands under a full name, in the form for names.
    """
    if HEADING.match(said):
        raise RowOut(f"{cells.shown(said)} is a heading of the rows below and no person.")
    if not is_wide:
        return []
    if not LOOKS_LIKE_NAME.fullmatch(full):
        raise RowOut(
            f"Nothing but {cells.shown(full)} stands in this row."
            if full
            else "There is no name in this row."
        )
    return [
        f"Nothing but a name stands in this row. If {cells.shown(full)} is a heading of the rows "
        "below and no person, leave it out."
    ]


def is_of_a_person(given: dict[str, list[str]]) -> bool:
    if any("@" in cell for cell in given.get("email", [])):
        return True
    years = sum(YEAR.fullmatch(cell) is not None for cell in given.get("class_year", [])[:1])
    words = (cell for name in OF_A_PERSON for cell in given.get(name, [])[:1])
    return years + sum(any(map(str.isalpha, cell)) for cell in words) > 1
