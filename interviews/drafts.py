"""The first words of a thank-you and of a follow-up, made of the write-up (G40, G45). Pure.

What students note is rarely a sentence: “the tour”, “read the trade paper”, “I liked her honesty!”.
Where their words fit into one they are set into it; otherwise they stand between quotation marks or
after a colon, where any words are right. A block that nothing is known about is left out, so the
letter begins with what is usual there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

MOST_ADVICE = 3
DAYS_A_WEEK = 7
# How a noted deed begins: “read the paper”.
VERBS = frozenset(
    {
        "add", "apply", "ask", "attend", "become", "begin", "build", "buy", "choose", "collect",
        "come", "create", "decide", "develop", "do", "find", "finish", "follow", "get", "give",
        "go", "have", "join", "keep", "learn", "let", "listen", "make", "meet", "organize",
        "prepare", "pursue", "put", "read", "reach", "register", "revise", "save", "say", "see",
        "send", "speak", "spend", "start", "stay", "stop", "subscribe", "take", "tell", "think",
        "try", "update", "volunteer", "write",
    }
)  # fmt: skip
# These are nouns as often (“work hours are long”): the word that follows tells.
VERBS_OR_NOUNS = frozenset(
    {
        "call", "contact", "cut", "draft", "email", "explore", "focus", "look", "network", "offer",
        "plan", "practice", "research", "search", "shadow", "share", "show", "sign", "study",
        "talk", "train", "use", "visit", "wait", "walk", "watch", "work",
    }
)  # fmt: skip
AFTER_A_VERB = frozenset(
    {
        "a", "about", "after", "all", "an", "and", "another", "any", "as", "at", "before", "every",
        "everybody", "for", "from", "her", "him", "in", "into", "it", "more", "my", "on", "one",
        "out", "people", "some", "somebody", "the", "them", "these", "they", "this", "to", "two",
        "up", "with", "your",
    }
)  # fmt: skip
THINGS = frozenset(
    {
        "a", "an", "the", "my", "our", "your", "his", "her", "their", "its", "this", "that",
        "these", "those", "how", "what", "when", "where", "why", "all", "both", "every", "many",
        "some", "hearing", "learning", "seeing", "talking", "meeting", "being", "getting",
        "walking",
    }
)  # fmt: skip
OF_THEM = {"his": "your", "her": "your", "their": "your"}
PEOPLE = frozenset(
    {
        "i", "we", "you", "he", "she", "they", "it", "there",
    }
)  # fmt: skip


@dataclass(frozen=True)
class Piece:
    """One piece of advice, and what became of it."""

    text: str
    done: bool = False
    note: str = ""


@dataclass(frozen=True)
class Facts:
    met_on: date
    today: date
    enjoyed: str = ""
    advice: tuple[Piece, ...] = ()
    next_steps: str = ""
    # Whom they named and the student has met since.
    met: tuple[str, ...] = ()


def thank_you(facts: Facts) -> dict[str, str]:
    """G40. Only the blocks of which something is known."""
    blocks = {
        "enjoyed": _enjoyed(facts),
        "advice": _advice(facts.advice),
        "plan": " ".join(filter(None, [_plan(facts.next_steps), _met(facts.met)])),
    }
    return {name: words for name, words in blocks.items() if words}


def follow_up(facts: Facts) -> dict[str, str]:
    """G45: each piece of advice, followed or not yet."""
    done = [_did(piece) for piece in facts.advice if piece.done]
    blocks = {
        "reminder": f"You were kind enough to talk with me {_when(facts)}.",
        "advice": " ".join(filter(None, [*done, _not_yet(facts.advice), _met(facts.met)])),
    }
    return {name: words for name, words in blocks.items() if words}


def _enjoyed(facts: Facts) -> str:
    words = flat(facts.enjoyed)
    if not words:
        return ""
    thanks = f"Thank you for the time you gave me {_when(facts)}."
    if is_sentence(words):
        return f"{thanks} {ended(words)}"
    first, _, rest = words.partition(" ")
    if first.casefold() in THINGS:
        first = OF_THEM.get(first.casefold(), first.casefold())
        return f"{thanks} I especially enjoyed {ended(f'{first} {rest}'.strip())}"
    return f"{thanks} What I enjoyed most: {ended(words)}"


def _advice(pieces: Sequence[Piece]) -> str:
    texts = [flat(piece.text) for piece in pieces if flat(piece.text)][:MOST_ADVICE]
    if not texts:
        return ""
    if len(texts) == 1:
        if (deed := as_deed(texts[0])) is not None:
            return f"Your advice to {bare(deed)} has stayed with me."
        return f"One piece of your advice has stayed with me: {cited(texts)}"
    if all(as_deed(text) is not None for text in texts):
        deeds = [f"to {bare(as_deed(text))}" for text in texts]
        return f"Your advice has stayed with me: {listed(deeds)}."
    return f"What you advised has stayed with me: {cited(texts)}"


def _plan(next_steps: str) -> str:
    lines = [line for line in map(flat, re.split(r"[\r\n;]+", next_steps)) if line]
    if not lines:
        return ""
    if all(is_sentence(line) for line in lines):
        return " ".join(ended(line) for line in lines)
    deeds = [as_deed(line) for line in lines]
    if all(deed is not None and not has_end_inside(deed) for deed in deeds):
        return f"Next, I plan {listed([f'to {bare(deed)}' for deed in deeds if deed])}."
    if len(lines) == 1:
        return f"This is what I will do next: {ended(lines[0])}"
    return f"This is what I will do next: {'; '.join(bare(line) for line in lines)}."


def _did(piece: Piece) -> str:
    text, note = flat(piece.text), flat(piece.note)
    if (deed := as_deed(text)) is not None:
        told = f"You advised me to {bare(deed)}, and I did."
    else:
        told = f"You gave me this advice: {cited([text])} I followed it."
    return f"{told} {ended(capital(note))}" if note else told


def _not_yet(pieces: Sequence[Piece]) -> str:
    left = [flat(piece.text) for piece in pieces if not piece.done and flat(piece.text)]
    if not left:
        return ""
    if all(as_deed(text) is not None for text in left):
        deeds = listed([f"to {bare(as_deed(text))}" for text in left], "or")
        return f"I have not come around {deeds} yet, but I mean to."
    return f"I have not come around to this yet, but I mean to: {cited(left)}"


def _met(names: Sequence[str]) -> str:
    """True sentences alone: the caller names only people whom the student has met."""
    if not names:
        return ""
    return f"I have met {listed(list(names))}, whom you named. Thank you for that, too."


def _when(facts: Facts) -> str:
    # “Today” would be wrong by the time the letter is read.
    if (facts.today - facts.met_on).days < DAYS_A_WEEK:
        return f"on {facts.met_on:%A}"
    year = "" if facts.met_on.year == facts.today.year else f", {facts.met_on.year}"
    return f"on {facts.met_on:%B} {facts.met_on.day}{year}"


def flat(words: str) -> str:
    """One line, without the dash or dot of a list before it."""
    return re.sub(r"^(?:[-–—•*]+|\d+[.)])\s+", "", " ".join(words.split()))


def is_sentence(words: str) -> bool:
    """Somebody does something in it: it begins with a pronoun (“I will call …”)."""
    first = re.split(r"[\s'’]", words, maxsplit=1)[0].casefold()
    return first in PEOPLE and " " in words


def as_deed(words: str) -> str | None:
    """“read the trade paper”, where the words begin like that; else None."""
    words, told = re.subn(r"^to\s+", "", words, flags=re.IGNORECASE)
    first, _, rest = words.partition(" ")
    second = rest.partition(" ")[0].casefold()
    begins = first.casefold().rstrip(".,!;")
    is_verb = told or begins in VERBS or (begins in VERBS_OR_NOUNS and second in AFTER_A_VERB)
    if not is_verb or has_end_inside(words):
        return None
    return f"{first.lower()} {rest}".strip()


def has_end_inside(words: str) -> bool:
    """More than one sentence, which no sentence of ours can hold."""
    return bool(re.search(r"[.!?…]\s+\S", words))


def ended(words: str) -> str:
    """With one mark at the end: theirs where there is one, ours otherwise."""
    words = words.rstrip(" ,;:")
    return words if re.search(r"[.!?…][”’\")]?$", words) else f"{words}."


def bare(words: str | None) -> str:
    """Without a mark at the end, for the middle of a sentence."""
    return (words or "").rstrip(" .,;:!?…")


def cited(texts: Sequence[str]) -> str:
    """In their own words, to end a sentence with: “a” and “b.”"""
    quoted = [f"“{bare(_singly(text))}”" for text in texts]
    return f"{listed(quoted)[:-1]}.”"


def _singly(words: str) -> str:
    """Quotation marks within others are single."""
    return re.sub(r"[“”\"]", "’", re.sub(r"(?<!\w)[“\"](?=\w)", "‘", words))


def capital(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"


def listed(words: Sequence[str], last: str = "and") -> str:
    """“a”, “a and b”, “a, b, and c”."""
    if len(words) < 3:
        return f" {last} ".join(words)
    return f"{', '.join(words[:-1])}, {last} {words[-1]}"
