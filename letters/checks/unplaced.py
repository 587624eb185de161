"""How much of a letter goes into sentences that no check can place.

There are a hundred ways to say what one is after, and no list of words has them all. Letters that
lack it turned out to be short on everything; where a letter spends many words on something that
is neither thanks nor request nor promise, it may well say it in words of its own. Then the checks
keep silent: a false alarm costs more than a hint that is missed.
"""

from __future__ import annotations

import re

from letters.checks.close import promises
from letters.checks.meeting import asks_to_meet
from letters.checks.reading import sentences

_COURTESY = re.compile(
    r"^\W*(?:thank|many thanks|sincerely|best|kind|warm|yours|dear|hi |hello|with |respectfully)|"
    r"look(?:ing)? forward|hope (?:you|this|all)"
)
_SHORTEST = 4


def may_say_it_otherwise(text: str, *, most: int) -> bool:
    return unplaced_words(text) > most


def unplaced_words(text: str) -> int:
    placed = (_COURTESY.search, lambda plain: any(promises(plain)))
    return sum(
        len(sentence.plain.split())
        for sentence in sentences(text)
        if len(sentence.plain.split()) >= _SHORTEST
        and not asks_to_meet(sentence)
        and not any(is_placed(sentence.plain) for is_placed in placed)
    )
