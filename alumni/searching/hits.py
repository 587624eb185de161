"""One statement for a search: how many there are, the facets, and one page in order.

The planner likes to walk through the whole directory by name until 25 people match, which takes
seconds for a rare word. MATERIALIZED lets the index of words go first.
"""

# Statements are put together of our own words; all values travel as parameters.
# ruff: noqa: S608
from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Case, F, FloatField, Func, IntegerField, QuerySet, Value, When
from django.db.models.expressions import Combinable, RawSQL
from django.db.models.functions import Cast, Coalesce

from alumni.models import Alum, AlumQuerySet
from alumni.searching import facets
from alumni.searching.finds import Finds, TsQuery, open_document
from alumni.searching.places import Place, Turn
from alumni.searching.typed import MOST_WEIGHED, Query

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


def page_of(people: AlumQuerySet, query: Query | None, turn: Turn) -> Hits:
    """One page, and what there is as a whole."""
    hit, params = _rows(people, query, turn)[: MOST_COUNTED + 1].query.sql_with_params()
    counted, besides = _counted(sees_hidden=turn.sees_hidden)
    page = _page(turn)
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH hit AS MATERIALIZED ({hit}), "
            f"counted AS MATERIALIZED ({counted}), "
            f"facet AS ({facets.counted('counted')}), "
            f"page AS ({page}) "
            "SELECT (SELECT count(*) FROM hit), (SELECT json_object_agg(kind, list) FROM facet), "
            f"(SELECT json_agg(json_build_array({KEYS}) ORDER BY {KEYS}) FROM page)",
            [*params, *besides, *(turn.start or ())],
        )
        count, listed, places = cursor.fetchone()
    return Hits(count, facets.as_counts(listed), [Place(*place) for place in places or []])


@cache
def _counted(*, sees_hidden: bool) -> tuple[str, tuple[Any, ...]]:
    """What is counted of some of them. Read by key, so that all others stay narrow."""
    some = RawSQL(f"SELECT id FROM hit LIMIT {facets.MOST_FACETED}", [])  # noqa: S611
    columns = facets.columns(sees_hidden=sees_hidden)
    return Alum.objects.filter(pk__in=some).order_by().values(**columns).query.sql_with_params()


def page_of_all(people: AlumQuerySet, turn: Turn) -> list[Place]:
    """The same page when there are more people than are counted: all of them put in order."""
    hit, params = _rows(people, None, turn).query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH hit AS MATERIALIZED ({hit}) {_page(turn)}", [*params, *(turn.start or ())]
        )
        places = [Place(*row) for row in cursor.fetchall()]
    return places[::-1] if turn.backward else places


def _page(turn: Turn) -> str:
    sign, way = ("<", "DESC") if turn.backward else (">", "ASC")
    ordered = ", ".join(f"{key} {way}" for key in KEYS.split(", "))
    beyond = f"WHERE ({KEYS}) {sign} (%s, %s, %s, %s)" if turn.start else ""
    return f"SELECT {KEYS} FROM hit {beyond} ORDER BY {ordered} LIMIT {turn.length}"


def _rows(people: AlumQuerySet, query: Query | None, turn: Turn) -> QuerySet:
    # Said with its type: a bare 0.0 would come back as a decimal, which no page's address takes.
    number: Any = Cast(Value(0.0), FloatField())
    if turn.order == "year":
        # The youngest first, and whoever has no year, or hides it, last.
        year = facets.columns(sees_hidden=turn.sees_hidden)["_class_year"]
        number = Coalesce(Cast(year, FloatField()) * -1, Value(0.0))
    elif turn.order == "best" and query is not None and query.names:
        number = likeness(query, sees_hidden=turn.sees_hidden) * -1.0
    return people.order_by().values(
        "id", _number=number, _family=F("family_name"), _given=F("given_name")
    )


def likeness(query: Query, *, sees_hidden: bool) -> Combinable:
    """Words just as typed weigh most, in a name more than elsewhere."""
    document: Any = F("search")
    if not sees_hidden:
        document = Case(When(hidden_fields=[], then=document), default=open_document())
    typed = _rank(document, query.exactly) * 10.0 if query.exactly else Value(0.0)
    if query.guess > MOST_WEIGHED:
        is_name = Finds(document, TsQuery(query.names))
        return typed + Cast(Cast(is_name, IntegerField()), FloatField())
    return typed + _rank(document, query.whole)


def _rank(document: Any, query: str) -> Func:
    return Func(
        Weights(), document, TsQuery(query),
        function="ts_rank", output_field=FloatField(),
    )  # fmt: skip
