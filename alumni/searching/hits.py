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


# Where a row lies: told and read in one statement, it cannot have moved.
ROW = RawSQL("alumni_alum.ctid", [], output_field=TextField())


def page_of(people: AlumQuerySet, turn: Turn, *, number: Combinable | None = None) -> Hits:
    """One page, and what there is as a whole. Whom no number is given, the page leaves out."""
    page = f", page AS ({_page(turn)})"
    listed = f", (SELECT json_agg(json_build_array({KEYS}) ORDER BY {KEYS}) FROM page)"
    hit = people.order_by().values("id", **_keys(number), _row=ROW)
    count, said, places = _ask(hit, page, listed, turn)
    return Hits(count, facets.as_counts(said), [Place(*place) for place in places or []])


def counted(people: AlumQuerySet, turn: Turn) -> Hits:
    """The same without the page."""
    hit = people.order_by().values(_row=ROW)
    count, said = _ask(hit, "", "", turn._replace(start=None))
    return Hits(count, facets.as_counts(said), [])


def _ask(hit: QuerySet, page: str, listed: str, turn: Turn) -> tuple[Any, ...]:
    sql, params = hit[: MOST_COUNTED + 1].query.sql_with_params()
    counted, besides = _counted(sees_hidden=turn.sees_hidden)
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH hit AS MATERIALIZED ({sql}), "
            f"counted AS MATERIALIZED ({counted}), "
            f"facet AS ({facets.counted('counted')}){page} "
            "SELECT (SELECT count(*) FROM hit), "
            f"(SELECT json_object_agg(kind, list) FROM facet){listed}",
            [*params, *besides, *(turn.start or ())],
        )
        return cursor.fetchone()


@cache
def _counted(*, sees_hidden: bool) -> tuple[str, tuple[Any, ...]]:
    """What is counted of some of them. Read where they lie, so that all others stay narrow."""
    some = f"alumni_alum.ctid = ANY(ARRAY(SELECT _row FROM hit LIMIT {facets.MOST_FACETED}))"
    is_one = RawSQL(some, [], output_field=BooleanField())  # noqa: S611
    columns = facets.columns(sees_hidden=sees_hidden)
    return Alum.objects.filter(is_one).order_by().values(**columns).query.sql_with_params()


def page_of_all(
    people: AlumQuerySet, turn: Turn, *, number: Combinable | None = None
) -> list[Place]:
    """The same page when there are more people than are counted: all of them put in order."""
    hit, params = people.order_by().values("id", **_keys(number)).query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH hit AS MATERIALIZED ({hit}) {_page(turn)}", [*params, *(turn.start or ())]
        )
        places = [Place(*row) for row in cursor.fetchall()]
    return places[::-1] if turn.backward else places


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


def number_of(query: Query, turn: Turn) -> Combinable | None:
    """What the order begins with, before the name."""
    if turn.order == "year":
        # The youngest first, and whoever has no year, or hides it, last.
        year = facets.columns(sees_hidden=turn.sees_hidden)["_class_year"]
        return Coalesce(Cast(year, FloatField()) * -1, Value(0.0))
    if turn.order == "best" and query.whole:
        return likeness(query, sees_hidden=turn.sees_hidden) * -1.0
    return None


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
