from __future__ import annotations

from argparse import ArgumentParser
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from alumni import actions
from alumni.models import Import


class Command(BaseCommand):
    help = "Take back one import: put back what it replaced, remove whom it brought."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("id", type=UUID, help="as import_alumni and the import's page show it")

    def handle(self, *, id: UUID, **options: object) -> None:
        try:
            of_import = Import.objects.get(pk=id)
            actions.undo_import(of_import, at=timezone.now())
        except Import.DoesNotExist as error:
            raise CommandError("There is no import with this id.") from error
        except actions.NotUndoable as error:
            state = of_import.get_state_display().lower()
            raise CommandError(f"This import cannot be undone: {state}.") from error
        self.stdout.write(f"The import of {of_import.file_name} was undone.")
