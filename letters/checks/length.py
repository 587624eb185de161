"""A letter that fits on one screen is read to its end (G15)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from letters.checks.piece import Finding, Piece
from letters.checks.reading import greeting
from letters.checks.registry import ANY, check, missing

MOST_WORDS = 300


@check("length", clause="G15", kinds=ANY)
def length(piece: Piece) -> Iterator[Finding]:
    """Counted from the greeting on: an address above it takes nobody's time."""
    greets = greeting(piece.text)
    words = len(re.findall(r"\w\S*", piece.text[greets.start if greets else 0 :]))
    if words > MOST_WORDS:
        yield missing(
            f"{words} words are many",
            f"Under {MOST_WORDS} it is read to the end, and the best of the rest you can tell them "
            "when you meet.",
            found=f"{words} words",
        )
