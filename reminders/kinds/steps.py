"""When a kind says something: its steps, each a line of a declaration. Pure.

Every day here is one of the recipient's own calendar, every hour one of their own clock. A number
that the office sets stands here by its name among the office's settings.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from core.localtime import local_date

if TYPE_CHECKING:
    from reminders.mail_rules import MailRules
    from reminders.obligations import Obligation

SNOOZED = "SNOOZED"


class Rhythm(Enum):
    """How a row finds its message."""

    # In the one message of the morning.
    MORNING = "morning"
    # As soon as it happened, but in no quiet hour and in no term break.
    PROMPT = "prompt"
    # At an hour that its recipient agreed on with somebody: later it is worth nothing.
    HOUR = "hour"


class Missed(Enum):
    """What becomes of a step whose moment had passed before anybody could write it down."""

    MADE_UP = "one mail the next morning, for all that were missed"
    DROPPED = "nothing is written anew; a row that waits still goes out"
    SENT = "it goes out with the next look"


class Slot(NamedTuple):
    """A reminder as it should stand in the post book. `due_on` is the day of its step, also when
    the mail goes out on a later morning: so the same step is never written twice."""

    kind: str
    step: str
    due_on: date
    due_at: datetime
    # Its own moment has passed.
    is_belated: bool = False
    # Nothing would be lost without it: keep it if it waits, never write it anew.
    is_covered: bool = False


@dataclass(frozen=True)
class OnDay:
    """A morning, so many days after a date of the obligation."""

    name: str
    date: str = "due_on"
    days: int = 0
    # Of the office: so many days before that.
    ahead: str = ""
    # None: the hour of the morning mail.
    hour: int | None = None
    # A date of the obligation that says the same when both fall on one day.
    unless: str = ""
    missed: Missed = Missed.MADE_UP
    # The day that was agreed has passed: what is late already can wait until a term break is over.
    is_late: bool = False
    rhythm: ClassVar[Rhythm] = Rhythm.MORNING

    def slot(self, owed: Obligation, *, rules: MailRules, at: datetime) -> Slot | None:
        days = self.days - (rules.number(self.ahead) if self.ahead else 0)
        on = getattr(owed, self.date) + timedelta(days=days)
        if self.unless and on == getattr(owed, self.unless):
            return None
        return Slot(owed.kind, self.name, on, rules.morning(on, owed.zone, hour=self.hour))


@dataclass(frozen=True)
class Before:
    """So many minutes of the office before a moment of the obligation, by whatever clock."""

    name: str
    ahead: str
    moment: str = "starts_at"
    missed: Missed = Missed.DROPPED
    is_late: ClassVar[bool] = False
    rhythm: ClassVar[Rhythm] = Rhythm.HOUR

    def slot(self, owed: Obligation, *, rules: MailRules, at: datetime) -> Slot | None:
        due_at = getattr(owed, self.moment) - timedelta(minutes=rules.number(self.ahead))
        return Slot(owed.kind, self.name, local_date(due_at, owed.zone), due_at)


@dataclass(frozen=True)
class AtOnce:
    """As soon as it happened."""

    name: str
    moment: str = "happened_at"
    missed: Missed = Missed.SENT
    is_late: ClassVar[bool] = False
    ahead: ClassVar[str] = ""
    rhythm: ClassVar[Rhythm] = Rhythm.PROMPT

    def slot(self, owed: Obligation, *, rules: MailRules, at: datetime) -> Slot | None:
        due_at = getattr(owed, self.moment)
        return Slot(owed.kind, self.name, local_date(due_at, owed.zone), due_at)


@dataclass(frozen=True)
class Weekly:
    """The next morning of one day of the week; 0 is Monday."""

    name: str
    weekday: int = 0
    hour: int | None = None
    missed: Missed = Missed.DROPPED
    is_late: ClassVar[bool] = False
    ahead: ClassVar[str] = ""
    rhythm: ClassVar[Rhythm] = Rhythm.MORNING

    def slot(self, owed: Obligation, *, rules: MailRules, at: datetime) -> Slot | None:
        today = local_date(at, owed.zone)
        on = today + timedelta(days=(self.weekday - today.weekday()) % 7)
        if rules.morning(on, owed.zone, hour=self.hour) < at:
            on += timedelta(days=7)
        return Slot(owed.kind, self.name, on, rules.morning(on, owed.zone, hour=self.hour))


Step = OnDay | Before | AtOnce | Weekly
