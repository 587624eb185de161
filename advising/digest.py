"""Monday morning: the students of a caseload who need a word. No names of their contacts."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from accounts.models import Caseload, Role, User
from advising.board import Row, rows_of
from advising.filters import BY_NEED
from advising.reasons import Reason
from core.localtime import local_date
from core.paths import path_to
from reminders.kinds import register
from reminders.kinds.declaration import Kind, Words
from reminders.kinds.steps import Weekly
from reminders.models import Reminder
from reminders.obligations import Dates, Obligation

MOST_NAMES = 10


@register
class AdvisorsDigest(Kind):
    key = "DIGEST"
    label = "Monday mornings: students who need a word"
    example = "3 students, 1 letter"
    subject = User
    recipient_path = ""
    roles = (Role.ADVISOR,)
    steps = (Weekly("WEEKLY", weekday=0),)
    words = Words(
        "Your caseload this week",
        "Students who need a word",
        "What is late, who is stuck, and which letters wait for you.",
        "Open your caseload",
        "Open your caseload",
        "users",
    )

    def source(self, *, at: datetime) -> QuerySet[User]:
        looking_after = Caseload.objects.open().values("advisor")
        return User.objects.filter(role=Role.ADVISOR, is_active=True, pk__in=looking_after)

    def is_owed(self, subject: User, *, at: datetime) -> bool:
        return subject.is_advisor

    def is_worth_sending(self, owed: Obligation) -> bool:
        """Nobody is told that there is nothing to tell."""
        return bool(self.lists(owed))

    def has_last_row(self) -> dict:
        return {"state": Reminder.State.PENDING}

    def dates(self, subject: User, recipient: User, *, at: datetime) -> Dates:
        today = local_date(at, recipient.time_zone)
        return Dates(today, today, today, today)

    def name_of(self, subject: User) -> str:
        return ""

    def when(self, owed: Obligation) -> str:
        """“3 students, 1 letter”."""
        late, stuck, letters = self._exceptions(owed)
        students = len(late) + len(stuck)
        parts = [_count(students, "student"), _count(letters, "letter")]
        return ", ".join(filter(None, parts))

    def lists(self, owed: Obligation) -> list[tuple[str, list[str]]]:
        late, others, letters = self._exceptions(owed)
        found = [
            ("Something is late", [f"{row.student.name}: {row.late_in_words}" for row in late]),
            ("A word may help", [f"{row.student.name}: {_why(row).lower()}" for row in others]),
            ("Waiting for you", [f"{_count(letters, 'letter')} to read"] if letters else []),
        ]
        return [(heading, _shortened(lines)) for heading, lines in found if lines]

    def url(self, owed: Obligation) -> str:
        return path_to("home")

    def _exceptions(self, owed: Obligation) -> tuple[list[Row], list[Row], int]:
        """Who is late, who else could use a word, and how many letters wait."""
        rows = rows_of(owed.recipient, at=owed.at)
        in_need = [row for row in BY_NEED.apply(rows) if _reasons(row)]
        late = [row for row in in_need if _reasons(row)[0].is_late]
        others = [row for row in in_need if not _reasons(row)[0].is_late]
        return late, others, sum(len(row.letters) for row in rows)


def _reasons(row: Row) -> list[Reason]:
    """Letters are counted apart."""
    return [reason for reason in row.reasons if reason.can_be_spoken_of]


def _why(row: Row) -> str:
    return _reasons(row)[0].words


def _count(number: int, what: str) -> str:
    if not number:
        return ""
    return f"{number} {what if number == 1 else what + 's'}"


def _shortened(lines: list[str]) -> list[str]:
    more = len(lines) - MOST_NAMES
    return lines if more <= 0 else [*lines[:MOST_NAMES], f"and {more} more"]
