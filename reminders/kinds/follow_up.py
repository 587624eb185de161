"""G45: a second letter a month or two after a talk."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import QuerySet

from interviews import actions as interviews
from interviews.models import Interview
from reminders.kinds import register
from reminders.kinds.declaration import Words
from reminders.kinds.thank_you import LetterAfterTalk


@register
class FollowUp(LetterAfterTalk):
    key = "FOLLOW_UP"
    label = "Second letters, a month or two after a talk"
    prefix, page = "follow_up", "interviews:follow_up"
    words = Words(
        "A second letter to {name}",
        "Tell {name} how it is going",
        "Say what you did with their advice, and where your search stands now.",
        "Tell them how it is going",
        "Write to them again",
        "mail",
    )

    def source(self, *, at: datetime) -> QuerySet[Interview]:
        return Interview.objects.awaiting_follow_up()

    def is_owed(self, subject: Interview, *, at: datetime) -> bool:
        return subject.is_awaiting_follow_up

    def record(self, subject: Interview, *, on: date, at: datetime) -> None:
        interviews.record_follow_up(subject, written_on=on, at=at)
