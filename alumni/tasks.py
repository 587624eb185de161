from celery import shared_task
from django.utils import timezone

from alumni import actions
from alumni.actions import post
from alumni.models import Import


@shared_task
def check_import(import_id: str) -> None:
    actions.check_import(import_id, at=timezone.now())


@shared_task
def run_import(import_id: str) -> None:
    actions.run_import(import_id, at=timezone.now())
    # Its bell may be lost: resume_imports() rings again.
    compare_import.delay(import_id)


@shared_task
def resume_imports() -> None:
    for import_id, state in actions.waiting_imports():
        task = run_import if state == Import.State.RUNNING else check_import
        task.delay(str(import_id))
    for import_id in actions.imports_to_compare():
        compare_import.delay(str(import_id))


@shared_task
def compare_import(import_id: str) -> None:
    actions.compare_import(import_id, at=timezone.now())


@shared_task
def find_duplicates() -> None:
    actions.find_duplicates(at=timezone.now())


@shared_task
def look() -> int:
    """A door-bell: it may be lost, doubled or late, and carries nothing."""
    return post.look(at=timezone.now())
