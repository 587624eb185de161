"""The office's rules for all mail of this app, as they are in force at one moment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from accounts.models import OfficeSettings
from core.localtime import local_date, moment
from core.quiet import after_quiet, is_quiet
from reminders.kinds.declaration import Kind
from reminders.kinds.steps import Rhythm, Step
from reminders.models import TermBreak


@dataclass(frozen=True)
class MailRules:
    """Read once for a batch of rows. The only place that says which steps a kind has today."""

    office: OfficeSettings = field(default_factory=OfficeSettings)
    # First and last days of term breaks.
    breaks: tuple[tuple[date, date], ...] = ()

    @classmethod
    def current(cls) -> MailRules:
        # Some rows for each year: no clock is asked which of them are over.
        breaks = TermBreak.objects.values_list("first_on", "last_on")
        return cls(OfficeSettings.current(), tuple(breaks))

    @property
    def hour(self) -> int:
        return self.office.reminder_hour

    @property
    def quiet_from(self) -> int:
        """From this hour until that of the morning mail nobody is written to; the same hour:
        never."""
        return self.office.quiet_from_hour

    def number(self, name: str) -> int:
        """By which a step counts."""
        return getattr(self.office, name)

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

    def free_at(self, at: datetime, *, zone: str, kind: Kind, step: str = "") -> datetime:
        """The first moment at or after `at` at which a mail of this kind, and step, may go out.

        What has an hour of its own goes at that hour; the rest in no quiet hour, and in no term
        break unless it is tied to a day in it.
        """
        if kind.rhythm is Rhythm.HOUR:
            return at
        for _ in range(2 * len(self.breaks) + 2):
            later = after_quiet(at, zone, since=self.quiet_from, until=self.hour)
            if kind.waits_for_breaks(step):
                later = self._after_breaks(later, zone)
            if later == at:
                break
            at = later
        return at

    def free_day(self, on: date) -> date:
        """That day, or the first one after the breaks that it falls into."""
        for first_on, last_on in sorted(self.breaks):
            if first_on <= on <= last_on:
                on = last_on + timedelta(days=1)
        return on

    def is_quiet(self, at: datetime, *, zone: str) -> bool:
        return is_quiet(at, zone, since=self.quiet_from, until=self.hour)

    def _after_breaks(self, at: datetime, zone: str) -> datetime:
        on = local_date(at, zone)
        free = self.free_day(on)
        return at if free == on else self.morning(free, zone)
