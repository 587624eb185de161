"""The two letters that a talk owes, and how each stands on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.urls import reverse

from interviews.models import Interview


class Standing(StrEnum):
    DONE = "done"
    WAITING = "waiting"
    OPEN = "open"
    DUE = "due"
    LATE = "late"


@dataclass(frozen=True)
class Letter:
    """A thank-you or a follow-up, as it stands on a day."""

    title: str
    url: str
    done_on: date | None
    opens_on: date
    due_on: date
    last_on: date

    def is_open(self, on: date) -> bool:
        return on >= self.opens_on

    def standing(self, on: date) -> Standing:
        if self.done_on:
            return Standing.DONE
        if on > self.last_on:
            return Standing.LATE
        if on >= self.due_on:
            return Standing.DUE
        return Standing.OPEN if self.is_open(on) else Standing.WAITING


def letters(interview: Interview) -> list[Letter]:
    """The two letters that a talk owes, in their order; none before it is held."""
    if not interview.is_held:
        return []
    return [
        _letter(interview, "Thank-you", "thank", "thank_you", interview.thanked_on),
        _letter(interview, "Follow-up", "follow_up", "follow_up", interview.followed_up_on),
    ]


def _letter(
    interview: Interview, title: str, page: str, prefix: str, done_on: date | None
) -> Letter:
    due_on = getattr(interview, f"{prefix}_due_on")
    return Letter(
        title=title,
        url=reverse(f"interviews:{page}", args=[interview.pk]),
        done_on=done_on,
        opens_on=getattr(interview, f"{prefix}_opens_on") or due_on,
        due_on=due_on,
        last_on=getattr(interview, f"{prefix}_last_on") or due_on,
    )
