"""Step 2, begun: which column goes where, by its heading and what stands below it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from alumni.importing.cells import NO, YES
from alumni.importing.fields import (
    IGNORE,
    MANY_COLUMNS,
    NAMES,
    field_for,
    is_telling,
    is_unreadable,
    normalised,
    says_nothing,
)
from alumni.importing.mapping import Mapping
from alumni.importing.places import is_country, is_region
from alumni.importing.table import Column, Table

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
OF_ANSWERS = re.compile(
    "(?:start|completion|submission|response) (?:time|date)|timestamp|submitted(?: at| on)?"
)
HALF_NAMES = {"nombre", "nome", "nom", "naam"}


def propose_mapping(table: Table) -> Mapping:
    """By the headings first, then by what stands in columns whose headings say nothing."""
    columns: dict[int, str] = {}
    # Of two columns with one meaning, a blank one (“Name” of an anonymous form) comes second.
    for column in sorted(_of_the_first_person(table), key=lambda column: not column.samples):
        name = _field_by_look(column) or field_for(column.heading) or _field_by_samples(column)
        is_yes_or_no = name == "class_year" and _says_yes_or_no(column)
        is_count = name == "external_id" and _counts(column) and _are_answers(table)
        if name == IGNORE or is_yes_or_no or is_count:
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


def _of_the_first_person(table: Table) -> Iterator[Column]:
    """“Name; E-mail; Name; E-mail”: people stand side by side, and nobody gets another's e-mail."""
    seen: set[str] = set()
    for column in table.columns:
        words = normalised(column.heading)
        if words in seen:
            return
        if field_for(column.heading) in NAMES:
            seen.add(words)
        yield column


def _are_answers(table: Table) -> bool:
    """To a form: its “ID” counts them, and the next form gives the same numbers to others."""
    return any(OF_ANSWERS.fullmatch(normalised(column.heading)) for column in table.columns)


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


def _counts(column: Column) -> bool:
    return column.samples == [str(at) for at in range(1, len(column.samples) + 1)]


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
