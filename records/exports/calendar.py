"""The talks that have, or had, a time: for any calendar."""

from __future__ import annotations

from datetime import datetime

from icalendar import Calendar

from accounts.models import OfficeSettings
from contacts.models import ContactQuerySet
from interviews.calendar_file import event
from interviews.models import MET, Interview


def calendar_of(people: ContactQuerySet, *, at: datetime) -> bytes:
    """What lies behind rings no alarm; what fell through is left out."""
    calendar = Calendar()
    calendar.add("PRODID", "-//CareerHub//Record//EN")
    calendar.add("VERSION", "2.0")
    office = OfficeSettings.current()
    talks = Interview.objects.filter(contact__in=people.order_by(), starts_at__isnull=False)
    for talk in talks.with_people().order_by("starts_at", "id").iterator(chunk_size=200):
        if talk.has_agreed_time or talk.state in MET:
            is_ahead = bool(talk.starts_at and talk.starts_at >= at)
            calendar.add_component(event(talk, office=office, rings=is_ahead))
    return calendar.to_ical()
