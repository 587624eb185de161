"""How a letter is read: as plain letters, in sentences, with a greeting."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from letters.checks.words import words

# Letters that do not come apart into a plain one and a mark.
_ALIKE = {
    "’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"', "„": '"', "–": "-", "—": "-", "‑": "-",
    "\N{NO-BREAK SPACE}": " ", "\N{NARROW NO-BREAK SPACE}": " ", "ø": "o", "Ø": "O", "ł": "l",
    "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "ð": "d", "þ": "t",
}  # fmt: skip
_ABBREVIATED = words(
    """
    mr mrs ms mx dr prof hon rev st jr sr dec nov oct sept aug jan feb mar apr a.m p.m no vs etc
    e.g i.e mt ave inc ltd co b.s b.a m.a ph.d m.d
    """
)
_STOP = re.compile(
    r"[.?!]+[\"')\]”’]*(?=\s|$)|\n[ \t]*\n|\n(?=[ \t]*(?:[-*•–]|\(?\w{1,2}[.)])\s)|\n"
)
_SHORT_LINE = 50
LONGEST_SENTENCE = 2000


class Sentence(NamedTuple):
    """text[start:end], and the same in plain small letters."""

    start: int
    end: int
    plain: str

    @property
    def asks(self) -> bool:
        return self.plain.rstrip("\"') ").endswith("?")


@lru_cache(maxsize=4)
def unaccented(text: str) -> str:
    """Each character as a plain one, so that an offset is the same in both."""
    return text if text.isascii() else "".join(map(_plain_character, text))


@lru_cache(maxsize=4)
def plain(text: str) -> str:
    """As `unaccented`, in small letters."""
    return "".join(
        low if len(low := letter.lower()) == 1 else letter for letter in unaccented(text)
    )


def _plain_character(letter: str) -> str:
    if letter < "\x80":
        return letter
    if letter in _ALIKE:
        return _ALIKE[letter]
    apart = unicodedata.normalize("NFD", letter)
    return apart[0] if all(map(unicodedata.combining, apart[1:])) else letter


@lru_cache(maxsize=4)
def sentences(text: str) -> tuple[Sentence, ...]:
    """Ends at . ? ! (not of an abbreviation), a blank line, a line of a list or an address."""
    found: list[Sentence] = []
    start, reads = 0, plain(text)
    for stop in _STOP.finditer(reads):
        if stop.end() - start < LONGEST_SENTENCE and _goes_on(reads, start, stop):
            continue
        _add(found, reads, start, stop.end())
        start = stop.end()
    _add(found, reads, start, len(reads))
    return tuple(found)


def _goes_on(reads: str, start: int, stop: re.Match[str]) -> bool:
    mark = stop.group()
    if mark == "\n":
        line = reads[reads.rfind("\n", 0, stop.start()) + 1 : stop.start()]
        next_is_listed = re.match(r"[ \t]*(?:[-*•]|\(?\w{1,2}[.)])\s", reads[stop.end() :][:8])
        return len(line) >= _SHORT_LINE and not next_is_listed
    if mark.startswith("."):
        *_, word = re.split(r"[\s(]", reads[start : stop.start()]) or [""]
        listed = not reads[start : stop.start()].strip(" \n(0123456789")
        return word in _ABBREVIATED or listed or (len(word) == 1 and word not in "i0123456789")
    # “Who Owns the River?” was assigned: a question in quotation marks, and the sentence goes on.
    return '"' in mark and reads[stop.end() : stop.end() + 2].strip().islower()


def _add(found: list[Sentence], reads: str, start: int, end: int) -> None:
    words = reads[start:end]
    left, right = len(words) - len(words.lstrip()), len(words.rstrip())
    if left < right:
        found.append(Sentence(start + left, start + right, words.strip()))


class Greeting(NamedTuple):
    """text[start:end] is the name in the greeting, without “Dear” and without the comma."""

    start: int
    end: int


_GREETING = re.compile(
    r"(?im)^[ \t]*(?:(?:dear|hi|hello|hey|hiya|greetings|good (?:morning|afternoon|evening))\b"
    r"[ \t]*,?[ \t]*(?P<name>[^,:;!?\n-]*(?:-\w[^,:;!?\n-]*)*)|"
    r"(?P<nobody>to whom (?:this|it) may concern)|"
    r"(?P<titled>(?:mr|mrs|ms|mx|dr|prof|professor|"
    r"judge)\b\.?[ \t]+\w[^,:;!?\n]{0,40}(?=[,:]\s*$)))"
)
_FIRST_PART = 1500


def greeting(text: str) -> Greeting | None:
    """The first one near the top; `start` equals `end` where no name follows."""
    found = _GREETING.search(unaccented(text), 0, _FIRST_PART)
    if found is None:
        return None
    group = next(name for name in ("name", "nobody", "titled") if found[name] is not None)
    start, end = found.span(group)
    said = text[start:end]
    return Greeting(start + len(said) - len(said.lstrip()), start + len(said.rstrip()) or start)


def any_of(*patterns: str) -> re.Pattern[str]:
    """One of these, each beginning at the start of a word; for plain small letters."""
    return re.compile(r"\b(?:" + "|".join(patterns) + ")")
