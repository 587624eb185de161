"""How often an alum may be asked, and who comes first: pure rules over local dates of the office.

docs/goodwill.md says them in plain words. Nothing here knows a database; `asked_on` are the days
of all requests to one alum, whoever made them and whatever became of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

# How long the last place of a month is kept for somebody who has never asked anyone.
KEPT_DAYS = 7
# How long a day of asking is of any account: a month, and the days that a place is kept.
COUNTED_DAYS = 31 + KEPT_DAYS + 2
# When an alum has had enough: months in a row at their cap, or answers in a row that were none.
MONTHS_OF_WEAR = 3
REFUSALS_OF_WEAR = 3


class Reason(StrEnum):
    """Why an alum cannot be asked today; the one that lasts longest."""

    NONE = ""
    NEVER = "NEVER"
    PAUSED = "PAUSED"
    AT_CAP = "AT_CAP"
    RESTING = "RESTING"
    KEPT = "KEPT"


@dataclass(frozen=True)
class Terms:
    """What an alum agreed to; what they left open is as the office has it."""

    per_month: int
    days_between: int
    paused_until: date | None = None


@dataclass(frozen=True)
class Availability:
    """From which day on an alum may be asked; None where no day is in sight."""

    today: date
    on: date | None
    reason: Reason = Reason.NONE
    # The day for students who have never asked anyone: earlier, where a place is kept for them.
    first_on: date | None = None
    # Requests that may still be made in this month, were nothing else in the way.
    places_left: int = 0

    @property
    def is_open(self) -> bool:
        return self.on is not None and self.on <= self.today


def availability(
    terms: Terms, asked_on: Iterable[date], *, today: date, is_first: bool = True
) -> Availability:
    """The strictest rule wins: pause, cap of a month, days between two requests, the last place.

    `is_first` says that the student has never asked anyone: the last place is kept for them.
    """
    days = sorted(asked_on)
    left = places_left(terms, days, on=today)
    if terms.per_month < 1:
        return Availability(today, None, Reason.NEVER)
    on, reason = first_on, _ = _strictest(terms, days, today)
    if not is_first:
        kept_until = _until_not_kept(terms, days, on)
        if kept_until > on:
            on, reason = kept_until, Reason.KEPT
    return Availability(today, on, reason, first_on, left)


def free_again_on(asked_on: date) -> date:
    """A month later; where that month has no such day, on the first of the next: never sooner."""
    year, month = (asked_on.year, asked_on.month + 1)
    if month == 13:
        year, month = year + 1, 1
    try:
        return asked_on.replace(year=year, month=month)
    except ValueError:
        return date(year, month + 1, 1)


def counted(asked_on: Iterable[date], *, on: date) -> list[date]:
    """The days of asking that still take a place of the month on the day `on`."""
    return [day for day in asked_on if free_again_on(day) > on]


def places_left(terms: Terms, asked_on: Iterable[date], *, on: date) -> int:
    return max(0, terms.per_month - len(counted(asked_on, on=on)))


def _strictest(terms: Terms, days: Sequence[date], today: date) -> tuple[date, Reason]:
    found = [
        (today, Reason.NONE),
        (_place_free_on(terms, days, today), Reason.AT_CAP),
        (_rested_on(terms, days) or today, Reason.RESTING),
        (terms.paused_until or today, Reason.PAUSED),
    ]
    # Of two rules that end on one day the first is told; today is the first of all.
    return max(found, key=lambda one: one[0])


def _place_free_on(terms: Terms, days: Sequence[date], today: date) -> date:
    taken = sorted(free_again_on(day) for day in counted(days, on=today))
    too_many = len(taken) - terms.per_month
    return taken[too_many] if too_many >= 0 else today


def _rested_on(terms: Terms, days: Sequence[date]) -> date | None:
    return days[-1] + timedelta(days=terms.days_between) if days else None


def _until_not_kept(terms: Terms, days: Sequence[date], on: date) -> date:
    """The first day from `on` that is not kept; a week at most, so that no place is lost."""
    if on.year == date.max.year:
        return on
    week = (on + timedelta(days=n) for n in range(KEPT_DAYS + 1))
    return next((day for day in week if not _is_kept(terms, days, day)), on)


def _is_kept(terms: Terms, days: Sequence[date], on: date) -> bool:
    """Whether `on` is among the first days on which the last place of a month may be taken."""
    if places_left(terms, days, on=on) != 1:
        return False
    lately = [asked for asked in days if free_again_on(asked) > on - timedelta(days=KEPT_DAYS)]
    changes = [day for asked in lately for day in (asked, free_again_on(asked)) if day <= on]
    if not changes:
        return False
    may_be_taken_from = max(
        max(changes), _rested_on(terms, days) or on, terms.paused_until or date.min
    )
    return on < may_be_taken_from + timedelta(days=KEPT_DAYS)


@dataclass(frozen=True)
class Wear:
    """How an alum has fared: what an office should know before it lets more students ask."""

    # Months in a row, this one first, in which they were asked to their cap.
    months_at_cap: int
    # Of their last answers, how many in a row were a no or none at all.
    refusals: int

    @property
    def is_worn_out(self) -> bool:
        return self.months_at_cap >= MONTHS_OF_WEAR or self.refusals >= REFUSALS_OF_WEAR


def wear(terms: Terms, requests: Iterable[tuple[date, bool | None]], *, today: date) -> Wear:
    """`requests` are days with True for a no or no answer, False for a yes, None while open."""
    told = sorted(requests, key=lambda one: one[0], reverse=True)
    refusals = 0
    for _, was_refused in told:
        if was_refused is False:
            break
        refusals += was_refused is True
    days = [day for day, _ in told]
    months = 0
    end = today + timedelta(days=1)
    while terms.per_month > 0:
        begin = _month_before(end)
        if sum(begin <= day < end for day in days) < terms.per_month:
            break
        months, end = months + 1, begin
    return Wear(months, refusals)


def _month_before(day: date) -> date:
    """The first day whose place is still taken the day before `day`."""
    begin = day - timedelta(days=31)
    while free_again_on(begin) <= day - timedelta(days=1):
        begin += timedelta(days=1)
    return begin
