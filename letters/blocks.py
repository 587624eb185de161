"""What a letter is built of, block by block, and the whole text that the blocks make."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from letters.models import Letter

Kind = Letter.Kind


class Block(NamedTuple):
    name: str
    title: str
    hint: str
    rows: int = 2
    # The checks that speak of this block when something is missing from the letter.
    answers: tuple[str, ...] = ()


GREETING = Block(
    "greeting", "Greeting", "The name as they write it themselves.", 1, ("greeting_name",)
)
SIGNATURE = Block("signature", "Your name", "With a number under which they reach you.", 2)

BLOCKS: dict[str, tuple[Block, ...]] = {
    Kind.REQUEST: (
        GREETING,
        Block(
            "who", "Who you are", "One sentence. With an alum, say what you share.", 2, ("college",)
        ),
        Block(
            "found", "How you found them", "Whoever sent you comes first.", 2, ("referrer_named",)
        ),
        Block(
            "background",
            "Your background",
            "What you have done, in a line or two.",
            3,
            ("background",),
        ),
        Block(
            "objective",
            "What you are after",
            "What you would like to understand.",
            3,
            ("objective",),
        ),
        Block(
            "ask",
            "What you ask for",
            "A short talk, when it suits them.",
            2,
            ("appointment", "convenience"),
        ),
        Block("close", "The close", "Say on which day you will call.", 2, ("call_promise",)),
        SIGNATURE,
    ),
    Kind.THANK_YOU: (
        GREETING,
        Block(
            "enjoyed", "What you enjoyed", "One moment of the talk, not all of it.", 3, ("enjoyed",)
        ),
        Block(
            "advice",
            "The advice that helped",
            "Say it in your own words.",
            3,
            ("advice_helped", "advice_used"),
        ),
        Block("plan", "What you will do with it", "The next step, and by when.", 3),
        Block("close", "The close", "Thank them once more, and say you will be in touch.", 2),
        SIGNATURE,
    ),
    Kind.FOLLOW_UP: (
        GREETING,
        Block("reminder", "Where you met", "They talk with many people.", 2),
        Block(
            "advice",
            "What became of their advice",
            "What you did, and how it went.",
            4,
            ("advice_helped", "advice_used"),
        ),
        Block(
            "search",
            "Where you stand now",
            "Your search, your studies, your plans.",
            3,
            ("search_news",),
        ),
        Block("close", "The close", "Wish them well. No request is needed.", 2),
        SIGNATURE,
    ),
}
# Blocks that are read in one breath make one paragraph.
PARAGRAPHS: dict[str, tuple[tuple[str, ...], ...]] = {
    Kind.REQUEST: (
        ("greeting",),
        ("who", "found", "background"),
        ("objective", "ask"),
        ("close",),
        ("signature",),
    ),
    Kind.THANK_YOU: (("greeting",), ("enjoyed",), ("advice", "plan"), ("close",), ("signature",)),
    Kind.FOLLOW_UP: (
        ("greeting",),
        ("reminder", "advice"),
        ("search",),
        ("close",),
        ("signature",),
    ),
}


class Span(NamedTuple):
    """Where a block stands in the whole: text[start:end]."""

    name: str
    start: int
    end: int


class Assembled(NamedTuple):
    text: str
    spans: tuple[Span, ...]

    def block_at(self, start: int | None) -> Span | None:
        """The block that the character at `start` belongs to; the one before it, between two."""
        if start is None:
            return None
        before = [span for span in self.spans if span.start <= start]
        return before[-1] if before else None

    def block_of(self, start: int, end: int) -> Span | None:
        """The block that holds all of text[start:end]; none where that runs across two."""
        span = self.block_at(start)
        return span if span and end <= span.end else None


def assemble(kind: str, blocks: Mapping[str, str]) -> Assembled:
    """Paragraphs with an empty line between them; a blank block leaves no gap."""
    text, spans = "", []
    for names in PARAGRAPHS[kind]:
        words = [(name, clean(blocks.get(name, ""))) for name in names]
        for number, (name, said) in enumerate((name, said) for name, said in words if said):
            text += " " if number else ("\n\n" if text else "")
            spans.append(Span(name, len(text), len(text) + len(said)))
            text += said
    return Assembled(text, tuple(spans))


def clean(words: str) -> str:
    """One kind of line end, and no blanks around; browsers send CR LF."""
    return words.replace("\r\n", "\n").replace("\r", "\n").strip()


def replaced(
    kind: str, blocks: Mapping[str, str], *, start: int, end: int, words: str
) -> dict[str, str]:
    """The blocks with text[start:end] of the whole replaced, where that lies within one block."""
    assembled = assemble(kind, blocks)
    span = assembled.block_of(start, end)
    if span is None:
        return dict(blocks)
    said = assembled.text[span.start : span.end]
    new = said[: start - span.start] + words + said[end - span.start :]
    return {**blocks, span.name: new}


def added(kind: str, blocks: Mapping[str, str], *, check: str, words: str) -> dict[str, str]:
    """The blocks with a missing sentence at the end of the block that it belongs to."""
    name = home_of(kind, check)
    said = clean(blocks.get(name, ""))
    return {**blocks, name: f"{said} {words}".strip()}


def home_of(kind: str, check: str) -> str:
    """The block in which a writer looks for what `check` misses; the close, if nobody says."""
    return next((block.name for block in BLOCKS[kind] if check in block.answers), "close")
