"""Which sentences ask for a talk."""

from __future__ import annotations

import re

from letters.checks.reading import Sentence, any_of

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
