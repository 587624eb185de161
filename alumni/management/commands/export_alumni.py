"""The directory as CSV, with headings that import_alumni matches by itself."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand

from alumni.exports import csv_lines, in_batches
from alumni.models import Alum


class Command(BaseCommand):
    help = "Write the whole directory to a CSV file that import_alumni reads back."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *, file: Path, **options: object) -> None:
        ids = list(Alum.objects.order_by("pk").values_list("pk", flat=True))
        with file.open("w", newline="", encoding="utf-8") as lines:
            lines.writelines(csv_lines(in_batches(ids)))
        self.stdout.write(f"{len(ids)} alumni were written to {file.name}.")
