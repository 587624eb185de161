"""G26: a talk that is agreed and not confirmed, some days before it."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from core.paths import path_to
from interviews.models import Interview, State
from reminders.kinds import register
from reminders.kinds.declaration import Words
from reminders.kinds.steps import OnDay
from reminders.kinds.talk_ahead import AheadOfTalk
from reminders.obligations import Obligation

OPEN = {
    "place": "Where you meet",
    "attire": "How people dress there",
    "parking": "Parking, or the way there",
    "who_dials": "Who calls whom",
    "number_or_link": "The number or the link",
}


@register
class ConfirmationMissing(AheadOfTalk):
    key = "CONFIRM"
    label = "Talks that are not confirmed yet"
    example = "on Monday at 10:30 a.m."
    # Who agrees late gets both on one morning.
    takes_in = ("TALK",)
    steps = (
        OnDay("DUE", ahead="confirmation_first_days"),
        OnDay("LAST", ahead="confirmation_last_days"),
    )
    words = Words(
        "Your talk with {name} is not confirmed",
        "Confirm the talk with {name}",
        "A short message is enough, and CareerHub has it ready.",
        "Confirm the talk",
        "Confirm it",
        "check",
    )

    def source(self, *, at: datetime) -> QuerySet[Interview]:
        return Interview.objects.ahead(at=at).filter(state=State.ACCEPTED)

    def is_owed(self, subject: Interview, *, at: datetime) -> bool:
        return super().is_owed(subject, at=at) and subject.state == State.ACCEPTED

    def lists(self, owed: Obligation) -> list[tuple[str, list[str]]]:
        still_open = [OPEN[field] for field in owed.subject.unsettled]
        return [("Still open", still_open)] if still_open else []

    def url(self, owed: Obligation) -> str:
        return path_to("interviews:confirm", owed.subject.pk)
