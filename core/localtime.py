"""Where a moment and a local day meet. Moments are UTC, deeds are owed on local dates."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.utils.formats import date_format


@lru_cache(maxsize=256)
def local_date(at: datetime, zone: str) -> date:
    """The calendar day that `at` falls on for somebody in `zone`."""
    return at.astimezone(ZoneInfo(zone)).date()


def moment(on: date, clock: time, zone: str) -> datetime:
    """The UTC moment at which a wall clock in `zone` shows `clock` on the day `on`.

    In the hour that a clock skips in spring there is no such moment: the first one after the gap
    is returned. In the hour that it repeats in autumn the earlier one is meant.
    """
    local = datetime.combine(on, clock, tzinfo=ZoneInfo(zone))
    at = local.astimezone(UTC)
    if at.astimezone(local.tzinfo).replace(tzinfo=None) == local.replace(tzinfo=None):
        return at
    # A gap is an hour in spring, and a whole day where a country moved across the date line.
    return _end_of_gap(at - timedelta(hours=26), at + timedelta(hours=26), local.tzinfo)


def _end_of_gap(before: datetime, after: datetime, zone) -> datetime:
    """The moment between the two at which the offset of `zone` changes, to the second."""
    old = before.astimezone(zone).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + (after - before) / 2
        if middle.astimezone(zone).utcoffset() == old:
            before = middle
        else:
            after = middle
    return after.replace(microsecond=0)


def hour_in_words(at: datetime, zone: str, *, there: str, name: str) -> str:
    """By both clocks: “4:30 p.m. (Tuesday, 10:30 a.m. for Dana)”; `there` is Dana's zone."""
    here, theirs = (at.astimezone(ZoneInfo(each)) for each in (zone, there))
    hour = _begins(here, "l, F j") if is_midnight(here) else date_format(here, "P")
    if here.utcoffset() == theirs.utcoffset():
        return hour
    style = "P" if here.date() == theirs.date() else "l, P"
    return f"{hour} ({date_format(theirs, style)} for {name})"


def day_and_hour(local: datetime, style: str) -> str:
    """“Thursday, 10:30 a.m.”, the day in `style`; “midnight, as Friday begins”: a midnight lies
    between two days, and whoever reads the other one comes a day late."""
    if is_midnight(local):
        return _begins(local, style)
    return f"{date_format(local, style)}, {date_format(local, 'P')}"


def is_midnight(local: datetime) -> bool:
    return (local.hour, local.minute) == (0, 0)


def _begins(midnight: datetime, style: str) -> str:
    return f"midnight, as {date_format(midnight, style)} begins"


def zone_in_words(zone: str) -> str:
    """“New York time” for America/New_York."""
    return f"{zone.rsplit('/', 1)[-1].replace('_', ' ')} time"
