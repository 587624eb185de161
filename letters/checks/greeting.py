"""The name in the greeting is the name of the record (G15)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapidfuzz import fuzz

from letters.checks.names import TITLES, is_called, parts, spelled
from letters.checks.piece import Finding, Piece
from letters.checks.reading import Greeting, greeting, plain
from letters.checks.registry import ANY, at, check
from letters.checks.words import words

_NOBODY = re.compile(
    r"to whom|sir\b|madam\b|hiring manager|recruit|(?:team|committee|department|alum\w*|friend|"
    r"student|all)s?$"
)
_UNFILLED = re.compile(r"[\[\]{}<>_]|\b[xX]{2,}\b")
# Small words that belong to a family name.
_PARTICLES = words("van von de der den da di du la el al bin ibn ter ten te")
_ALIKE = 60
_MOST_WORDS = 6


@check("greeting_name", clause="G15", kinds=ANY)
def greeting_name(piece: Piece) -> Iterator[Finding]:
    """A name with other letters, or of somebody else; a blank belongs to another check."""
    found = greeting(piece.text)
    record = parts(piece.contact_name)
    if found is None or not record or found.start == found.end:
        return
    start, end = span = _name_only(piece.text, found)
    said = piece.text[start:end]
    if _UNFILLED.search(said) or _is_in_another_script(said, record):
        return
    if _NOBODY.match(plain(said)):
        yield at(
            piece.text,
            span,
            "A greeting to nobody in particular",
            "You know who will read this, and a letter with their name on it gets read.",
            rewrite=f"Dear {piece.contact_name}"
            if plain(said).startswith("to ")
            else piece.contact_name,
        )
        return
    strange = [word for word in parts(said) if not _is_of(word, record, parts(said))]
    if strange and not _is_middle(strange, said, record):
        yield _wrong(piece, span, strange[0])


def _wrong(piece: Piece, span: tuple[int, int], strange: str) -> Finding:
    start, end = span
    said, record = piece.text[start:end], spelled(piece.contact_name)
    right = max(record, key=lambda word: fuzz.ratio(plain(word), strange))
    if fuzz.ratio(plain(right), strange) < _ALIKE:
        return at(
            piece.text,
            span,
            "The greeting names somebody else",
            f"Your record says {piece.contact_name}. A name from another letter ends the "
            "reading at the first line.",
            rewrite=piece.contact_name,
            stops=True,
        )
    return at(
        piece.text,
        span,
        "The name is spelled another way in your record",
        f"Your record says {piece.contact_name}. Everyone sees their own name first, so it is "
        f"worth "
        "a second look.",
        rewrite=_respelled(said, record),
        stops=True,
    )


def _respelled(said: str, record: list[str]) -> str:
    """Each part in the letters of the record; a title stays, and so does what has no likeness."""
    words = []
    for word in said.split():
        best = max(record, key=lambda name: fuzz.ratio(plain(name), plain(word)))
        alike = fuzz.ratio(plain(best), plain(word)) >= _ALIKE
        words.append(best if alike and plain(word).strip(".") not in TITLES else word)
    return " ".join(words)


def _name_only(text: str, found: Greeting) -> tuple[int, int]:
    """“Hi I wanted to” greets nobody; “Hello Ewa and the team” greets Ewa."""
    said = text[found.start : found.end]
    if _NOBODY.match(plain(said)):
        return found.start, found.end
    end = 0
    for number, word in enumerate(re.finditer(r"\S+", said)):
        starts_small = word.group()[0].islower() and word.group() not in _PARTICLES
        if number >= _MOST_WORDS or (starts_small and plain(word.group()).strip(".") not in TITLES):
            break
        end = word.end()
    return found.start, found.start + end


def _is_of(word: str, record: list[str], said: list[str]) -> bool:
    pieces = {part for name in record for part in re.split(r"['.-]", name)}
    joined = re.sub(r"\W", "", "".join(record))
    if word in record or word in pieces or (len(word) == 1 and word in {n[0] for n in record}):
        return True
    if any(is_called(word, name) for name in record):
        return True
    apart = re.split(r"['.-]", word)
    if len(apart) > 1 and all(part in pieces or part in TITLES for part in apart):
        return True
    whole = re.sub(r"\W", "", "".join(said))
    return len(whole) > len(word) - 1 and whole in _runs(record, joined)


def _runs(record: list[str], joined: str) -> set[str]:
    """“van der Meer” and “Vandermeer”, “Soojin” and “Soo-jin”."""
    plain_words = [re.sub(r"\W", "", word) for word in record]
    return {joined, *("".join(plain_words[i:j]) for i in range(len(plain_words))
                      for j in range(i + 1, len(plain_words) + 1))}  # fmt: skip


def _is_middle(strange: list[str], said: str, record: list[str]) -> bool:
    """A middle name that the record does not have."""
    words = parts(said)
    return (
        len(words) > 2 and words[0] == record[0] and words[-1] == record[-1] and len(strange) == 1
    )


def _is_in_another_script(said: str, record: list[str]) -> bool:
    """A name in Chinese characters cannot be compared with the same in Latin letters."""
    latin = re.compile(r"[a-z]")
    return bool(latin.search(plain(said))) is not bool(latin.search(" ".join(record)))
