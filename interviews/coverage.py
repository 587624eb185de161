"""What a list of questions covers, and whether the time is enough for it (G4, G33). Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from interviews.models import PreparedQuestion, Topic

# An answer worth having takes about three minutes.
MINUTES_A_QUESTION = 3
# What a talk teaches about a field; questions of one's own may be about anything.
TOPICS = [topic for topic in Topic if topic != Topic.OWN]


@dataclass(frozen=True)
class Covered:
    topic: Topic
    count: int

    @property
    def words(self) -> str:
        if not self.count:
            return "Nothing yet"
        return "1 question" if self.count == 1 else f"{self.count} questions"


@dataclass(frozen=True)
class Coverage:
    topics: list[Covered]
    own: int

    @property
    def covered(self) -> int:
        return sum(1 for one in self.topics if one.count)

    @property
    def most(self) -> int:
        """The longest bar; never nought, so that it may divide."""
        return max([1, *(one.count for one in self.topics)])

    @property
    def missing(self) -> list[Topic]:
        return [one.topic for one in self.topics if not one.count]


@dataclass(frozen=True)
class TimeMeter:
    """How long the questions take, beside how long the talk is."""

    count: int
    minutes: int

    @property
    def needed(self) -> int:
        return self.count * MINUTES_A_QUESTION

    @property
    def room(self) -> int:
        """How many questions the talk has time for; one at least."""
        return max(1, self.minutes // MINUTES_A_QUESTION)

    @property
    def is_too_long(self) -> bool:
        return self.count > self.room

    @property
    def words(self) -> str:
        if not self.count:
            return f"Your {self.minutes} minutes have room for about {self.room} questions."
        if self.is_too_long:
            return (
                f"These take about {self.needed} minutes, and you have {self.minutes}. "
                f"You will get to the first {self.room}."
            )
        return f"These take about {self.needed} of your {self.minutes} minutes."


def coverage(questions: Iterable[PreparedQuestion]) -> Coverage:
    counts = Counter(question.topic for question in questions)
    return Coverage([Covered(topic, counts[topic]) for topic in TOPICS], own=counts[Topic.OWN])
