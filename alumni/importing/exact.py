"""One record to the clean values of one person, and its problems in words: slow and right.

A person whose name, e-mail, class year or number cannot be read is left out, because they would be
matched wrongly next time. Any other cell that cannot be read stays blank, with a warning.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from alumni.importing import (
    beside_names,
    cells,
    clearing,
    elsewhere,
    garbled,
    names,
    nobody,
    phones,
    places,
    taken_back,
    whereabouts,
    willing,
)
from alumni.importing.cells import BadCell, is_clear
from alumni.importing.clean_row import CleanRow, RowOut, keep_original
from alumni.importing.fields import FIELDS, LENGTHS, LIST_ITEM_LENGTH, OF_LEFT_OUT, Consent
from alumni.importing.fields import normalised as plain_heading
from alumni.importing.folding import EMPLOYER, FIELDS_OF_WORK, MAJORS, Vocabulary, key_of
from alumni.importing.mapping import Mapping
from alumni.importing.table import Column, Record, Table
from alumni.importing.terms import terms_in

NAME_PARTS = {
    "given_name", "middle_name", "family_name", "second_family_name", "prefix", "suffix",
    "preferred_name",
}  # fmt: skip
OF_NAMES = NAME_PARTS | {"full_name"}
LISTS = (MAJORS, FIELDS_OF_WORK)
# A person is known by these.
WHO = OF_NAMES | {"email", "class_year", "external_id"}
KEEPS_LINES = {*LISTS, "note_to_students"}
# Put as they stand; employer, region and country have rules of their own.
LINES = ("job_title", "city")
LABELS = {field.name: field.label for field in FIELDS}


class ExactReader:
    """Knows the list's columns; asked once for each record."""

    def __init__(
        self, table: Table | Iterable[Column], mapping: Mapping, *, this_year: int,
        vocabulary: Vocabulary | None = None, country: str = "US",
    ) -> None:  # fmt: skip
        columns = list(table.columns if isinstance(table, Table) else table)
        self.columns = [
            (column.index, mapping.columns[column.index])
            for column in columns
            if column.index in mapping.columns
        ]
        self.name_columns = {index for index, name in self.columns if name in OF_NAMES}
        self.headings = {column.index: column.heading.casefold() for column in columns}
        # The two in front of the file with the rows left out are no part of the list itself.
        self.own = [c.index for c in columns if plain_heading(c.heading) not in OF_LEFT_OUT]
        self.is_wide = len(self.own) > 2
        self.has_name = mapping.has_name
        says_who = not {"consent", "do_not_contact"}.isdisjoint(mapping.columns.values())
        self.default_consent = Consent.UNKNOWN if says_who else mapping.consent
        self.this_year = this_year
        self.vocabulary = vocabulary or {}
        self.country = mapping.country or country

    def is_lone(self, record: Record) -> bool:
        """Whether hardly more than one cell may be filled, which most lists have no row of."""
        return len(self.own) > 1 and record.cells.count("") >= len(self.own) - 1

    def read(self, record: Record) -> CleanRow:
        meant, remarks = garbled.as_meant(record, dict(self.columns), names=self.name_columns)
        row = CleanRow(meant, {}, remarks, True, {})
        try:
            return self._fill(row)._replace(record=record)
        except RowOut as reason:
            return CleanRow(record, {}, [str(reason), *row.problems], False, {})

    def _fill(self, row: CleanRow) -> CleanRow:
        if row.record.problem:
            raise RowOut(row.record.problem)
        if not self.has_name:
            raise RowOut("No column of this list was matched to a name.")
        given, cleared = self._by_field(row)
        if willing.without_marks(given, OF_NAMES):
            given["deceased"] = ["yes"]
        beside_names.take_apart(given, OF_NAMES - {"prefix"})
        self._name(row, given)
        if numbers := given.get("external_id"):
            number = _required(lambda: cells.clean_number(numbers[0]))
            self._put(row, "external_id", number, written=numbers[0])
        self._put_email(row, given)
        self._put_year(row, given)
        for name in LINES:
            self._put(row, name, _first(given, name))
        self._put_employer(row, given)
        unmatched = self._put_lists(row, given)
        self._put_places(row, given)
        self._put_rest(row, given)
        clearing.put_blanks(row, cleared)
        row.values["consent"] = self._consent(row, given)
        gone = frozenset(name for name in cleared if not row.values[name])
        return row._replace(cleared=gone, unmatched=unmatched)

    def _by_field(self, row: CleanRow) -> tuple[dict[str, list[str]], set[str]]:
        """The filled cells by field, in the order of the columns; and which are to be emptied."""
        given: dict[str, list[str]] = {}
        cleared: set[str] = set()
        for index, name in self.columns:
            raw = row.record.cells[index]
            if not raw or not (cell := self._said(row, name, raw)):
                continue
            if is_clear(cell):
                cleared |= clearing.fields_emptied(row, name)
            elif cells.is_broken(cell):
                self._leave_out(row, name, cell)
            else:
                given.setdefault(name, []).append(
                    cells.without_guard(raw) if name in KEEPS_LINES else cell
                )
        return given, cleared

    def _said(self, row: CleanRow, name: str, raw: str) -> str:
        if name in OF_NAMES:
            return cells.one_line(raw)
        if name == "country" and raw == places.NAMIBIA:
            row.problems.append(places.MAY_BE_NAMIBIA)
        return cells.said(raw)

    def _leave_out(self, row: CleanRow, name: str, cell: str) -> None:
        """What a spreadsheet wrote in place of a value; nobody can be told apart by it."""
        sentence = f"A spreadsheet wrote {cells.shown(cell)} in place of {LABELS[name].lower()}"
        if name in WHO:
            raise RowOut(f"{sentence}.")
        row.problems.append(f"{sentence}, so it was left blank.")

    def _name(self, row: CleanRow, given: dict[str, list[str]]) -> None:
        parts = {name: given[name][0] for name in NAME_PARTS if name in given}
        full = _first(given, "full_name")
        record = row.record
        if self._repeats_headings(record):
            raise RowOut("This row repeats the headings of the list.")
        filled = [record.cells[index] for index in self.own if record.cells[index]]
        if len(self.own) > 1 and len(filled) == 1:
            said = filled[0] if full or parts else ""
            row.problems.extend(nobody.look_at_lone(said, full=full, is_wide=self.is_wide))
        is_in_parts = bool(parts.get("given_name") and parts.get("family_name"))
        use_parts = is_in_parts or not full
        name = _required(
            lambda: (
                names.from_parts(parts)
                if use_parts
                else names.from_full(full, is_person=nobody.is_of_a_person(given))
            )
        )
        for part, text in name._asdict().items():
            if len(text) > LENGTHS[part]:
                raise RowOut(
                    f"The name {cells.shown(text)} is longer than {LENGTHS[part]} letters."
                )
        written = names.as_written(parts) if use_parts else full
        row.problems.extend(names.doubts_about(written))
        row.values.update(name._asdict())
        keep_original(row, "name", written)

    def _repeats_headings(self, record: Record) -> bool:
        """“Name” under Name and “Email” under Email: a list pasted together from two."""
        same = (record.cells[index].casefold() == self.headings[index] for index, _ in self.columns)
        return sum(same) > 1

    def _put_email(self, row: CleanRow, given: dict[str, list[str]]) -> None:
        said = given.get("email", []) + given.get("second_email", [])
        addresses = [cell for cell in said if cell.lower() not in cells.NO_ADDRESS]
        if addresses:
            row.values["email"] = _required(lambda: cells.clean_email(addresses[0]))
            keep_original(row, "email", addresses[0])
            row.problems.extend(taken_back.remarks_on(addresses[0], row.values["email"]))

    def _put_year(self, row: CleanRow, given: dict[str, list[str]]) -> None:
        if years := given.get("class_year"):
            row.values["class_year"] = _required(
                lambda: cells.clean_class_year(years[0], this_year=self.this_year)
            )
            keep_original(row, "class_year", years[0])

    def _put(self, row: CleanRow, name: str, text: str, *, written: str = "") -> None:
        limit = LENGTHS[name]
        if len(text) > limit:
            sentence = f"{LABELS[name]} {cells.shown(text)} is longer than {limit} letters"
            if name == "external_id":
                raise RowOut(f"{sentence}.")
            row.problems.append(f"{sentence}, so it was left blank.")
        elif text:
            row.values[name] = text
            if written:
                keep_original(row, name, written)

    def _put_employer(self, row: CleanRow, given: dict[str, list[str]]) -> None:
        written = _first(given, EMPLOYER)
        known = self.vocabulary.get(EMPLOYER, {})
        term = known.get(key_of(EMPLOYER, written), written) if known else written
        self._put(row, EMPLOYER, term, written=written)

    def _put_lists(self, row: CleanRow, given: dict[str, list[str]]) -> tuple[tuple[str, str], ...]:
        unmatched: dict[tuple[str, str], None] = {}
        for name in LISTS:
            if name not in given:
                continue
            found: dict[str, None] = {}
            for cell in given[name]:
                items, unknown, is_changed = terms_in(cell, name, self.vocabulary)
                found.update(dict.fromkeys(items))
                unmatched.update(dict.fromkeys((name, word) for word in unknown))
                if is_changed:
                    row.originals[name] = "; ".join(
                        filter(None, (row.originals.get(name), cells.one_line(cell)))
                    )
            if short := [item for item in found if len(item) <= LIST_ITEM_LENGTH]:
                row.values[name] = short
            if len(short) < len(found):
                row.problems.append(
                    f"A cell of more than {LIST_ITEM_LENGTH} letters was left blank."
                )
        return tuple(unmatched)

    def _put_places(self, row: CleanRow, given: dict[str, list[str]]) -> None:
        cell = _first(given, "place")
        written = whereabouts.split_place(cell)
        if self.country in places.NANP and "country" not in given:
            written, remarks = elsewhere.settled(written, cell, phone=_first(given, "phone"))
            row.problems.extend(remarks)
        for name in ("city", "region", "country"):
            if cell := _first(given, name):
                written[name] = cell
        if "city" not in row.values:
            self._put(row, "city", written.get("city", ""))
        country, code = self.country_of(written.get("country", ""))
        self._put(row, "country", country, written=written.get("country", ""))
        region = places.region_of(written.get("region", ""), code)
        self._put(row, "region", region, written=written.get("region", ""))

    def country_of(self, written: str) -> tuple[str, str]:
        """The country's one name, and the code by which its states and numbers are read."""
        if not written:
            return "", self.country
        country, code = places.country_of(written)
        return country, code

    def _put_rest(self, row: CleanRow, given: dict[str, list[str]]) -> None:
        self._put(row, "note_to_students", _first(given, "note_to_students"))
        _, code = self.country_of(row.values.get("country", ""))
        for name, clean in (
            ("phone", lambda cell: phones.phone_or_blank(cell, country=code, office=self.country)),
            ("ask_by", cells.clean_ask_by),
            ("paused_until", self.day_of),
            ("requests_per_month", cells.clean_requests),
        ):
            if name not in given:
                continue
            try:
                row.values[name] = clean(given[name][0])
            except BadCell as problem:
                row.problems.append(str(problem))
            else:
                if name == "phone":
                    keep_original(row, name, given[name][0])
                    row.problems.extend(taken_back.remarks_on(given[name][0], row.values[name]))

    def day_of(self, cell: str) -> Any:
        return cells.clean_day(cell, month_first=self.country == "US")

    def _consent(self, row: CleanRow, given: dict[str, list[str]]) -> str:
        """UNKNOWN erases nothing."""
        row.problems.extend(willing.remarks_on(given))
        try:
            return willing.consent_of(given, otherwise=self.default_consent)
        except BadCell as problem:
            row.problems.append(str(problem))
            return Consent.UNKNOWN


def _first(given: dict[str, list[str]], name: str) -> str:
    return given[name][0] if name in given else ""


def _required(clean: Callable[[], Any]) -> Any:
    try:
        return clean()
    except BadCell as problem:
        raise RowOut(str(problem)) from problem
