"""G28: the day before a talk, a mail repeats its time, its place and how people dress there."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from accounts.models import User
from core.localtime import hour_in_words, is_midnight
from core.paths import path_to
from interviews.models import Interview
from interviews.preparing import TOP
from reminders.kinds import register
from reminders.kinds.declaration import Kind, Words
from reminders.kinds.steps import Missed, OnDay
from reminders.obligations import Dates, Obligation, on_day


class AheadOfTalk(Kind):
    """Something about a talk that is agreed and has not begun."""

    subject = Interview
    keeps_its_day = True

    def is_owed(self, subject: Interview, *, at: datetime) -> bool:
        return subject.has_agreed_time and not subject.is_over(at=at)

    def dates(self, subject: Interview, recipient: User, *, at: datetime) -> Dates:
        starts_at: datetime = subject.starts_at  # type: ignore[assignment]  # is_owed() says so
        return Dates.from_the_day_before(starts_at, recipient.time_zone)

    def when(self, owed: Obligation) -> str:
        """“tomorrow at 10:30 a.m.”, by both clocks where they differ (G31)."""
        talk: Interview = owed.subject
        there = talk.contact.time_zone or owed.zone
        clock = hour_in_words(talk.starts_at, owed.zone, there=there, name=talk.contact.name)  # type: ignore[arg-type]  # is_owed() says so
        return f"{_day(owed)} at {clock}".lstrip()

    def url(self, owed: Obligation) -> str:
        return path_to("interviews:day", owed.subject.pk)


def _day(owed: Obligation) -> str:
    """A midnight says itself which day it begins."""
    if not is_midnight(owed.starts_at.astimezone(ZoneInfo(owed.zone))):  # type: ignore[union-attr]  # dates() says so
        return on_day(owed.due_on, owed.today)
    return "tonight" if owed.due_on - owed.today == timedelta(days=1) else ""


# The words of a page are the student's own; a mail speaks to them.
DIALS = {"ME": "You call them", "THEM": "They call you"}


def arrangements(talk: Interview) -> list[str]:
    facts = [
        (f"{talk.get_format_display()}, {talk.minutes} minutes", True),
        (talk.place, bool(talk.place)),
        (DIALS.get(talk.who_dials, ""), bool(talk.who_dials)),
        (talk.number_or_link, bool(talk.number_or_link)),
        (f"Dress: {talk.attire}", bool(talk.attire)),
        (f"Parking: {talk.parking}", bool(talk.parking)),
    ]
    return [words for words, is_known in facts if is_known]


@register
class TalkTomorrow(AheadOfTalk):
    key = "TALK"
    label = "The day before a talk"
    example = "tomorrow at 10:30 a.m."
    # Who agrees on a talk after that morning knows when it is.
    steps = (OnDay("OPENS", "opens_on", missed=Missed.DROPPED),)
    words = Words(
        "Your talk with {name}",
        "You meet {name}",
        "Look through your questions once more.",
        "Meet them",
        "Open your day sheet",
        "calendar",
    )

    def source(self, *, at: datetime) -> QuerySet[Interview]:
        return Interview.objects.ahead(at=at)

    def without_row(self, *, at: datetime) -> QuerySet[Interview]:
        """Those whose day before is still to come, whatever the zone."""
        return super().without_row(at=at).filter(starts_at__gte=at + timedelta(days=2))

    def details(self, owed: Obligation) -> list[str]:
        return arrangements(owed.subject)

    def lists(self, owed: Obligation) -> list[tuple[str, list[str]]]:
        """The questions that matter most, as the student ranked them (G27)."""
        questions = [question.text for question in owed.subject.questions.in_order()[:TOP]]
        return [("Your questions", questions)] if questions else []
