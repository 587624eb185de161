"""The short way for rows in which there is nothing to decide: a fifteenth of the time.

Employers, cities, majors and years come again and again in a list, so each cell is cleaned once and
remembered. Whatever is not plain goes to ExactReader; a test holds both ways to the same answers.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from alumni.importing import cells, names, places
from alumni.importing.cells import BadCell
from alumni.importing.rows import (
    LENGTHS,
    LINES,
    LIST_ITEM_LENGTH,
    LISTS,
    CleanRow,
    ExactReader,
)
from alumni.importing.table import Record

REMEMBERED = 50_000
PLAIN_PART = re.compile(r"[A-Z][a-z]+(?:[-'’ ][A-Z][a-z]+)*")
PLAIN_NUMBER = re.compile(r"[A-Za-z]{0,3}\d{4,20}")
LONGEST_PART = 40
# A part of what cells.PLAIN_EMAIL takes, in a third of the time.
SIMPLE_EMAIL = re.compile(r"[a-z0-9_+%-][a-z0-9_+%.-]*@[a-z0-9][a-z0-9.-]*\.[a-z]{2,63}")
ODD_IN_EMAIL = ("..", ".@", "-.", ".-")
PUNCTUATION = str.maketrans("", "", "+() .-")
# Fields that one column alone must feed, and no other may speak of.
ORDINARY = {"given_name", "family_name", "full_name", "external_id", "email", "phone",
            "class_year", "consent", *LISTS, *LINES}  # fmt: skip


class NotOrdinary(Exception):
    """This row is for the exact reader."""


class Remembered(dict[str, Any]):
    """Cell to value, cleaned when it is first met; None where a cell says nothing."""

    def __init__(self, clean: Callable[[str], Any], heading: str) -> None:
        super().__init__()
        self._clean, self._heading = clean, heading

    def __missing__(self, cell: str) -> Any:
        if cell.casefold() == self._heading or cell.lower() == cells.CLEAR:
            raise NotOrdinary
        if len(self) >= REMEMBERED:
            self.clear()
        try:
            value = self[cell] = self._clean(cell)
        except BadCell as problem:
            raise NotOrdinary from problem
        return value


class RowReader:
    """One record to one person, by the shortest way that is right."""

    def __init__(self, exact: ExactReader) -> None:
        self._exact = exact
        fields = [name for _, name in exact.columns]
        self._is_possible = (
            set(fields) <= ORDINARY
            and len(fields) == len(set(fields))
            and ({"given_name", "family_name"} <= set(fields)) != ("full_name" in fields)
        )
        self._has_parts = "full_name" not in fields
        self._columns = [
            (index, name, self._cleaner(name, exact.headings[index]))
            for index, name in exact.columns
            if name in ORDINARY
        ]

    def read(self, record: Record) -> CleanRow:
        if self._is_possible and record.problem is None:
            try:
                return CleanRow(record, self._values(record.cells), [], is_usable=True)
            except NotOrdinary:
                pass
        return self._exact.read(record)

    def _values(self, row: list[str]) -> dict[str, Any]:
        values = {
            name: value
            for index, name, clean in self._columns
            if (cell := row[index]) and (value := clean(cell)) is not None
        }
        self._put_name(values)
        if "region" in values:
            values["region"] = places.clean_region(values["region"], values.get("country", ""))
        phone = values.get("phone")
        if phone and values.get("country", "United States") != "United States":
            raise NotOrdinary
        values.setdefault("consent", self._exact.blank_consent)
        return values

    def _put_name(self, values: dict[str, Any]) -> None:
        try:
            if self._has_parts:
                given, family = values["given_name"], values["family_name"]
                values["name"] = name = f"{given} {family}"
                if name.lower() in names.NOT_PEOPLE:
                    raise NotOrdinary
            else:
                values["name"], values["given_name"], values["family_name"] = values.pop(
                    "full_name"
                )
        except KeyError as missing:
            raise NotOrdinary from missing

    def _cleaner(self, name: str, heading: str) -> Callable[[str], Any]:
        # Each is another; remembering would help nobody.
        if name == "external_id":
            return _number
        if name == "email":
            return _email
        if name == "phone":
            return _phone
        if name == "full_name":
            return _full_name
        return Remembered(self._clean_of(name), heading).__getitem__

    def _clean_of(self, name: str) -> Callable[[str], Any]:
        if name in ("given_name", "family_name"):
            return _name_part
        if name in LISTS:
            return _items
        if name == "class_year":
            year = self._exact.this_year
            return lambda cell: _said(
                cell, lambda text: cells.clean_class_year(text, this_year=year)
            )
        if name == "consent":
            return lambda cell: _said(cell, cells.clean_consent)
        if name == "country":
            return lambda cell: _said(cell, lambda text: places.clean_country(_fits(name, text)))
        return lambda cell: _said(cell, lambda text: _fits(name, text))


def _said(cell: str, clean: Callable[[str], Any]) -> Any:
    """None for a cell that says nothing, such as “n/a”."""
    text = cells.one_line(cell)
    return clean(text) if text else None


def _fits(name: str, text: str) -> str:
    if len(text) > LENGTHS[name]:
        raise NotOrdinary
    return text


def _items(cell: str) -> list[str] | None:
    if not cells.one_line(cell):
        return None
    items = cells.split_list(cell)
    if any(len(item) > LIST_ITEM_LENGTH for item in items):
        raise NotOrdinary
    return list(items) or None


def _name_part(cell: str) -> str:
    if len(cell) > LONGEST_PART or not PLAIN_PART.fullmatch(cell) or not cells.one_line(cell):
        raise NotOrdinary
    return cell


def _full_name(cell: str) -> names.Name:
    plain = len(cell) <= LONGEST_PART * 2 and names.PLAIN.fullmatch(cell)
    if not plain or not names.NOT_PLAIN.isdisjoint(cell.lower().split()):
        raise NotOrdinary
    if cell.lower() in names.NOT_PEOPLE:
        raise NotOrdinary
    return names.Name(cell, plain[1], plain[2])


def _number(cell: str) -> str:
    if not PLAIN_NUMBER.fullmatch(cell):
        raise NotOrdinary
    return cell


def _email(cell: str) -> str:
    text = cell.lower()
    if len(text) > 254 or text.find("@") > 64 or not SIMPLE_EMAIL.fullmatch(text):
        raise NotOrdinary
    if any(odd in text for odd in ODD_IN_EMAIL):
        raise NotOrdinary
    return text


def _phone(cell: str) -> str:
    if not cells.PLAIN_PHONE.fullmatch(cell):
        raise NotOrdinary
    return "+1" + cell.translate(PUNCTUATION)[-10:]
