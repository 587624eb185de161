"""What a search shows: people, and under each the pieces with their words, day and page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.safestring import SafeString

from accounts.models import User
from contacts.models import Contact, Interaction
from interviews.models import Topic
from letters.models import Letter
from records.marks import excerpt
from records.search import Excerpt, Found, Piece, excerpts
from records.whole import with_last_talked

PIECES_A_PERSON = 4
MOST_PIECES = 60

ICONS = {
    "contact": "user", "log": "message-circle", "letter": "mail", "talk": "calendar",
    "answer": "message-circle", "debrief": "pencil", "insight": "lightbulb", "advice": "lightbulb",
}  # fmt: skip
NAMES = {
    "contact": "On their card",
    "talk": "Talk",
    "debrief": "What you wrote after the talk",
    "advice": "Advice",
}
PAGES = {
    "contact": "contacts:detail", "log": "contacts:detail", "letter": "letters:detail",
    "debrief": "interviews:debrief", "insight": "interviews:debrief", "advice": "interviews:advice",
}  # fmt: skip


@dataclass(frozen=True)
class Line:
    icon: str
    what: str
    on: date
    url: str
    words: SafeString


@dataclass(frozen=True)
class Result:
    person: Contact
    lines: list[Line]
    more: int


def results(
    user: User, found: Sequence[Found], terms: Sequence[str], *, most: int = PIECES_A_PERSON
) -> list[Result]:
    """Two queries: the words of what is shown, and the people."""
    words = excerpts(user, [piece for one in found for piece in one.pieces[:most]], terms)
    people = _people(user, [one.person for one in found])
    return [
        Result(
            people[one.person],
            _lines(one.pieces[:most], words, terms),
            max(0, len(one.pieces) - most),
        )
        for one in found
        if one.person in people
    ]


def lines_of(user: User, pieces: Sequence[Piece]) -> list[tuple[Contact, Line]]:
    """The newest things, each with its person."""
    words = excerpts(user, pieces, [])
    people = _people(user, [piece.person for piece in pieces])
    there = [piece for piece in pieces if piece.person in people and _key(piece) in words]
    lines = _lines(there, words, [])
    return [(people[piece.person], line) for piece, line in zip(there, lines, strict=True)]


def _people(user: User, pks: Iterable[int]) -> dict[int, Contact]:
    return with_last_talked(Contact.objects.visible_to(user)).in_bulk(list(set(pks)))


def _key(piece: Piece) -> tuple[str, int]:
    return piece.kind, piece.pk


def _lines(pieces: Sequence[Piece], words, terms: Sequence[str]) -> list[Line]:
    # A piece may have gone between the two queries.
    return [_line(piece, words[_key(piece)], terms) for piece in pieces if _key(piece) in words]


def _line(piece: Piece, read: Excerpt, terms: Sequence[str]) -> Line:
    text, what = read.words, _name(piece.kind, read.label)
    if piece.kind == "contact":
        # Without a search it is news that they are there, and the name stands above it.
        what, text = (what, text) if terms else ("On your list", text.partition("\n")[2])
        text = text.replace("\n", " · ")
    return Line(
        icon=ICONS[piece.kind],
        what=what,
        on=piece.on,
        url=reverse(PAGES.get(piece.kind, "interviews:detail"), args=[read.page_pk]),
        words=excerpt(text, terms, goes_on_before=read.starts > 1),
    )


def _name(kind: str, label: str) -> str:
    """“Phone”, “Thank-you”, “What you learned: training and study”."""
    if kind == "log":
        return str(Interaction.Channel(label).label)
    if kind == "letter":
        return str(Letter.Kind(label).label)
    if kind == "insight":
        return f"What you learned: {Topic(label).label.lower()}"
    return f"Their answer: {label}" if kind == "answer" else NAMES[kind]
