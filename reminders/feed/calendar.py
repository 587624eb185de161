"""A student's whole calendar, as programs read it again and again: talks, and what is owed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from icalendar import Calendar, Event, Timezone

from accounts.models import OfficeSettings, User
from contacts.models import Interaction
from core.localtime import local_date
from interviews.calendar_file import begun, event
from interviews.models import Interview
from reminders import kinds
from reminders.feed.entries import entry_of, first_name, gone, no_longer_owed
from reminders.feed.models import FeedEntry, GoneEntry
from reminders.schedule import obligations_of

# What is older is in the record, and need not be sent every hour.
BEHIND = timedelta(days=183)
READ_AGAIN_AFTER = timedelta(hours=1)


def calendar_of(student: User, *, at: datetime) -> bytes:
    """In six queries, however much there is; the same bytes as long as nothing has changed."""
    calendar = _begun()
    for _, entry in entries_of(student, at=at):
        calendar.add_component(entry)
    for told in GoneEntry.objects.visible_to(student).to_be_said(at=at).order_by("id"):
        calendar.add_component(gone(told))
    if not calendar.subcomponents:
        # A calendar without any component is not one (RFC 5545, 3.4), and some programs say so.
        calendar.add_component(Timezone.from_tzid(student.time_zone))
    for entry in calendar.events:
        # A calendar that is shared shows others that one is busy, and no more.
        entry.add("CLASS", "PRIVATE")
    return calendar.to_ical()


def entries_of(student: User, *, at: datetime) -> Iterator[tuple[Interaction | Interview, Event]]:
    """Each with the talk or the promise that it is about."""
    office = OfficeSettings.current()
    since = at - BEHIND
    # Whose time was called off is said to be cancelled: some programs keep what only disappears.
    talks = Interview.objects.of(student).filter(starts_at__gte=since)
    for talk in talks.with_people().order_by("starts_at", "id"):
        is_ahead = talk.starts_at is not None and talk.starts_at >= at
        name = first_name(talk.contact)
        yield talk, event(talk, office=office, name=name, rings=is_ahead)
    yield from _deeds(student, office, since=local_date(since, student.time_zone), at=at)


def _deeds(
    student: User, office: OfficeSettings, *, since: date, at: datetime
) -> Iterator[tuple[Interaction | Interview, Event]]:
    """What is owed, and after it what is no longer owed since a short while."""
    said = FeedEntry.objects.visible_to(student).to_be_said(at=at).order_by("id")
    told = {(entry.kind, entry.subject): entry for entry in said}
    for owed in obligations_of([student], at=at):
        entry = told.pop((owed.kind, owed.subject), None)
        if owed.due_on >= since:
            yield owed.subject, entry_of(owed, entry, office=office)
    for entry in told.values():
        kind = kinds.get(entry.kind)
        if kind and entry.ended_at and entry.on >= since:
            entry.student = student
            over = no_longer_owed(entry, kind, at=at)
            yield entry.subject, entry_of(over, entry, office=office, is_over=True)


def _begun() -> Calendar:
    calendar = begun()
    for name in ("NAME", "X-WR-CALNAME"):
        calendar.add(name, "CareerHub")
    calendar.add("REFRESH-INTERVAL", READ_AGAIN_AFTER, parameters={"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", "PT1H")
    return calendar
