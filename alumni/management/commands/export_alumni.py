"""The directory as CSV, with headings that import_alumni matches by itself."""

from __future__ import annotations

import csv
from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand

from alumni.importing.cells import FORMULA_SIGNS
from alumni.models import Alum, Consent

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


class Command(BaseCommand):
    help = "Write the whole directory to a CSV file that import_alumni reads back."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *, file: Path, **options: object) -> None:
        count = 0
        with file.open("w", newline="", encoding="utf-8-sig") as lines:
            writer = csv.writer(lines)
            writer.writerow(HEADINGS.values())
            for alum in Alum.objects.order_by("pk").iterator(chunk_size=2000):
                writer.writerow(cell(alum, name) for name in HEADINGS)
                count += 1
        self.stdout.write(f"{count} alumni were written to {file.name}.")


def cell(alum: Alum, name: str) -> str:
    value = getattr(alum, name)
    if name == "consent":
        return CONSENT_WORDS[value]
    if isinstance(value, list):
        return safe("; ".join(value))
    return safe("" if value is None else str(value))


def safe(text: str) -> str:
    """A spreadsheet must not take what somebody wrote for a formula."""
    return f"'{text}" if text.lstrip().startswith(FORMULA_SIGNS) else text
