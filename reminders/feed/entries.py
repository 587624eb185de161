"""What a student owes, as entries of a calendar: a day for a letter, an hour for a call at an hour.

The thing itself stays in CareerHub: of the person there is the first name, of the talk nothing. A
deed that is done is cancelled, under its UID: some programs keep what only disappears.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from django.conf import settings
from icalendar import Event
from nameparser import HumanName

from accounts.models import OfficeSettings
from contacts.models import Contact
from core.localtime import local_date
from interviews.calendar_file import alarm, stamp, uid
from reminders.feed.memory import hour_of
from reminders.feed.models import FeedEntry, GoneEntry
from reminders.kinds.declaration import Kind
from reminders.obligations import Dates, Obligation

A_CALL = timedelta(minutes=15)


def entry_of(
    owed: Obligation, told: FeedEntry | None, *, office: OfficeSettings, is_over: bool = False
) -> Event:
    """`told` is what calendars know of it."""
    entry = Event()
    entry.add("UID", uid(owed.kind.lower().replace("_", "-"), owed.subject))
    changes = [owed.subject.updated_at, owed.subject.contact.updated_at]
    changed_at = max([*changes, told.updated_at] if told else changes)
    stamp(entry, changed_at=changed_at, sequence=told.sequence if told else 0)
    summary = owed.declared.words.what.format(name=first_name(owed.subject.contact))
    entry.add("SUMMARY", summary)
    entry.add("URL", settings.SITE_URL + owed.url)
    entry.add("STATUS", "CANCELLED" if is_over else "CONFIRMED")
    hour = told.starts_at if told and is_over else hour_of(owed.subject)
    if hour:
        _at_an_hour(entry, hour, hour + A_CALL)
    else:
        _all_day(entry, owed.due_on)
    if hour and not is_over:
        entry.add_component(alarm(-_before_a_call(office), summary))
    return entry


def no_longer_owed(told: FeedEntry, kind: Kind, *, at: datetime) -> Obligation:
    """What it was when it was last owed."""
    dates = Dates(told.on, told.on, told.on, told.on)
    today = local_date(at, told.student.time_zone)
    declared = kind.speaking_of(told.subject)
    return Obligation(declared, told.student, told.subject, dates, today, at)


def gone(told: GoneEntry) -> Event:
    """Of whom or what it was, no word is left."""
    entry = Event()
    entry.add("UID", told.uid)
    stamp(entry, changed_at=told.gone_at, sequence=told.sequence)
    entry.add("SUMMARY", "Deleted in CareerHub")
    entry.add("STATUS", "CANCELLED")
    if told.on:
        _all_day(entry, told.on)
    elif told.starts_at and told.ends_at:
        _at_an_hour(entry, told.starts_at, told.ends_at)
    return entry


def first_name(contact: Contact) -> str:
    """“Dana”; the whole of a name that has no first one, as in “Dr. Whitcomb”."""
    return HumanName(contact.name).first or contact.name


def _at_an_hour(entry: Event, starts_at: datetime, ends_at: datetime) -> None:
    entry.add("DTSTART", starts_at.astimezone(UTC))
    entry.add("DTEND", ends_at.astimezone(UTC))


def _all_day(entry: Event, on: date) -> None:
    """A date without a zone: the day is the student's own, wherever they are (RFC 5545, 3.3.4)."""
    entry.add("DTSTART", on)
    entry.add("DTEND", on + timedelta(days=1))
    # All day, and yet one has time.
    entry.add("TRANSP", "TRANSPARENT")


def _before_a_call(office: OfficeSettings) -> timedelta:
    return timedelta(minutes=office.phone_alarm_minutes)
