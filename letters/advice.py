"""What the checks found in one letter, tied to its blocks, for the page that shows it."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from letters.blocks import BLOCKS, added, assemble, home_of, replaced
from letters.checks import Finding
from letters.facts import findings_of
from letters.models import Letter


@dataclass(frozen=True)
class Advice:
    """One finding, and the block in which it is put right."""

    finding: Finding
    block: str
    block_title: str
    # Names this finding for as long as its words stand in the letter, wherever they move.
    key: str
    # A rewrite that runs across two blocks is read, and typed by hand.
    can_be_used: bool

    @property
    def stops(self) -> bool:
        return self.finding.stops

    def applied_to(self, letter: Letter) -> dict[str, str]:
        """The letter's blocks with the rewrite in its place."""
        one = self.finding
        if one.start is None or one.end is None:
            return added(letter.kind, letter.blocks, check=one.check, words=one.rewrite)
        return replaced(letter.kind, letter.blocks, start=one.start, end=one.end, words=one.rewrite)


def advice_of(letter: Letter, *, at: datetime) -> list[Advice]:
    """What must be put right first, then the rest in the order of the letter."""
    whole = assemble(letter.kind, letter.blocks)
    titles = {block.name: block.title for block in BLOCKS[letter.kind]}
    found, seen = [], Counter[str]()
    for one in findings_of(letter, at=at):
        span = whole.block_at(one.start)
        name = span.name if span else home_of(letter.kind, one.check)
        words = f"{one.check}|{one.found}|{one.rewrite}"
        seen[words] += 1
        key = hashlib.sha256(f"{words}|{seen[words]}".encode()).hexdigest()[:12]
        is_whole = one.start is None or one.end is None
        fits = is_whole or whole.block_of(one.start or 0, one.end or 0) is not None
        found.append(Advice(one, name, titles[name], key, bool(one.rewrite) and fits))
    return sorted(found, key=lambda one: not one.stops)
