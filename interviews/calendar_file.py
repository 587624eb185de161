"""A talk as an entry of one's calendar: an alarm the evening before, one in time (G30, G31).

What the student means to ask stays out of it: calendars are shared with others.
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.formats import date_format
from icalendar import Alarm, Calendar, Event

from accounts.models import OfficeSettings
from core.localtime import local_date, moment
from interviews import preparing
from interviews.models import MET, Interview, State
from interviews.times import span, zone_in_words

EVENING = time(18)
# Where nobody has said yet how long the way is.
AHEAD_OF_AN_UNKNOWN_WAY = timedelta(hours=1)
EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
WAYS = {"IN_PERSON": "In person", "PHONE": "By phone", "VIDEO": "By video"}


def calendar_file(interview: Interview, *, office: OfficeSettings) -> bytes:
    calendar = Calendar()
    calendar.add("PRODID", "-//CareerHub//Informational interviews//EN")
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add_component(event(interview, office=office))
    return calendar.to_ical()


def event(interview: Interview, *, office: OfficeSettings) -> Event:
    """The same UID at every time, so that a newer file moves the entry instead of adding one."""
    starts_at, ends_at = interview.starts_at, interview.ends_at
    if starts_at is None or ends_at is None:
        raise ValueError("A talk without a time has no place in a calendar.")
    entry = Event()
    entry.add("UID", f"talk-{interview.pk}@{urlsplit(settings.SITE_URL).hostname}")
    entry.add("DTSTAMP", interview.updated_at.astimezone(UTC))
    entry.add("SEQUENCE", max(0, int((interview.updated_at - EPOCH) / timedelta(minutes=1))))
    entry.add("SUMMARY", f"Talk with {interview.contact.name}")
    entry.add("DTSTART", starts_at.astimezone(UTC))
    entry.add("DTEND", ends_at.astimezone(UTC))
    if where := where_of(interview):
        entry.add("LOCATION", where)
    entry.add("DESCRIPTION", "\n".join(_description(interview, office)))
    entry.add("STATUS", _status(interview))
    if _status(interview) != "CANCELLED":
        for alarm in _alarms(interview, office):
            entry.add_component(alarm)
    return entry


def where_of(interview: Interview) -> str:
    if interview.format == Interview.Format.IN_PERSON:
        return interview.place
    return interview.number_or_link or interview.place


def _status(interview: Interview) -> str:
    if interview.state in (State.CONFIRMED, *MET):
        return "CONFIRMED"
    return "TENTATIVE" if interview.state == State.ACCEPTED else "CANCELLED"


def _description(interview: Interview, office: OfficeSettings) -> list[str]:
    lines = [f"{WAYS[interview.format]}, {interview.minutes} minutes."]
    there = interview.contact.zone
    if there != interview.student.time_zone and interview.starts_at and interview.ends_at:
        hours = span(interview.starts_at, interview.ends_at, there)
        lines.append(f"For {interview.contact.name}: {hours} ({zone_in_words(there)}).")
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


def _alarms(interview: Interview, office: OfficeSettings) -> list[Alarm]:
    name, starts_at = interview.contact.name, interview.starts_at
    if starts_at is None:
        return []
    zone = interview.student.time_zone
    day_before = local_date(starts_at, zone) - timedelta(days=1)
    evening = moment(day_before, EVENING, zone)
    return [
        _alarm(evening - starts_at, f"Tomorrow: talk with {name}. Look at your questions."),
        _in_time(interview, office, starts_at=starts_at),
    ]


def _in_time(interview: Interview, office: OfficeSettings, *, starts_at: datetime) -> Alarm:
    name = interview.contact.name
    if interview.format != Interview.Format.IN_PERSON:
        return _alarm(-timedelta(minutes=office.phone_alarm_minutes), f"Soon: talk with {name}.")
    leave_by = preparing.leave_by(interview, office)
    if leave_by is None:
        return _alarm(-AHEAD_OF_AN_UNKNOWN_WAY, f"In an hour: talk with {name}.")
    return _alarm(leave_by - starts_at, f"Leave now to meet {name}.")


def _alarm(before: timedelta, words: str) -> Alarm:
    alarm = Alarm()
    alarm.add("ACTION", "DISPLAY")
    alarm.add("DESCRIPTION", words)
    alarm.add("TRIGGER", before)
    return alarm


def _clock(at: datetime, interview: Interview) -> str:
    return date_format(at.astimezone(ZoneInfo(interview.student.time_zone)), "g:i a")
