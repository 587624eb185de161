"""The one request of a letter: a short talk, when it suits them (G13, G3)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from letters.checks.piece import Finding, Piece
from letters.checks.reading import Sentence, any_of, sentences
from letters.checks.registry import at, check, missing

_NUMBER = (
    r"\d{1,3}|an?|one|two|three|four|five|six|ten|fifteen|twenty|twenty-five|thirty|forty|"
    r"forty-five|fifty|sixty|ninety|a couple of|a few"
)
_TALK = any_of(
    r"appointment\b", r"meet(?:ing)?\b", r"visit", r"sit down", r"coffee", r"lunch", r"tea\b",
    r"speak", r"talk\b", r"chat\b", r"conversation", r"get together\b", r"zoom\b",
    r"(?:a|phone|video|zoom|minute) call\b", r"(?:stop|drop|come|swing) (?:by|in|over)\b",
    r"come (?:to|and) (?:see|sit|hear)", r"see (?:you|your \w+) for", r"minutes", r"\d\d mins?\b",
    r"informational interview", r"half[ -]an?[ -]hour", r"half-hour", r"quarter of an hour",
    r"an hour\b", r"hours? (?:of|for|with)\b", r"\d hours?\b", r"(?:some|any|bit) of your time",
    r"time to (?:talk|speak|meet)", r"pick your brain", r"walk along",
)  # fmt: skip
_ASKS = any_of(
    r"(?:could|can|may|might|shall|would|will) (?:we|i|you|there)\b",
    r"(?:would|might) (?:it|a|an|the|half|fifteen|twenty|thirty|\d+)\b",
    r"would (?:you|it) (?:be|have|let)", r"do you (?:have|think you)", r"is there (?:a|any|some)",
    r"are you (?:free|open|willing|available)",
    r"i(?:'d| would| should)? (?:\w+ly )?(?:ask|request)",
    r"i(?:'d| would| should) (?:very much |really |also |so )?(?:like|love|appreciate|welcome|"
    r"be \w+)",
    r"i (?:hope|wish|want)\b", r"hoping\b", r"we (?:need|should|could)",
    r"please (?:let|give|grant)", r"let me\b", r"(?:grateful|glad|obliged|happy) (?:for|if)\b",
)  # fmt: skip
# Words of asking, wherever they stand in the sentence.
_CUE = any_of(
    r"(?:could|can|may|might|shall|would|i'd)\b", r"is there\b", r"are you\b", r"do you have\b",
    r"(?:to|\w+ly) (?:ask|request)\b", r"hop(?:e|ing)\b", r"wish\b", r"please\b", r"let me\b",
    r"spare\b", r"if you\b", r"(?:want|need) to\b", r"any chance\b", r"purpose of\b",
)  # fmt: skip
_OTHER_TALK = re.compile(
    r"(?:speak|talk|meet|chat)(?:ing)? (?:with|to) (?:\w+ )?(?:people|others|several|students)"
)


def asks_for_time(sentence: Sentence) -> bool:
    """Words of asking, and after them what is asked for."""
    words = _OTHER_TALK.sub("", sentence.plain)
    return any(
        _TALK.search(words, asks.start(), asks.start() + 200) for asks in _ASKS.finditer(words)
    )


def asks_to_meet(sentence: Sentence) -> bool:
    """The same, in any order: a letter is easier wronged than a request overlooked."""
    words = _OTHER_TALK.sub("", sentence.plain)
    return bool(_CUE.search(words) and _TALK.search(words)) or asks_for_time(sentence)


@check("appointment", clause="G13", kinds=("request",))
def appointment(piece: Piece) -> Iterator[Finding]:
    if not any(map(asks_to_meet, sentences(piece.text))):
        yield missing(
            "No appointment asked for",
            "A busy person helps gladly when one small, clear request is in front of them.",
            rewrite=f"Could we talk for 20 to {piece.most_minutes} minutes, in person or by phone?",
        )


_WHEN = (
    r"(?:time|day|date|hour|moment|slot|morning|noon|lunch break|afternoon|evening|night|week|"
    r"weekday|"
    r"weekend|saturday|sunday|place)s?"
)
_CONVENIENCE = any_of(
    r"convenien", r"suit(?:s|ed)?\b", r"(?:what|which|when|wher)ever\b", rf"any (?:\w+ )?{_WHEN}\b",
    rf"{_WHEN}(?: and (?:a )?{_WHEN})? (?:of your|you (?:like|choose|prefer|wish)|when|that (?:is|"
    rf"does))",
    r"(?:work|fit|do)s? (?:\w+ )?(?:for|into|around|with|on) (?:you|your)\b",
    r"around (?:your|it)\b", r"(?:good|best|easy|easier|easiest|right|fine) (?:for|with) you\b",
    r"(?:is|are) easiest\b", r"you (?:name|pick|choose|prefer|tell me)\b",
    r"(?:choose|pick|name) (?:any|what|which|a|the)\b",
    r"your (?:own )?(?:schedule|calendar|convenience|choosing|choice|pick|end|side)\b",
    rf"choice of {_WHEN}", r"(?:am|i'm) flexible\b", r"up to you\b", r"(?:when|that) works?\b",
    r"when (?:you have|it is|it's|i am|you are) (?:\w+ )?(?:time|a gap|quiet|least|free)",
    r"what(?:'s| is) (?:best|easiest)", r"what works", r"come to you\b", r"in the mood\b",
    r"comfortable for you\b",
    r"i(?:'d| can| will|'ll| would)? (?:gladly |happily )?(?:adjust|adapt)\b",
)  # fmt: skip


@check("convenience", clause="G13", kinds=("request",))
def convenience(piece: Piece) -> Iterator[Finding]:
    if not any(_CONVENIENCE.search(sentence.plain) for sentence in sentences(piece.text)):
        yield missing(
            "Their convenience is not offered",
            "They do you a kindness, so let them choose the day and the hour.",
            rewrite="Any day and time that is convenient for you will work for me.",
        )


_IN_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "ten": 10,
    "fifteen": 15, "twenty": 20, "twenty-five": 25, "thirty": 30, "forty": 40, "forty-five": 45,
    "fifty": 50, "sixty": 60, "ninety": 90, "a couple of": 2, "a few": 3,
}  # fmt: skip
_DURATION = re.compile(
    rf"(?<!at )(?<!half )(?<!quarter of )\b(?:(?:{_NUMBER})(?: ?- ?| to | or ))?"
    rf"(?P<most>{_NUMBER})[ -](?P<unit>minute|hour)(?P<many>s?)\b(?P<half> and a half)?"
    r"(?: or (?P<or>two|so|more))?(?! (?:that|when|which|of your|away|from|earlier|later|ago|"
    r"before))"
)


@check("minutes", clause="G3", kinds=("request", "follow_up"))
def minutes(piece: Piece) -> Iterator[Finding]:
    """Only where it is asked for: an hour on the radio is none of ours."""
    for sentence in filter(asks_for_time, sentences(piece.text)):
        for found in _DURATION.finditer(sentence.plain):
            if _minutes(found) > piece.most_minutes:
                noun = "-minute" if "-" in found[0][-7:] and not found["many"] else " minutes"
                start, end = (sentence.start + offset for offset in found.span())
                yield at(
                    piece.text,
                    (start, end),
                    f"More than {piece.most_minutes} minutes",
                    "A short talk is easy to say yes to, and people who enjoy it give more.",
                    rewrite=f"{piece.most_minutes}{noun}",
                )


def _minutes(found: re.Match[str]) -> int:
    said = found["most"]
    number = int(said) if said.isdigit() else _IN_NUMBERS[said]
    hours = found["unit"] == "hour"
    return number * 60 if hours else number
