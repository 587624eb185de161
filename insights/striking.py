"""The office may strike words of a text, and write none. Pure."""

from __future__ import annotations

GAP = "[…]"


class NotAStrike(Exception):
    """A word stands there that the student did not write, or not in that order."""

    def __init__(self, word: str) -> None:
        super().__init__(
            f"You can strike words, and not write any. “{word}” does not stand there in the text."
        )


def struck(text: str, left: str) -> str:
    """What is left, with a gap where words were: nobody reads a sentence that nobody wrote."""
    words, kept = text.split(), [word for word in left.split() if word != GAP]
    found: list[str] = []
    place = 0
    for word in kept:
        try:
            there = words.index(word, place)
        except ValueError:
            raise NotAStrike(word[:60]) from None
        if there > place:
            found.append(GAP)
        found.append(word)
        place = there + 1
    if kept and place < len(words):
        found.append(GAP)
    return " ".join(found)
