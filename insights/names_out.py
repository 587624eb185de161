"""Takes out of a text whatever says who gave it: names, employers, addresses, numbers. Pure.

A name that is also a word (“Will”, “May”) goes where it is written as a name; the student sees what
is left, and mends it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

NAME, PLACE_OF_WORK, ADDRESS = "[name]", "[organization]", "[left out]"
ADDRESSES = re.compile(
    r"(?:https?://|www\.)\S+|[\w.+'-]+@[\w-]+(?:\.[\w-]+)+"
    r"|\b(?:[a-z0-9-]+\.)+(?:com|org|net|edu|gov|io|co|us|uk|de|fr|info)\b(?:/\S*)?"
    r"|(?<!\w)@[A-Za-z]\w{2,}",
    re.IGNORECASE,
)
# Seven digits and more: a year or a price stays.
PHONES = re.compile(r"(?<![\w.])\+?\(?\d(?:[\s().\-/]{0,2}\d){6,}(?!\w)")
# Names that are words: they go only where a capital says that somebody is meant.
WORDS = {
    "art", "bill", "brown", "chase", "drew", "faith", "grace", "grant", "green", "hope", "joy",
    "june", "king", "lee", "long", "mark", "may", "pat", "rich", "rose", "sky", "sue", "white",
    "will", "wood", "young",
}  # fmt: skip
NO_NAMES = {
    "dr", "mr", "mrs", "ms", "mx", "prof", "professor", "jr", "sr", "ii", "iii", "phd", "md",
    "the", "and", "of", "von", "van", "de", "la", "el", "di", "da", "al", "bin", "from", "at",
    "with", "my", "her", "his",
}  # fmt: skip
LEGAL = re.compile(
    r"[\s,]+(?:inc|llc|llp|ltd|corp|corporation|company|co|gmbh|plc)\.?$", re.IGNORECASE
)
PARTS = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


class Known(NamedTuple):
    """What must not stand in it."""

    names: tuple[str, ...] = ()
    employers: tuple[str, ...] = ()


def take_out(text: str, known: Known) -> str:
    text = ADDRESSES.sub(ADDRESS, text)
    text = PHONES.sub(ADDRESS, text)
    for employer in _longest_first(filter(None, map(_plain_employer, known.employers))):
        text = _phrase(employer).sub(PLACE_OF_WORK, text)
    for name in _longest_first(known.names):
        if len(PARTS.findall(name)) > 1:
            text = _phrase(name).sub(NAME, text)
    for part in _longest_first(part for name in known.names for part in _parts(name)):
        text = _pattern_of(part).sub(NAME, text)
    text = re.sub(rf"{re.escape(NAME)}(?:[ .]+{re.escape(NAME)})+", NAME, text)
    return text.strip()


def what_is_left(text: str, known: Known) -> list[str]:
    """The words that would still be taken out, for a sentence to the student."""
    left = [found.strip() for found in (*ADDRESSES.findall(text), *PHONES.findall(text))]
    for employer in filter(None, map(_plain_employer, known.employers)):
        left += _phrase(employer).findall(text)
    for name in known.names:
        for part in _parts(name):
            # At the beginning of a sentence “Will” may be the word.
            if part.lower() not in WORDS:
                left += _pattern_of(part).findall(text)
    return list(dict.fromkeys(left))


def _longest_first(words: Iterable[str]) -> list[str]:
    return sorted(set(words), key=lambda word: (-len(word), word))


def _plain_employer(employer: str) -> str:
    """“Valley Courier, Inc.” is called Valley Courier; two letters are no name to look for."""
    plain = LEGAL.sub("", " ".join(employer.split()))
    return plain if len(plain) > 2 else ""


def _phrase(words: str) -> re.Pattern[str]:
    inner = r"\s+".join(map(re.escape, words.split()))
    return re.compile(rf"(?<!\w){inner}(?!\w)", re.IGNORECASE)


def _parts(name: str) -> list[str]:
    """Without titles and what a name shares with a sentence; “J.” alone says nothing."""
    return [part for part in PARTS.findall(name) if len(part) > 1 and part.lower() not in NO_NAMES]


def _pattern_of(part: str) -> re.Pattern[str]:
    if part.lower() in WORDS:
        return re.compile(rf"(?<!\w)(?:{re.escape(part.capitalize())}|{part.upper()})(?!\w)")
    return re.compile(rf"(?<!\w){re.escape(part)}(?!\w)", re.IGNORECASE)
