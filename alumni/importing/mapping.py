"""Step 2: which column goes where. Proposed (proposal.py), and corrected by a person."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from alumni.importing.delimited import DELIMITER_NAMES
from alumni.importing.fields import (
    FIELD_NAMES,
    IGNORE,
    NAMES,
    Consent,
    normalised,
)
from alumni.importing.table import Reading, Table
from alumni.importing.text import ENCODINGS, WIDER

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
