"""A door-bell: it may be lost, doubled or late, and carries nothing."""

from celery import shared_task
from django.utils import timezone

from letters import actions


@shared_task
def deliver() -> int:
    return actions.deliver_due(at=timezone.now())
