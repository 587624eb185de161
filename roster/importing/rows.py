"""One record to the clean values of one student, and its problems in words.

A student whose name, e-mail, number or class cannot be read is left out: they would be taken for
somebody else next time. Any other cell that cannot be read stays blank, with a warning.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from alumni.importing import cells, garbled, names, phones
from alumni.importing.cells import BadCell, is_clear, shown
from alumni.importing.folding import MAJORS, Vocabulary, key_of
from alumni.importing.table import Record
from roster.importing.columns import LABELS, NAMES

LONGEST_NAME, LONGEST_NUMBER, LONGEST_ITEM = 200, 64, 100
PARTS = {
    "given_name", "middle_name", "family_name", "second_family_name", "suffix", "preferred_name"
}  # fmt: skip
# A student is known by these.
WHO = PARTS | {"full_name", "email", "student_number", "class_year"}
# What a [clear] leaves behind.
BLANKS: dict[str, Any] = {"class_year": None, "majors": [], "interests": [], "phone": ""}
COUNTRY = "US"


class CleanRow(NamedTuple):
    record: Record
    values: dict[str, Any]
    problems: list[str]
    is_usable: bool
    # Also of a row that is left out: whoever it means has not left.
    number: str
    email: str


class RowReader:
    def __init__(
        self, columns: dict[int, str], *, this_year: int, vocabulary: Vocabulary | None = None
    ) -> None:
        self.columns = columns
        self.name_columns = {index for index, name in columns.items() if name in NAMES}
        self.this_year = this_year
        self.majors = (vocabulary or {}).get(MAJORS, {})

    def read(self, record: Record) -> CleanRow:
        if record.problem:
            return CleanRow(record, {}, [record.problem], False, "", "")
        meant, problems = garbled.as_meant(record, self.columns, names=self.name_columns)
        given, cleared = self._by_field(meant)
        number = given.get("student_number", [""])[0]
        email = given.get("email", [""])[0].lower()
        try:
            values = self._values(given, problems)
        except BadCell as reason:
            return CleanRow(record, {}, [str(reason), *problems], False, number, email)
        for name in cleared:
            if name in BLANKS:
                values.setdefault(name, BLANKS[name])
            else:
                problems.append("Only class, majors, fields and phone can be cleared.")
        email = values.get("email", "")
        return CleanRow(record, values, problems, True, values.get("student_number", ""), email)

    def _by_field(self, record: Record) -> tuple[dict[str, list[str]], list[str]]:
        """The filled cells in the order of the columns; and what is to be emptied."""
        given: dict[str, list[str]] = {}
        cleared: list[str] = []
        for index, name in self.columns.items():
            raw = record.cells[index] if index < len(record.cells) else ""
            cell = cells.one_line(raw)
            if not cell:
                continue
            if is_clear(cell):
                cleared.append(name)
            else:
                kept = cells.without_guard(raw) if name in ("majors", "interests") else cell
                given.setdefault(name, []).append(kept)
        return given, cleared

    def _values(self, given: dict[str, list[str]], problems: list[str]) -> dict[str, Any]:
        values: dict[str, Any] = {}
        self._leave_out_broken(given, problems)
        self._put_identity(values, given)
        for name in ("majors", "interests"):
            if name in given:
                self._put_list(values, name, given[name], problems)
        if phone := given.get("phone"):
            self._put_phone(values, phone[0], problems)
        if advisor := given.get("advisor"):
            values["advisor"] = advisor[0].lower()
        return values

    def _leave_out_broken(self, given: dict[str, list[str]], problems: list[str]) -> None:
        """What a spreadsheet wrote in place of a value; nobody can be told apart by it."""
        for name, said in list(given.items()):
            for cell in filter(cells.is_broken, said):
                sentence = f"A spreadsheet wrote {shown(cell)} in place of {LABELS[name].lower()}"
                if name in WHO:
                    raise BadCell(f"{sentence}.")
                problems.append(f"{sentence}, so it was left blank.")
                del given[name]
                break

    def _put_identity(self, values: dict[str, Any], given: dict[str, list[str]]) -> None:
        if name := self._name(given):
            values["name"] = name
        if number := given.get("student_number"):
            if len(number[0]) > LONGEST_NUMBER:
                raise BadCell(f"{shown(number[0])} is too long for a student number.")
            values["student_number"] = cells.clean_number(number[0])
        if email := given.get("email"):
            values["email"] = cells.clean_email(email[0])
        if year := given.get("class_year"):
            values["class_year"] = cells.clean_class_year(year[0], this_year=self.this_year)

    def _name(self, given: dict[str, list[str]]) -> str:
        """Nothing where no column says it; a half one is a mistake."""
        if not NAMES & given.keys():
            return ""
        parts = {name: given[name][0] for name in PARTS if name in given}
        full = given.get("full_name", [""])[0]
        is_in_parts = "given_name" in parts and "family_name" in parts
        found = names.from_parts(parts) if is_in_parts or not full else names.from_full(full)
        if len(found.name) > LONGEST_NAME:
            raise BadCell(f"The name {shown(found.name)} is longer than {LONGEST_NAME} letters.")
        return found.name

    def _put_list(
        self, values: dict[str, Any], name: str, said: list[str], problems: list[str]
    ) -> None:
        items = list(dict.fromkeys(item for cell in said for item in cells.split_list(cell)))
        if name == "majors":
            known = (self.majors.get(key_of(MAJORS, item), item) for item in items)
            items = list(dict.fromkeys(known))
        fit = [item for item in items if len(item) <= LONGEST_ITEM]
        if len(fit) < len(items):
            problems.append(f"A word longer than {LONGEST_ITEM} letters was left out.")
        if fit:
            values[name] = fit

    def _put_phone(self, values: dict[str, Any], cell: str, problems: list[str]) -> None:
        try:
            values["phone"] = phones.clean_phone(cell, country=COUNTRY, office=COUNTRY)[:40]
        except BadCell as reason:
            problems.append(f"{reason} It was left blank.")
