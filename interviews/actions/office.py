"""The office changed its days: what is still owed after a talk follows them."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import DateField, F
from django.db.models.functions import Cast

from accounts.models import OfficeSettings
from interviews.actions.talks import days_of_letters
from interviews.models import Interview


@transaction.atomic
def follow_office_days(office: OfficeSettings) -> None:
    """In two statements, however many talks there are. What is written already keeps its dates:
    whether it was on time is not judged by rules that came later."""
    days = days_of_letters(office)
    for owed, prefix in (
        (Interview.objects.awaiting_thank_you(), "thank_you"),
        (Interview.objects.awaiting_follow_up(), "follow_up"),
    ):
        owed.update(
            # What stands in somebody's calendar has moved.
            calendar_sequence=F("calendar_sequence") + 1,
            **{
                field: Cast(F("held_on") + timedelta(days=after), DateField())
                for field, after in days.items()
                if field.startswith(prefix)
            },
        )
