"""What to say on the phone, and to a machine: words made of the record (G18 to G24).

Nothing here knows Django or a database. A fact that is missing leaves its sentence out, and the
line says where it is written down; no blank is ever left to fill while one talks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

import phonenumbers

from letters.within import within

NARROW = "\N{NO-BREAK SPACE}"
LONGEST_GROUP = 4


class Fill(StrEnum):
    """Where a missing fact is written down; the page makes a link of it."""

    PROFILE = "profile"
    CONTACT = "contact"
    PERMISSION = "permission"


@dataclass(frozen=True)
class Facts:
    """What is known about the two people, and what was written before."""

    student: str
    institution: str
    contact: str
    is_graduate: bool = False
    is_alum: bool = False
    class_year: int | None = None
    majors: tuple[str, ...] = ()
    # The student's own number, as they wrote it.
    phone: str = ""
    # Where the name came from: a source of the contact, and whoever gave it (G11, G22).
    source: str = ""
    referrer: str = ""
    permission: Literal["yes", "no", "not_asked"] = "not_asked"
    field: str = ""
    # The sentence of the letter, where there is one; otherwise one of the four objectives (G14).
    reason: str = ""
    objective: str = ""
    minutes_by_phone: int = 20
    minutes_in_person: int = 30
    # The last request that went out (G20); `letter_is` says what it was: a letter, an e-mail.
    letter_on: date | None = None
    letter_is: str = "letter"
    # The day of a call that came at a bad time, where they asked for this one.
    called_on: date | None = None


@dataclass(frozen=True)
class Line:
    """One moment of the call: what to say, and what to mind while one says it."""

    heading: str
    words: str = ""
    hint: str = ""
    fill: Fill | None = None


def call_script(facts: Facts) -> list[Line]:
    """G18; with a letter before the call, its variant of G20."""
    return [line for line in _of_call(facts) if line.words or line.hint]


def _of_call(facts: Facts) -> Iterator[Line]:
    yield Line("Who you are", f"Hello, {facts.contact}. My name is {facts.student}. {_who(facts)}")
    yield _how_found(facts)
    yield Line(
        "Is this a good time?",
        "Have I caught you at a good moment? It takes two minutes.",
        "Wait for the answer. If it is no, go on with “If it is a bad time”.",
    )
    if facts.called_on:
        yield Line(
            "You called before",
            f"I called on {_day(facts.called_on)}, and you asked me to try again today.",
        )
    elif facts.letter_on:
        yield Line(
            "Your letter",
            f"I sent you {_a(facts.letter_is)} on {_day(facts.letter_on)}. Did it reach you?",
            "Whether it did or not, say again in one sentence why you are calling.",
        )
    yield Line("What you would like", f"{reason(facts)} {_request(facts)}")
    yield Line(
        "If they can talk now",
        "Thank you, I would love to. May I take notes?",
        "Press “They can talk now” below, and your questions are in front of you.",
    )
    yield Line(
        "If it is a bad time",
        f"I am sorry to interrupt. {reason(facts)} Which day and what time would suit you better? "
        "I will call you then.",
        "Repeat the day and the hour, by their clock.",
    )
    yield Line(
        "If they cannot",
        "I understand, and thank you for telling me. Is there somebody else you would ask in my "
        "place? And may I say that the name came from you?",
        "Ask for names only if it feels right. Thank them in any case.",
    )
    yield Line(
        "If nobody answers", hint="Leave the message that stands below, with your number, twice."
    )


def voicemail_script(facts: Facts) -> list[Line]:
    """G24: short, and the number twice, in groups that one can write down."""
    lines = [
        Line("Who you are", f"Hello, {facts.contact}. My name is {facts.student}. {_who(facts)}"),
        Line("Why you call", f"{_wrote(facts)}{reason(facts)} {_request(facts)}"),
    ]
    groups = spoken(facts.phone)
    if not groups:
        missing = "Your profile has no number yet. Without one nobody can call you back."
        return [*lines, Line("Your number", hint=missing, fill=Fill.PROFILE)]
    number = ", ".join(groups)
    return [
        *lines,
        Line("Your number", f"You reach me at {number}.", "Slowly. Stop after each group."),
        Line("Once more", f"That is {number}. I will try you again, too. Thank you."),
    ]


def greeting(facts: Facts) -> str:
    """What callers hear when the student does not answer (G25)."""
    return (
        f"You have reached {facts.student}. I cannot answer right now. Please leave your name and "
        "your number, and I will call you back."
    )


def reason(facts: Facts) -> str:
    """Why the student asks: in the words of their letter, or made of the objective (G14)."""
    if facts.reason and not re.search(r"\[[^\]]*\]|__", facts.reason):
        return _sentence(facts.reason)
    field = within(facts.field)
    match facts.objective:
        case "READ_ABOUT":
            read = f"I have been reading about {field or 'your field'}"
            return f"{read}, and I would like to hear what it is like from somebody who does it."
        case "MOVING":
            return (
                f"I am planning a move, and I would like to hear from somebody who knows "
                f"{field or 'the work'} there."
            )
        case "STARTING":
            return f"I would like to hear how people get started in {field or 'your field'}."
        case "EXPLORING":
            seen = f", and {field} is one of them" if field else ""
            return f"I am looking at several fields before I choose{seen}."
    return f"I would like to hear how you came to {field or 'the work you do'}, and what it asks."


def spoken(phone: str) -> tuple[str, ...]:
    """The number as one says it: digit by digit, in the groups of its country; none if it is none.

    An extension comes last, in words.
    """
    try:
        number = phonenumbers.parse(phone, "US")
    except phonenumbers.NumberParseException:
        return _grouped(phone) if sum(map(str.isdigit, phone)) > LONGEST_GROUP else ()
    extension = number.extension
    number.extension = None
    at_home = number.country_code == 1
    form = phonenumbers.PhoneNumberFormat
    text = phonenumbers.format_number(number, form.NATIONAL if at_home else form.INTERNATIONAL)
    plus = ("plus",) if text.startswith("+") else ()
    groups = _grouped(text)
    if plus:
        groups = (f"plus {groups[0]}", *groups[1:])
    return (*groups, f"extension {_apart(extension)}") if extension else groups


def _grouped(text: str) -> tuple[str, ...]:
    groups = re.findall(r"\d+", text)
    return tuple(
        _apart(digits[start : start + LONGEST_GROUP])
        for digits in groups
        for start in range(0, len(digits), LONGEST_GROUP)
    )


def _apart(digits: str) -> str:
    return NARROW.join(digits)


def _who(facts: Facts) -> str:
    """G12: what two people of one college share, said rightly for students and graduates."""
    if facts.is_graduate:
        year = f", class of {facts.class_year}" if facts.class_year else ""
        if facts.is_alum:
            return f"I am a fellow alum of {facts.institution}{year}."
        return f"I am a graduate of {facts.institution}{year}."
    study = (
        f"I study {_listed([within(major) for major in facts.majors])}"
        if facts.majors
        else "I am a student"
    )
    return f"{study} at {facts.institution}{', where you studied, too' if facts.is_alum else ''}."


HOW_FOUND = {
    "FAMILY": "Somebody in my family told me about you.",
    "FRIEND": "A friend of mine told me about you.",
    "PEER": "Another student told me about you.",
    "PROFESSOR": "One of my professors told me about you.",
    "EMPLOYER": "Somebody I have worked with told me about you.",
    "DOCTOR": "I heard about you at my doctor’s.",
    "FAITH": "Somebody of my faith community told me about you.",
    "HAIRDRESSER": "I heard about you while I had my hair cut.",
    "TRAVEL": "We sat beside each other on a trip, and you told me about your work.",
    "ALUMNI": "I found your name in our directory of alumni.",
    "EVENT": "I came across your name at an event.",
    "ONLINE": "I came across your work and read about it.",
}


def _how_found(facts: Facts) -> Line:
    """G11; a referrer is named with their leave alone (G22)."""
    heading = "How you got the name"
    if facts.referrer and facts.permission == "yes":
        return Line(heading, f"{facts.referrer} gave me your name and said that I may mention it.")
    if facts.referrer:
        asked = f"{facts.referrer} would rather not be named: leave the name out."
        open_ = f"You have not asked {facts.referrer} whether you may use the name. Ask first."
        hint = asked if facts.permission == "no" else open_
        return Line(heading, "Your name was given to me as somebody to ask.", hint, Fill.PERMISSION)
    if words := HOW_FOUND.get(facts.source):
        return Line(heading, words)
    missing = "You have not written down where this name came from. They will wonder."
    return Line(heading, hint=missing, fill=Fill.CONTACT)


def _request(facts: Facts) -> str:
    by_phone, in_person = facts.minutes_by_phone, facts.minutes_in_person
    return (
        f"Could we talk for {by_phone} minutes by phone, or {in_person} in person, whenever it "
        "suits you?"
    )


def _wrote(facts: Facts) -> str:
    if facts.letter_on is None:
        return ""
    return f"I sent you {_a(facts.letter_is)} on {_day(facts.letter_on)}. "


def _sentence(words: str) -> str:
    words = " ".join(words.split())
    return words if words.endswith((".", "!", "?", "”")) else f"{words}."


def _listed(words: Sequence[str]) -> str:
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else words[0]


def _a(noun: str) -> str:
    return f"{'an' if noun[:1] in 'aeiou' else 'a'} {noun}"


def _day(on: date) -> str:
    return f"{on:%A, %B} {on.day}"
