"""How many people there are of each field, major, employer, place and decade."""

from __future__ import annotations

from collections import Counter
from itertools import chain
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import Case, F, IntegerField, TextField, Value, When

from alumni.searching.finds import shown

MOST_VALUES = 8
# The facets of a larger search are those of so many of its people.
MOST_FACETED = 500
Counts = dict[str, list[tuple[str, int]]]
Lists = list[list[str]] | None
# What a statement must select for LISTED and COUNTED_AHEAD below.
NEEDED = ("fields_of_work", "majors", "employer", "region", "country", "class_year")

# Of each kind the values of all of `counted`, one after another; put together by counted().
LISTED = """
    json_agg(_fields_of_work), json_agg(_majors), json_agg(_employer),
    json_agg(coalesce(nullif(_region, ''), _country)), json_agg(_class_year)
"""
KINDS = ("field", "major", "employer", "place", "decade")

# The counts of the whole directory in one walk: people with the same words are counted together
# before the words are taken apart. GROUPING has a bit for each column that is not grouped by.
COUNTED_AHEAD = """
    WITH grouped AS MATERIALIZED (
        SELECT fields, majors, employer, place, decade, count(*) AS people,
            GROUPING(fields, majors, employer, place, decade) AS apart
        FROM (
            SELECT _fields_of_work AS fields, _majors AS majors, _employer AS employer,
                coalesce(nullif(_region, ''), _country) AS place,
                (_class_year / 10 * 10)::text AS decade
            FROM ({source}) AS hit
        ) AS said
        GROUP BY GROUPING SETS ((fields), (majors), (employer), (place), (decade), ())
    ), facet AS (
        SELECT kind, json_agg(json_build_array(value, people) ORDER BY people DESC, value) AS list
        FROM (
            SELECT kind, value, sum(people) AS people,
                row_number() OVER (PARTITION BY kind ORDER BY sum(people) DESC, value) AS place
            FROM (
                SELECT 'field' AS kind, unnest(fields) AS value, people
                FROM grouped WHERE apart = B'01111'::int
                UNION ALL SELECT 'major', unnest(majors), people
                FROM grouped WHERE apart = B'10111'::int
                UNION ALL SELECT 'employer', employer, people
                FROM grouped WHERE apart = B'11011'::int
                UNION ALL SELECT 'place', place, people
                FROM grouped WHERE apart = B'11101'::int
                UNION ALL SELECT 'decade', decade, people
                FROM grouped WHERE apart = B'11110'::int
            ) AS said WHERE value <> '' GROUP BY kind, value
        ) AS ranked WHERE place <= {most} GROUP BY kind
    )
    SELECT (SELECT people FROM grouped WHERE apart = B'11111'::int),
        (SELECT json_object_agg(kind, list) FROM facet)
"""


def columns(*, sees_hidden: bool) -> dict[str, Any]:
    """The columns that are counted, without what their owners hide."""
    if sees_hidden:
        return {f"_{name}": F(name) for name in NEEDED}
    place = ("city", "region", "country")
    return {
        f"_{name}": Case(
            When(
                ~shown(*(place if name in place else [name]), sees_hidden=False),
                then=_nothing(name),
            ),
            default=F(name),
            output_field=_nothing(name).output_field,
        )
        for name in NEEDED
    }


def _nothing(name: str) -> Value:
    if name == "class_year":
        return Value(None, output_field=IntegerField())
    if name in ("majors", "fields_of_work"):
        return Value([], output_field=ArrayField(TextField()))
    return Value("", output_field=TextField())


def counted_ahead(source: str) -> str:
    return COUNTED_AHEAD.format(source=source, most=MOST_VALUES)


def counted(fields: Lists, majors: Lists, *others: list[Any] | None) -> Counts:
    """Of what LISTED brought. A person with two majors counts for both."""
    employers, places, years = others
    decades = [str(year // 10 * 10) for year in years or () if year is not None]
    said = (chain.from_iterable(fields or ()), chain.from_iterable(majors or ()))
    kinds = zip(KINDS, (*said, employers or (), places or (), decades), strict=True)
    counts = {kind: _commonest(Counter(filter(None, values))) for kind, values in kinds}
    return {kind: values for kind, values in counts.items() if values}


def made_ahead(facets: dict[str, list[list[Any]]]) -> Counts:
    """As the database keeps them."""
    return {kind: [(value, n) for value, n in values] for kind, values in facets.items()}


def _commonest(people: Counter[str]) -> list[tuple[str, int]]:
    return sorted(people.items(), key=lambda one: (-one[1], one[0]))[:MOST_VALUES]
