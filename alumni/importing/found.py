"""What the quick reader found in some rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import compress, count
from typing import NamedTuple


class Plain(NamedTuple):
    """A line for COPY of each record but the odd ones, whose places are told; the words of all
    others that the office does not know."""

    lines: list[str]
    odd: list[int]
    unmatched: Counter[tuple[str, str]]


class Found:
    """What some rows say, column by column, and the places of those that are not plain."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.texts: dict[str, Sequence[str]] = {}
        self.written: list[Sequence[str]] = []
        self.unmatched: list[Sequence[tuple]] = []
        self.odd: set[int] = set()

    def put(self, name: str, texts: Sequence[str | None]) -> None:
        if None in texts:
            self.set_aside(text is None for text in texts)
        # The line of an odd row is not used.
        self.texts[name] = ["" if text is None else text for text in texts]

    def set_aside(self, are_odd: Iterable[object]) -> None:
        self.odd.update(compress(count(), are_odd))

    def words(self) -> Counter[tuple[str, str]]:
        return Counter(
            word
            for column in self.unmatched
            for place, words in enumerate(column)
            if words and place not in self.odd
            for word in words
        )
