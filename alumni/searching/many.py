"""The best of more people than are weighed one by one: four kinds, each in the order of names.

First whoever has the word as a family name, then who has all words just as typed, then whose family
name begins so, then the others. A page that the index of family names fills costs what the page
costs. So the first page is the best of all who are found, however many they are.
"""

# Statements are put together of our own words; all values travel as parameters.
# ruff: noqa: S608
from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

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

from alumni.models import Alum
from alumni.searching import browse, hits
from alumni.searching.built import SHAPES, Statement, statement
from alumni.searching.crowd import Crowd
from alumni.searching.hits import MOST_COUNTED, Hits
from alumni.searching.places import Place, Turn
from alumni.searching.typed import FEW, Query

KINDS = NAMED, AS_TYPED, BEGUN, OTHERS = 0.0, 1.0, 2.0, 3.0
# Of a million among whom ten thousand are found, three thousand fill a page.
MOST_WALKED = 20_000
FAMILY = Collate(Func(F("family_name"), function="alum_folded", output_field=TextField()), "C")
# As the index alum_by_family_name has them.
FOLDED = (FAMILY, Collate("given_name", "C"), F("id"))


class Asked(NamedTuple):
    """A crowd, and what was typed to find it."""

    crowd: Crowd
    query: Query


def page_of(crowd: Crowd, turn: Turn, query: Query, gathered: Hits | None = None) -> Hits:
    """`gathered` is given where it is known already that there are more than are counted."""
    asked, places = Asked(crowd, query), list[Place]()
    gathered = gathered or count_of_multitude(crowd, query)
    for kind, start in _kinds(query, turn):
        missing = turn.length - len(places)
        if not missing:
            break
        here = turn._replace(start=start)
        if kind in (NAMED, BEGUN):
            places += _along_family_names(asked, kind, here)[:missing]
            continue
        if kind == AS_TYPED and query.typed_by <= FEW:
            places += _all_in_order(asked, kind, here)[:missing]
            continue
        gathered = gathered or hits.page_of(crowd, turn, query, _kind_of_others)
        if gathered.total > MOST_COUNTED:
            places += _along_names(asked, kind, here)[:missing]
        else:
            of_kind = [place for place in gathered.places if place.number == kind]
            places += (of_kind[::-1] if turn.backward else of_kind)[:missing]
    total, facets, _ = gathered or hits.counted(crowd, query)
    return Hits(total, facets, places[::-1] if turn.backward else places)


def count_of_multitude(crowd: Crowd, query: Query) -> Hits | None:
    """Where the commonest words alone have more people than are counted, no other is looked for."""
    if not query.common or query.guess <= MOST_COUNTED:
        return None
    found = hits.counted(crowd.common(), query)
    return found if found.total > MOST_COUNTED else None


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


def _along_family_names(asked: Asked, kind: float, turn: Turn) -> list[Place]:
    walk = _family_names(asked.crowd, kind, turn.shape())
    return [Place(kind, *row) for row in walk.rows(asked.query.values() | turn.values())]


@lru_cache(SHAPES)
def _family_names(crowd: Crowd, kind: float, turn: Turn) -> Statement:
    is_it = _is_named(crowd.query) if kind == NAMED else _begins(crowd.query)
    if kind == BEGUN and crowd.query.typed:
        is_it &= ~_is_named(crowd.query) & ~crowd.is_as_typed()
    people = crowd.people.filter(crowd.is_found(), is_it)
    walk = browse.beyond(people, FOLDED, turn.start, backward=turn.backward)
    in_order = walk.order_by(*browse.in_order(FOLDED, backward=turn.backward))
    rows = in_order.values_list(*FOLDED)[: turn.length]
    return statement(*rows.query.sql_with_params())


def _is_named(query: Query) -> Q:
    return Q(Exact(FAMILY, Value(query.word)))


def _begins(query: Query) -> Q:
    begins = Q(GreaterThanOrEqual(FAMILY, Value(query.word)))
    return begins & Q(LessThan(FAMILY, Value(query.beyond)))


def _kind_of_others(crowd: Crowd, turn: Turn) -> Case:
    """Nothing for those who come along family names."""
    query = crowd.query
    cases = []
    if query.word and query.typed:
        cases.append(When(_is_one_of(_is_named(query)), then=None))
    if query.typed:
        cases.append(When(crowd.is_as_typed(), then=Value(AS_TYPED)))
    if query.word:
        cases.append(When(_is_one_of(_begins(query)), then=None))
    return Case(*cases, default=Value(OTHERS), output_field=FloatField())


def _is_one_of(condition: Q) -> Q:
    """Asked of the index once, and not of each name."""
    return Q(pk__in=Alum.objects.filter(condition).order_by().values("pk"))


def _along_names(asked: Asked, kind: float, turn: Turn) -> list[Place]:
    """Some of the directory in the order of names; should too few of it be found, all who are."""
    walk = _names(asked.crowd, kind, turn.shape())
    rows = walk.rows(asked.query.values() | turn.values())
    if len(rows) < turn.length:
        return _all_in_order(asked, kind, turn)
    return [Place(kind, *row) for row in rows]


@lru_cache(SHAPES)
def _names(crowd: Crowd, kind: float, turn: Turn) -> Statement:
    is_kind = Q(Exact(_kind_of_others(crowd, turn), Value(kind)))
    fits = ExpressionWrapper(crowd.is_found() & is_kind, output_field=BooleanField())
    people = browse.beyond(crowd.people, browse.NAME, turn.start, backward=turn.backward)
    walk = people.order_by(*browse.in_order(browse.NAME, backward=turn.backward))
    inner = walk.values(*browse.NAME, fits=fits)[:MOST_WALKED]
    sql, params = inner.query.sql_with_params()
    return statement(
        f"SELECT family_name, given_name, id FROM ({sql}) AS walked WHERE fits "
        f"LIMIT {turn.length}", params,
    )  # fmt: skip


def _all_in_order(asked: Asked, kind: float, turn: Turn) -> list[Place]:
    all_of_them = _of_kind(asked.crowd, kind, turn.shape())
    return [Place(*row) for row in all_of_them.rows(asked.query.values() | turn.values())]


@lru_cache(SHAPES)
def _of_kind(crowd: Crowd, kind: float, turn: Turn) -> Statement:
    people = crowd.as_typed() if kind == AS_TYPED else crowd.found()
    is_kind = Q(Exact(_kind_of_others(crowd, turn), Value(kind)))
    return hits.in_order(people.filter(is_kind), Value(kind), turn)
