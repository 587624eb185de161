"""One clean row as a line for COPY, in the columns of the staging table."""

from __future__ import annotations

import json
from datetime import date
from functools import lru_cache
from json.encoder import encode_basestring_ascii as in_json
from typing import Any

from alumni.importing.rows import CleanRow

# What a row may say of a person; blank is not said.
FIELDS = (
    "name", "given_name", "family_name", "external_id", "email", "phone", "class_year", "majors",
    "fields_of_work", "employer", "job_title", "city", "region", "country", "note_to_students",
    "consent", "ask_by", "paused_until", "requests_per_month",
)  # fmt: skip
COLUMNS = ("number", "is_usable", *FIELDS, "cleared", "originals", "problems", "cells")
# Unit separator: what it is for, and no list has it in its cells.
BETWEEN_CELLS = "\x1f"
BETWEEN_COLUMNS = "\x1e"
NOTHING = "\x1d"
UNSAID = dict.fromkeys(FIELDS, NOTHING)
ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def staged_line(row: CleanRow) -> str:
    number, cells, _ = row.record
    values: dict[str, Any] = UNSAID | row.values
    columns = [
        str(number),
        "t" if row.is_usable else "f",
        *[
            value if type(value) is str else _text(value)
            for value in map(values.__getitem__, FIELDS)
        ],
        _array(tuple(sorted(row.cleared))) if row.cleared else NOTHING,
        _object(row.originals) if row.originals else NOTHING,
        json.dumps(row.problems) if row.problems else NOTHING,
        BETWEEN_CELLS.join(cells),
    ]
    line = BETWEEN_COLUMNS.join(columns)
    if "\\" in line or "\n" in line or "\t" in line or "\r" in line:
        line = line.translate(ESCAPES)
    return line.replace(NOTHING, "\\N").replace(BETWEEN_COLUMNS, "\t") + "\n"


def _text(value: int | date | list[str] | None) -> str:
    if isinstance(value, list):
        return _array(tuple(value))
    return NOTHING if value is None else str(value)


def _object(texts: dict[str, str]) -> str:
    """As json.dumps() writes it, which takes three times as long to begin."""
    pairs = [f"{in_json(name)}: {in_json(text)}" for name, text in texts.items()]
    return "{" + ", ".join(pairs) + "}"


@lru_cache(maxsize=10_000)
def _array(items: tuple[str, ...]) -> str:
    quoted = (item.replace("\\", "\\\\").replace('"', '\\"') for item in items)
    return "{" + ",".join(f'"{item}"' for item in quoted) + "}"
