"""What is written while one talks. Each deed locks the talk, so two phones wait for each other."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction

from accounts.models import OfficeSettings
from interviews.actions.calendars import store
from interviews.actions.talks import Refused, hold, lock
from interviews.live import FROM_ELSEWHERE, Typed, boxes, clock, day_of, is_live, settled
from interviews.models import AHEAD, MET, Interview

INTERESTS = {str(number): number for number in range(1, 6)}
# A phone that was without a connection says how long ago the talk began.
LONGEST_AGO = timedelta(hours=12)


class NotNow(Refused):
    def __init__(self) -> None:
        super().__init__("This talk is not on. Write down the new time first.")


@transaction.atomic
def start_live(
    interview: Interview, *, at: datetime, ago: timedelta = timedelta(0), again: bool = False
) -> None:
    """The clock runs from `ago` before `at`. A second click changes nothing, unless meant."""
    lock(interview)
    if interview.state in MET:
        return
    if not is_live(interview, at=at):
        raise NotNow
    if clock(interview, at=at) and not again:
        return
    interview.live_started_at = at - min(max(ago, timedelta(0)), LONGEST_AGO)
    if interview.state not in AHEAD:
        # Nothing was agreed, so they talk at once: that is a call (G23).
        interview.format = Interview.Format.PHONE
        interview.minutes = OfficeSettings.current().minutes_by_phone
    store(interview, "live_started_at", "format", "minutes")


@transaction.atomic
def save_live(interview: Interview, *, typed: Mapping[str, Typed], at: datetime) -> dict[str, str]:
    """Keep what the boxes hold; return those whose text is now another than was sent.

    A box whose question was taken off the list meanwhile goes to the end of the notes.
    """
    lock(interview)
    stray = dict(typed)
    kept = _keep_answers(interview, stray)
    kept |= _keep_notes(interview, stray)
    return {
        name: text for name, text in kept.items() if name not in typed or text != typed[name].text
    }


@transaction.atomic
def finish_live(interview: Interview, *, at: datetime) -> None:
    """They are done: they met on the day the talk began (G38). Said again, nothing changes."""
    lock(interview)
    if interview.state in MET:
        return
    started_at = interview.live_started_at
    if interview.state in AHEAD and interview.starts_at and interview.starts_at > at and started_at:
        # It began earlier than agreed, and it is over.
        interview.starts_at = started_at
        store(interview, "starts_at")
    hold(interview, held_on=day_of(interview, at=at), at=at)


def _keep_answers(interview: Interview, stray: dict[str, Typed]) -> dict[str, str]:
    """Takes out of `stray` what belongs to a question of the list."""
    kept = {}
    for box in boxes(interview.questions.in_order()):
        question = box.question
        answer, tick = stray.pop(box.name, None), stray.pop(box.tick, None)
        before = (question.answer, question.is_asked)
        if answer is not None:
            kept[box.name] = question.answer = settled(question.answer, answer)
        if tick is not None:
            question.is_asked = bool(tick.text)
        if before != (question.answer, question.is_asked):
            question.save(update_fields=["answer", "is_asked", "updated_at"])
    return kept


def _keep_notes(interview: Interview, stray: dict[str, Typed]) -> dict[str, str]:
    notes, interest = stray.pop("notes", None), stray.pop("interest", None)
    if interest is not None and interest.text in INTERESTS:
        interview.interest_before = INTERESTS[interest.text]
    if notes is not None:
        interview.notes = settled(interview.notes, notes)
    lost = [one.text for name, one in stray.items() if name.startswith("q") and one.text.strip()]
    for text in lost:
        interview.notes = _with(interview.notes, text)
    interview.save(update_fields=["notes", "interest_before", "updated_at"])
    return {"notes": interview.notes} if notes is not None or lost else {}


def _with(notes: str, text: str) -> str:
    if text in notes:
        return notes
    return f"{notes}\n\n{FROM_ELSEWHERE}\n{text}" if notes else text
