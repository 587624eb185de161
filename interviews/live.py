"""The page that one holds in the hand while one talks (G33): when it is on, and what it keeps.

Pure. On the phone static/live.js keeps each keystroke at once in localStorage, an entry a box, and
sends it as soon as it can; the entry goes when the server has it. A box is sent with the marks of
the texts it grew from, so a text that came from elsewhere meanwhile is seen, and both are kept.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from core.localtime import local_date
from interviews.models import AHEAD, UNDERWAY, Interview, PreparedQuestion

FROM_ELSEWHERE = "[From another screen]"
LAST_MINUTES = 5
FIVE_LEFT = "Five minutes left. Ask what matters most."
TIME_IS_UP = "Time to close: thank them, and ask whom else to meet."
# One is ready early, and a talk that began before midnight ends after it.
A_HALF_DAY = timedelta(hours=12)


@dataclass(frozen=True)
class Typed:
    """What one box of the page was sent as."""

    text: str
    # Marks of the texts that this one was written upon; none from a page that knew of none.
    was: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Box:
    """A prepared question as the page shows it."""

    question: PreparedQuestion

    @property
    def name(self) -> str:
        return f"q{self.question.pk}"

    @property
    def tick(self) -> str:
        return f"a{self.question.pk}"

    @property
    def mark(self) -> str:
        return mark(self.question.answer)


@dataclass(frozen=True)
class Clock:
    """The quiet clock: words for whoever looks, none that blink."""

    started_at: datetime
    minutes: int

    @property
    def ends_at(self) -> datetime:
        return self.started_at + timedelta(minutes=self.minutes)

    @property
    def milliseconds(self) -> int:
        return round(self.started_at.timestamp() * 1000)

    def words(self, at: datetime) -> str:
        gone = max(0, (at - self.started_at) // timedelta(minutes=1))
        return f"{gone} of {self.minutes} minutes"

    def cue(self, at: datetime) -> str:
        left = self.ends_at - at
        if left <= timedelta(0):
            return TIME_IS_UP
        if left <= timedelta(minutes=LAST_MINUTES) and self.minutes > LAST_MINUTES:
            return FIVE_LEFT
        return ""


def boxes(questions: Iterable[PreparedQuestion]) -> list[Box]:
    return [Box(question) for question in questions]


def is_live(interview: Interview, *, at: datetime) -> bool:
    """On the day of the talk, and at any time when none is agreed: they may talk at once (G23)."""
    if interview.state not in UNDERWAY:
        return False
    begins = interview.starts_at if interview.state in AHEAD else None
    if begins is None or begins - at <= A_HALF_DAY:
        return True
    zone = interview.student.time_zone
    return local_date(begins, zone) <= local_date(at, zone)


def clock(interview: Interview, *, at: datetime) -> Clock | None:
    """None before the start, and for a start so long ago that it was another talk."""
    started_at = interview.live_started_at
    if started_at is None or at - started_at > A_HALF_DAY:
        return None
    return Clock(started_at, interview.minutes)


def day_of(interview: Interview, *, at: datetime) -> date:
    """The day they met, for somebody who says at `at` that they are done.

    A talk belongs to the day it began on, by the student's calendar.
    """
    agreed = interview.starts_at if interview.state in AHEAD else None
    began = next(
        (one for one in (interview.live_started_at, agreed) if one and _is_recent(one, at)), at
    )
    return local_date(began, interview.student.time_zone)


def _is_recent(began: datetime, at: datetime) -> bool:
    return timedelta(0) <= at - began <= A_HALF_DAY


def plain(text: str) -> str:
    """As the database takes it and browsers count it: line feeds, no NUL, whole characters."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    return text.encode("utf-8", "replace").decode()


def mark(text: str) -> str:
    """A short mark of a text; static/live.js makes the same one, over UTF-16."""
    units = plain(text).encode("utf-16-le")
    found = 5381
    for at in range(0, len(units), 2):
        found = (found * 33 ^ int.from_bytes(units[at : at + 2], "little")) & 0xFFFFFFFF
    return f"{found:x}.{len(units) // 2}"


def settled(current: str, typed: Typed) -> str:
    """The text to keep. Nothing that another screen wrote meanwhile is written over.

    Where both are kept, the new text comes last: the page relies on that.
    """
    current, new = plain(current), plain(typed.text)
    if current == new or mark(current) in typed.was or _stands_in(new, current):
        return new
    if _stands_in(current, new):
        return current
    return f"{current}\n\n{FROM_ELSEWHERE}\n{new}"


def _stands_in(whole: str, part: str) -> bool:
    """As whole words: “no” does not stand in “know”. Nothing stands in everything."""
    words, sought = " ".join(whole.split()), " ".join(part.split())
    return not sought or f" {sought} " in f" {words} "
