"""G19: they named an hour at which to call back, by their clock; a mail comes just before it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import F, QuerySet

from accounts.models import OfficeSettings, User
from contacts.models import Interaction
from core.localtime import local_date
from core.paths import path_to
from reminders.kinds import register
from reminders.kinds.declaration import Kind, Words
from reminders.kinds.steps import Before
from reminders.obligations import Dates, Obligation

AHEAD = "call_back_minutes"
# Later than that the hour is gone; the promised call itself stays owed.
MAY_BE_LATE = timedelta(minutes=30)


@register
class CallBack(Kind):
    key = "CALL_BACK"
    label = "The hour at which you call somebody back"
    example = "at 3 p.m."
    subject = Interaction
    keeps_its_day = True
    steps = (Before("SOON", AHEAD),)
    words = Words(
        "Your call to {name}",
        "Call {name} back",
        "They named this hour themselves.",
        "Call them back",
        "Get ready to call",
        "phone",
    )

    def source(self, *, at: datetime) -> QuerySet[Interaction]:
        return Interaction.objects.awaiting_call().filter(call_back_at__gt=at)

    def without_row(self, *, at: datetime) -> QuerySet[Interaction]:
        """Those whose mail is still to come."""
        return (
            super().without_row(at=at).filter(call_back_at__gt=at + OfficeSettings.minutes(AHEAD))
        )

    def is_owed(self, subject: Interaction, *, at: datetime) -> bool:
        hour = subject.call_back_at
        return subject.is_awaiting_call and hour is not None and at <= hour + MAY_BE_LATE

    def has_last_row(self) -> dict:
        return {"due_at": F("interaction__call_back_at") - OfficeSettings.minutes(AHEAD)}

    def dates(self, subject: Interaction, recipient: User, *, at: datetime) -> Dates:
        hour: datetime = subject.call_back_at  # type: ignore[assignment]  # is_owed() says so
        on = local_date(hour, recipient.time_zone)
        return Dates(subject.happened_on, on, on, on, starts_at=hour)

    def when(self, owed: Obligation) -> str:
        return f"at {owed.subject.call_back_in_words}"

    def details(self, owed: Obligation) -> list[str]:
        phone = owed.subject.contact.phone
        return [phone] if phone else []

    def url(self, owed: Obligation) -> str:
        return path_to("interviews:call", owed.subject.contact_id)
