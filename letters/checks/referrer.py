"""Whoever gave the name: said where it may be said (G11), and only there (G22)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from letters.checks.names import TITLES, is_called, parts
from letters.checks.piece import Finding, Piece
from letters.checks.reading import sentences, unaccented
from letters.checks.registry import ANY, at, check, missing
from letters.checks.words import words

_NAME = re.compile(r"[^\W\d_][\w'.-]*")
# Given and family names that are words, too: alone they prove nothing.
_ALSO_WORDS = words(
    """
    will may grace mark hope faith joy rose art bill sue rob pat drew june april august chase
    hunter young long rich frank dean may day bell price park church king hill brown street case
    field read wood stone banks may lane west north page little white black green gray rice
    small short
    """
)


@check("referrer_named", clause="G11", kinds=("request",))
def referrer_named(piece: Piece) -> Iterator[Finding]:
    if not piece.referrer or piece.referrer_permission == "no" or _where(piece):
        return
    if piece.referrer_permission == "yes":
        yield missing(
            f"{piece.referrer} is not named",
            "A name they know and trust opens the door, and you may use it.",
            rewrite=f"{piece.referrer} gave me your name.",
        )
    else:
        yield missing(
            f"Ask {piece.referrer} whether you may use the name",
            "A name they know opens the door. One short question to the person who sent you, and "
            "you may write it.",
        )


@check("referrer_permission", clause="G22", kinds=ANY)
def referrer_permission(piece: Piece) -> Iterator[Finding]:
    span = _where(piece) if piece.referrer else None
    if span is None or piece.referrer_permission == "yes":
        return
    said_no = piece.referrer_permission == "no"
    yield at(
        piece.text,
        span,
        f"{piece.referrer} " + ("would rather not be named" if said_no else "has not been asked"),
        "Their name is theirs to lend. Leave it out."
        if said_no
        else "Their name is theirs to lend. Ask first, note the answer, and the letter may go.",
        rewrite=_unnamed(piece.text, span),
        stops=True,
    )


_TELLS = re.compile(
    r"\s+(?:told|said|says|gave|suggested|mentioned|recommended|thought|thinks|encouraged)\b"
)


def _unnamed(text: str, span: tuple[int, int]) -> str:
    """Only where the sentence begins with the name does a stand-in fit for certain."""
    start, end = span
    begins = any(sentence.start == start for sentence in sentences(text))
    return "Somebody who knows your work" if begins and _TELLS.match(text[end:]) else ""


def _where(piece: Piece) -> tuple[int, int] | None:
    """The first place where the referrer is meant; a name shared with one of the two is not it."""
    shared = {*parts(piece.contact_name), *parts(piece.writer_name)}
    names = parts(piece.referrer)
    own = [name for name in names if name not in shared]
    words = list(_NAME.finditer(unaccented(piece.text)))
    begins = {sentence.start for sentence in sentences(piece.text)}
    for index, word in enumerate(words):
        said = _bare(word.group())
        if not word.group()[0].isupper() or not _is_one_of(said, own):
            continue
        first, last = _whole(words, index, names)
        alone = first == last
        if alone and said in _ALSO_WORDS and (word.start() in begins or said in {"may", "will"}):
            continue
        end = words[last].start() + len(_without_possessive(words[last].group()))
        return words[first].start(), end
    return None


def _whole(words: list[re.Match[str]], index: int, names: list[str]) -> tuple[int, int]:
    """The words around words[index] that are titles or parts of the same name."""
    first = last = index
    while first and _bare(words[first - 1].group()) in {*TITLES, *names} - {"the"}:
        if (
            words[first].start() - words[first - 1].end() > 1
            or not words[first - 1].group()[0].isupper()
        ):
            break
        first -= 1
    while last + 1 < len(words) and _bare(words[last + 1].group()) in names:
        if words[last + 1].start() - words[last].end() > 1:
            break
        last += 1
    return first, last


def _is_one_of(said: str, names: list[str]) -> bool:
    pieces = {part for name in names for part in (name, *name.split("-"))}
    return said in pieces or bool(names and is_called(said, names[0]))


def _bare(word: str) -> str:
    return _without_possessive(word).strip(".'-").lower()


def _without_possessive(word: str) -> str:
    return re.sub(r"(?:'s?|\.)$", "", word)
