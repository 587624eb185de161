"""What students owe, in the words that their advisor reads.

An advisor's page asks for 400 students at once: one statement, written out, reads both letters of a
talk in one look, and of each row no more than is shown. No letter, no notes. Which of them are
open or late, the reminders' own obligations say.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from accounts.models import User
from core.localtime import local_date
from core.statements import fetch
from reminders import kinds
from reminders.obligations import Dates, Obligation

# The reminders speak to the student: “the call you promised”.
WHAT = {
    "PROMISED_CALL": "Promised call to {name}",
    "THANK_YOU": "Thank-you to {name}",
    "FOLLOW_UP": "Second letter to {name}",
}


# The database demands the due day of a letter alone (reminders.kinds.thank_you says the same).
OPEN = """
SELECT letter.kind, contact.student_id, talk.id, contact.name, talk.held_on,
       coalesce(letter.opens_on, letter.due_on) AS opens_on, letter.due_on,
       coalesce(letter.last_on, letter.due_on) AS last_on
  FROM contacts_contact contact
  JOIN interviews_interview talk ON talk.contact_id = contact.id
 CROSS JOIN LATERAL (VALUES
       ('THANK_YOU', talk.thanked_on,
        talk.thank_you_opens_on, talk.thank_you_due_on, talk.thank_you_last_on),
       ('FOLLOW_UP', talk.followed_up_on,
        talk.follow_up_opens_on, talk.follow_up_due_on, talk.follow_up_last_on)
       ) AS letter (kind, sent_on, opens_on, due_on, last_on)
 WHERE contact.student_id = ANY(%(students)s)
   AND talk.held_on IS NOT NULL AND letter.sent_on IS NULL
 UNION ALL
SELECT 'PROMISED_CALL', contact.student_id, line.id, contact.name, line.happened_on,
       line.promised_call_on, line.promised_call_on, line.promised_call_on
  FROM contacts_contact contact
  JOIN contacts_interaction line ON line.contact_id = contact.id
 WHERE contact.student_id = ANY(%(students)s)
   AND line.promised_call_on IS NOT NULL AND line.called_on IS NULL
 ORDER BY last_on, due_on, 1, 3
"""


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
    zones = {student.time_zone for student in by_pk.values()}
    today = {zone: local_date(at, zone) for zone in zones}
    owed = defaultdict(list)
    for kind, student_pk, *subject, since, opens_on, due_on, last_on in fetch(
        OPEN, {"students": list(by_pk)}
    ):
        declared = kinds.get(kind)
        assert declared, "WHAT names kinds of the guide"  # noqa: S101 - for the type checker
        student, dates = by_pk[student_pk], Dates(since, opens_on, due_on, last_on)
        obligation = Obligation(
            declared, student, Subject(*subject), dates, today[student.time_zone], at
        )
        if obligation.is_open:
            owed[student_pk].append(Owed(obligation))
    return owed
