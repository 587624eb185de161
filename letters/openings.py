"""The first words of each block, made of the record: a start to write over, never the end.

Words between square brackets are blanks. The checks stop a letter that still has one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from letters.models import Letter
from letters.scripts import HOW_FOUND
from letters.within import within

Kind, Objective = Letter.Kind, Letter.Objective


@dataclass(frozen=True)
class Facts:
    """What is known about the two people when a letter is begun."""

    contact: str
    student: str
    institution: str
    phone: str = ""
    is_graduate: bool = False
    is_alum: bool = False
    class_year: int | None = None
    majors: tuple[str, ...] = ()
    background: str = ""
    source: str = ""
    source_note: str = ""
    # Named only with their leave (G22).
    referrer: str = ""
    may_name: bool = False
    field: str = ""
    minutes_in_person: int = 30
    minutes_by_phone: int = 20
    call_on: date | None = None


def openings(kind: str, facts: Facts) -> dict[str, str]:
    common = {"greeting": f"Dear {facts.contact},", "signature": _signature(facts)}
    match kind:
        case Kind.REQUEST:
            return {**common, **_request(facts)}
        case Kind.THANK_YOU:
            return {**common, **_thank_you(facts)}
        case _:
            return {**common, **_follow_up(facts)}


def objective(template: str, *, field: str) -> str:
    """G14: four ways to say what one is after, with blanks for what only the writer knows."""
    work = within(field) or "[the field]"
    match template:
        case Objective.READ_ABOUT:
            return (
                f"I have read about {work}, most lately [what you read], and would like to know "
                "how it looks to somebody who does it every day."
            )
        case Objective.MOVING:
            return (
                f"I am moving to [the place] in [the month] and would like to learn how {work} "
                "works there."
            )
        case Objective.STARTING:
            return f"I would like to learn how people get started in {work}."
        case Objective.EXPLORING:
            return (
                f"I am exploring several fields, among them {work} and [another field], and am "
                "trying to learn what the days in each are like."
            )
    return ""


def close(call_on: date | None) -> str:
    """G16: the writer calls; nobody has to answer a letter."""
    day = f"{call_on:%A, %B} {call_on.day}" if call_on else "[the day]"
    return f"I will call your office on {day} to ask whether and when that would suit you."


def _request(facts: Facts) -> dict[str, str]:
    return {
        "who": _who(facts),
        "found": _found(facts),
        "background": " ".join(facts.background.split()),
        "objective": "",
        "ask": (
            f"May I visit you for {facts.minutes_in_person} minutes, or talk with you for "
            f"{facts.minutes_by_phone} by phone, at a time that is convenient for you?"
        ),
        "close": close(facts.call_on),
    }


def _thank_you(facts: Facts) -> dict[str, str]:
    return {
        "enjoyed": "Thank you for the time you gave me. I especially enjoyed [what you enjoyed].",
        "advice": "Your advice to [the advice] helped me.",
        "plan": "My next step is to [your next step].",
        "close": "I will let you know how it goes. Thank you again.",
    }


def _follow_up(facts: Facts) -> dict[str, str]:
    return {
        "reminder": "You were kind enough to talk with me in [the month].",
        "advice": "You advised me to [the advice], and I [what you did, and how it went].",
        "search": "As for my search, [where it stands].",
        "close": "I hope all is well with you and your work.",
    }


def _who(facts: Facts) -> str:
    """G12: what two people of one college share, said rightly for students and graduates."""
    year = f", class of {facts.class_year}" if facts.class_year else ""
    if facts.is_graduate and facts.is_alum:
        return f"I am a fellow alum of {facts.institution}{year}."
    if facts.is_graduate:
        return f"I graduated from {facts.institution}{year}."
    study = f" and study {' and '.join(map(within, facts.majors))}" if facts.majors else ""
    return f"I am a student at {facts.institution}{study}."


def _found(facts: Facts) -> str:
    if facts.referrer and facts.may_name:
        return f"{facts.referrer} gave me your name and thought that you might talk with me."
    if facts.referrer:
        return "Your name was given to me as somebody to ask."
    if facts.source == "TRAVEL":
        return "You may remember that we sat beside each other on [the trip]."
    if facts.source in HOW_FOUND:
        return HOW_FOUND[facts.source]
    return f"I heard of you through [{facts.source_note or 'whom, or what'}]."


def _signature(facts: Facts) -> str:
    return "\n".join(["Sincerely,", facts.student, *([facts.phone] if facts.phone else [])])
