"""Whether an alum may be asked, from the rows: the same facts for a page and for the deed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.conf import settings
from django.utils.formats import date_format

from accounts.models import OfficeSettings, User
from alumni.goodwill import COUNTED_DAYS, Availability, Reason, Terms, availability
from alumni.models import Alum, AskBy, Request
from core.localtime import local_date, moment

WHY = {
    Reason.NEVER: "{name} takes no requests at present.",
    Reason.PAUSED: "{name} takes a break, and is available again on {on}.",
    Reason.AT_CAP: "{name} was asked as often as they can say yes. Available again on {on}.",
    Reason.RESTING: "Somebody asked {name} only lately. Available again on {on}.",
    Reason.KEPT: "{name} has one place left. Until {on} it is kept for a student who has never "
    "asked anyone. You have asked before, so please wait for that day, or ask somebody else now.",
}
KEPT_LATER = (
    "{name} can be asked again from {first_on}. Until {on} that place is kept for a student who "
    "has never asked anyone; from then on it is yours to take."
)
# For the ways to somebody who has said yes: no cap is asked about.
STANDING_WAYS = Availability(date.min, date.min)


class Reach(NamedTuple):
    """The ways to an alum that a student may see and use."""

    email: str = ""
    phone: str = ""
    # A request that CareerHub mails, and that the alum answers by a click.
    by_careerhub: bool = False


def office_day(at: datetime) -> date:
    """All is counted by the office's calendar, whoever asks from wherever."""
    return local_date(at, settings.OFFICE_TIME_ZONE)


def terms_of(alum: Alum, office: OfficeSettings) -> Terms:
    def said(own: int | None, usual: int) -> int:
        return usual if own is None else own

    return Terms(
        per_month=said(alum.requests_per_month, office.requests_per_month),
        days_between=said(alum.days_between_requests, office.days_between_requests),
        paused_until=alum.paused_until,
    )


def availability_of(alum: Alum, *, at: datetime, student: User | None = None) -> Availability:
    return availabilities([alum], at=at, student=student)[alum.pk]


def availabilities(
    alumni: Sequence[Alum], *, at: datetime, student: User | None = None
) -> dict[int, Availability]:
    """In two queries, and one more to tell a student who has never asked from one who has."""
    office, today = OfficeSettings.current(), office_day(at)
    terms = {alum.pk: terms_of(alum, office) for alum in alumni}
    rests = (one.days_between for one in terms.values())
    days = _days_of_asking(terms, since=today - timedelta(days=max([COUNTED_DAYS, *rests])))
    is_first = student is None or not Request.objects.filter(student=student).exists()
    return {pk: availability(terms[pk], days[pk], today=today, is_first=is_first) for pk in terms}


def _days_of_asking(alumni: Iterable[int], *, since: date) -> defaultdict[int, list[date]]:
    """Every request counts, pending, answered or withdrawn: each was a mail to answer."""
    begins = moment(since, time.min, settings.OFFICE_TIME_ZONE)
    made = Request.objects.filter(alum__in=alumni, asked_at__gte=begins)
    days = defaultdict(list)
    for pk, asked_at in made.values_list("alum_id", "asked_at"):
        days[pk].append(office_day(asked_at))
    return days


def reach(alum: Alum, standing: Availability) -> Reach:
    """Nothing while they may not be asked; then what they do not hide, in the way they want.

    `alum` is the record itself, not the copy that a student sees.
    """
    if not standing.is_open:
        return Reach()
    shown = {name: getattr(alum, name) for name in ("email", "phone") if not _hides(alum, name)}
    if alum.ask_by == AskBy.CAREERHUB:
        shown = {}
    if alum.ask_by in (AskBy.EMAIL, AskBy.PHONE):
        shown = {name: text for name, text in shown.items() if name == alum.ask_by.lower()}
    return Reach(**shown, by_careerhub=bool(alum.email) and alum.ask_by != AskBy.PHONE)


def _hides(alum: Alum, name: str) -> bool:
    return name in alum.hidden_fields


def why_not(name: str, standing: Availability) -> str:
    """A sentence for the student; empty where they may ask."""
    if standing.is_open:
        return ""
    first_on = standing.first_on or standing.today
    is_later = standing.reason == Reason.KEPT and first_on > standing.today
    words = KEPT_LATER if is_later else WHY[standing.reason]
    first_day = _said(first_on, today=standing.today)
    return words.format(name=name, on=day_said(standing), first_on=first_day)


def day_said(standing: Availability) -> str:
    """“February 1”, with the year where it is another; empty where no day is in sight."""
    return _said(standing.on, today=standing.today) if standing.on else ""


def _said(day: date, *, today: date) -> str:
    return date_format(day, "F j" if day.year == today.year else "F j, Y")


def as_listed(alumni: Iterable[Alum], *, to: User, at: datetime) -> list[Alum]:
    """As `to` may see them, and a student reads who cannot be asked today, and until when."""
    people = list(alumni)
    if to.is_student:
        standings = availabilities(people, at=at)
        for one in people:
            one.unavailable = in_brief(standings[one.pk])
    return [one.as_seen_by(to) for one in people]


def in_brief(standing: Availability) -> str:
    if standing.is_open:
        return ""
    day = day_said(standing)
    return f"Available again on {day}" if day else "Takes no requests at present"
