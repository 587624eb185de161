"""Step 2: which column goes where. Proposed from headings and samples, corrected by a person."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from alumni.importing.cells import NO, YES
from alumni.importing.delimited import DELIMITER_NAMES
from alumni.importing.fields import (
    FIELD_NAMES,
    FIELDS,
    IGNORE,
    MANY_COLUMNS,
    NAMES,
    Consent,
    Field,
    field_for,
    is_telling,
    is_unreadable,
    normalised,
    says_nothing,
)
from alumni.importing.places import is_country, is_region
from alumni.importing.table import Column, Reading, Table
from alumni.importing.text import ENCODINGS, WIDER

__all__ = ["FIELDS", "BadMapping", "Field", "Mapping", "doubtful_columns", "propose_mapping"]

TITLES = {"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "rev", "hon", "sir"}
LOOKS_LIKE_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[a-z]{2,}", re.IGNORECASE)
# A column whose heading says nothing is taken for what all of its samples look like.
LOOKS: list[tuple[str, Callable[[str], Any]]] = [
    ("email", LOOKS_LIKE_EMAIL.fullmatch),
    ("class_year", re.compile("(19|20)[0-9]{2}").fullmatch),
    ("phone", re.compile(r"\+?[0-9(][0-9 ().x-]{8,}[0-9]").fullmatch),
    ("region", is_region),
    ("country", is_country),
]
HALF_NAMES = {"nombre", "nome", "nom", "naam"}
# "No" for a whole list would be no reason to import it.
CONSENTS = (Consent.UNKNOWN, Consent.YES)


class BadMapping(ValueError):
    """The message says what is wrong with a mapping that somebody wrote or stored."""


@dataclass(frozen=True)
class Mapping:
    """Columns left out of `columns` are ignored. `consent` is for lists without such a column."""

    columns: dict[int, str] = field(default_factory=dict)
    sheet: str | None = None
    header_row: int | None = None
    consent: str = Consent.UNKNOWN
    # Two letters: where people of this list live who name no country. Empty: as the office's.
    country: str = ""
    # As a person corrected them; None is found out at each reading.
    encoding: str | None = None
    delimiter: str | None = None

    @property
    def reading(self) -> Reading:
        return Reading(self.sheet, self.header_row, self.encoding, self.delimiter)

    def to_json(self) -> dict[str, Any]:
        said: dict[str, Any] = {
            "sheet": self.sheet,
            "header_row": self.header_row,
            "columns": {str(index): name for index, name in sorted(self.columns.items())},
            "consent": str(self.consent),
        }
        seldom = {
            "country": self.country, "encoding": self.encoding, "delimiter": self.delimiter
        }  # fmt: skip
        return said | {name: value for name, value in seldom.items() if value}

    @classmethod
    def from_json(cls, data: Any) -> Mapping:
        if not isinstance(data, dict):
            raise BadMapping("A mapping is an object with “columns”, “header_row” and “sheet”.")
        sheet, header_row = data.get("sheet"), data.get("header_row")
        if not (sheet is None or isinstance(sheet, str)):
            raise BadMapping("“sheet” is the name of a sheet.")
        if not (header_row is None or (type(header_row) is int and header_row >= 0)):
            raise BadMapping("“header_row” is the number of a row, or 0 when there is none.")
        consent = data.get("consent", Consent.UNKNOWN)
        if consent not in CONSENTS:
            raise BadMapping("“consent” is UNKNOWN or YES.")
        country = data.get("country", "")
        if not (isinstance(country, str) and re.fullmatch("([A-Z]{2})?", country)):
            raise BadMapping("“country” is the two letters of a country, such as US.")
        columns = _columns_from_json(data.get("columns", {}))
        encoding, delimiter = _letters_from_json(data)
        return cls(columns, sheet, header_row, consent, country, encoding, delimiter)

    @property
    def has_name(self) -> bool:
        return not NAMES.isdisjoint(self.columns.values())


def _letters_from_json(data: dict[str, Any]) -> tuple[str | None, str | None]:
    encoding, delimiter = data.get("encoding"), data.get("delimiter")
    encoding = WIDER.get(encoding, encoding) if isinstance(encoding, str) else encoding
    if encoding is not None and encoding not in ENCODINGS:
        raise BadMapping(f"“encoding” is one of these: {', '.join(ENCODINGS)}.")
    if delimiter is not None and delimiter not in DELIMITER_NAMES:
        raise BadMapping(f"“delimiter” is the sign of {', '.join(DELIMITER_NAMES.values())}.")
    return encoding, delimiter


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
    seen: set[str] = set()
    for column in table.columns:
        if _begins_the_next_person(column, seen):
            break
        name = _field_by_look(column) or field_for(column.heading) or _field_by_samples(column)
        if name == IGNORE or (name == "class_year" and _says_yes_or_no(column)):
            continue
        if name == "email" and "email" in columns.values():
            name = "second_email"
        if name and (name in MANY_COLUMNS or name not in columns.values()):
            columns[column.index] = name
    _settle_titles(table, columns)
    _settle_halves(table, columns)
    if not table.header_row:
        _find_name_without_heading(table, columns)
    return Mapping(columns=columns, sheet=table.sheet, header_row=table.header_row)


def _begins_the_next_person(column: Column, seen: set[str]) -> bool:
    """“Name; E-mail; Name; E-mail”: people stand side by side, and nobody gets another's e-mail."""
    words = normalised(column.heading)
    is_again = words in seen
    if field_for(column.heading) in NAMES:
        seen.add(words)
    return is_again


def doubtful_columns(table: Table, mapping: Mapping) -> set[int]:
    """Columns left out whose headings could mean something to the directory: “Year”, “Degree”."""
    return {
        column.index
        for column in table.columns
        if column.index not in mapping.columns and column.samples and _may_mean_something(column)
    }


def _may_mean_something(column: Column) -> bool:
    """A second column of what the directory has once, too: “Open to connect?” beside “Willing”."""
    heading = column.heading
    return (
        field_for(heading) not in (None, IGNORE)
        or is_telling(heading)
        or is_unreadable(heading)
        or _is_yes_or_no(column)
        or any("@" in sample for sample in column.samples)
    )


def _field_by_look(column: Column) -> str | None:
    """Raiser's Edge keeps e-mails among the phone numbers, and as “Preferred E-mail Number”: what
    stands there decides."""
    is_email = bool(column.samples) and all(map(LOOKS_LIKE_EMAIL.fullmatch, column.samples))
    heading = column.heading
    may_be = (
        field_for(heading) == "phone" or "e mail" in normalised(heading) or is_unreadable(heading)
    )
    return "email" if is_email and may_be else None


def _field_by_samples(column: Column) -> str | None:
    """Only under headings that say nothing: “Year” may be the year of a gift."""
    if not column.samples or not says_nothing(column.heading):
        return None
    return next((name for name, is_like in LOOKS if all(map(is_like, column.samples))), None)


def _is_yes_or_no(column: Column) -> bool:
    """It may be consent, and may be anything: a person says which."""
    return says_nothing(column.heading) and _says_yes_or_no(column)


def _says_yes_or_no(column: Column) -> bool:
    """“Graduated?” beside the day on which it was."""
    return bool(column.samples) and all(
        sample.lower() in YES | NO and not sample.isdigit() for sample in column.samples
    )


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


def _settle_halves(table: Table, columns: dict[int, str]) -> None:
    """“Name” beside “Vorname”, “Nombre” beside “Apellidos”: the other half of the name."""
    halves = {"given_name", "family_name"} - set(columns.values())
    for column in table.columns:
        if len(halves) == 1 and columns.get(column.index) == "full_name" and _may_be_half(column):
            columns[column.index] = halves.pop()


def _may_be_half(column: Column) -> bool:
    """“Name” may be the whole beside a first name as well: then each sample is two words."""
    words = normalised(column.heading)
    return words in HALF_NAMES or (
        words == "name" and any(len(sample.split()) == 1 for sample in column.samples)
    )


def _find_name_without_heading(table: Table, columns: dict[int, str]) -> None:
    for column in table.columns:
        if column.index not in columns and all(map(_looks_like_name, column.samples or [""])):
            columns[column.index] = "full_name"
            return


def _looks_like_name(sample: str) -> bool:
    words = sample.split()
    return 2 <= len(words) <= 5 and not any(map(str.isdigit, sample))


def headings_of(table: Table) -> dict[int, str]:
    """For each column its heading as the same system writes it next month: “e mail#2”."""
    seen: Counter[str] = Counter()
    found = {}
    for column in table.columns:
        words = normalised(column.heading) or column.heading
        seen[words] += 1
        found[column.index] = f"{words}#{seen[words]}"
    return found


def fingerprint(table: Table) -> str:
    """The same headings in any order mean the same source; a list without any has none."""
    if not table.header_row:
        return ""
    headings = sorted(headings_of(table).values())
    return hashlib.sha256("\n".join(headings).encode()).hexdigest()
