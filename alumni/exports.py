"""A part of the directory as a table to take along: CSV, or a workbook.

The headings are those that the importer matches by itself, so that what went out comes back.
"""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from typing import IO

import xlsxwriter

from alumni.models import Alum, Consent
from core.spreadsheets import harmless

HEADINGS = {
    "name": "Name",
    "external_id": "ID",
    "email": "E-mail",
    "phone": "Phone",
    "class_year": "Class year",
    "majors": "Majors",
    "fields_of_work": "Fields of work",
    "employer": "Employer",
    "job_title": "Job title",
    "city": "City",
    "region": "Region",
    "country": "Country",
    "note_to_students": "Note to students",
    "consent": "Consent",
}
CONSENT_WORDS = {Consent.YES: "yes", Consent.NO: "no", Consent.UNKNOWN: ""}
# What lets Excel read UTF-8.
MARK = "\ufeff"
# A workbook is made as a whole before its first byte goes out, and holds a million rows at most.
MOST_IN_A_WORKBOOK = 100_000
BATCH = 2000


def in_batches(ids: Sequence[int]) -> Iterator[Alum]:
    """These people in this order, a batch at a time; whoever was removed meanwhile is left out."""
    for start in range(0, len(ids), BATCH):
        batch = ids[start : start + BATCH]
        people = Alum.objects.without_search().in_bulk(list(batch))
        yield from (people[id] for id in batch if id in people)


def csv_lines(people: Iterable[Alum]) -> Iterator[str]:
    yield MARK + _line(list(HEADINGS.values()))
    for alum in people:
        yield _line(row(alum))


def workbook(people: Iterable[Alum]) -> IO[bytes]:
    """A file that vanishes when it is closed; every cell is text."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - whoever sends it closes it
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
               "strings_to_numbers": False}  # fmt: skip
    with xlsxwriter.Workbook(file, options) as book:
        sheet = book.add_worksheet("Alumni")
        sheet.write_row(0, 0, list(HEADINGS.values()))
        for place, alum in enumerate(people, start=1):
            for column, cell in enumerate(row(alum)):
                sheet.write_string(place, column, cell)
    file.seek(0)
    return file


def row(alum: Alum) -> list[str]:
    return [_cell(alum, name) for name in HEADINGS]


def _cell(alum: Alum, name: str) -> str:
    value = getattr(alum, name)
    if name == "consent":
        return CONSENT_WORDS[value]
    if isinstance(value, list):
        return harmless("; ".join(value))
    return harmless("" if value is None else str(value))


def _line(cells: list[str]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue()
