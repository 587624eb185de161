"""Why a word with a student might help: each reason is gone when what it is about is done.

Nothing here reads a row; a board makes the facts (advising/board.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db.models import TextChoices

from accounts.models import OfficeSettings, User
from advising.models import StudentCounters
from advising.owed import Owed
from core.localtime import local_date
from core.paths import path_to
from interviews.models import Interview


class Why(TextChoices):
    """In the order in which an advisor would want to know."""

    PROMISED_CALL = "PROMISED_CALL", "Promised call missed"
    THANK_YOU = "THANK_YOU", "Thank-you late"
    FOLLOW_UP = "FOLLOW_UP", "Second letter late"
    LETTER = "LETTER", "Letter to read"
    NOES = "NOES", "Several noes in a row"
    NO_NAMES = "NO_NAMES", "Asked nobody for a name"
    NOBODY_ADDED = "NOBODY_ADDED", "Nobody added yet"
    NOBODY_ASKED = "NOBODY_ASKED", "Nobody asked yet"
    QUIET = "QUIET", "Quiet for weeks"


WEIGHT = {why: place for place, why in enumerate(Why)}
LATE = (Why.PROMISED_CALL, Why.THANK_YOU, Why.FOLLOW_UP)
STUCK = (Why.NOBODY_ADDED, Why.NOBODY_ASKED, Why.QUIET)


@dataclass(frozen=True)
class Reason:
    """`about` is made of what the reason rests on: something new makes it another reason."""

    why: Why
    about: str
    words: str
    url: str
    # Since when it is late or waits, in words and in days.
    when: str = ""
    days: int = 0

    @property
    def is_late(self) -> bool:
        return self.why in LATE

    @property
    def can_be_spoken_of(self) -> bool:
        """A letter that waits for the advisor is gone when the advisor answers it."""
        return self.why != Why.LETTER


class WaitingLetter(NamedTuple):
    pk: int
    contact_name: str
    asked_at: datetime


@dataclass(frozen=True)
class Facts:
    """What a reason may rest on. `today` is a day of the student's own calendar."""

    student: User
    office: OfficeSettings
    today: date
    in_caseload_since: date
    counters: StudentCounters
    owed: list[Owed]
    letters: list[WaitingLetter]
    next_talk: Interview | None

    @property
    def last_active_on(self) -> date | None:
        return self.counters.last_active_on(self.student.time_zone)


def reasons_of(facts: Facts) -> list[Reason]:
    """All there are, the weightiest first; of one kind the longest first."""
    found = [*_late(facts), *_letters(facts), *_habits(facts), *_stuck(facts)]
    return sorted(found, key=lambda reason: (WEIGHT[reason.why], -reason.days))


def _late(facts: Facts) -> Iterator[Reason]:
    for debt in facts.owed:
        if debt.is_late:
            url = _page(facts, debt.anchor)
            yield Reason(Why(debt.kind), debt.anchor, debt.what, url, debt.when, debt.days_late)


def _letters(facts: Facts) -> Iterator[Reason]:
    for letter in facts.letters:
        days = (facts.today - local_date(letter.asked_at, facts.student.time_zone)).days
        url = path_to("letters:review", letter.pk)
        words = f"Letter to {letter.contact_name} waits for you"
        yield Reason(Why.LETTER, f"letter-{letter.pk}", words, url, waited(days), days)


def _habits(facts: Facts) -> Iterator[Reason]:
    noes, met = facts.counters.noes_in_a_row, facts.counters.met
    if noes >= facts.office.noes_in_a_row:
        url = _page(facts, "happened")
        yield Reason(Why.NOES, f"noes-{noes}", f"{noes} noes in a row", url)
    if met >= facts.office.talks_without_a_name and not facts.counters.asked_for_names:
        words = f"Met {people(met)}, never asked for another name"
        yield Reason(Why.NO_NAMES, f"no_names-{met}", words, _page(facts, "talks"))


def _stuck(facts: Facts) -> Iterator[Reason]:
    """One of these at most: each rests on another thing that has not happened."""
    identified, asked = facts.counters.identified, facts.counters.asked
    quiet = facts.today - (facts.last_active_on or facts.in_caseload_since)
    to_begin = timedelta(weeks=facts.office.weeks_to_begin)
    if identified == 0:
        if facts.today - facts.in_caseload_since > to_begin:
            yield _reason(facts, Why.NOBODY_ADDED, "Has not added anybody yet")
    elif asked == 0 and quiet > to_begin:
        yield _reason(facts, Why.NOBODY_ASKED, f"{people(identified)} to ask, none asked yet")
    elif quiet > timedelta(weeks=facts.office.weeks_quiet) and facts.next_talk is None:
        weeks = quiet.days // 7
        said = "a week" if weeks == 1 else f"{weeks} weeks"
        yield _reason(facts, Why.QUIET, f"Nothing new for {said}")


def _reason(facts: Facts, why: Why, words: str) -> Reason:
    return Reason(why, f"{why.lower()}-{facts.last_active_on}", words, _page(facts, "happened"))


def _page(facts: Facts, anchor: str) -> str:
    return f"{path_to('advising:student', facts.student.pk)}#{anchor}"


def waited(days: int) -> str:
    return {0: "asked today", 1: "asked yesterday"}.get(days, f"asked {days} days ago")


def people(count: int) -> str:
    return "1 person" if count == 1 else f"{count} people"
