from __future__ import annotations

from django.core.management.base import BaseCommand
from django.utils import timezone

from alumni import actions


class Command(BaseCommand):
    help = "Look through the whole directory for people who stand in it twice."

    def handle(self, **options: object) -> None:
        found = actions.find_duplicates(at=timezone.now())
        self.stdout.write(f"{found} {'pair' if found == 1 else 'pairs'} found.")
