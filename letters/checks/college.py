"""To an alum: that one belongs to the same college, as a student or as a fellow alum (G12)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from letters.checks.piece import Finding, Piece
from letters.checks.reading import Sentence, plain, sentences
from letters.checks.registry import at, check, missing
from letters.checks.words import words

_GENERIC = words(
    """
    college university of the state institute school community at for and technical arts
    """
)
_STATUS = re.compile(
    r"student|freshm[ae]n|sophomore|junior|senior|\byear\b|-year|stud(?:y|ied|ying)|major|minor|"
    r"alum|"
    r"alma mater|graduat|class of|\bfinished\b|degree|attend|went to|'\d\d\b|\bperson here|"
    r"years? after|"
    r"program|from the same"
)
_GRADUATED = re.compile(
    r"alum|graduat|class of|\bfinished\b|\bdegree\b|attended|went to|studied|'\d\d\b|"
    r"(?:sat through|were both|was a student)"
)
_STILL_STUDENT = re.compile(
    r"\bi(?:'m| am) (?:currently |now )?an? (?:\w+[ -]){0,3}?(?:student|freshman|sophomore|junior|"
    r"senior)"
    r"(?: \w+){0,4}? at [^.,;!?\n]{1,60}"
)
_CLAIMS_DEGREE = re.compile(
    r"\bi graduated from [^.,;!?\n]{1,50}?(?= and\b|[.,;!?\n]|$)|"
    r"\b(?:a |your )?fellow (?:\w+ )?(?:alum(?:na|nus|ni)?|graduate)\b|"
    r"\bi(?:'m| am) an? (?:proud |recent )?(?:\w+ ){0,2}(?:alum(?:na|nus)?|graduate) of\b"
)


@check("college", clause="G12", kinds=("request",))
def college(piece: Piece) -> Iterator[Finding]:
    if not piece.contact_is_alum or not piece.institution.strip():
        return
    if wrong := _wrong_status(piece):
        yield wrong
    elif not any(_says(sentence, piece) for sentence in sentences(piece.text)):
        what = "a fellow alum" if piece.writer_is_graduate else "a student"
        where = f"{'of' if piece.writer_is_graduate else 'at'} {piece.institution}"
        yield missing(
            f"We did not find {piece.institution}",
            "You share a college with them. It is the shortest way from stranger to friend.",
            rewrite=f"I am {what} {where}.",
        )


def _wrong_status(piece: Piece) -> Finding | None:
    """What a student says of themselves differs from what a graduate says."""
    pattern = _STILL_STUDENT if piece.writer_is_graduate else _CLAIMS_DEGREE
    core = own_part(piece.institution)
    for found in pattern.finditer(plain(piece.text)):
        says_fellow = "fellow" in found[0]
        if not says_fellow and not core.search(plain(piece.text)[found.start() : found.end() + 40]):
            continue
        return at(
            piece.text,
            found.span(),
            "You have graduated" if piece.writer_is_graduate else "You have not graduated yet",
            "They will picture you by these words, and later be surprised if they do not fit.",
            rewrite=_right_words(piece, says_fellow=says_fellow),
        )
    return None


def _right_words(piece: Piece, *, says_fellow: bool) -> str:
    if piece.writer_is_graduate:
        return f"I am a fellow alum of {piece.institution}"
    return "a student" if says_fellow else f"I am a student at {piece.institution}"


def _says(sentence: Sentence, piece: Piece) -> bool:
    """The whole name, or its own part beside a word of study; a graduate says that they are one."""
    whole = plain(piece.institution) in sentence.plain
    ours = "alma mater" in sentence.plain or bool(
        own_part(piece.institution).search(sentence.plain)
    )
    if piece.writer_is_graduate:
        return ours and bool(_GRADUATED.search(sentence.plain))
    return whole or (ours and bool(_STATUS.search(sentence.plain)))


def own_part(institution: str) -> re.Pattern[str]:
    """What sets the name apart: Alder of Alder College, also as a shortening."""
    words = [word for word in re.findall(r"\w+", plain(institution)) if word not in _GENERIC]
    letters = "".join(word[0] for word in re.findall(r"\w+", plain(institution)) if word != "of")
    names = words or [plain(institution)]
    short = [letters] if len(letters) > 2 else []
    return re.compile(r"\b(?:" + "|".join(map(re.escape, [*names, *short])) + r")\b")
