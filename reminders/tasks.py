"""A door-bell: it may be lost, doubled or late, and carries nothing but the clock of a test."""

from datetime import datetime

from celery import shared_task
from django.utils import timezone

from reminders import actions
from reminders.feed import actions as feed


@shared_task
def drain(at: str | None = None) -> int:
    return actions.drain(at=datetime.fromisoformat(at) if at else timezone.now())


@shared_task
def look() -> int:
    """The same without the search for what is missing: it is rung every few seconds."""
    return actions.look(at=timezone.now())


@shared_task
def forget_gone_entries() -> int:
    return feed.forget_gone(at=timezone.now())
