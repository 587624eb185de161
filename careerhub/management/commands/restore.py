from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from careerhub import backups


class Command(BaseCommand):
    help = "Put back the database and the uploaded files of a backup."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--replace", action="store_true", help="let go of the people this database holds"
        )

    def handle(self, *, file: Path, replace: bool, **options: object) -> None:
        try:
            backups.restore(file.resolve(), replace=replace)
        except backups.BackupFailed as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{file} is restored. Run migrate next, then start the workers.")
