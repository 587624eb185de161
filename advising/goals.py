"""How far the students of a goal have come, counted from its first day to its last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from accounts.models import User
from advising.models import Goal
from contacts.models import Interaction
from core.localtime import local_date
from interviews.models import Interview

Metric = Goal.Metric
# Fewer students than this would be people one knows, and not a number.
ENOUGH_STUDENTS = 5


@dataclass(frozen=True)
class Progress:
    """`counts` has the students of the group, also those who have not begun."""

    goal: Goal
    counts: dict[int, int]

    @property
    def students(self) -> int:
        return len(self.counts)

    @property
    def there(self) -> int:
        return sum(count >= self.goal.target for count in self.counts.values())

    @property
    def begun(self) -> int:
        return sum(count > 0 for count in self.counts.values())

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def is_of_enough(self) -> bool:
        return self.students >= ENOUGH_STUDENTS

    def of(self, student: User) -> int:
        return self.counts.get(student.pk, 0)


def progress_of(goals: Sequence[Goal], *, among: QuerySet[User] | None = None) -> list[Progress]:
    """One query, whatever the number of goals; of some of the students alone, if `among` says."""
    counts: dict[int, dict[int, int]] = {goal.pk: {} for goal in goals}
    parts = [_counted(goal, among) for goal in goals]
    for goal_pk, student_pk, count in parts[0].union(*parts[1:], all=True) if parts else ():
        counts[goal_pk][student_pk] = count
    return [Progress(goal, counts[goal.pk]) for goal in goals]


def own_progress(student: User, *, at: datetime) -> list[tuple[Goal, int]]:
    """The student's goals of this day in their own calendar, and how far each has come."""
    today = local_date(at, student.time_zone)
    found = Goal.objects.visible_to(student).filter(from_on__lte=today, until_on__gte=today)
    goals = list(found.select_related("advisor").by_day())
    return [
        (one.goal, one.of(student))
        for one in progress_of(goals, among=User.objects.filter(pk=student.pk))
    ]


def goals_in_sight(user: User, *, at: datetime) -> list[Goal]:
    today = local_date(at, user.time_zone)
    # It is yesterday still for some of the students.
    found = Goal.objects.visible_to(user).in_sight(on=today - timedelta(days=1))
    return list(found.select_related("advisor").by_day())


def _counted(goal: Goal, among: QuerySet[User] | None) -> QuerySet[Any, tuple]:
    """Rows of goal, student and number, also of students who have not begun."""
    rows, day, number = COUNTED[goal.metric]
    in_time = {f"{day}__range": (goal.from_on, goal.until_on)}
    own = rows.filter(contact__student=OuterRef("pk"), **in_time).order_by()
    count = own.values("contact__student").annotate(number=number).values("number")
    group = goal.students() if among is None else goal.students().filter(pk__in=among.values("pk"))
    counted = group.annotate(goal=Value(goal.pk), count=Coalesce(Subquery(count), 0))
    return counted.values_list("goal", "pk", "count")


PEOPLE = Count("contact", distinct=True)
COUNTED: dict[str, tuple[QuerySet[Any], str, Count]] = {
    Metric.TALKS: (Interview.objects.all(), "held_on", Count("pk")),
    Metric.MET: (Interview.objects.all(), "held_on", PEOPLE),
    Metric.ASKED: (Interaction.objects.filter(outcome="ASKED"), "happened_on", PEOPLE),
    Metric.THANKED: (Interview.objects.all(), "thanked_on", Count("pk")),
}
