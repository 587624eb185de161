"""Step 3: one record to the clean values of one person, and its problems in words.

A person whose name, e-mail, class year or number cannot be read is left out, because they would be
matched wrongly next time. Any other cell that cannot be read stays blank, with a warning.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from alumni.importing import cells, names, places
from alumni.importing.cells import BadCell
from alumni.importing.mapping import FIELDS, Mapping
from alumni.importing.table import Record, Table

NAME_PARTS = {
    "given_name", "middle_name", "family_name", "prefix", "suffix", "preferred_name"
}  # fmt: skip
NOT_CLEARED = NAME_PARTS | {"full_name", "consent", "do_not_contact"}
PARTS = {"place": ("city", "region", "country"), "second_email": ()}
# What an emptied field is staged as, so that it differs from one of which nothing is said.
EMPTIED: dict[str, Any] = {"class_year": 0, "majors": [], "fields_of_work": []}
LISTS = {"majors", "fields_of_work"}
KEEPS_LINES = LISTS | {"note_to_students"}
LINES = {"employer", "job_title", "city", "region", "country"}
# As the model has them; a test holds both alike. The child that cleans rows knows no models.
LENGTHS = {
    "name": 200, "given_name": 100, "family_name": 100, "external_id": 64,
    "note_to_students": 1000, "employer": 200, "job_title": 200, "city": 100, "region": 100,
    "country": 100,
}  # fmt: skip
LIST_ITEM_LENGTH = 200
LABELS = {field.name: field.label for field in FIELDS}


class CleanRow(NamedTuple):
    """`values` holds what the row says, blank cells left out: they erase nothing."""

    record: Record
    values: dict[str, Any]
    problems: list[str]
    is_usable: bool


class _RowOut(Exception):
    """This row cannot become a person; the message says why."""


class ExactReader:
    """Knows the list's columns; asked once for each record. This is the rule; ordinary.py has the
    short way for rows in which there is nothing to decide."""

    def __init__(self, table: Table, mapping: Mapping, *, this_year: int) -> None:
        self.columns = [
            (column.index, mapping.columns[column.index])
            for column in table.columns
            if column.index in mapping.columns
        ]
        self.headings = {column.index: column.heading.casefold() for column in table.columns}
        self.is_wide = len(table.columns) > 2
        self.has_name = mapping.has_name
        self.has_consent = not {"consent", "do_not_contact"}.isdisjoint(mapping.columns.values())
        self.this_year = this_year
        # What a row means that says nothing of consent; UNKNOWN erases nothing.
        self.blank_consent = cells.UNKNOWN if self.has_consent else mapping.consent

    def read(self, record: Record) -> CleanRow:
        warnings: list[str] = []
        try:
            values = self._values(record, warnings)
        except _RowOut as reason:
            return CleanRow(record, {}, [str(reason), *warnings], is_usable=False)
        return CleanRow(record, values, warnings, is_usable=True)

    def _values(self, record: Record, warnings: list[str]) -> dict[str, Any]:
        if record.problem:
            raise _RowOut(record.problem)
        if not self.has_name:
            raise _RowOut("No column of this list was matched to a name.")
        given, cleared = self._by_field(record)
        values: dict[str, Any] = self._name(record, given)
        for name in ("external_id", *LINES):
            self._put(values, name, given.get(name, [""])[0], warnings)
        values |= self._email(given)
        if years := given.get("class_year"):
            values["class_year"] = _required(
                lambda: cells.clean_class_year(years[0], this_year=self.this_year)
            )
        self._put_lists(values, given, warnings)
        self._put_rest(values, given, warnings)
        self._clear(values, cleared, warnings)
        return values

    def _by_field(self, record: Record) -> tuple[dict[str, list[str]], list[str]]:
        """The filled cells by field, in the order of the columns; and the fields to be emptied."""
        given: dict[str, list[str]] = {}
        cleared = []
        for index, name in self.columns:
            raw = record.cells[index]
            if raw and (cell := cells.one_line(raw)):
                if cell.lower() == cells.CLEAR:
                    cleared.append(name)
                else:
                    given.setdefault(name, []).append(raw if name in KEEPS_LINES else cell)
        return given, cleared

    def _clear(self, values: dict[str, Any], cleared: list[str], warnings: list[str]) -> None:
        for name in cleared:
            if name in NOT_CLEARED:
                warnings.append(f"{LABELS[name]} cannot be emptied, so it stays as it is.")
            else:
                for part in PARTS.get(name, (name,)):
                    values.setdefault(part, EMPTIED.get(part, ""))

    def _name(self, record: Record, given: dict[str, list[str]]) -> dict[str, str]:
        parts = {name: given[name][0] for name in NAME_PARTS if name in given}
        full = given.get("full_name", [""])[0]
        if any(self._repeats_heading(record, index) for index, _ in self.columns):
            raise _RowOut("This row repeats the headings of the list.")
        if self.is_wide and sum(map(bool, record.cells)) == 1 and " " not in full:
            raise _RowOut(f"Nothing but {cells.shown(full)} stands in this row." if full else
                          "There is no name in this row.")  # fmt: skip
        is_in_parts = parts.get("given_name") and parts.get("family_name")
        name = _required(
            lambda: names.from_parts(parts) if is_in_parts or not full else names.from_full(full)
        )
        for part, text in name._asdict().items():
            if len(text) > LENGTHS[part]:
                raise _RowOut(
                    f"The name {cells.shown(text)} is longer than {LENGTHS[part]} letters."
                )
        return name._asdict()

    def _repeats_heading(self, record: Record, index: int) -> bool:
        """“Name” under Name and “Email” under Email: a list pasted together from two."""
        return (
            record.cells[index].casefold() == self.headings[index]
            and sum(1 for i, _ in self.columns if record.cells[i].casefold() == self.headings[i])
            > 1
        )

    def _email(self, given: dict[str, list[str]]) -> dict[str, str]:
        addresses = given.get("email", []) + given.get("second_email", [])
        return {"email": _required(lambda: cells.clean_email(addresses[0]))} if addresses else {}

    def _put(self, values: dict, name: str, text: str, warnings: list[str]) -> None:
        limit = LENGTHS[name]
        if len(text) > limit:
            sentence = f"{LABELS[name]} {cells.shown(text)} is longer than {limit} letters"
            if name == "external_id":
                raise _RowOut(f"{sentence}.")
            warnings.append(f"{sentence}, so it was left blank.")
        elif text:
            values[name] = text

    def _put_lists(self, values: dict, given: dict[str, list[str]], warnings: list[str]) -> None:
        for name in LISTS & given.keys():
            items = {item: None for cell in given[name] for item in cells.split_list(cell)}
            if short := [item for item in items if len(item) <= LIST_ITEM_LENGTH]:
                values[name] = short
            if len(short) < len(items):
                warnings.append(f"A cell of more than {LIST_ITEM_LENGTH} letters was left blank.")

    def _put_rest(self, values: dict, given: dict[str, list[str]], warnings: list[str]) -> None:
        if "place" in given:
            for part, text in cells.split_place(given["place"][0]).items():
                if part not in values:
                    self._put(values, part, text, warnings)
        if "country" in values:
            values["country"] = places.clean_country(values["country"])
        country = values.get("country", "")
        if "region" in values:
            values["region"] = places.clean_region(values["region"], country)
        self._put(values, "note_to_students", given.get("note_to_students", [""])[0], warnings)
        if phones := given.get("phone"):
            try:
                values["phone"] = cells.clean_phone(phones[0], country=country)[:40]
            except BadCell as problem:
                warnings.append(f"{problem} It was left blank.")
        values["consent"] = self._consent(given, warnings)

    def _consent(self, given: dict[str, list[str]], warnings: list[str]) -> str:
        """The word for the whole list is for lists without such a column."""
        if not self.has_consent:
            return self.blank_consent
        try:
            said = [cells.clean_consent(cell) for cell in given.get("consent", [])]
            refusals = [cells.clean_consent(cell) for cell in given.get("do_not_contact", [])]
        except BadCell as problem:
            warnings.append(str(problem))
            return cells.UNKNOWN
        if cells.NO in said or cells.YES in refusals:
            return cells.NO
        return cells.YES if said else self.blank_consent


def _required(clean: Callable[[], Any]) -> Any:
    try:
        return clean()
    except BadCell as problem:
        raise _RowOut(str(problem)) from problem
