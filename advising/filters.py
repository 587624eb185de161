"""What an advisor asks of the board: which students, a name to find, an order to read them in."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from accounts.models import Term
from advising.board import Row
from advising.reasons import WEIGHT, Why

LONGEST = 100


@dataclass(frozen=True)
class Column:
    """A heading of the table that sorts; numbers and days begin with the largest."""

    name: str
    label: str
    key: Callable[[Row], Any]
    is_number: bool = False
    css: str = ""


def _by_name(row: Row) -> Any:
    return row.student.name.casefold()


def _by_need(row: Row) -> Any:
    """Whoever is late first, by days; then the weightier reason; then the more reasons."""
    if not row.reasons:
        return -1, 0, 0
    late = max((reason.days for reason in row.reasons if reason.is_late), default=0)
    return late, -WEIGHT[row.reasons[0].why], len(row.reasons)


COLUMNS = [
    Column("name", "Student", _by_name),
    Column("active", "Last 12 weeks", lambda row: row.last_active_on or date.min, True),
    Column("contacts", "Contacts", lambda row: row.reach.identified, True, "num wide"),
    Column("asked", "Asked", lambda row: row.reach.asked, True, "num wide"),
    Column("met", "Met", lambda row: row.reach.met, True, "num wide"),
    Column("need", "What is next", _by_need, True),
]
BY_NAME = {column.name: column for column in COLUMNS}


@dataclass(frozen=True)
class Choice:
    """One of the filters: what may be chosen, and what is."""

    name: str
    label: str
    options: list[tuple[str, str]]
    chosen: str


@dataclass(frozen=True)
class BoardFilter:
    """Read from an address; whatever it does not know, it leaves out."""

    words: str = ""
    year: str = ""
    major: str = ""
    field: str = ""
    term: Term | None = None
    why: Why | None = None
    column: Column = BY_NAME["need"]
    is_reversed: bool = False
    terms: Sequence[Term] = ()

    @classmethod
    def read(cls, asked: QueryDict, *, terms: Iterable[Term] = ()) -> BoardFilter:
        name, terms = _words(asked, "sort"), list(terms)
        return cls(
            words=_words(asked, "q"),
            year=_words(asked, "year"),
            major=_words(asked, "major"),
            field=_words(asked, "field"),
            term=next((one for one in terms if str(one.pk) == asked.get("term")), None),
            why=next((why for why in Why if why == asked.get("why")), None),
            column=BY_NAME.get(name.removeprefix("-"), cls.column),
            is_reversed=name.startswith("-"),
            terms=terms,
        )

    # Which students

    @property
    def is_of_some(self) -> bool:
        return bool(self.year or self.major or self.field or self.term)

    def among(self, rows: list[Row], *, active: set[int] | None = None) -> list[Row]:
        """The group whose funnel and reasons are shown; `active` are the students of the term."""
        return [row for row in rows if self._is_of_group(row, active)]

    def _is_of_group(self, row: Row, active: set[int] | None) -> bool:
        profile = row.profile
        if active is not None and row.student.pk not in active:
            return False
        return (
            (not self.year or self.year == str(profile and profile.class_year))
            and (not self.major or (profile is not None and self.major in profile.majors))
            and (
                not self.field or (profile is not None and self.field in profile.fields_of_interest)
            )
        )

    def choices(self, rows: list[Row]) -> list[Choice]:
        """What the caseload offers; what would find nobody is not offered."""
        profiles = [row.profile for row in rows if row.profile]
        years = {str(each.class_year) for each in profiles if each.class_year}
        majors = {major for each in profiles for major in each.majors}
        fields = {one for each in profiles for one in each.fields_of_interest}
        return [
            Choice("year", "Class", _pairs(years, self.year), self.year),
            Choice("major", "Major", _pairs(majors, self.major), self.major),
            Choice("field", "Field", _pairs(fields, self.field), self.field),
            Choice(
                "term",
                "Active in",
                [(str(term.pk), term.name) for term in self.terms],
                str(self.term.pk) if self.term else "",
            ),
        ]

    # Whom of them, and in which order

    def apply(self, rows: list[Row]) -> list[Row]:
        found = [row for row in rows if _folded(self.words) in _folded(row.student.name)]
        if self.why:
            found = [row for row in found if self.why in (one.why for one in row.reasons)]
        by_name = sorted(found, key=_by_name)
        # Sorting is stable, so equals stay in the order of names.
        return sorted(by_name, key=self.column.key, reverse=self.is_descending)

    def reasons(self, rows: list[Row]) -> list[tuple[Why, int, str]]:
        """How many students have each reason, and the address that shows them alone."""
        count = Counter(why for row in rows for why in {one.why for one in row.reasons})
        return [(why, count[why], self.query(why=why)) for why in Why if count[why]]

    @property
    def is_descending(self) -> bool:
        return self.column.is_number != self.is_reversed

    @property
    def sort(self) -> str:
        return f"{'-' if self.is_reversed else ''}{self.column.name}"

    @property
    def headings(self) -> list[Heading]:
        return [self._heading(column) for column in COLUMNS]

    def _heading(self, column: Column) -> Heading:
        is_current = column == self.column
        turned = "-" if is_current and not self.is_reversed else ""
        sorted_as = ("descending" if self.is_descending else "ascending") if is_current else "none"
        return Heading(column, self.query(sort=f"{turned}{column.name}"), sorted_as)

    @property
    def asked(self) -> dict[str, str]:
        """What stands in the address, but for what nobody chose."""
        said = {
            "q": self.words,
            "year": self.year,
            "major": self.major,
            "field": self.field,
            "term": str(self.term.pk) if self.term else "",
            "why": str(self.why.value) if self.why else "",
            "sort": "" if self.sort == BoardFilter().sort else self.sort,
        }
        return {name: words for name, words in said.items() if words}

    def query(self, **changes: str) -> str:
        """This filter as an address that can be kept and passed on, with some of it changed."""
        asked = {**self.asked, **changes}
        return "?" + urlencode({name: words for name, words in asked.items() if words})

    def without(self, *names: str) -> str:
        return self.query(**dict.fromkeys(names, ""))


@dataclass(frozen=True)
class Heading:
    column: Column
    query: str
    aria_sort: str


def _pairs(words: set[str], chosen: str) -> list[tuple[str, str]]:
    """With the chosen one, also where nobody of the caseload has it any longer."""
    return [(one, one) for one in sorted({*words, *filter(None, [chosen])})]


def _words(asked: QueryDict, name: str) -> str:
    return asked.get(name, "").replace("\0", "").strip()[:LONGEST]


def _folded(text: str) -> str:
    """Lower case without accents: “grunwald” finds Grünwald."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


BY_NEED = BoardFilter()
