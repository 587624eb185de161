"""A letter as it was sent for review, cut where somebody said something about its words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from letters.checks.reading import sentences
from letters.models import Passage


@dataclass(frozen=True)
class Piece:
    """Words in a row, and the number of the comment that they lead to; 0 where there is none."""

    text: str
    number: int = 0
    # The first piece of its passage: where a comment leads back to.
    is_first: bool = False


@dataclass(frozen=True)
class Paragraph:
    """`start` is its place in the letter: the browser counts a selection from there."""

    start: int
    pieces: list[Piece]


@dataclass(frozen=True)
class Said:
    """A comment with the words that it is about."""

    number: int
    passage: Passage
    quote: str


def said_about(text: str, passages: Iterable[Passage]) -> list[Said]:
    """Numbered in the order of the letter."""
    return [
        Said(number, passage, " ".join(text[passage.start : passage.end].split()))
        for number, passage in enumerate(passages, start=1)
    ]


def paragraphs_of(text: str, said: Iterable[Said] = ()) -> list[Paragraph]:
    """All of the text in its order; where two passages overlap, the later comment has the words."""
    said, seen, found, start = list(said), set(), [], 0
    for words in text.split("\n\n"):
        pieces = []
        for left, right in pairwise(_cuts(start, start + len(words), said)):
            about = [one for one in said if one.passage.start <= left and right <= one.passage.end]
            number = about[-1].number if about else 0
            pieces.append(Piece(text[left:right], number, number not in seen))
            seen.add(number)
        if pieces:
            found.append(Paragraph(start, pieces))
        start += len(words) + 2
    return found


def _cuts(start: int, end: int, said: list[Said]) -> list[int]:
    places = {place for one in said for place in (one.passage.start, one.passage.end)}
    return sorted({start, end} | {place for place in places if start < place < end})


def parts_of(text: str) -> list[tuple[int, int, str]]:
    """The sentences, for who chooses one from a list: its start, its end, and its words."""
    return [
        (one.start, one.end, " ".join(text[one.start : one.end].split())) for one in sentences(text)
    ]
