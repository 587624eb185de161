"""A student's list for one talk. Ranks run from 1 without a gap; the talk's row is the lock."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum

from django.db import transaction

from interviews.actions.talks import Refused, lock
from interviews.models import Interview, PreparedQuestion, Question, Topic

# More than one talk can hold; it also keeps the page light.
MOST = 40
# What a list needs in order to put a removed question back as it was.
KEPT = ("source_id", "topic", "text", "rank", "is_asked", "answer")


class ListIsFull(Refused):
    def __init__(self) -> None:
        super().__init__(f"A list holds {MOST} questions. Take some off first.")


class OnTheList(Refused):
    def __init__(self) -> None:
        super().__init__("This question is on your list already.")


class NotOnTheList(Refused):
    def __init__(self) -> None:
        super().__init__("That question is no longer on your list.")


class Way(StrEnum):
    UP = "up"
    DOWN = "down"
    TOP = "top"


@transaction.atomic
def add_own(interview: Interview, *, text: str) -> PreparedQuestion:
    """A question in the student's own words goes to the end of the list."""
    listed = _locked(interview)
    if any(same(one.text, text) for one in listed):
        raise OnTheList
    return _append(interview, listed, [PreparedQuestion(topic=Topic.OWN, text=text)])[0]


@transaction.atomic
def add_from_bank(interview: Interview, *, picked: Iterable[Question]) -> int:
    """Copy the words of `picked` to the end of the list, leaving out what is there; how many."""
    copies = [PreparedQuestion(source=one, topic=one.topic, text=one.text) for one in picked]
    return _append_new(interview, copies)


@transaction.atomic
def take_over(interview: Interview, *, earlier: Interview) -> int:
    """Copy the list of an earlier talk in its order, answers aside; how many were new."""
    copies = [
        PreparedQuestion(source_id=one.source_id, topic=one.topic, text=one.text)
        for one in earlier.questions.in_order()
    ]
    return _append_new(interview, copies)


@transaction.atomic
def move(question: PreparedQuestion, *, way: Way) -> int:
    """One place up or down, or to the top; past the ends it stays. The new rank is returned."""
    listed = _locked(question.interview)
    ids = [one.pk for one in listed]
    if question.pk not in ids:
        raise NotOnTheList
    here = ids.index(question.pk)
    there = {Way.UP: max(here - 1, 0), Way.DOWN: min(here + 1, len(ids) - 1), Way.TOP: 0}[way]
    listed.insert(there, listed.pop(here))
    _renumber(listed)
    return there + 1


@transaction.atomic
def reorder(interview: Interview, *, order: Sequence[int]) -> None:
    """Rank by `order`. Ids of other lists are passed over; what it leaves out keeps its turn."""
    listed = _locked(interview)
    places = {pk: place for place, pk in enumerate(order)}
    _renumber(sorted(listed, key=lambda one: places.get(one.pk, len(places) + one.rank)))


@transaction.atomic
def remove(question: PreparedQuestion) -> dict[str, object]:
    """Take it off the list; what is returned puts it back."""
    listed = _locked(question.interview)
    gone = next((one for one in listed if one.pk == question.pk), None)
    if gone is None:
        raise NotOnTheList
    kept = {field: getattr(gone, field) for field in KEPT}
    listed.remove(gone)
    gone.delete()
    _renumber(listed)
    return kept


@transaction.atomic
def put_back(interview: Interview, *, kept: dict) -> PreparedQuestion:
    """Undo `remove()`: at its old rank, with its answer."""
    listed = _locked(interview)
    if any(same(one.text, kept["text"]) for one in listed):
        raise OnTheList
    # A question that the bank lost since stays in the student's words.
    sources = Question.objects.filter(pk=kept["source_id"])
    back = PreparedQuestion(**{**kept, "source_id": sources.values_list("pk", flat=True).first()})
    question = _append(interview, listed, [back])[0]
    # kept["rank"] counts from one.
    listed.insert(max(0, kept["rank"] - 1), question)
    _renumber(listed)
    return question


def same(one: str, other: str) -> bool:
    """Equal but for case, spaces and the last mark."""
    return _plain(one) == _plain(other)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip("?!. ")


def _locked(interview: Interview) -> list[PreparedQuestion]:
    lock(interview)
    return list(interview.questions.in_order())


def _append_new(interview: Interview, copies: list[PreparedQuestion]) -> int:
    listed = _locked(interview)
    known = {_plain(one.text) for one in listed}
    sources = {one.source_id for one in listed if one.source_id}
    new = [one for one in copies if _plain(one.text) not in known and one.source_id not in sources]
    return len(_append(interview, listed, new))


def _append(
    interview: Interview, listed: list[PreparedQuestion], new: list[PreparedQuestion]
) -> list[PreparedQuestion]:
    if len(listed) + len(new) > MOST:
        raise ListIsFull
    last = max((one.rank for one in listed), default=0)
    for rank, question in enumerate(new, start=last + 1):
        question.interview, question.rank = interview, rank
    return PreparedQuestion.objects.bulk_create(new)


def _renumber(listed: Sequence[PreparedQuestion]) -> None:
    moved = []
    for rank, question in enumerate(listed, start=1):
        if question.rank != rank:
            question.rank = rank
            moved.append(question)
    PreparedQuestion.objects.bulk_update(moved, ["rank"])
