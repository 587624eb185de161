"""Who is worn out, at their cap, on a break, or was never asked: for the office, from the rows.

Each list is of `people`: those who agreed, of the directory as its reader sees it. Few of them are
ever asked twice, so what is counted in Python is small in a directory of any size.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, QuerySet

from accounts.models import OfficeSettings
from alumni.availability import availabilities, day_said, office_day, terms_of
from alumni.goodwill import MONTHS_OF_WEAR, REFUSALS_OF_WEAR, Reason, wear
from alumni.models import Alum, AlumQuerySet, Consent, Request
from core.localtime import moment

# A year is long enough to forgive.
REMEMBERED = timedelta(days=366)
LEAST_REQUESTS = min(MONTHS_OF_WEAR, REFUSALS_OF_WEAR)
# Whether an answer was a refusal; an open request and one taken back say nothing.
WAS_REFUSED: dict[str, bool] = {
    Request.State.DECLINED: True,
    Request.State.EXPIRED: True,
    Request.State.ACCEPTED: False,
    Request.State.CALL_INSTEAD: False,
}


@dataclass(frozen=True)
class Entry:
    alum: Alum
    # What is the matter, and how many requests are counted.
    said: str
    requests: int = 0


def agreed(directory: AlumQuerySet) -> AlumQuerySet:
    return directory.without_search().filter(consent=Consent.YES)


def worn_out(people: AlumQuerySet, *, at: datetime) -> list[Entry]:
    """Who needs a rest the most comes first."""
    office, today = OfficeSettings.current(), office_day(at)
    asked = _requests_since(today - REMEMBERED)
    often = asked.values("alum").annotate(n=Count("pk")).filter(n__gte=LEAST_REQUESTS)
    told = defaultdict(list)
    rows = asked.filter(alum__in=often.values("alum")).values_list("alum_id", "asked_at", "state")
    for pk, asked_at, state in rows:
        told[pk].append((office_day(asked_at), WAS_REFUSED.get(state)))
    found = []
    for alum in people.filter(pk__in=told).by_name():
        worn = wear(terms_of(alum, office), told[alum.pk], today=today)
        if worn.is_worn_out:
            found.append(Entry(alum, _how(worn.months_at_cap, worn.refusals), len(told[alum.pk])))
    return sorted(found, key=lambda one: -one.requests)


def at_cap(people: AlumQuerySet, *, at: datetime) -> list[Entry]:
    """Who is free again first comes first."""
    lately = _requests_since(office_day(at) - timedelta(days=32))
    asked = list(people.filter(pk__in=lately.values("alum")).by_name())
    standings = availabilities(asked, at=at)
    full = [alum for alum in asked if standings[alum.pk].reason == Reason.AT_CAP]
    return [
        Entry(alum, f"Available again on {day_said(standings[alum.pk])}")
        for alum in sorted(full, key=lambda one: standings[one.pk].on or date.max)
    ]


def paused(people: AlumQuerySet, *, at: datetime) -> AlumQuerySet:
    resting = people.filter(paused_until__gt=office_day(at))
    return resting.order_by("paused_until", "family_name", "id")


def never_asked(people: AlumQuerySet) -> AlumQuerySet:
    return people.filter(~Exists(Request.objects.filter(alum=OuterRef("pk")))).by_name()


def _requests_since(day: date) -> QuerySet[Request]:
    begins = moment(day, time.min, settings.OFFICE_TIME_ZONE)
    return Request.objects.filter(asked_at__gte=begins)


def _how(months: int, refusals: int) -> str:
    said = []
    if months >= MONTHS_OF_WEAR:
        said.append(f"Asked to the limit {months} months running")
    if refusals >= REFUSALS_OF_WEAR:
        said.append(f"{refusals} requests in a row without a yes")
    return "; ".join(said)
