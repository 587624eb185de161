"""How a check is written: a function that yields what it found, and the facts about the check."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from letters.checks.piece import Finding, Kind, Piece

ANY: tuple[Kind, ...] = ("request", "thank_you", "follow_up")


@dataclass(frozen=True)
class Check:
    """Called with a piece of a kind that it is not for, a check finds nothing."""

    id: str
    clause: str
    kinds: tuple[Kind, ...]
    look: Callable[[Piece], Iterable[Finding]]

    def __call__(self, piece: Piece) -> list[Finding]:
        if piece.kind not in self.kinds:
            return []
        return [replace(one, check=self.id, clause=self.clause) for one in self.look(piece)]


def check(
    id: str, *, clause: str, kinds: tuple[Kind, ...]
) -> Callable[[Callable[[Piece], Iterable[Finding]]], Check]:
    return lambda look: Check(id, clause, kinds, look)


def missing(title: str, why: str, *, rewrite: str = "", found: str = "") -> Finding:
    """Something that is not in the letter: `rewrite` is a sentence to add."""
    return Finding(check="", title=title, found=found, why=why, rewrite=rewrite)


def at(
    text: str,
    span: tuple[int, int],
    title: str,
    why: str,
    *,
    rewrite: str = "",
    stops: bool = False,
) -> Finding:
    """Words of the letter: `rewrite` takes their place."""
    start, end = span
    return Finding(
        check="",
        title=title,
        found=text[start:end],
        why=why,
        start=start,
        end=end,
        rewrite=rewrite,
        stops=stops,
    )
