"""What the write-up begins with: a box for each topic, and what was noted in the talk (G5)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from interviews.models import Advice, Debrief, Insight, Interview, PreparedQuestion, Topic

# As many characters as an insight holds.
LONGEST = Insight._meta.get_field("text").max_length or 0


@dataclass(frozen=True)
class TopicBox:
    topic: Topic
    text: str
    # What the talk left about it: questions that were ticked, or have an answer.
    asked: list[PreparedQuestion]

    @property
    def name(self) -> str:
        return name_of(self.topic)

    @property
    def is_open(self) -> bool:
        return bool(self.asked or self.text)

    @property
    def notes(self) -> list[PreparedQuestion]:
        """Answers that the box does not hold in these words."""
        return [one for one in self.asked if one.answer.strip() and one.answer not in self.text]


@dataclass(frozen=True)
class Written:
    """All that a talk has of its write-up so far, in four queries."""

    interview: Interview
    debrief: Debrief | None
    boxes: list[TopicBox]
    advice: list[Advice]


def name_of(topic: Topic) -> str:
    return f"insight_{topic.lower()}"


def written(interview: Interview) -> Written:
    debrief = Debrief.objects.filter(interview=interview).first()
    insights = list(debrief.insights.all()) if debrief else []
    boxes = topic_boxes(list(interview.questions.in_order()), insights, debrief)
    return Written(interview, debrief, boxes, list(interview.advice.all()))


def topic_boxes(
    questions: Iterable[PreparedQuestion], insights: Iterable[Insight], debrief: Debrief | None
) -> list[TopicBox]:
    """One for each topic, in the order in which one asks."""
    texts = {insight.topic: insight.text for insight in insights}
    asked = [one for one in questions if one.is_asked or one.answer.strip()]
    boxes = []
    for topic in Topic:
        about = [one for one in asked if one.topic == topic]
        boxes.append(TopicBox(topic, texts.get(topic) or _begin_with(about, debrief), about))
    return boxes


def _begin_with(asked: list[PreparedQuestion], debrief: Debrief | None) -> str:
    """The answers; but a box that was left empty on purpose stays so until there is a newer one."""
    answered = [one for one in asked if one.answer.strip()]
    if debrief and not any(one.updated_at > debrief.updated_at for one in answered):
        return ""
    return "\n\n".join(f"{one.text}\n{one.answer.strip()}" for one in answered)[:LONGEST]
