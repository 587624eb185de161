"""A door-bell: it may be lost, doubled or late. The next one counts what is left."""

from celery import shared_task
from django.utils import timezone

from reports import actions


@shared_task
def keep_fresh() -> int:
    return actions.keep_fresh(at=timezone.now())
