"""The one request of a letter: a short talk, when it suits them (G13, G3)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from letters.checks.meeting import asks_for_time, asks_to_meet
from letters.checks.piece import Finding, Piece
from letters.checks.reading import any_of, sentences
from letters.checks.registry import at, check, missing
from letters.checks.unplaced import may_say_it_otherwise

_NUMBER = (
    r"\d{1,3}|an?|one|two|three|four|five|six|ten|fifteen|twenty|twenty-five|thirty|forty|"
    r"forty-five|fifty|sixty|ninety|a couple of|a few"
)


@check("appointment", clause="G13", kinds=("request",))
def appointment(piece: Piece) -> Iterator[Finding]:
    if not any(map(asks_to_meet, sentences(piece.text))):
        yield missing(
            "We found no request to meet",
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
    r"(?:evenings|mornings|afternoons|weekends|weekdays|lunch) (?:is|are|and|or|works?)\b",
    r"(?:suggest|name|propose|set) (?:a|the|some) (?:\w+ )?(?:day|time|hour|date)",
    r"let me know (?:what|when|which)\b",
    r"when (?:the |your )?(?:\w+ ){1,3}(?:quiet|calm|best|slow|free|open)\b",
    r"(?:move|shift|skip|rearrange) (?:things|a class|my)\b",
    r"free (?:after|before|most|all|every|any)\b", r"(?:fits|fit) (?:you|best|in)\b",
    r"what fits\b", r"flexible\b", r"(?:open|fine) (?:on|at|with) my\b", r"one of these days\b",
    r"least (?:inconvenient|trouble|in)",
    r"i(?:'d| can| will|'ll| would)? (?:gladly |happily )?(?:adjust|adapt)\b",
)  # fmt: skip


@check("convenience", clause="G13", kinds=("request",))
def convenience(piece: Piece) -> Iterator[Finding]:
    if any(_CONVENIENCE.search(sentence.plain) for sentence in sentences(piece.text)):
        return
    if not may_say_it_otherwise(piece.text, most=50):
        yield missing(
            "We found no word about their convenience",
            "They do you a kindness, so let them choose the day and the hour.",
            rewrite="Any day and time that is convenient for you will work for me.",
        )


_IN_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "ten": 10,
    "fifteen": 15, "twenty": 20, "twenty-five": 25, "thirty": 30, "forty": 40, "forty-five": 45,
    "fifty": 50, "sixty": 60, "ninety": 90, "a couple of": 2, "a few": 3,
}  # fmt: skip
_DURATION = re.compile(
    r"(?<!at )(?<!half )(?<!day and )(?<!date and )(?<!quarter of )\b"
    rf"(?:(?:{_NUMBER})(?: ?- ?| to | or ))?(?P<most>{_NUMBER})(?:\.\d)?"
    r"[ -](?P<unit>minute|hour)(?P<many>s?)\b(?: and a half)?(?: or (?:two|so|more))?"
    r"(?! (?:that|when|which|of your|away|from|earlier|later|ago|before))"
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
