"""How far conversations get: people at each step of the guide, counted once each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet, Sum

from accounts.models import User
from advising.models import StudentCounters

# Fewer people than this say nothing about a habit.
ENOUGH_PEOPLE = 5

LABELS = {
    "identified": "Identified",
    "asked": "Asked",
    "agreed": "Said yes",
    "met": "Met",
    "thanked": "Thanked",
    "kept": "Kept in touch",
}
LESSONS = {
    "asked": "Many names stay names: of {before} people identified, {people} were asked to meet.",
    "agreed": "Asking is the hard part now: of {before} people asked, {people} said yes.",
    "met": "Plans fall through: of {before} people who said yes, {people} were met.",
    "thanked": "Thank-yous go missing: of {before} people met, {people} were thanked.",
    "kept": "Most conversations end with the thank-you: of {before} people thanked, {people} "
    "heard from the student again.",
}


@dataclass(frozen=True)
class Reach:
    """How many people of one student, or of many, came as far as each step."""

    identified: int = 0
    asked: int = 0
    agreed: int = 0
    met: int = 0
    thanked: int = 0
    kept: int = 0

    def __add__(self, other: Reach) -> Reach:
        return Reach(**{step: getattr(self, step) + getattr(other, step) for step in LABELS})


@dataclass(frozen=True)
class Step:
    name: str
    people: int
    before: int | None

    @property
    def label(self) -> str:
        return LABELS[self.name]

    @property
    def percent(self) -> int | None:
        """The share of the people of the step before; none for the first step."""
        return round(100 * self.people / self.before) if self.before else None

    @property
    def is_low(self) -> bool:
        return self.percent is not None and self.percent < 50


@dataclass(frozen=True)
class Funnel:
    reach: Reach

    @property
    def steps(self) -> list[Step]:
        counts = [getattr(self.reach, name) for name in LABELS]
        return [
            Step(name, people, before)
            for name, people, before in zip(LABELS, counts, [None, *counts], strict=False)
        ]

    @property
    def lesson(self) -> str:
        """One sentence about the step at which the largest share stops."""
        steps = [step for step in self.steps if (step.before or 0) >= ENOUGH_PEOPLE]
        if not steps:
            return "A few more conversations, and this will show at which step they stop."
        narrowest = min(steps, key=lambda step: step.people / (step.before or 1))
        return LESSONS[narrowest.name].format(people=narrowest.people, before=narrowest.before)


def reach_of(counters: StudentCounters) -> Reach:
    return Reach(**{step: getattr(counters, step) for step in LABELS})


def funnel_of(reaches: Iterable[Reach]) -> Funnel:
    return Funnel(sum(reaches, start=Reach()))


def funnel_for(students: QuerySet[User]) -> Funnel:
    """In one query, which adds up the counters of `students`."""
    counted = StudentCounters.objects.filter(student__in=students)
    sums = counted.aggregate(**{step: Sum(step, default=0) for step in LABELS})
    return Funnel(Reach(**sums))
