"""The hours of a talk in words, by the clock of the student and by that of the contact. Pure."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.utils.formats import date_format

from core.localtime import zone_in_words
from interviews.models import Interview


class ClockTimes(NamedTuple):
    """“Thursday, March 5”, “10:30 to 11 a.m. (New York time)”, and there, where it differs."""

    day: str
    hours: str
    hours_there: str


def clock_times(interview: Interview) -> ClockTimes | None:
    """None while no time is agreed, or after it was called off."""
    starts_at, ends_at = interview.starts_at, interview.ends_at
    if starts_at is None or ends_at is None or not (interview.has_agreed_time or interview.is_held):
        return None
    here, there = interview.student.time_zone, interview.contact.zone
    begins, begins_there = (starts_at.astimezone(ZoneInfo(zone)) for zone in (here, there))
    hours_there = ""
    if begins.utcoffset() != begins_there.utcoffset():
        day = "" if begins.date() == begins_there.date() else f"{date_format(begins_there, 'l')}, "
        hours_there = f"{day}{span(starts_at, ends_at, there)} ({zone_in_words(there)})"
    hours = f"{span(starts_at, ends_at, here)} ({zone_in_words(here)})"
    return ClockTimes(date_format(begins, "l, F j"), hours, hours_there)


def span(starts_at: datetime, ends_at: datetime, zone: str) -> str:
    begins, ends = (at.astimezone(ZoneInfo(zone)) for at in (starts_at, ends_at))
    is_same_half = begins.date() == ends.date() and begins.hour // 12 == ends.hour // 12
    start = date_format(begins, "g:i") if is_same_half else date_format(begins, "g:i a")
    return f"{start} to {date_format(ends, 'g:i a')}"
