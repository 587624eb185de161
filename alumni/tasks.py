from celery import shared_task
from django.utils import timezone

from alumni import actions


@shared_task
def run_import(import_id: str) -> None:
    actions.run_import(import_id, at=timezone.now())


@shared_task
def resume_imports() -> None:
    for import_id in actions.waiting_imports():
        run_import.delay(str(import_id))
