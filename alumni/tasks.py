from celery import shared_task
from django.db import OperationalError
from django.utils import timezone

from alumni import actions


@shared_task(autoretry_for=(OperationalError,), retry_backoff=True, max_retries=8)
def run_import(import_id: str) -> None:
    actions.run_import(import_id, at=timezone.now())


@shared_task
def resume_imports() -> None:
    actions.resume_imports(at=timezone.now())
