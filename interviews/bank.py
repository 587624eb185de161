"""The bank of questions as a page shows it: by topic, or those that a search finds."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from interviews.models import Question, Topic


@dataclass(frozen=True)
class Shelf:
    """One topic of the bank."""

    topic: Topic
    questions: list[Question]


def shelves(questions: Iterable[Question]) -> list[Shelf]:
    """The questions by topic, in the order in which one asks; topics without any are left out."""
    by_topic: dict[str, list[Question]] = {topic: [] for topic in Topic}
    for question in questions:
        by_topic[question.topic].append(question)
    return [Shelf(Topic(topic), found) for topic, found in by_topic.items() if found]


def finds(question: Question, words: str) -> bool:
    """Every word stands in the question, its reason or its topic. No words find everything."""
    text = f"{question.text} {question.why} {question.get_topic_display()}".casefold()
    return all(word in text for word in words.casefold().split())


def offered(
    questions: Iterable[Question], *, taken: Collection[int], ticked: Collection[int], words: str
) -> list[Question]:
    """What may still be picked: not on the list, and found; what is ticked is never hidden."""
    return [
        question
        for question in questions
        if question.pk not in taken and (question.pk in ticked or finds(question, words))
    ]
