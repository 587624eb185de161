"""What a student owes, as entries of a calendar: a day for a letter, an hour for a call at an hour.

The thing itself stays in CareerHub: of the person there is the first name, of the talk nothing. A
deed that is done is gone from the calendar with the next reading.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from django.conf import settings
from icalendar import Alarm, Event
from nameparser import HumanName

from accounts.models import OfficeSettings
from contacts.models import Contact, Interaction
from interviews.calendar_file import alarm, stamp, uid
from interviews.models import Interview
from reminders.obligations import Obligation

A_CALL = timedelta(minutes=15)


def entry_of(owed: Obligation, *, office: OfficeSettings) -> Event:
    entry = Event()
    entry.add("UID", uid(owed.kind.lower().replace("_", "-"), owed.subject))
    changed_at = max(owed.subject.updated_at, owed.subject.contact.updated_at)
    stamp(entry, changed_at=changed_at, sequence=_sequence(owed.subject))
    summary = owed.declared.words.what.format(name=first_name(owed.subject.contact))
    entry.add("SUMMARY", summary)
    entry.add("URL", settings.SITE_URL + owed.url)
    entry.add("STATUS", "CONFIRMED")
    call = owed.subject
    if isinstance(call, Interaction) and call.call_back_at:
        _at_an_hour(entry, call.call_back_at, alarm(-_before_a_call(office), summary))
    else:
        _all_day(entry, owed.due_on)
    return entry


def first_name(contact: Contact) -> str:
    """“Dana”; the whole of a name that has no first one, as in “Dr. Whitcomb”."""
    return HumanName(contact.name).first or contact.name


def _at_an_hour(entry: Event, at: datetime, bell: Alarm) -> None:
    entry.add("DTSTART", at.astimezone(UTC))
    entry.add("DTEND", at.astimezone(UTC) + A_CALL)
    entry.add_component(bell)


def _all_day(entry: Event, on: date) -> None:
    """A date without a zone: the day is the student's own, wherever they are (RFC 5545, 3.3.4)."""
    entry.add("DTSTART", on)
    entry.add("DTEND", on + timedelta(days=1))
    # All day, and yet one has time.
    entry.add("TRANSP", "TRANSPARENT")


def _before_a_call(office: OfficeSettings) -> timedelta:
    return timedelta(minutes=office.phone_alarm_minutes)


def _sequence(owner: Interaction | Interview) -> int:
    """A call is moved by an edit of its entry in the log: it counts the seconds until then."""
    if isinstance(owner, Interview):
        return owner.calendar_sequence
    return int((owner.updated_at - owner.created_at).total_seconds())
