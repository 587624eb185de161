"""One box over all that a student has written down (G42).

A person is found when every word stands somewhere in their record; shown are the pieces that hold
at least one. The first of two queries over everything finds the pieces, the second reads
the words around the hits of one page.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from functools import reduce
from operator import add, or_
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    DateField,
    Expression,
    F,
    Func,
    IntegerField,
    QuerySet,
    TextField,
    Value,
    When,
)
from django.db.models.functions import (
    Cast,
    Coalesce,
    Greatest,
    Least,
    NullIf,
    StrIndex,
    Substr,
    TruncDate,
)
from django.db.models.lookups import GreaterThan

from accounts.models import User
from records.sources import DIGITS_OF_PHONE, SOURCES, Source

# How much is read before and after a hit.
WINDOW_BEFORE, WINDOW = 200, 700


class Piece(NamedTuple):
    """One thing that holds a word: which, whose, of which day, and which of the words."""

    kind: str
    pk: int
    person: int
    on: date
    mask: int
    # The letter that an entry of the log is the copy of.
    twin: int | None


class Excerpt(NamedTuple):
    kind: str
    pk: int
    # What the piece is called, and the row whose page shows it.
    label: str
    page_pk: int
    words: str
    starts: int


class Found(NamedTuple):
    person: int
    pieces: list[Piece]


def find(user: User, terms: Sequence[str]) -> list[Found]:
    """The people in whose record every term stands: the closest first, then the newest."""
    hits = defaultdict(list)
    pieces = [Piece(*row) for row in _everything(user, terms)]
    letters = {piece.pk for piece in pieces if piece.kind == "letter"}
    for piece in pieces:
        # A sent letter is found once, not in its copy as well.
        if piece.twin not in letters:
            hits[piece.person].append(piece)
    every_term = (1 << len(terms)) - 1
    found = [
        Found(person, sorted(pieces, key=_closeness, reverse=True))
        for person, pieces in hits.items()
        if reduce(or_, (piece.mask for piece in pieces)) == every_term
    ]
    return sorted(found, key=lambda one: (*_closeness(one.pieces[0]), one.person), reverse=True)


def newest(user: User, *, most: int) -> list[Piece]:
    """What was written down last, whatever it is."""
    rows = _everything(user, []).order_by("-found_on", "-pk")[:most]
    return [Piece(*row) for row in rows]


def excerpts(user: User, pieces: Iterable[Piece], terms: Sequence[str]) -> dict[Any, Excerpt]:
    """The words around the first hit of each piece, by (kind, pk): one query."""
    wanted = defaultdict(list)
    for piece in pieces:
        wanted[piece.kind].append(piece.pk)
    if not wanted:
        return {}
    rows = [_reading(user, kind, pks, terms) for kind, pks in wanted.items()]
    found = [Excerpt(*row) for row in rows[0].union(*rows[1:], all=True)]
    return {(one.kind, one.pk): one for one in found}


def _closeness(piece: Piece) -> tuple[int, bool, date]:
    return (piece.mask.bit_count(), piece.kind == "contact", piece.on)


def _everything(user: User, terms: Sequence[str]) -> QuerySet[Any]:
    first, *others = [_finding(user, kind, terms) for kind in SOURCES]
    return first.union(*others, all=True)


def _finding(user: User, kind: str, terms: Sequence[str]) -> QuerySet[Any]:
    source = SOURCES[kind]
    found = _dated(user, kind).annotate(
        found_person=Cast(F(source.person), BigIntegerField()),
        found_mask=_mask(_folded(_text(source), terms), terms),
        found_twin=Cast(F(source.twin) if source.twin else Value(None), BigIntegerField()),
    )
    if terms:
        found = found.filter(found_mask__gt=0)
    elif kind in ("talk", "answer", "debrief"):
        # Nothing to read in it yet.
        found = found.exclude(found_read="")
    return found.values_list(
        "found_kind", "pk", "found_person", "found_on", "found_mask", "found_twin"
    )


def _reading(user: User, kind: str, pks: list[int], terms: Sequence[str]) -> QuerySet[Any]:
    source = SOURCES[kind]
    places = [NullIf(place, Value(0)) for place in _places(_folded(_text(source), terms), terms)]
    first = Coalesce(Least(*places, *places[:1]) if places else Value(1), Value(1))
    # The digits of a phone, said twice, are not for reading.
    texts = source._replace(texts=[text for text in source.texts if text is not DIGITS_OF_PHONE])
    start = Greatest(first - WINDOW_BEFORE, Value(1))
    return (
        _dated(user, kind)
        .filter(pk__in=pks)
        .annotate(
            found_label=Cast(source.label, TextField()),
            found_page_pk=Cast(F(source.page), BigIntegerField()),
            found_words=Substr(_text(texts), start, Value(WINDOW)),
            found_starts=Cast(start, IntegerField()),
        )
        .values_list(
            "found_kind", "pk", "found_label", "found_page_pk", "found_words", "found_starts"
        )
    )


def _dated(user: User, kind: str) -> QuerySet[Any]:
    source = SOURCES[kind]
    days = [_day(name, user) for name in source.on]
    return source.rows(user).order_by().annotate(
        found_kind=Value(kind, CharField()),
        found_on=Coalesce(*days) if len(days) > 1 else Cast(days[0], DateField()),
        found_read=_text(source),
    )  # fmt: skip


def _day(name: str, user: User) -> Expression | F:
    is_moment = name.endswith("_at")
    return TruncDate(name, tzinfo=ZoneInfo(user.time_zone)) if is_moment else F(name)


def _text(source: Source) -> Expression:
    """Its words, one below the other."""
    parts = [F(text) if isinstance(text, str) else text for text in source.texts]
    # Blank ones leave no empty line.
    said = [NullIf(Cast(part, TextField()), Value("")) for part in parts]
    return Func(Value("\n"), *said, function="concat_ws", output_field=TextField())


def _folded(text: Expression, terms: Sequence[str]) -> Expression:
    """Without case and accents; where a phrase is looked for, a line may break within it."""
    if any(" " in term for term in terms):
        text = Func(text, Value(r"\s+"), Value(" "), Value("g"), function="regexp_replace")
    return _plain(text)


def _plain(words: Expression) -> Expression:
    return Func(words, template="lower(unaccent(%(expressions)s))", output_field=TextField())


def _places(folded: Expression, terms: Sequence[str]) -> list[Expression]:
    """STRPOS knows no wildcards, so % and _ mean themselves."""
    return [StrIndex(folded, _plain(Value(term, TextField()))) for term in terms]


def _mask(folded: Expression, terms: Sequence[str]) -> Expression:
    """One bit for each term that stands in the text."""
    bits = [
        Case(When(GreaterThan(place, 0), then=1 << bit), default=0, output_field=IntegerField())
        for bit, place in enumerate(_places(folded, terms))
    ]
    return reduce(add, bits) if bits else Value(0, IntegerField())
