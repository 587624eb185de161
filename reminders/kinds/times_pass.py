"""An alum offered times, and the student has taken none: one word on the day before the first."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import User
from alumni.models import Request
from alumni.models.requests import FURTHEST_OFFER
from interviews.models import AHEAD, Interview, State
from reminders.kinds import register
from reminders.kinds.declaration import Words
from reminders.kinds.request_answered import RequestAnswered
from reminders.kinds.steps import Missed, OnDay
from reminders.obligations import Dates, Obligation, on_day

# Wherever the two are.
LONGEST = FURTHEST_OFFER + timedelta(days=1)
SETTLED = (*AHEAD, State.HELD, State.DEBRIEFED, State.WITHDRAWN)


@register
class TimesPass(RequestAnswered):
    key = "TIMES_PASS"
    label = "The day before a time that an alum offers, while you have taken none"
    example = "the first time they offer is tomorrow"
    # Who hears of the times that late has just read them.
    steps = (OnDay("BEFORE", "opens_on", missed=Missed.DROPPED),)
    words = Words(
        "Choose a time with {name}",
        "Choose when you meet {name}",
        "",
        "Choose a time",
        "Choose a time",
        "calendar-plus",
    )

    def source(self, *, at: datetime) -> QuerySet[Request]:
        offered = Request.objects.filter(
            state=Request.State.ACCEPTED,
            answered_at__gt=at - LONGEST,
            offered_times__0__gt=at,
            taken_time__isnull=True,
        )
        return offered.filter(~Exists(_settled(OuterRef("alum"), OuterRef("student"))))

    def is_owed(self, subject: Request, *, at: datetime) -> bool:
        """Not once they agreed in another way, such as by mail."""
        return (
            subject.state == Request.State.ACCEPTED
            and subject.taken_time is None
            and subject.times_ahead(at=at)[:1] == subject.offered_times[:1] != []
            and not _settled(subject.alum_id, subject.student_id).exists()
        )

    def without_row(self, *, at: datetime) -> QuerySet[Request]:
        """Those whose day before is still to come, whatever the zone."""
        later = at + timedelta(days=2)
        return super().without_row(at=at).filter(offered_times__0__gte=later)

    def dates(self, subject: Request, recipient: User, *, at: datetime) -> Dates:
        return Dates.from_the_day_before(subject.offered_times[0], recipient.time_zone)

    def when(self, owed: Obligation) -> str:
        return f"the first time they offer is {on_day(owed.due_on, owed.today)}"

    def action(self, owed: Obligation) -> str:
        return self.words.action

    def lists(self, owed: Obligation) -> list[tuple[str, list[str]]]:
        """Their words came with the answer."""
        return []


def _settled(alum: Any, student: Any) -> QuerySet[Interview]:
    """A talk with them on which more is settled than that they were asked."""
    return Interview.objects.filter(contact__alum=alum, contact__student=student, state__in=SETTLED)
