"""What students owe, in the words that their advisor reads.

An advisor's page asks for 400 students at once, so that the rows are read narrow: no letter, no
notes. Which of them are open or late, the reminders' own obligations say.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import F, QuerySet, Value
from django.db.models.functions import Coalesce

from accounts.models import User
from contacts.models import Interaction
from core.localtime import local_date
from interviews.models import Interview
from reminders import kinds
from reminders.obligations import Dates, Obligation

# The reminders speak to the student: “the call you promised”.
WHAT = {
    "PROMISED_CALL": "Promised call to {name}",
    "THANK_YOU": "Thank-you to {name}",
    "FOLLOW_UP": "Second letter to {name}",
}


# The database demands the due day of a letter alone (reminders.kinds.thank_you says the same).
def _letter(name: str) -> dict[str, Any]:
    due_on = f"{name}_due_on"
    return {
        "since": F("held_on"),
        "opens_on": Coalesce(f"{name}_opens_on", due_on),
        "due_on": F(due_on),
        "last_on": Coalesce(f"{name}_last_on", due_on),
    }


COLUMNS = {
    "PROMISED_CALL": {
        "since": F("happened_on"),
        **dict.fromkeys(("opens_on", "due_on", "last_on"), F("promised_call_on")),
    },
    "THANK_YOU": _letter("thank_you"),
    "FOLLOW_UP": _letter("follow_up"),
}
ORDER = (
    "kind", "student", "pk", "contact__name", "since", "opens_on", "due_on", "last_on",
)  # fmt: skip


class Subject(NamedTuple):
    """Of the row that owes it, no more than an advisor's page shows."""

    pk: int
    contact_name: str


@dataclass(frozen=True)
class Owed:
    obligation: Obligation

    @property
    def what(self) -> str:
        return WHAT[self.kind].format(name=self.obligation.subject.contact_name)

    @property
    def kind(self) -> str:
        return self.obligation.kind

    @property
    def anchor(self) -> str:
        """Where it stands on the student's page, and what it is about."""
        return f"{self.kind.lower()}-{self.obligation.subject.pk}"

    @property
    def when(self) -> str:
        return self.obligation.when_owed

    @property
    def days_late(self) -> int:
        return self.obligation.days_late

    @property
    def is_late(self) -> bool:
        return self.obligation.is_late


def owed_by(students: Iterable[User], *, at: datetime) -> dict[int, list[Owed]]:
    """What each student could have done by now and has not, the latest first. One query."""
    by_pk = {student.pk: student for student in students}
    today = {pk: local_date(at, student.time_zone) for pk, student in by_pk.items()}
    owed = defaultdict(list)
    for kind, student_pk, *subject, since, opens_on, due_on, last_on in _open(by_pk, at=at):
        declared = kinds.get(kind)
        assert declared, "WHAT names kinds of the guide"  # noqa: S101 - for the type checker
        dates = Dates(since, opens_on, due_on, last_on)
        obligation = Obligation(
            declared, by_pk[student_pk], Subject(*subject), dates, today[student_pk], at
        )
        if obligation.is_open:
            owed[student_pk].append(Owed(obligation))
    return owed


def _open(students: Iterable[int], *, at: datetime) -> QuerySet:
    """Rows of kind, student, row, name, and the four dates; what is latest, or will be first."""
    calls = _rows(Interaction.objects.awaiting_call(), "PROMISED_CALL", students)
    thanks = _rows(Interview.objects.awaiting_thank_you(), "THANK_YOU", students)
    # It is tomorrow already somewhere.
    begun = at.date() + timedelta(days=1)
    again = _rows(Interview.objects.awaiting_follow_up(), "FOLLOW_UP", students)
    again = again.filter(opens_on__lte=begun)
    return calls.union(thanks, again, all=True).order_by("last_on", "due_on", "kind", "pk")


def _rows(owing: QuerySet[Any], kind: str, students: Iterable[int]) -> QuerySet[Any, tuple]:
    columns = {"kind": Value(kind), "student": F("contact__student"), **COLUMNS[kind]}
    of_students = owing.filter(contact__student__in=list(students))
    return of_students.annotate(**columns).values_list(*ORDER)
