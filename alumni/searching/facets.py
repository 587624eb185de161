"""How many people there are of each field, major, employer, place and decade."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import Case, F, IntegerField, TextField, Value, When

from alumni.searching.finds import shown

MOST_VALUES = 8
# The facets of a larger search are those of so many of its people.
MOST_FACETED = 500
Counts = dict[str, list[tuple[Any, int]]]
# What a statement must select for COUNTED below.
NEEDED = ("fields_of_work", "majors", "employer", "region", "country", "class_year")

# A person with two majors counts for both.
COUNTED = """
    SELECT kind, json_agg(json_build_array(value, people) ORDER BY people DESC, value) AS list
    FROM (
        SELECT kind, value, count(*) AS people,
            row_number() OVER (PARTITION BY kind ORDER BY count(*) DESC, value) AS place
        FROM (
            SELECT 'field' AS kind, unnest(_fields_of_work) AS value FROM {source}
            UNION ALL SELECT 'major', unnest(_majors) FROM {source}
            UNION ALL SELECT 'employer', _employer FROM {source}
            UNION ALL SELECT 'place', coalesce(nullif(_region, ''), _country) FROM {source}
            UNION ALL SELECT 'decade', (_class_year / 10 * 10)::text FROM {source}
        ) AS said WHERE value <> '' GROUP BY kind, value
    ) AS ranked WHERE place <= {most} GROUP BY kind
"""


# The same of the whole directory in one walk: people with the same words are counted together
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


def counted(source: str) -> str:
    return COUNTED.format(source=source, most=MOST_VALUES)


def counted_ahead(source: str) -> str:
    return COUNTED_AHEAD.format(source=source, most=MOST_VALUES)


def as_counts(listed: dict[str, list[list[Any]]] | None) -> Counts:
    return {kind: [(value, n) for value, n in values] for kind, values in (listed or {}).items()}
