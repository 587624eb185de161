"""How many thank-yous went out in time (G39)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Coalesce

from interviews.models import Interview


@dataclass(frozen=True)
class OnTime:
    """Of `due` thank-yous that were mailed or whose last day has passed, `in_time` kept it."""

    due: int
    in_time: int

    @property
    def words(self) -> str:
        """One sentence for the student whose thank-yous they are."""
        if not self.due:
            return ""
        if self.in_time == self.due == 1:
            return "Your thank-you went out in time. Few people write one: yours is remembered."
        if self.in_time == self.due:
            every = "Both" if self.due == 2 else f"All {self.due}"
            return f"{every} of your thank-yous went out in time. Few people write one at all."
        return (
            f"{self.in_time} of your {self.due} "
            f"{'thank-yous' if self.due > 1 else 'thank-you'} went out in time. "
            "A late one is still better than none."
        )


def on_time(of: QuerySet[Interview], *, today: date) -> OnTime:
    """In one query. `today` is a local date of whoever reads it.

    A thank-you that is owed and may still go out in time counts neither way.
    """
    last_on = Coalesce("thank_you_last_on", "thank_you_due_on")
    held = of.held().annotate(last_on=last_on)  # type: ignore[attr-defined]
    counts = held.aggregate(
        due=Count("pk", filter=Q(thanked_on__isnull=False) | Q(last_on__lt=today)),
        in_time=Count("pk", filter=Q(thanked_on__lte=F("last_on"))),
    )
    return OnTime(**counts)
