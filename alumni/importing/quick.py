"""The same as exact.py for ordinary rows, in a tenth of the time.

What one cell becomes does not depend on its row, so each column remembers what its cells became:
majors, years, employers and cities come again and again. Names, e-mails and numbers do not, and
have a pattern each. Whatever is not plain makes the whole row go to the exact reader, which
alone knows what is odd and what to say about it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from alumni.importing import cells, names, phones, places
from alumni.importing.cells import NOTHING, BadCell, is_clear, one_line
from alumni.importing.clean_row import CleanRow, is_same
from alumni.importing.exact import LISTS, ExactReader
from alumni.importing.fields import LENGTHS, LIST_ITEM_LENGTH, Consent
from alumni.importing.folding import EMPLOYER, key_of
from alumni.importing.remembering import SAYS_NOTHING, Outcome, Remembered
from alumni.importing.table import Record

# The first words of what is no person: “Grand Total”, “Full Name”.
NO_GIVEN_NAME = {"grand", "full"}
ALONE = {
    "class_year", "employer", "job_title", "city", "consent", "do_not_contact", "ask_by",
    "paused_until", "requests_per_month",
}  # fmt: skip


class Odd(Exception):
    """Not plain: the exact reader's."""


class QuickReader:
    def __init__(self, exact: ExactReader) -> None:
        self.exact = exact
        self.at: dict[str, int] = {}
        self.alone: list[tuple[int, str, Remembered]] = []
        self.listed: list[tuple[int, str, Remembered]] = []
        self.phones: list[tuple[int, str]] = []
        self.is_possible = exact.has_name and self._sort_columns()
        self.has_parts = {"given_name", "family_name"} <= self.at.keys()
        self.is_possible &= self.has_parts or "full_name" in self.at
        self.parts = {
            name: Remembered(_name_part)
            for name in ("given_name", "family_name", "middle_name")
            if name in self.at
        }
        self.places = Remembered(self._place)
        self.domains = Remembered(_domain)
        self.default_consent = Consent.UNKNOWN if exact.has_consent else exact.default_consent
        self.lower_headings = {name: exact.headings[index] for name, index in self.at.items()}

    def _sort_columns(self) -> bool:
        """False where columns meet in a way that only the exact reader knows."""
        for index, name in self.exact.columns:
            if name == "phone":
                self.phones.append((index, self.exact.headings[index]))
            elif name in LISTS:
                self.listed.append((index, name, self._remembered(self._list, index, name)))
            elif name in self.at or name == "place":
                return False
            else:
                self.at[name] = index
                if name in ALONE:
                    self.alone.append((index, name, self._remembered(self._alone, index, name)))
        self.listed.sort(key=lambda column: LISTS.index(column[1]))
        return True

    def _remembered(
        self, clean: Callable[[str, str], Outcome], index: int, name: str
    ) -> Remembered:
        heading = self.exact.headings[index]

        def find_out(cell: str) -> Outcome:
            text = one_line(cell)
            if cell.casefold() == heading or is_clear(text):
                raise Odd
            if not text:
                return SAYS_NOTHING
            try:
                return clean(name, cell if name in LISTS else text)
            except BadCell as problem:
                raise Odd from problem

        return Remembered(find_out)

    def read(self, record: Record) -> CleanRow | None:
        """None for a row that is not plain."""
        if record.problem is not None or not self.is_possible:
            return None
        originals: dict[str, str] = {}
        try:
            values = self._name(record.cells)
            self._put_alone(record.cells, values, originals)
            unmatched = self._put_lists(record.cells, values, originals)
            self._put_keys(record.cells, values)
            self._put_place(record.cells, values, originals)
            if self.phones:
                self._put_phone(record.cells, values, originals)
        except Odd:
            return None
        refuses = values.pop("do_not_contact", None) == Consent.YES
        if refuses:
            values["consent"] = Consent.NO
        elif "consent" not in values:
            values["consent"] = self.default_consent
        return CleanRow(record, values, [], True, originals, frozenset(), unmatched)

    def _name(self, row: list[str]) -> dict[str, Any]:
        at = self.at
        for name in ("preferred_name", "suffix"):
            if name in at and row[at[name]]:
                raise Odd
        if self.has_parts and row[at["given_name"]] and row[at["family_name"]]:
            self._refuse_odd_full_name(row)
            return self._name_of_parts(row)
        if "full_name" not in at:
            raise Odd
        full = row[at["full_name"]]
        plain = names.PLAIN.fullmatch(full)
        if (
            plain is None
            or len(full) > LENGTHS["given_name"]
            or not names.NOT_PLAIN.isdisjoint(words := full.lower().split())
            or words[0] in NO_GIVEN_NAME
            or full.casefold() == self.lower_headings["full_name"]
        ):
            raise Odd
        return {"name": full, "given_name": plain[1], "family_name": plain[2]}

    def _refuse_odd_full_name(self, row: list[str]) -> None:
        """Beside its parts a full name is not read, but it may say that the row is none."""
        if "full_name" not in self.at or not (full := row[self.at["full_name"]]):
            return
        if is_clear(full) or full.casefold() == self.lower_headings["full_name"]:
            raise Odd

    def _name_of_parts(self, row: list[str]) -> dict[str, Any]:
        at, parts, headings = self.at, self.parts, self.lower_headings
        given, family = row[at["given_name"]], row[at["family_name"]]
        if not (parts["given_name"][given] and parts["family_name"][family]):
            raise Odd
        if given.casefold() == headings["given_name"]:
            raise Odd
        if "full_name" in at and is_clear(one_line(row[at["full_name"]])):
            raise Odd
        name = f"{given} {family}"
        if "middle_name" in at and (middle := row[at["middle_name"]]):
            if not parts["middle_name"][middle]:
                raise Odd
            name = f"{given} {middle} {family}"
        return {"name": name, "given_name": given, "family_name": family}

    def _put_alone(self, row: list[str], values: dict, originals: dict[str, str]) -> None:
        for index, name, known in self.alone:
            if cell := row[index]:
                value, written, _ = known[cell]
                if value is not None:
                    values[name] = value
                    if written is not None:
                        originals[name] = written

    def _put_lists(
        self, row: list[str], values: dict, originals: dict[str, str]
    ) -> tuple[tuple[str, str], ...]:
        unmatched: tuple[tuple[str, str], ...] = ()
        for index, name, known in self.listed:
            if not (cell := row[index]):
                continue
            words, written, unknown = known[cell]
            if words is None:
                continue
            if name in values:
                words = dict.fromkeys([*values[name], *words])
                written = "; ".join(filter(None, (originals.get(name), written))) or None
            values[name] = list(words)
            if written is not None:
                originals[name] = written
            if unknown:
                unmatched = tuple(dict.fromkeys(unmatched + unknown)) if unmatched else unknown
        return unmatched

    def _put_keys(self, row: list[str], values: dict) -> None:
        """The two that are never the same twice, and the note."""
        self._put_email(row, values)
        if "external_id" in self.at and (cell := row[self.at["external_id"]]):
            lower = cell.lower()
            is_plain = cell.isalnum() and cell.isascii() and len(cell) <= LENGTHS["external_id"]
            if not is_plain or lower in NOTHING or lower == self.lower_headings["external_id"]:
                raise Odd
            values["external_id"] = cell
        if "note_to_students" in self.at and (cell := row[self.at["note_to_students"]]):
            self._put_note(cell, values)

    def _put_email(self, row: list[str], values: dict) -> None:
        cell = row[self.at["email"]] if "email" in self.at else ""
        if not cell:
            if "second_email" in self.at and row[self.at["second_email"]]:
                raise Odd
            return
        text = cell.lower()
        local, _, domain = text.rpartition("@")
        if len(text) > 254 or len(local) > 64 or not cells.PLAIN_LOCAL.fullmatch(local):
            raise Odd
        if not self.domains[domain] or text == self.lower_headings["email"]:
            raise Odd
        values["email"] = text

    def _put_note(self, cell: str, values: dict) -> None:
        line = one_line(cell)
        if cell[0] == "'" or is_clear(line) or len(cell) > LENGTHS["note_to_students"]:
            raise Odd
        if cell.casefold() == self.lower_headings["note_to_students"]:
            raise Odd
        if line:
            values["note_to_students"] = cell

    def _put_place(self, row: list[str], values: dict, originals: dict[str, str]) -> None:
        at = self.at
        region = row[at["region"]] if "region" in at else ""
        country = row[at["country"]] if "country" in at else ""
        if region or country:
            found, written = self.places[region, country]
            values.update(found)
            if written:
                originals.update(written)

    def _put_phone(self, row: list[str], values: dict, originals: dict[str, str]) -> None:
        for index, heading in self.phones:
            cell = row[index]
            if not cell:
                continue
            country = values.get("country", "")
            code = places.country_of(country)[1] if country else self.exact.country
            number = phones.plain_phone(cell, country=code, office=self.exact.country)
            if not number or cell == heading:
                raise Odd
            values["phone"] = number
            if number != cell:
                originals["phone"] = cell
            return

    def _alone(self, name: str, text: str) -> Outcome:
        value = self._clean(name, text)
        if name in LENGTHS and len(value) > LENGTHS[name]:
            raise Odd
        is_kept = name in (EMPLOYER, "class_year") and not is_same(value, text)
        return (value, text if is_kept else None, ())

    def _clean(self, name: str, text: str) -> Any:
        if name == "class_year":
            return cells.clean_class_year(text, this_year=self.exact.this_year)
        if name == EMPLOYER:
            known = self.exact.vocabulary.get(EMPLOYER, {})
            return known.get(key_of(EMPLOYER, text), text) if known else text
        if name in ("consent", "do_not_contact"):
            return cells.clean_consent(text)
        if name == "paused_until":
            return self.exact.day_of(text)
        clean = {"ask_by": cells.clean_ask_by, "requests_per_month": cells.clean_requests}
        return clean[name](text) if name in clean else text

    def _list(self, name: str, cell: str) -> Outcome:
        words, unknown, is_changed = self.exact.terms(name, cell)
        if not words or any(len(word) > LIST_ITEM_LENGTH for word in words):
            raise Odd
        unmatched = tuple((name, word) for word in dict.fromkeys(unknown))
        return list(dict.fromkeys(words)), one_line(cell) if is_changed else None, unmatched

    def _place(self, cells_of: tuple[str, str]) -> tuple[dict[str, str], dict[str, str]]:
        """A state is read by its country: both together are one cell to remember."""
        given = dict(zip(("region", "country"), map(one_line, cells_of), strict=True))
        for (name, text), cell in zip(given.items(), cells_of, strict=True):
            if is_clear(text) or (cell and cell.casefold() == self.lower_headings.get(name)):
                raise Odd
        country, code = self.exact.country_of(given["country"])
        found = {"country": country, "region": places.region_of(given["region"], code)}
        if any(len(value) > LENGTHS[name] for name, value in found.items()):
            raise Odd
        said = {name: value for name, value in found.items() if value}
        return said, {
            name: given[name] for name, value in said.items() if not is_same(value, given[name])
        }


def _name_part(part: str) -> bool:
    if len(part) <= 2 and part[:1].isupper() and part[1:] in ("", "."):
        return True
    return (
        len(part) <= 50
        and names.PLAIN_PART.fullmatch(part) is not None
        and part.lower() not in NO_GIVEN_NAME | NOTHING
    )


def _domain(domain: str) -> bool:
    return cells.PLAIN_DOMAIN.fullmatch(domain) is not None
