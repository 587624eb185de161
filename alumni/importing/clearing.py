"""Cells that say [clear]: which fields they empty, and what stands there then."""

from __future__ import annotations

from collections.abc import Set
from copy import copy
from typing import Any

from alumni.importing import willing
from alumni.importing.clean_row import CleanRow, RowOut
from alumni.importing.fields import NAMES
from alumni.importing.folding import EMPLOYER, FIELDS_OF_WORK, MAJORS

# Each field that can be emptied, with what is left behind. Parts of a name are none.
BLANKS: dict[str, Any] = {
    "external_id": "", "email": "", "phone": "", "class_year": None, MAJORS: [],
    FIELDS_OF_WORK: [], EMPLOYER: "", "job_title": "", "city": "", "region": "", "country": "",
    "note_to_students": "", "ask_by": "", "paused_until": None, "requests_per_month": None,
}  # fmt: skip
# Columns that feed other fields than one of their own name.
EMPTIES = {"place": {"city", "region", "country"}, "second_email": {"email"}}
CANNOT_CLEAR_NAME = "A name cannot be cleared: write the name, or leave the cell blank."
CANNOT_CLEAR_CONSENT = "Consent cannot be cleared: write yes or no. It stays as it was."


def fields_emptied(row: CleanRow, name: str) -> Set[str]:
    """By a [clear] in a column that feeds `name`."""
    if name in NAMES:
        raise RowOut(CANNOT_CLEAR_NAME)
    if name in willing.COLUMNS:
        row.problems.append(CANNOT_CLEAR_CONSENT)
    return EMPTIES.get(name, {name}) & BLANKS.keys()


def put_blanks(row: CleanRow, emptied: Set[str]) -> None:
    """Where no other cell of the row says something."""
    for name in emptied - row.values.keys():
        row.values[name] = copy(BLANKS[name])
