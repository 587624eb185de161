"""News: something has happened that its recipient waits for. Old news is none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, ClassVar

from accounts.models import User
from core.localtime import local_date
from reminders.kinds.declaration import Kind
from reminders.kinds.steps import AtOnce, Step
from reminders.obligations import Dates, Obligation

# A server that was away for a week brings no news any more.
FRESH = timedelta(days=7)


class News(Kind):
    steps: ClassVar[Sequence[Step]] = (AtOnce("NEWS"),)
    # The field of the subject that says when it happened.
    moment: str
    lasts: ClassVar[timedelta] = FRESH

    def happened_at(self, subject: Any) -> datetime | None:
        return getattr(subject, self.moment)

    def is_fresh(self, subject: Any, *, at: datetime) -> bool:
        happened_at = self.happened_at(subject)
        return happened_at is not None and at < happened_at + self.lasts

    def dates(self, subject: Any, recipient: User, *, at: datetime) -> Dates:
        happened_at: datetime = self.happened_at(subject)  # type: ignore[assignment]  # is_owed() says so
        on = local_date(happened_at, recipient.time_zone)
        return Dates(on, on, on, on, happened_at=happened_at)

    def since_in_words(self, owed: Obligation) -> str:
        return ""
