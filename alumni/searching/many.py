"""The best of more people than are weighed one by one: four kinds, each in the order of names.

First whoever has the word as a family name, then who has all words just as typed, then whose family
name begins so, then the others. A page that the index of family names fills costs what the page
costs. So the first page is the best of all who are found, however many they are.
"""

# Statements are put together of our own words; all values travel as parameters.
# ruff: noqa: S608
from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from django.db import connection
from django.db.models import (
    BooleanField,
    Case,
    ExpressionWrapper,
    F,
    FloatField,
    Func,
    Q,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Collate
from django.db.models.lookups import Exact, GreaterThanOrEqual, LessThan

from alumni.models import Alum, AlumQuerySet
from alumni.searching import browse, hits
from alumni.searching.finds import finding, found_by
from alumni.searching.hits import MOST_COUNTED, Hits
from alumni.searching.places import Place, Turn
from alumni.searching.typed import FEW, Query

KINDS = NAMED, AS_TYPED, BEGUN, OTHERS = 0.0, 1.0, 2.0, 3.0
# Of a million among whom ten thousand are found, three thousand fill a page.
MOST_WALKED = 20_000
# Behind every name that begins so.
LAST = chr(1114111)
FAMILY = Collate(Func(F("family_name"), function="alum_folded", output_field=TextField()), "C")
# As the index alum_by_family_name has them.
FOLDED = (FAMILY, Collate("given_name", "C"), F("id"))


class Crowd(NamedTuple):
    """Whom a search finds among `people`, and how."""

    people: AlumQuerySet
    query: Query
    sees_hidden: bool

    def found(self) -> AlumQuerySet:
        return found_by(self.people, self.query, sees_hidden=self.sees_hidden)

    def is_found(self) -> Q:
        """Asked of one after another, along an index that knows no words."""
        one_by_one = (self.query.wide, *self.query.besides)
        besides = self.query._replace(wide="", besides=one_by_one)
        return finding(besides, sees_hidden=self.sees_hidden)

    def is_as_typed(self) -> Q:
        query = Query(besides=(self.query.typed,))
        return finding(query, sees_hidden=self.sees_hidden)

    def as_typed(self) -> AlumQuerySet:
        """By the index: all of them are among those who are found."""
        query = Query(wide=self.query.typed)
        return found_by(self.people, query, sees_hidden=self.sees_hidden)


def page_of(crowd: Crowd, turn: Turn, gathered: Hits | None = None) -> Hits:
    """`gathered` is given where it is known already that there are more than are counted."""
    places: list[Place] = []
    for kind, start in _kinds(crowd.query, turn):
        missing = turn.length - len(places)
        if not missing:
            break
        left = turn._replace(length=missing, start=start)
        if kind in (NAMED, BEGUN):
            places += _along_family_names(crowd, kind, left)
            continue
        if kind == AS_TYPED and crowd.query.typed_by <= FEW:
            places += _all_in_order(crowd.as_typed(), crowd, kind, left)
            continue
        gathered = gathered or hits.page_of(crowd.found(), turn, number=_kind_of_others(crowd))
        if gathered.total > MOST_COUNTED:
            places += _along_names(crowd, kind, left)
        else:
            of_kind = [place for place in gathered.places if place.number == kind]
            places += (of_kind[::-1] if turn.backward else of_kind)[:missing]
    total, facets, _ = gathered or hits.counted(crowd.found(), turn)
    return Hits(total, facets, places[::-1] if turn.backward else places)


def _kinds(query: Query, turn: Turn) -> Iterator[tuple[float, Place | None]]:
    """Those that are left, and where in the first of them to begin."""
    kinds = [kind for kind in KINDS[:: -1 if turn.backward else 1] if _is_there(kind, query)]
    start = turn.start if turn.start and turn.start.number in kinds else None
    left = kinds[kinds.index(start.number) :] if start else kinds
    yield left[0], start
    yield from ((kind, None) for kind in left[1:])


def _is_there(kind: float, query: Query) -> bool:
    """Several words are nobody's family name. Where nobody has one of them, nobody has all."""
    is_name, is_typed = bool(query.word), bool(query.typed)
    return {NAMED: is_name and is_typed, AS_TYPED: is_typed, BEGUN: is_name}.get(kind, True)


def _along_family_names(crowd: Crowd, kind: float, turn: Turn) -> list[Place]:
    word = crowd.query.word
    is_it = Q(Exact(FAMILY, Value(word))) if kind == NAMED else _begins(word)
    if kind == BEGUN and crowd.query.typed:
        is_it &= ~Q(Exact(FAMILY, Value(word))) & ~crowd.is_as_typed()
    people = crowd.people.filter(crowd.is_found(), is_it)
    walk = browse.beyond(people, FOLDED, turn.start, backward=turn.backward)
    in_order = walk.order_by(*browse.in_order(FOLDED, backward=turn.backward))
    return [Place(kind, *row) for row in in_order.values_list(*FOLDED)[: turn.length]]


def _begins(word: str) -> Q:
    return Q(GreaterThanOrEqual(FAMILY, Value(word))) & Q(LessThan(FAMILY, Value(word + LAST)))


def _kind_of_others(crowd: Crowd) -> Case:
    """Nothing for those who come along family names."""
    word, is_typed = crowd.query.word, bool(crowd.query.typed)
    cases = []
    if word and is_typed:
        cases.append(When(_is_one_of(Q(Exact(FAMILY, Value(word)))), then=None))
    if is_typed:
        cases.append(When(crowd.is_as_typed(), then=Value(AS_TYPED)))
    if word:
        cases.append(When(_is_one_of(_begins(word)), then=None))
    return Case(*cases, default=Value(OTHERS), output_field=FloatField())


def _is_one_of(condition: Q) -> Q:
    """Asked of the index once, and not of each name."""
    return Q(pk__in=Alum.objects.filter(condition).order_by().values("pk"))


def _along_names(crowd: Crowd, kind: float, turn: Turn) -> list[Place]:
    """Some of the directory in the order of names; should too few of it be found, all who are."""
    is_kind = Q(Exact(_kind_of_others(crowd), Value(kind)))
    fits = ExpressionWrapper(crowd.is_found() & is_kind, output_field=BooleanField())
    people = browse.beyond(crowd.people, browse.NAME, turn.start, backward=turn.backward)
    walk = people.order_by(*browse.in_order(browse.NAME, backward=turn.backward))
    inner = walk.values(*browse.NAME, fits=fits)[:MOST_WALKED]
    sql, params = inner.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT family_name, given_name, id FROM ({sql}) AS walked WHERE fits "
            f"LIMIT {turn.length}", params,
        )  # fmt: skip
        places = [Place(kind, *row) for row in cursor.fetchall()]
    is_full = len(places) == turn.length
    return places if is_full else _all_in_order(crowd.found(), crowd, kind, turn)


def _all_in_order(people: AlumQuerySet, crowd: Crowd, kind: float, turn: Turn) -> list[Place]:
    is_kind = Q(Exact(_kind_of_others(crowd), Value(kind)))
    places = hits.page_of_all(people.filter(is_kind), turn, number=Value(kind))
    return places[::-1] if turn.backward else places
