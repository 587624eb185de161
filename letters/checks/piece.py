"""What a check is given, and what it answers. Nothing here knows Django or a database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Kind = Literal["request", "thank_you", "follow_up"]


@dataclass(frozen=True)
class Piece:
    """The words of one letter, and what is known about the two people."""

    text: str
    kind: Kind = "request"
    contact_name: str = ""
    # Whether the contact is an alum of the college, and whether the writer has graduated (G12).
    contact_is_alum: bool = False
    writer_is_graduate: bool = False
    writer_name: str = ""
    institution: str = ""
    # Who gave the name, and whether that may be said: "yes", "no", "not_asked" (G11, G22).
    referrer: str = ""
    referrer_permission: Literal["yes", "no", "not_asked"] = "not_asked"
    # The questions that the student means to ask when they meet (G17).
    questions: tuple[str, ...] = ()
    # The day of the call that the student intends to promise (G16).
    call_on: date | None = None
    attaches_resume: bool = False
    # Names of people, firms and places that no dictionary has.
    known_words: frozenset[str] = frozenset()
    # The longest talk that the office lets a student ask for (G3).
    most_minutes: int = 30


@dataclass(frozen=True)
class Finding:
    """One thing to look at before the letter goes.

    `start` and `end` are offsets in the text; both None where something is missing from it.
    `stops` is True where the letter must not go like this; the others are for the writer to weigh.
    `rewrite` replaces the words between start and end, or is a sentence to add where it is missing.
    """

    check: str
    title: str
    found: str
    why: str
    start: int | None = None
    end: int | None = None
    rewrite: str = ""
    stops: bool = False
    clause: str = ""
