"""How many people there are of each field, major, employer, place and decade."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import Case, F, IntegerField, Q, TextField, Value, When

from alumni.models import Alum
from alumni.models.directory import OPEN
from alumni.searching.finds import shown

MOST_VALUES = 8
# The facets of a larger search are those of so many of its people.
MOST_FACETED = 500
Counts = dict[str, list[tuple[str, int]]]
# Between values that travel as one text, which costs a fraction of JSON. No list brings this sign
# within a word: Python takes it for a blank.
BETWEEN = "\x1e"
# What a statement must select for LISTED and COUNTED_AHEAD below.
NEEDED = ("fields_of_work", "majors", "employer", "region", "country", "class_year")

# Of each kind the values of all of `counted`, one after another; put together by counted().
LISTED = """
    string_agg(array_to_string(_fields_of_work, E'\\x1e'), E'\\x1e'),
    string_agg(array_to_string(_majors, E'\\x1e'), E'\\x1e'), string_agg(_employer, E'\\x1e'),
    string_agg(coalesce(nullif(_region, ''), _country), E'\\x1e'),
    array_agg(_class_year) FILTER (WHERE _class_year IS NOT NULL)
"""
KINDS = ("field", "major", "employer", "place", "decade")

PLACE = ("city", "region", "country")
# Of each kind, what hides it from students.
HIDDEN_BY = {
    "field": ("fields_of_work",), "major": ("majors",), "employer": ("employer",), "place": PLACE,
    "decade": ("class_year",),
}  # fmt: skip

# The counts of the whole directory for both audiences, in one walk: people with the same words are
# counted together before the words are taken apart. GROUPING has a bit for each column that is not
# grouped by. Values with as many people stand in the order of their letters' numbers, as Python has
# it in counted().
COUNTED_AHEAD = """
    WITH grouped AS MATERIALIZED (
        SELECT fields, majors, employer, place, decade, count(*) AS people,
            count(*) FILTER (WHERE _open_field) AS open_field,
            count(*) FILTER (WHERE _open_major) AS open_major,
            count(*) FILTER (WHERE _open_employer) AS open_employer,
            count(*) FILTER (WHERE _open_place) AS open_place,
            count(*) FILTER (WHERE _open_decade) AS open_decade,
            count(*) FILTER (WHERE _open) AS open,
            GROUPING(fields, majors, employer, place, decade) AS apart
        FROM (
            SELECT *, _fields_of_work AS fields, _majors AS majors, _employer AS employer,
                coalesce(nullif(_region, ''), _country) AS place,
                (_class_year / 10 * 10)::text AS decade
            FROM ({source}) AS hit
        ) AS said
        GROUP BY GROUPING SETS ((fields), (majors), (employer), (place), (decade), ())
    ), said AS MATERIALIZED (
        SELECT 'field' AS kind, value,
            sum(people)::bigint AS people, sum(open_field)::bigint AS open
        FROM grouped, unnest(fields) AS value WHERE apart = B'01111'::int GROUP BY value
        UNION ALL SELECT 'major', value, sum(people)::bigint, sum(open_major)::bigint
        FROM grouped, unnest(majors) AS value WHERE apart = B'10111'::int GROUP BY value
        UNION ALL SELECT 'employer', employer, people, open_employer
        FROM grouped WHERE apart = B'11011'::int
        UNION ALL SELECT 'place', place, people, open_place
        FROM grouped WHERE apart = B'11101'::int
        UNION ALL SELECT 'decade', decade, people, open_decade
        FROM grouped WHERE apart = B'11110'::int
    ), audience (name, sees_all) AS (VALUES ('OFFICE', true), ('STUDENTS', false)),
    facet AS (
        SELECT name, kind,
            json_agg(json_build_array(value, seen) ORDER BY seen DESC, value COLLATE "C") AS list
        FROM audience, (VALUES ('field'), ('major'), ('employer'), ('place'), ('decade'))
            AS kinds (of_kind), LATERAL (
            SELECT kind, value, CASE WHEN sees_all THEN people ELSE open END AS seen FROM said
            WHERE kind = of_kind AND value <> '' AND (sees_all OR open > 0)
            ORDER BY seen DESC, value COLLATE "C" LIMIT {most}
        ) AS commonest GROUP BY name, kind
    )
    SELECT name, (
        SELECT CASE WHEN sees_all THEN people ELSE open END FROM grouped
        WHERE apart = B'11111'::int
    ), (SELECT json_object_agg(kind, list) FROM facet WHERE facet.name = audience.name)
    FROM audience
"""


def columns(*, sees_hidden: bool) -> dict[str, Any]:
    """The columns that are counted, without what their owners hide."""
    if sees_hidden:
        return {f"_{name}": F(name) for name in NEEDED}
    return {
        f"_{name}": Case(
            When(
                ~shown(*(PLACE if name in PLACE else [name]), sees_hidden=False),
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


def counted_ahead() -> tuple[str, tuple[Any, ...]]:
    """A statement and its values: for each audience its name, how many it sees, its facets."""
    open_for = {
        f"_open_{kind}": _is_true(OPEN & shown(*parts, sees_hidden=False))
        for kind, parts in HIDDEN_BY.items()
    }
    everybody = Alum.objects.order_by().values(
        **columns(sees_hidden=True), **open_for, _open=_is_true(OPEN)
    )
    source, values = everybody.query.sql_with_params()
    return COUNTED_AHEAD.format(source=source, most=MOST_VALUES), values


def _is_true(condition: Q) -> Case:
    return Case(When(condition, then=Value(True)), default=Value(False))


def counted(*listed: Any) -> Counts:
    """Of what LISTED brought. A person with two majors counts for both."""
    *words, years = listed
    decades = [str(year // 10 * 10) for year in years or ()]
    said = [*(text.split(BETWEEN) if text else [] for text in words), decades]
    kinds = zip(KINDS, said, strict=True)
    counts = {kind: _commonest(Counter(filter(None, values))) for kind, values in kinds}
    return {kind: values for kind, values in counts.items() if values}


def made_ahead(facets: dict[str, list[list[Any]]]) -> Counts:
    """As the database keeps them."""
    return {kind: [(value, n) for value, n in values] for kind, values in facets.items()}


def _commonest(people: Counter[str]) -> list[tuple[str, int]]:
    return sorted(people.items(), key=lambda one: (-one[1], one[0]))[:MOST_VALUES]
