"""An advisor wrote to a student: it goes out with the next morning's mail."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse

from accounts.models import Role, User
from advising.models import Remark
from advising.models.remark import NUDGE_KEY
from reminders.kinds import register
from reminders.kinds.declaration import Kind, Words
from reminders.kinds.steps import OnDay
from reminders.models import Reminder
from reminders.obligations import Dates, Obligation

State = Reminder.State


@register
class AdvisorWrote(Kind):
    """About the student themselves: what was written in one day is one part of one mail."""

    key = NUDGE_KEY
    label = "What your advisor writes to you"
    subject = User
    recipient_path = ""
    roles = (Role.STUDENT,)
    steps = (OnDay("MORNING"),)
    template = "advising/nudge"
    words = Words(
        "{name}",
        "{name}",
        "",
        "Read what your advisor wrote",
        "Read it in CareerHub",
        "message-circle",
    )

    def source(self, *, at: datetime) -> QuerySet[User]:
        waiting = Remark.objects.to_be_mailed(at=at)
        return User.objects.filter(is_active=True, pk__in=waiting.values("student"))

    def is_owed(self, subject: User, *, at: datetime) -> bool:
        return subject.is_student and _waiting(subject, at=at).exists()

    def has_last_row(self) -> dict:
        """The row that a deed wrote goes on saying it, whatever became of it; but the sent one."""
        return {"state__in": (State.PENDING, State.WITHHELD, State.DEAD)}

    def dates(self, subject: User, recipient: User, *, at: datetime) -> Dates:
        newest = _waiting(subject, at=at).latest("goes_out_on")
        on = newest.goes_out_on
        assert on, "the database demands it"  # noqa: S101 - for the type checker
        return Dates(on, on, on, on)

    def name_of(self, subject: User) -> str:
        """What the first of them is about."""
        newest = Remark.objects.filter(student=subject, kind=Remark.Kind.NUDGE)
        return newest.newest_first().values_list("subject", flat=True).first() or "A word for you"

    def when(self, owed: Obligation) -> str:
        newest = _waiting(owed.recipient, at=owed.at).newest_first().first()
        return f"from {newest.author_name}" if newest else "from your advisor"

    def since_in_words(self, owed: Obligation) -> str:
        return ""

    def lists(self, owed: Obligation) -> list[tuple[str, list[str]]]:
        """Each subject with its paragraphs."""
        waiting = _waiting(owed.recipient, at=owed.at).order_by("written_at", "id")
        return [(one.subject, one.text.split("\n\n")) for one in waiting]

    def url(self, owed: Obligation) -> str:
        return reverse("advising:words")


def _waiting(student: User, *, at: datetime):
    return Remark.objects.filter(student=student).to_be_mailed(at=at).select_related("author")
