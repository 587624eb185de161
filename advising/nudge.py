"""An advisor wrote to a student: it goes out with the next morning's mail."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from accounts.models import Role, User
from advising.models import Remark
from advising.models.remark import NUDGE_KEY, RemarkQuerySet
from core.paths import path_to
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
    example = "from Ruth Halloran"
    subject = User
    recipient_path = ""
    roles = (Role.STUDENT,)
    steps = (OnDay("MORNING"),)
    template = "advising/nudge"
    is_worded_by_office = False
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
        """Until it is read, mailed or not."""
        return subject.is_student and _fresh(subject).fresh_mails(at=at).exists()

    def is_worth_sending(self, owed: Obligation) -> bool:
        """What has gone out does not go out again."""
        return _fresh(owed.recipient).to_be_mailed(at=owed.at).exists()

    def has_last_row(self) -> dict:
        """The row that a deed wrote goes on saying it, whatever became of it; but the sent one."""
        return {"state__in": (State.PENDING, State.WITHHELD, State.DEAD)}

    def dates(self, subject: User, recipient: User, *, at: datetime) -> Dates:
        on = _fresh(subject).fresh_mails(at=at).latest("goes_out_on").goes_out_on
        assert on, "the database demands it"  # noqa: S101 - for the type checker
        return Dates(on, on, on, on)

    def name_of(self, subject: User) -> str:
        """What the newest of them is about."""
        written = _fresh(subject).filter(kind=Remark.Kind.NUDGE).newest_first()
        return written.values_list("subject", flat=True).first() or "A word for you"

    def when(self, owed: Obligation) -> str:
        said = _said(owed)
        return f"from {said[-1].author_name}" if said else "from your advisor"

    def since_in_words(self, owed: Obligation) -> str:
        return ""

    def lists(self, owed: Obligation) -> list[tuple[str, list[str]]]:
        """Each subject with its paragraphs."""
        return [(one.subject, one.text.split("\n\n")) for one in _said(owed)]

    def url(self, owed: Obligation) -> str:
        return path_to("advising:words")


def _fresh(student: User) -> RemarkQuerySet:
    return Remark.objects.filter(student=student).select_related("author")


def _said(owed: Obligation) -> list[Remark]:
    """What the next mail says; after it, what is still to be read."""
    to_be_read = _fresh(owed.recipient).order_by("written_at", "id")
    return list(to_be_read.to_be_mailed(at=owed.at)) or list(to_be_read.fresh_mails(at=owed.at))
