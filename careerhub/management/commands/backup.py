from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from careerhub import backups


class Command(BaseCommand):
    help = "Write the database and the uploaded files into one new file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *, file: Path, **options: object) -> None:
        try:
            backups.back_up(file.resolve())
        except backups.BackupFailed as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{file} holds the database and the uploads of this moment.")
