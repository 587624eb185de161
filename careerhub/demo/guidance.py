"""What Ruth and the office of the demo set out to do, and what she wrote to some students."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from accounts.models import Caseload, Role, User
from advising import actions
from advising.models import Goal, Remark

# Days ago, to whom of her students by their place, as what, in which words.
REMARKS = (
    (12, 0, "COMMENT", "What Aiko Hartmann told you is worth a second letter. Say what you did "
     "with it."),
    (9, 0, "NOTE", "Wants to write, worries about money. Bring up the paid internships in March."),
    (3, 0, "COMMENT", "Come by on Thursday, and we read your next letter together."),
    (8, 1, "COMMENT", "A good list to begin with. Which of them would be easiest to ask?"),
    (5, 2, "NOTE", "Home for two weeks, back after the break. No need to write before."),
)  # fmt: skip


def guide(maya: User, *, at: datetime, today: date) -> None:
    """A goal of the advisor for her own, one of the office for everybody, comments and notes."""
    advisor = Caseload.objects.open().get(student=maya).advisor
    others = User.objects.filter(role=Role.STUDENT, caseloads_as_student__advisor=advisor)
    hers = [maya, *others.exclude(pk=maya.pk).order_by("pk")[:2]]
    Goal.objects.create(
        name="Three talks before the break", advisor=advisor, target=3,
        from_on=today - timedelta(days=60), until_on=today + timedelta(days=24),
    )  # fmt: skip
    Goal.objects.create(
        name="Two thank-yous by mail", metric=Goal.Metric.THANKED, target=2,
        from_on=today - timedelta(days=45), until_on=today + timedelta(days=45),
    )  # fmt: skip
    for days, place, kind, text in REMARKS:
        if place < len(hers):
            actions.remark(
                advisor, hers[place], kind=Remark.Kind(kind), text=text,
                at=at - timedelta(days=days),
            )  # fmt: skip
