"""The office's bank of questions. What changes here changes no list of a student."""

from __future__ import annotations

from django.db import transaction

from interviews.actions.talks import Refused
from interviews.models import Question


class InTheBank(Refused):
    def __init__(self) -> None:
        super().__init__("This question is in the bank already.")


@transaction.atomic
def keep_question(question: Question) -> None:
    """Store a new or changed question; one that is new to its topic stands last in it."""
    bank = _locked()
    if any(one.text == question.text and one.pk != question.pk for one in bank):
        raise InTheBank
    topic = [one for one in bank if one.topic == question.topic]
    if question.pk not in [one.pk for one in topic]:
        question.place = 1 + max((one.place for one in topic), default=0)
    question.save()


@transaction.atomic
def retire(question: Question) -> None:
    """Students are no longer offered it; lists that hold it keep it."""
    _offer(question, is_active=False)


@transaction.atomic
def put_back(question: Question) -> None:
    _offer(question, is_active=True)


@transaction.atomic
def move(question: Question, *, up: bool) -> None:
    """Change places with its neighbor in the topic; at the ends nothing happens."""
    topic = [one for one in _locked() if one.topic == question.topic]
    here = next(i for i, one in enumerate(topic) if one.pk == question.pk)
    there = min(max(here + (-1 if up else 1), 0), len(topic) - 1)
    topic.insert(there, topic.pop(here))
    for place, one in enumerate(topic, start=1):
        one.place = place
    Question.objects.bulk_update(topic, ["place"])


def _locked() -> list[Question]:
    """The whole bank as it is once the one before us is done: a second look, after the lock."""
    list(Question.objects.select_for_update().order_by("id"))
    return list(Question.objects.in_order())


def _offer(question: Question, *, is_active: bool) -> None:
    question.is_active = is_active
    question.save(update_fields=["is_active", "updated_at"])
