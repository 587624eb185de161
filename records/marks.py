"""Words of a search: how they are read, and how they are marked where they stand.

The database finds them (records/search.py); here the words around a hit are cut out and marked,
with the same blindness to case and accents. Where the two differ about a rare letter, the words are
shown unmarked.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

LONGEST_QUERY = 200
MOST_TERMS = 8
BEFORE, AFTER = 80, 170
QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"'})
# Dropped at the edge of a word: Hawaiian names are found with their first sign or without.
EDGES = "ʻ‘’'`´\",;"
# What Unicode does not take apart.
LETTERS = {
    "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "ß": "ss",
    "þ": "th", "ʻ": "'", "‘": "'", "’": "'", "–": "-", "—": "-", "⁄": "/",
}  # fmt: skip


def terms_of(query: str) -> list[str]:
    """The words and “quoted phrases” of what was typed, each once; blank where there are none."""
    plain = " ".join(query.replace("\x00", " ").translate(QUOTES)[:LONGEST_QUERY].split())
    pieces = [phrase or word for phrase, word in re.findall(r'"([^"]+)"|([^\s"]+)', plain)]
    terms = (piece.strip().strip(EDGES) for piece in pieces)
    return list(dict.fromkeys(filter(None, terms)))[:MOST_TERMS]


def excerpt(text: str, terms: Sequence[str], *, goes_on_before: bool = False) -> SafeString:
    """The words around the first hit, escaped, each hit within <mark>."""
    words = " ".join(text.split())
    hits = _hits(words, terms)
    first = hits[0][0] if hits else (BEFORE if goes_on_before else 0)
    start, end = _cut(words, first - BEFORE), _cut(words, first + AFTER)
    marked, here = ["… " if start or goes_on_before else ""], start
    for begins, ends in hits:
        if here <= begins and ends <= end:
            marked += [escape(words[here:begins]), f"<mark>{escape(words[begins:ends])}</mark>"]
            here = ends
    rest = words[here:end]
    marked.append(escape(rest.rstrip() if end < len(words) else rest))
    # Every piece was escaped above.
    return mark_safe("".join(marked) + (" …" if end < len(words) else ""))  # noqa: S308


def _cut(words: str, at: int) -> int:
    """A place between two words near `at`, or `at` itself in one endless word."""
    if at <= 0 or at >= len(words):
        return max(0, min(at, len(words)))
    space = words.rfind(" ", max(0, at - 30), at)
    return space + 1 if space >= 0 else at


def _hits(words: str, terms: Sequence[str]) -> list[tuple[int, int]]:
    """Where the terms stand, in order, none over another."""
    folded, places = _fold(words)
    wanted = [re.escape(term) for term in (_fold(term)[0] for term in terms) if term]
    if not wanted:
        return []
    found = re.finditer("|".join(sorted(wanted, key=len, reverse=True)), folded)
    return [(places[hit.start()], places[hit.end() - 1] + 1) for hit in found]


def _fold(words: str) -> tuple[str, list[int]]:
    """Without case and accents, and for each letter the place it came from."""
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(words):
        for part in unicodedata.normalize("NFKD", letter.lower()):
            if not unicodedata.combining(part):
                plain = LETTERS.get(part, part)
                letters.append(plain)
                places += [place] * len(plain)
    return "".join(letters), places
