"""G31: an hour before a talk, where it is or who calls whom."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import F, QuerySet

from core.paths import path_to
from interviews.models import Interview
from reminders.kinds import register
from reminders.kinds.declaration import Words
from reminders.kinds.steps import Before
from reminders.kinds.talk_ahead import AheadOfTalk, arrangements
from reminders.obligations import Obligation

MINUTES_BEFORE = 60


@register
class TalkSoon(AheadOfTalk):
    key = "TALK_SOON"
    label = "An hour before a talk"
    example = "today at 10:30 a.m."
    steps = (Before("SOON", MINUTES_BEFORE),)
    words = Words(
        "Your talk with {name} begins soon",
        "You meet {name} within the hour",
        "Have your questions at hand.",
        "Meet them",
        "Open the page for the talk",
        "calendar",
    )

    def source(self, *, at: datetime) -> QuerySet[Interview]:
        return Interview.objects.ahead(at=at + timedelta(minutes=MINUTES_BEFORE))

    def has_last_row(self) -> dict:
        return {"due_at": F("interview__starts_at") - timedelta(minutes=MINUTES_BEFORE)}

    def details(self, owed: Obligation) -> list[str]:
        return arrangements(owed.subject)

    def url(self, owed: Obligation) -> str:
        return path_to("interviews:live", owed.subject.pk)
