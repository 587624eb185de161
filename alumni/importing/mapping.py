"""Step 2: which column goes where. Proposed from headings and samples, corrected by a person."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from alumni.importing.cells import PLAIN_PHONE, UNKNOWN, YES
from alumni.importing.fields import (
    FIELD_NAMES,
    FIELDS,
    IGNORE,
    MANY_COLUMNS,
    NAMES,
    Field,
    field_for,
    is_telling,
)
from alumni.importing.table import Column, Table

__all__ = ["FIELDS", "BadMapping", "Field", "Mapping", "doubtful_columns", "propose_mapping"]

TITLES = {"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "rev", "hon", "sir"}
LOOKS_LIKE_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[a-z]{2,}", re.IGNORECASE)
LOOKS_LIKE_YEAR = re.compile(r"(19[3-9]|20[0-3])\d")
# "No" for a whole list would be no reason to import it.
CONSENTS = (UNKNOWN, YES)


class BadMapping(ValueError):
    """The message says what is wrong with a mapping that somebody wrote or stored."""


@dataclass(frozen=True)
class Mapping:
    """Columns left out of `columns` are ignored. `consent` is for lists without such a column."""

    columns: dict[int, str] = field(default_factory=dict)
    sheet: str | None = None
    header_row: int | None = None
    consent: str = UNKNOWN

    def to_json(self) -> dict[str, Any]:
        return {
            "sheet": self.sheet,
            "header_row": self.header_row,
            "columns": {str(index): name for index, name in sorted(self.columns.items())},
            "consent": str(self.consent),
        }

    @classmethod
    def from_json(cls, data: Any) -> Mapping:
        if not isinstance(data, dict):
            raise BadMapping("A mapping is an object with “columns”, “header_row” and “sheet”.")
        sheet, header_row = data.get("sheet"), data.get("header_row")
        if not (sheet is None or isinstance(sheet, str)):
            raise BadMapping("“sheet” is the name of a sheet.")
        if not (header_row is None or (type(header_row) is int and header_row >= 0)):
            raise BadMapping("“header_row” is the number of a row, or 0 when there is none.")
        consent = data.get("consent", UNKNOWN)
        if consent not in CONSENTS:
            raise BadMapping("“consent” is UNKNOWN or YES.")
        return cls(_columns_from_json(data.get("columns", {})), sheet, header_row, consent)

    @property
    def has_name(self) -> bool:
        return not NAMES.isdisjoint(self.columns.values())


def _columns_from_json(columns: Any) -> dict[int, str]:
    if not isinstance(columns, dict):
        raise BadMapping("“columns” is an object from column numbers, counted from 0, to fields.")
    found = {}
    for index, name in columns.items():
        if not re.fullmatch(r"\d{1,5}", str(index), re.ASCII):
            raise BadMapping(f"“{index}” is no number of a column; the first column is 0.")
        if not isinstance(name, str) or name not in FIELD_NAMES:
            raise BadMapping(f"“{name}” is no field. Fields: {', '.join(sorted(FIELD_NAMES))}.")
        if name != IGNORE:
            found[int(index)] = name
    return found


def propose_mapping(table: Table) -> Mapping:
    """By the headings first, then by what stands in columns whose headings say nothing."""
    columns: dict[int, str] = {}
    for column in table.columns:
        name = _field_by_look(column) or field_for(column.heading) or _field_by_samples(column)
        if name == "email" and "email" in columns.values():
            name = "second_email"
        if name and (name in MANY_COLUMNS or name not in columns.values()):
            columns[column.index] = name
    _settle_titles(table, columns)
    if not table.header_row:
        _find_name_without_heading(table, columns)
    return Mapping(columns=columns, sheet=table.sheet, header_row=table.header_row)


def doubtful_columns(table: Table, mapping: Mapping) -> set[int]:
    """Columns left out whose headings could mean something to the directory: “Year”, “Degree”."""
    return {
        column.index
        for column in table.columns
        if column.index not in mapping.columns and column.samples and is_telling(column.heading)
    }


def _field_by_look(column: Column) -> str | None:
    """Raiser's Edge keeps e-mails among the phone numbers: what stands there decides."""
    is_email = bool(column.samples) and all(map(LOOKS_LIKE_EMAIL.fullmatch, column.samples))
    return "email" if is_email and field_for(column.heading) == "phone" else None


def _field_by_samples(column: Column) -> str | None:
    """Under a heading that says nothing, what stands there decides."""
    if column.heading != f"Column {column.index + 1}" or not column.samples:
        return None
    looks = {"email": LOOKS_LIKE_EMAIL, "phone": PLAIN_PHONE, "class_year": LOOKS_LIKE_YEAR}
    for name, pattern in looks.items():
        if all(map(pattern.fullmatch, column.samples)):
            return name
    return None


def _settle_titles(table: Table, columns: dict[int, str]) -> None:
    """“Title” is Dr. in one system and Engineer in another."""
    for column in table.columns:
        if column.heading.strip().lower() != "title":
            continue
        is_before_name = bool(column.samples) and all(
            sample.rstrip(".").lower() in TITLES for sample in column.samples
        )
        name = "prefix" if is_before_name or "job_title" in columns.values() else "job_title"
        if name not in columns.values():
            columns[column.index] = name


def _find_name_without_heading(table: Table, columns: dict[int, str]) -> None:
    for column in table.columns:
        if column.index not in columns and all(map(_looks_like_name, column.samples or [""])):
            columns[column.index] = "full_name"
            return


def _looks_like_name(sample: str) -> bool:
    words = sample.split()
    return 2 <= len(words) <= 5 and not any(map(str.isdigit, sample))
