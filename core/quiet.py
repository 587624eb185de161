"""The hours in which nobody is written to, by their own clock. Pure."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from core.localtime import local_date, moment


def is_quiet(at: datetime, zone: str, *, since: int, until: int) -> bool:
    """From the hour `since` to the hour `until`; the same hour twice: never."""
    hour = at.astimezone(ZoneInfo(zone)).hour
    if since < until:
        return since <= hour < until
    return since != until and not until <= hour < since


def after_quiet(at: datetime, zone: str, *, since: int, until: int) -> datetime:
    """`at`, or the end of the quiet hours that it falls into."""
    if not is_quiet(at, zone, since=since, until=until):
        return at
    on = local_date(at, zone)
    this_day = moment(on, time(until), zone)
    return this_day if this_day >= at else moment(on + timedelta(days=1), time(until), zone)
