"""The directory as a file, with headings that import_alumni matches by itself."""

from __future__ import annotations

import shutil
from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from alumni import actions
from alumni.exports import csv_lines, in_batches, workbook
from alumni.models import ExportLog


class Command(BaseCommand):
    help = "Write the whole directory to a file that import_alumni reads back: CSV, or .xlsx."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *, file: Path, **options: object) -> None:
        is_workbook = file.suffix.lower() == ".xlsx"
        format = ExportLog.Format.XLSX if is_workbook else ExportLog.Format.CSV
        try:
            export = actions.export_everybody(format=format, at=timezone.now())
        except actions.TooLongForAWorkbook as reason:
            raise CommandError(str(reason)) from reason
        people = in_batches(export.ids)
        if is_workbook:
            with workbook(people) as book, file.open("wb") as out:
                shutil.copyfileobj(book, out)
        else:
            with file.open("w", newline="", encoding="utf-8") as lines:
                lines.writelines(csv_lines(people))
        self.stdout.write(f"{len(export.ids)} alumni were written to {file.name}.")
