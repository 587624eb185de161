"""A talk as an entry of one's calendar: an alarm the evening before, one in time (G30, G31).

What the student means to ask stays out of it: calendars are shared with others.
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Model
from django.utils.formats import date_format
from icalendar import Alarm, Calendar, Event

from accounts.models import OfficeSettings
from core.localtime import local_date, moment, zone_in_words
from interviews import preparing
from interviews.models import MET, Interview, State
from interviews.times import span

EVENING = time(18)
# Where nobody has said yet how long the way is.
AHEAD_OF_AN_UNKNOWN_WAY = timedelta(hours=1)
WAYS = {"IN_PERSON": "In person", "PHONE": "By phone", "VIDEO": "By video"}


def calendar_file(interview: Interview, *, office: OfficeSettings) -> bytes:
    """To be opened or sent: the way it stands now, and when it was called off, that it was."""
    calendar = begun()
    calendar.add_component(event(interview, office=office))
    return calendar.to_ical()


def begun() -> Calendar:
    """A calendar without an entry, which whoever opens it may keep (RFC 5546, 3.2.1)."""
    calendar = Calendar()
    calendar.add("PRODID", "-//CareerHub//Informational interviews//EN")
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add("METHOD", "PUBLISH")
    return calendar


def event(
    interview: Interview, *, office: OfficeSettings, name: str = "", rings: bool = True
) -> Event:
    """The same UID at every time, so that a newer file moves the entry instead of adding one.

    `name` is what the contact is called in it, where that is not the whole name.
    """
    starts_at, ends_at = interview.starts_at, interview.ends_at
    if starts_at is None or ends_at is None:
        raise ValueError("A talk without a time has no place in a calendar.")
    name, status = name or interview.contact.name, status_of(interview)
    entry = Event()
    entry.add("UID", uid("talk", interview))
    stamp(
        entry,
        changed_at=max(interview.updated_at, interview.contact.updated_at),
        sequence=interview.calendar_sequence,
    )
    entry.add("SUMMARY", f"Talk with {name}")
    entry.add("DTSTART", starts_at.astimezone(UTC))
    entry.add("DTEND", ends_at.astimezone(UTC))
    if where := where_of(interview):
        entry.add("LOCATION", where)
    entry.add("DESCRIPTION", "\n".join(_description(interview, office, name)))
    entry.add("STATUS", status)
    if rings and status != "CANCELLED":
        for each in _alarms(interview, office, name):
            entry.add_component(each)
    return entry


def uid(kind: str, row: Model) -> str:
    return f"{kind}-{row.pk}@{urlsplit(settings.SITE_URL).hostname}"


def stamp(entry: Event, *, changed_at: datetime, sequence: int) -> None:
    """By these a program knows which of two entries with one UID is the newer."""
    entry.add("DTSTAMP", changed_at.astimezone(UTC))
    entry.add("LAST-MODIFIED", changed_at.astimezone(UTC))
    entry.add("SEQUENCE", sequence)


def status_of(interview: Interview) -> str:
    """How sure it is. A time that was called off stays on the row, and is cancelled."""
    if interview.state in (State.CONFIRMED, *MET):
        return "CONFIRMED"
    return "TENTATIVE" if interview.state == State.ACCEPTED else "CANCELLED"


def where_of(interview: Interview) -> str:
    if interview.format == Interview.Format.IN_PERSON:
        return interview.place
    return interview.number_or_link or interview.place


def _description(interview: Interview, office: OfficeSettings, name: str) -> list[str]:
    lines = [f"{WAYS[interview.format]}, {interview.minutes} minutes."]
    there = interview.contact.zone
    if there != interview.student.time_zone and interview.starts_at and interview.ends_at:
        hours = span(interview.starts_at, interview.ends_at, there)
        lines.append(f"For {name}: {hours} ({zone_in_words(there)}).")
    if interview.format != Interview.Format.IN_PERSON and interview.who_dials:
        lines.append(f"{interview.get_who_dials_display()}.")
    labels = (("place", "Where"), ("attire", "Wear"), ("parking", "Parking, the way"))
    lines += [
        f"{label}: {getattr(interview, name)}" for name, label in labels if getattr(interview, name)
    ]
    leave_by = preparing.leave_by(interview, office)
    if leave_by:
        lines.append(f"Leave by {_clock(leave_by, interview)}")
    return lines


def _alarms(interview: Interview, office: OfficeSettings, name: str) -> list[Alarm]:
    starts_at = interview.starts_at
    if starts_at is None:
        return []
    zone = interview.student.time_zone
    day_before = local_date(starts_at, zone) - timedelta(days=1)
    evening = moment(day_before, EVENING, zone)
    return [
        alarm(evening - starts_at, f"Tomorrow: talk with {name}. Look at your questions."),
        _in_time(interview, office, name, starts_at=starts_at),
    ]


def _in_time(
    interview: Interview, office: OfficeSettings, name: str, *, starts_at: datetime
) -> Alarm:
    if interview.format != Interview.Format.IN_PERSON:
        return alarm(-timedelta(minutes=office.phone_alarm_minutes), f"Soon: talk with {name}.")
    leave_by = preparing.leave_by(interview, office)
    if leave_by is None:
        return alarm(-AHEAD_OF_AN_UNKNOWN_WAY, f"In an hour: talk with {name}.")
    return alarm(leave_by - starts_at, f"Leave now to meet {name}.")


def alarm(before: timedelta, words: str) -> Alarm:
    made = Alarm()
    made.add("ACTION", "DISPLAY")
    made.add("DESCRIPTION", words)
    made.add("TRIGGER", before)
    return made


def _clock(at: datetime, interview: Interview) -> str:
    return date_format(at.astimezone(ZoneInfo(interview.student.time_zone)), "g:i a")
