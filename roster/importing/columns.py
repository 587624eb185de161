"""What a column of the registrar's list may hold, and the headings that say so."""

from __future__ import annotations

import re
from typing import NamedTuple

from alumni.importing import fields as alumni
from alumni.importing.mapping import headings_of
from alumni.importing.table import Table


class Field(NamedTuple):
    name: str
    label: str


IGNORE = "ignore"
FIELDS = [
    Field("full_name", "Full name"),
    Field("given_name", "Given (first) name"),
    Field("middle_name", "Middle name"),
    Field("family_name", "Family (last) name"),
    Field("second_family_name", "Second family name"),
    Field("suffix", "Suffix after the name (Jr.)"),
    Field("preferred_name", "Preferred first name"),
    Field("email", "E-mail"),
    Field("student_number", "Student number"),
    Field("class_year", "Class year"),
    Field("majors", "Majors"),
    Field("interests", "Fields that interest them"),
    Field("phone", "Phone"),
    Field("advisor", "Advisor’s e-mail"),
    Field(IGNORE, "Leave this column out"),
]
LABELS = {field.name: field.label for field in FIELDS}
NAMES = {"full_name", "given_name", "family_name"}
# Several columns may feed one of these.
MANY = {"majors", "interests"}
# What a list of alumni calls so, and a list of students otherwise.
RENAMED = {"external_id": "student_number", "fields_of_work": "interests"}
ADVISOR = re.compile(
    r"((career|academic|faculty|primary) )?advis[eo]r( s)?( e ?mail( address)?)?( id)?"
)
NUMBER = re.compile(r"(student|banner|campus|university|college)? ?(number|no|nr|num)")
YEAR = re.compile(r"(anticipated|expected|projected) (graduation|grad|completion)( year| term)?")


def propose(table: Table) -> dict[str, str]:
    """By the headings alone: what a registrar's column means should not be guessed at."""
    columns: dict[str, str] = {}
    keys = headings_of(table)
    for column in table.columns:
        name = field_for(column.heading)
        if name and (name in MANY or name not in columns.values()):
            columns[keys[column.index]] = name
    return columns


def field_for(heading: str) -> str | None:
    words = alumni.normalised(heading)
    for pattern, name in ((ADVISOR, "advisor"), (NUMBER, "student_number"), (YEAR, "class_year")):
        if pattern.fullmatch(words):
            return name
    found = alumni.field_for(heading) or ""
    name = RENAMED.get(found, found)
    return name if name in LABELS and name != IGNORE else None


def by_index(table: Table, columns: dict[str, str]) -> dict[int, str]:
    """What was said of headings, for this table's columns in their order."""
    keys = headings_of(table)
    return {index: columns[key] for index, key in sorted(keys.items()) if key in columns}


def has_what_it_needs(columns: dict[str, str]) -> bool:
    said = set(columns.values())
    return bool(said & NAMES) and bool(said & {"email", "student_number"})
