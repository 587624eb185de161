"""What students owe, in the words that their advisor reads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from reminders.obligations import Obligation
from reminders.schedule import obligations_of

# The reminders speak to the student: “the call you promised”.
WHAT = {
    "PROMISED_CALL": "Promised call to {name}",
    "THANK_YOU": "Thank-you to {name}",
    "FOLLOW_UP": "Second letter to {name}",
}


@dataclass(frozen=True)
class Owed:
    obligation: Obligation

    @property
    def what(self) -> str:
        return WHAT[self.obligation.kind].format(name=self.obligation.contact_name)

    @property
    def when(self) -> str:
        return self.obligation.when

    @property
    def days_late(self) -> int:
        return self.obligation.days_late

    @property
    def is_late(self) -> bool:
        return self.obligation.is_late


def owed_by(students: Sequence[User], *, at: datetime) -> dict[int, list[Owed]]:
    """What each student could have done by now and has not, the latest first."""
    owed = defaultdict(list)
    for obligation in obligations_of(students, at=at):
        if obligation.is_open:
            owed[obligation.student.pk].append(Owed(obligation))
    return owed
