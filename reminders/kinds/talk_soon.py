"""G31: shortly before a talk, where it is or who calls whom."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F, QuerySet

from accounts.models import OfficeSettings
from core.paths import path_to
from interviews.models import Interview
from reminders.kinds import register
from reminders.kinds.declaration import Words
from reminders.kinds.steps import Before
from reminders.kinds.talk_ahead import AheadOfTalk, arrangements
from reminders.obligations import Obligation

AHEAD = "talk_soon_minutes"


@register
class TalkSoon(AheadOfTalk):
    key = "TALK_SOON"
    label = "Shortly before a talk"
    example = "today at 10:30 a.m."
    takes_in = ("CONFIRM", "TALK")
    steps = (Before("SOON", AHEAD),)
    words = Words(
        "Your talk with {name} begins soon",
        "You meet {name} soon",
        "Have your questions at hand.",
        "Meet them",
        "Open the page for the talk",
        "calendar",
    )

    def source(self, *, at: datetime) -> QuerySet[Interview]:
        return Interview.objects.ahead(at=at)

    def without_row(self, *, at: datetime) -> QuerySet[Interview]:
        """Those whose mail is still to come."""
        return super().without_row(at=at).filter(starts_at__gte=at + OfficeSettings.minutes(AHEAD))

    def has_last_row(self) -> dict:
        return {"due_at": F("interview__starts_at") - OfficeSettings.minutes(AHEAD)}

    def details(self, owed: Obligation) -> list[str]:
        return arrangements(owed.subject)

    def url(self, owed: Obligation) -> str:
        return path_to("interviews:live", owed.subject.pk)
