"""One statement for a search: how many there are, the facets, and one page in order.

The planner likes to walk through the whole directory by name until 25 people match, which takes
seconds for a rare word. MATERIALIZED lets the index of words go first.
"""

# Statements are put together of our own words; all values travel as parameters.
# ruff: noqa: S608
from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import (
    BooleanField,
    Case,
    F,
    FloatField,
    Func,
    IntegerField,
    QuerySet,
    TextField,
    Value,
    When,
)
from django.db.models.expressions import Combinable, RawSQL
from django.db.models.functions import Cast, Coalesce

from alumni.models import Alum, AlumQuerySet
from alumni.searching import facets
from alumni.searching.built import SHAPES, Statement, statement
from alumni.searching.crowd import Crowd
from alumni.searching.finds import Finds, TsQuery, open_document
from alumni.searching.places import Place, Turn
from alumni.searching.typed import Query

# Counted no further: nobody reads so many.
MOST_COUNTED = 10_000
KEYS = "_number, _family, _given, id"


class Weights(Value):
    """Of place and year, studies and field, work, name."""

    def __init__(self) -> None:
        super().__init__("{0.1,0.2,0.6,1}")

    def as_sql(self, compiler, connection):
        return "%s::real[]", [self.value]


class Hits(NamedTuple):
    total: int
    facets: facets.Counts
    places: list[Place]


# Where a row lies: told and read in one statement, it cannot have moved.
ROW = RawSQL("alumni_alum.ctid", [], output_field=TextField())
# True, and for the leading process alone to say, so that no others are started to help: that takes
# longer than most searches.
ALONE = RawSQL("pg_backend_pid() IS NOT NULL", [], output_field=BooleanField())
# What the order of a page begins with. Whom no number is given, the page leaves out.
Number = Callable[[Crowd, Turn], Combinable | None]


def page_of(crowd: Crowd, turn: Turn, query: Query, number: Number | None = None) -> Hits:
    """One page, and what there is as a whole."""
    asked = _page_and_counts(crowd, turn.shape(), number or number_of)
    ((count, *listed, places),) = asked.rows(query.values() | turn.values())
    return Hits(count, facets.counted(*listed), [Place(*place) for place in places or []])


def counted(crowd: Crowd, query: Query) -> Hits:
    """The same without the page."""
    ((count, *listed),) = _counts(crowd).rows(query.values())
    return Hits(count, facets.counted(*listed), [])


@lru_cache(SHAPES)
def _page_and_counts(crowd: Crowd, turn: Turn, number: Number) -> Statement:
    hit = crowd.found().order_by().values("id", **_keys(number(crowd, turn)), _row=ROW)
    page = f", page AS ({_page(turn)})"
    listed = f", (SELECT json_agg(json_build_array({KEYS}) ORDER BY {KEYS}) FROM page)"
    return _put_together(crowd, hit, page, listed, turn.start or ())


@lru_cache(SHAPES)
def _counts(crowd: Crowd) -> Statement:
    return _put_together(crowd, crowd.found().order_by().values(_row=ROW))


def _put_together(
    crowd: Crowd, hit: QuerySet, page: str = "", listed: str = "", start: Sequence[Any] = ()
) -> Statement:
    """What is counted of some of them is read where they lie, so that all others stay narrow."""
    sql, params = hit.filter(ALONE)[: MOST_COUNTED + 1].query.sql_with_params()
    some = f"alumni_alum.ctid = ANY(ARRAY(SELECT _row FROM hit LIMIT {facets.MOST_FACETED}))"
    is_one = RawSQL(some, [], output_field=BooleanField())  # noqa: S611
    columns = facets.columns(sees_hidden=crowd.sees_hidden)
    counted = Alum.objects.filter(is_one).order_by().values(**columns).query.sql_with_params()
    return statement(
        f"WITH hit AS MATERIALIZED ({sql}), counted AS MATERIALIZED ({counted[0]}){page} "
        f"SELECT (SELECT count(*) FROM hit), lists.*{listed} "
        f"FROM (SELECT {facets.LISTED} FROM counted) AS lists",
        [*params, *counted[1], *start],
    )


def page_of_all(crowd: Crowd, turn: Turn, query: Query) -> list[Place]:
    """The same page when there are more people than are counted: all of them put in order."""
    rows = _all_in_order(crowd, turn.shape()).rows(query.values() | turn.values())
    places = [Place(*row) for row in rows]
    return places[::-1] if turn.backward else places


@lru_cache(SHAPES)
def _all_in_order(crowd: Crowd, turn: Turn) -> Statement:
    return in_order(crowd.found(), number_of(crowd, turn), turn)


def in_order(people: AlumQuerySet, number: Combinable | None, turn: Turn) -> Statement:
    sql, params = people.order_by().values("id", **_keys(number)).query.sql_with_params()
    return statement(
        f"WITH hit AS MATERIALIZED ({sql}) {_page(turn)}", [*params, *(turn.start or ())]
    )


def _page(turn: Turn) -> str:
    sign, way = ("<", "DESC") if turn.backward else (">", "ASC")
    ordered = ", ".join(f"{key} {way}" for key in KEYS.split(", "))
    beyond = f"AND ({KEYS}) {sign} (%s, %s, %s, %s)" if turn.start else ""
    return (
        f"SELECT {KEYS} FROM hit WHERE _number IS NOT NULL {beyond} "
        f"ORDER BY {ordered} LIMIT {turn.length}"
    )


def _keys(number: Combinable | None) -> dict[str, Any]:
    # Said with its type: a bare 0.0 would come back as a decimal, which no page's address takes.
    number = Cast(number or Value(0.0), FloatField())
    return {"_number": number, "_family": F("family_name"), "_given": F("given_name")}


def number_of(crowd: Crowd, turn: Turn) -> Combinable | None:
    if turn.order == "year":
        # The youngest first, and whoever has no year, or hides it, last.
        year = facets.columns(sees_hidden=turn.sees_hidden)["_class_year"]
        return Coalesce(Cast(year, FloatField()) * -1, Value(0.0))
    if turn.order == "best" and crowd.query.whole:
        return likeness(crowd.query, sees_hidden=turn.sees_hidden) * -1.0
    return None


def likeness(query: Query, *, sees_hidden: bool) -> Combinable:
    """Words just as typed weigh most, in a name more than elsewhere."""
    document: Any = F("search")
    if not sees_hidden:
        document = Case(When(hidden_fields=[], then=document), default=open_document())
    typed = _rank(document, query.exactly) * 10.0 if query.exactly else Value(0.0)
    if query.is_many:
        is_name = Finds(document, TsQuery(query.names))
        return typed + Cast(Cast(is_name, IntegerField()), FloatField())
    return typed + _rank(document, query.whole)


def _rank(document: Any, query: str) -> Func:
    return Func(
        Weights(), document, TsQuery(query),
        function="ts_rank", output_field=FloatField(),
    )  # fmt: skip
