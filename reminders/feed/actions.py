"""An address for a student's calendar is made, replaced and taken back."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from django.db import transaction

from accounts.models import User
from reminders.feed.models import CalendarFeed


@transaction.atomic
def make_feed(student: User, *, at: datetime) -> CalendarFeed:
    """A new address. The one that was there before opens nothing from now on."""
    feed, _ = CalendarFeed.objects.update_or_create(student=student, defaults={"key": uuid4()})
    return feed


def stop_feed(student: User, *, at: datetime) -> None:
    """Said again, it changes nothing."""
    CalendarFeed.objects.filter(student=student).delete()
