"""One clean row as a line for COPY, in the columns of the staging table."""

from __future__ import annotations

import json
from datetime import date
from functools import lru_cache
from json.encoder import encode_basestring_ascii as in_json

from alumni.importing.clean_row import CleanRow

# What a row may say of a person; blank is not said.
FIELDS = (
    "name", "given_name", "family_name", "external_id", "email", "phone", "class_year", "majors",
    "fields_of_work", "employer", "job_title", "city", "region", "country", "note_to_students",
    "consent", "ask_by", "paused_until", "requests_per_month",
)  # fmt: skip
COLUMNS = ("number", "is_usable", *FIELDS, "cleared", "originals", "problems", "cells")
# Unit separator: what it is for, and no list has it in its cells.
BETWEEN_CELLS = "\x1f"
# As COPY writes NULL: what a row does not say.
UNSAID = "\\N"
ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})

Value = str | int | date | list[str] | None


def staged_line(row: CleanRow) -> str:
    number, cells, _ = row.record
    originals = "".join(as_json_pair(*pair) for pair in row.originals.items())
    return "\t".join(
        [
            str(number),
            "t" if row.is_usable else "f",
            *[as_text(row.values.get(name)) for name in FIELDS],
            as_text(sorted(row.cleared) or None),
            as_json(originals),
            escaped(json.dumps(row.problems)) if row.problems else UNSAID,
            escaped(BETWEEN_CELLS.join(cells)),
        ]
    )


def as_text(value: Value) -> str:
    if isinstance(value, list):
        return _array(tuple(value))
    return UNSAID if value is None else escaped(str(value))


def as_json_pair(name: str, text: str) -> str:
    """One entry of an object, ready for as_json()."""
    return escaped(f"{in_json(name)}: {in_json(text)},")


def as_json(pairs: str) -> str:
    return f"{{{pairs[:-1]}}}" if pairs else UNSAID


def escaped(text: str) -> str:
    return text.translate(ESCAPES) if _has_escapes(text) else text


def all_escaped(texts: list[str]) -> list[str]:
    """Most lists have nothing to escape, which is seen at one look."""
    return list(map(escaped, texts)) if _has_escapes("".join(texts)) else texts


def _has_escapes(text: str) -> bool:
    return "\\" in text or "\n" in text or "\t" in text or "\r" in text


@lru_cache(maxsize=10_000)
def _array(items: tuple[str, ...]) -> str:
    quoted = (item.replace("\\", "\\\\").replace('"', '\\"') for item in items)
    return escaped("{" + ",".join(f'"{item}"' for item in quoted) + "}")
