"""The office's rules for all mail of this app, as they are in force at one moment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from accounts.models import OfficeSettings
from core.localtime import local_date, moment
from reminders.kinds.declaration import Kind
from reminders.kinds.steps import Rhythm, Step


@dataclass(frozen=True)
class MailRules:
    """Read once for a batch of rows. The only place that says which steps a kind has today."""

    hour: int

    @classmethod
    def current(cls) -> MailRules:
        return cls(hour=OfficeSettings.current().reminder_hour)

    def steps_of(self, kind: Kind) -> Sequence[Step]:
        return kind.steps

    def morning(self, on: date, zone: str, *, hour: int | None = None) -> datetime:
        return moment(on, time(self.hour if hour is None else hour), zone)

    def next_morning(self, at: datetime, *, zone: str) -> datetime:
        """The first morning hour at or after `at`."""
        this_morning = self.morning(local_date(at, zone), zone)
        return this_morning if this_morning >= at else self.morning_after(at, zone=zone)

    def morning_after(self, at: datetime, *, zone: str) -> datetime:
        """The morning hour of the next local day."""
        return self.morning(local_date(at, zone) + timedelta(days=1), zone)
