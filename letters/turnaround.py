"""How long students wait for an answer about a letter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Aggregate, Count, DurationField, F, QuerySet

from accounts.models import User
from letters.models import LetterReview

A_DAY = timedelta(days=1)
LATELY = timedelta(days=90)


class Median(Aggregate):
    """Half of them are shorter, half are longer."""

    function = "PERCENTILE_CONT"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"


@dataclass(frozen=True)
class Turnaround:
    letters: int
    median: timedelta | None

    @property
    def days(self) -> float | None:
        """In days, to a tenth."""
        return None if self.median is None else round(self.median / A_DAY, 1)

    @property
    def in_words(self) -> str:
        """“less than a day”, “about 2 days”; nothing where there were no letters."""
        if self.median is None:
            return ""
        days = round(self.median / A_DAY)
        if days == 0:
            return "less than a day"
        return "about a day" if days == 1 else f"about {days} days"


def turnaround_of(reviews: QuerySet[LetterReview]) -> Turnaround:
    """Of those of `reviews` that were answered, in one query."""
    took = reviews.filter(answered_at__isnull=False).annotate(took=F("answered_at") - F("asked_at"))
    return Turnaround(
        **took.aggregate(letters=Count("pk"), median=Median("took", output_field=DurationField()))
    )


def turnaround_by(advisor: User, *, at: datetime) -> Turnaround:
    """Of the last ninety days, whoever looks after those students now."""
    return turnaround_of(LetterReview.objects.filter(reviewer=advisor, answered_at__gt=at - LATELY))
