"""The same as exact.py for ordinary rows, a column at a time, in a tenth of the time.

A row with a cell that is not plain goes to the exact reader as a whole: that alone knows what is
odd and what to say about it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, repeat
from operator import and_, itemgetter, not_

from alumni.importing import garbled, phones, places, plain, willing
from alumni.importing.cells import is_clear
from alumni.importing.exact import LISTS, ExactReader
from alumni.importing.found import Found, Plain
from alumni.importing.names import Name
from alumni.importing.remembered import Group, Groups
from alumni.importing.staged_line import (
    BETWEEN_CELLS,
    COLUMNS,
    UNSAID,
    all_escaped,
    as_json,
    as_text,
)
from alumni.importing.table import Record

ALONE = (
    "class_year", "employer", "job_title", "city", "ask_by", "paused_until", "requests_per_month",
)  # fmt: skip
NAMES = ("given_name", "middle_name", "family_name", "full_name")
# Seldom filled, and then the exact reader's.
BLANK_IF_PLAIN = ("preferred_name", "second_family_name", "suffix")
NOBODY = (None, None, None)
Rows = Sequence[Sequence[str]]


class QuickReader:
    def __init__(self, exact: ExactReader) -> None:
        self.exact = exact
        self.at = {name: index for index, name in reversed(exact.columns)}
        self.headings = {name: exact.headings[index] for name, index in self.at.items()}
        self.phones = [index for index, name in exact.columns if name == "phone"]
        self.groups = list(self._groups(Groups(exact)))
        self.parts = {
            name: plain.Parts(self.headings[name], initials=name != "family_name")
            for name in NAMES[:3]
            if name in self.at
        }
        self.has_both = {"given_name", "family_name"} <= self.at.keys()
        self.is_possible = exact.has_name and self._knows_columns()
        # What every row says.
        self.same = {"is_usable": "t", "consent": as_text(exact.default_consent)}

    def read(self, records: Sequence[Record]) -> Plain:
        places = [
            place for place, record in enumerate(records) if record.problem is None
        ] if self.is_possible else []  # fmt: skip
        readable = [records[place] for place in places]
        lines, found = self._read(readable) if readable else ([], Found(0))
        if len(readable) == len(records):
            return Plain(lines, sorted(found.odd), found.words())
        spread = [""] * len(records)
        for place, line in zip(places, lines, strict=True):
            spread[place] = line
        odd = set(range(len(records))).difference(places)
        odd.update(places[at] for at in found.odd)
        return Plain(spread, sorted(odd), found.words())

    def _read(self, records: Sequence[Record]) -> tuple[list[str], Found]:
        columns = _turned([record.cells for record in records])
        found = Found(len(records))
        for group in self.groups:
            _put_group(group, columns, found)
        self._put_names(columns, found)
        self._put_keys(columns, found)
        self._put_phones(columns, found)
        self._set_aside_the_rest(columns, found)
        cells = [BETWEEN_CELLS.join(record.cells) for record in records]
        found.set_aside(map(garbled.is_suspect, cells))
        return self._lines(records, cells, found), found

    def _groups(self, groups: Groups) -> Iterator[Group]:
        at = self.at
        yield from (groups.alone(at[name], name) for name in ALONE if name in at)
        for name in LISTS:
            if indexes := [index for index, feeds in self.exact.columns if feeds == name]:
                yield groups.listed(indexes, name)
        if "region" in at or "country" in at:
            yield groups.place(at)
        if said := [column for column in self.exact.columns if column[1] in willing.COLUMNS]:
            yield groups.consent(said)

    def _knows_columns(self) -> bool:
        """False where columns meet in a way that only the exact reader knows."""
        many = {*LISTS, "phone", *willing.COLUMNS}
        once = [name for _, name in self.exact.columns if name not in many]
        is_heading_plain = any(
            read([self.exact.headings[index]]) != [None]
            for read, name in (
                (plain.emails, "email"), (plain.numbers, "external_id"),
                (plain.american_phones, "phone"),
            )
            for index, feeds in self.exact.columns
            if feeds == name
        )  # fmt: skip
        return len(set(once)) == len(once) and "place" not in once and not is_heading_plain

    def _put_names(self, columns: Rows, found: Found) -> None:
        nothing = [""] * found.count
        cells = [columns[self.at[name]] if name in self.at else nothing for name in NAMES]
        given, middle, family, full = cells
        if self.has_both and not any(middle) and not any(full):
            # As most lists are.
            are_plain = map(
                and_,
                map(self.parts["given_name"].__getitem__, given),
                map(self.parts["family_name"].__getitem__, family),
            )
            found.set_aside(map(not_, are_plain))
            together = list(map(" ".join, zip(given, family, strict=True)))
            names: Sequence[Sequence[str | None]] = (together, given, family)
        else:
            said = [self._name(*row) or NOBODY for row in zip(*cells, strict=True)]
            names = list(zip(*said, strict=True))
        for name, texts in zip(Name._fields, names, strict=True):
            found.put(name, texts)

    def _name(self, given: str, middle: str, family: str, full: str) -> tuple[str, str, str] | None:
        if given and family and self.has_both:
            if not (self.parts["given_name"][given] and self.parts["family_name"][family]):
                return None
            # Beside its parts a full name is not read, but it may say that the row is none.
            if full and self._says_more(full):
                return None
            if not middle:
                return (f"{given} {family}", given, family)
            is_plain = self.parts["middle_name"][middle]
            return (f"{given} {middle} {family}", given, family) if is_plain else None
        if not full or is_clear(given or family) or willing.is_marked(f"{given} {middle} {family}"):
            return None
        return plain.full_name(full, self.headings["full_name"])

    def _says_more(self, full: str) -> bool:
        is_heading = full.casefold() == self.headings["full_name"]
        return is_heading or is_clear(full) or willing.is_marked(full)

    def _put_keys(self, columns: Rows, found: Found) -> None:
        """The two that are never the same twice, and the note."""
        for name, read in (
            ("email", plain.emails), ("external_id", plain.numbers),
            ("note_to_students", self._notes),
        ):  # fmt: skip
            if name in self.at:
                found.put(name, read(columns[self.at[name]]))
        if "second_email" in self.at:
            second = columns[self.at["second_email"]]
            first = columns[self.at["email"]] if "email" in self.at else [""] * len(second)
            found.set_aside(bool(b and not a) for a, b in zip(first, second, strict=True))

    def _notes(self, column: Sequence[str]) -> plain.Texts:
        return plain.notes(column, self.headings["note_to_students"])

    def _put_phones(self, columns: Rows, found: Found) -> None:
        """The first that a row has, as its country dials it."""
        if not self.phones:
            return
        cells, *more = (columns[index] for index in self.phones)
        for others in more:
            cells = [cell or other for cell, other in zip(cells, others, strict=True)]
        texts = plain.american_phones(cells)
        countries = found.texts.get("country") or [UNSAID] * len(cells)
        is_american = {country: self._is_american(country) for country in set(countries)}
        if not all(is_american.values()):
            is_office_american = self.exact.country in places.NANP
            texts = [
                text
                if is_american[country]
                or text == UNSAID
                or (is_office_american and phones.LOOKS_AMERICAN.search(cell))
                else None
                for text, cell, country in zip(texts, cells, countries, strict=True)
            ]
        found.put("phone", texts)
        found.written.append(
            [
                "" if text == cell or not cell else f'"phone": "{cell}",'
                for text, cell in zip(texts, cells, strict=True)
            ]
        )

    def _is_american(self, country: str) -> bool:
        said = "" if country == UNSAID else country
        return (_code_of(said) if said else self.exact.country) in places.NANP

    def _set_aside_the_rest(self, columns: Rows, found: Found) -> None:
        """A row that repeats the headings is no person."""
        for name in BLANK_IF_PLAIN:
            if name in self.at:
                found.set_aside(columns[self.at[name]])
        if "prefix" in self.at:
            found.set_aside(map(willing.is_marked, columns[self.at["prefix"]]))
        passed_over = [self.at[name] for name in ("prefix", "second_email") if name in self.at]
        for index in (*passed_over, *self.phones[1:]):
            heading = self.exact.headings[index]
            found.set_aside(cell.casefold() == heading for cell in columns[index])

    def _lines(self, records: Sequence[Record], cells: list[str], found: Found) -> list[str]:
        ready: dict[str, Sequence[str]] = dict(found.texts)
        ready["number"] = [str(record.number) for record in records]
        ready["cells"] = all_escaped(cells)
        if found.written:
            written = zip(*found.written, strict=True)
            ready["originals"] = list(map(as_json, map("".join, written)))
        return list(map("\t".join, zip(*self._in_order(ready), strict=False)))

    def _in_order(self, ready: dict[str, Sequence[str]]) -> Iterator[Iterable[str]]:
        """Columns of the staging table side by side; those that always say the same are one."""
        same: list[str] = []
        for name in COLUMNS:
            if name not in ready:
                same.append(self.same.get(name, UNSAID))
                continue
            if same:
                yield repeat("\t".join(same))
                same = []
            yield ready[name]


def _put_group(group: Group, columns: Rows, found: Found) -> None:
    outcomes = group.read(columns)
    for place, name in enumerate(group.fields):
        found.put(name, list(map(itemgetter(place), outcomes)))
    if group.has_written:
        found.written.append(list(map(itemgetter(-2), outcomes)))
    if group.has_unmatched:
        found.unmatched.append(list(map(itemgetter(-1), outcomes)))


def _turned(rows: Rows) -> Rows:
    """Columns, of rows that are all as wide; twice as fast as zip()."""
    width = len(rows[0])
    if any(len(row) != width for row in rows):
        raise ValueError("These rows are not all as wide.")
    cells = list(chain.from_iterable(rows))
    return [cells[place::width] for place in range(width)]


@lru_cache(maxsize=1000)
def _code_of(country: str) -> str:
    return places.country_of(country)[1]
