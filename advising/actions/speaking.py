"""“I have spoken with them”: the board is silent about it for a fortnight, or until news."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from accounts.models import User
from advising.models import Spoken
from advising.reasons import Reason


@transaction.atomic
def speak(
    advisor: User, student: User, reasons: Collection[Reason], *, at: datetime
) -> list[Reason]:
    """Those of `reasons` that a word can settle; said twice, it counts from the second time."""
    settled = [reason for reason in reasons if reason.can_be_spoken_of]
    Spoken.objects.bulk_create(
        [
            Spoken(advisor=advisor, student=student, about=one.about, spoken_at=at)
            for one in settled
        ],
        update_conflicts=True,
        unique_fields=["advisor", "student", "about"],
        update_fields=["spoken_at", "updated_at"],
    )
    return settled


def take_back(advisor: User, student: User) -> int:
    """The board speaks again of whatever this advisor has spoken of with the student."""
    deleted, _ = Spoken.objects.filter(advisor=advisor, student=student).delete()
    return deleted
