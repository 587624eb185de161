"""The facts of a year and its terms, added up for each class, major and field."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from psycopg import sql

from reports.measures import CELLS, SLICES, SUMS
from reports.periods import Tiling

# How the students are told apart; a student counts once, by the major and the field named first.
GROUPS = sql.SQL("""
    coalesce(profile.class_year::text, '') AS class,
    lower(btrim(coalesce(profile.majors[1], ''))) AS major,
    lower(btrim(coalesce(profile.fields_of_interest[1], ''))) AS field
""")
WORK = sql.SQL("""
WITH work AS (
    SELECT fact.*, tile.bit, {groups}
    FROM reports_fact fact
    JOIN unnest(%(firsts)s::date[], %(lasts)s::date[], %(bits)s::int[])
        AS tile (first_on, last_on, bit) ON fact.part_on BETWEEN tile.first_on AND tile.last_on
    LEFT JOIN accounts_studentprofile profile ON profile.student_id = fact.student_id
)
""")
# Both are added up by combination first: few rows are left to be added up three times.
ADDED_UP = sql.SQL("""
{work}, combined AS (
    SELECT class, major, field, bit, {sums} FROM work GROUP BY 1, 2, 3, 4
)
SELECT class, major, field, bit, {sums}
FROM combined GROUP BY GROUPING SETS ((class, bit), (major, bit), (field, bit))
""")
PEOPLE = sql.SQL("""
{work}, masks AS (
    SELECT student_id, class, major, field, {masks} FROM work GROUP BY 1, 2, 3, 4
), combined AS (
    SELECT class, major, field, cell, mask, count(*) AS people
    FROM masks, LATERAL (VALUES {cells}) AS each (cell, mask) WHERE mask IS NOT NULL
    GROUP BY 1, 2, 3, 4, 5
)
SELECT class, major, field, cell, mask, sum(people)::bigint
FROM combined GROUP BY GROUPING SETS ((cell, mask, class), (cell, mask, major), (cell, mask, field))
""")
# Everybody, active or not: that a major has a student is no secret.
COMBINATIONS = sql.SQL("""
SELECT {groups}, min(btrim(profile.majors[1])), min(btrim(profile.fields_of_interest[1]))
FROM accounts_user student
LEFT JOIN accounts_studentprofile profile ON profile.student_id = student.id
WHERE student.role = 'STUDENT' GROUP BY 1, 2, 3
""")


@dataclass(frozen=True)
class Counts:
    """Of one slice. Whoever is in a group in two tiles counts once: masks say which tiles."""

    groups: frozenset[str]
    # people[cell][group][mask of tiles] → students
    people: Mapping[str, Mapping[str, Mapping[int, int]]]
    # sums[group][tile] → numbers by name
    sums: Mapping[str, Mapping[int, Mapping[str, int]]]

    def count(self, cell: str, groups: Iterable[str], bits: int) -> int:
        of_groups = self.people.get(cell, {})
        return sum(
            number
            for group in groups
            for mask, number in of_groups.get(group, {}).items()
            if mask & bits
        )

    def total(self, name: str, groups: Iterable[str], bits: int) -> int:
        if name in CELLS and name not in SUMS:
            return self.count(name, groups, bits)
        return sum(
            numbers[name]
            for group in groups
            for bit, numbers in self.sums.get(group, {}).items()
            if bit & bits
        )


@dataclass(frozen=True)
class College:
    """Which classes, majors and fields its students have, and how those go together."""

    combinations: frozenset[tuple[str, str, str]]
    # names[slice][group] → as it is written
    names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def groups(self, slice: str) -> frozenset[str]:
        return frozenset(self.names[slice])


def college() -> College:
    names: dict[str, dict[str, str]] = {slice.key: {} for slice in SLICES}
    combinations = set()
    with connection.cursor() as cursor:
        cursor.execute(COMBINATIONS.format(groups=GROUPS))
        for *groups, major, study_field in cursor:
            combinations.add(tuple(groups))
            written = (groups[0], major, study_field)
            for slice, group, name in zip(SLICES, groups, written, strict=True):
                known = names[slice.key].get(group)
                names[slice.key][group] = min(filter(None, [known, name]), default=slice.nameless)
    return College(frozenset(combinations), names)


def count(tiling: Tiling, of: College) -> dict[str, Counts]:
    """By slice, in two statements, whatever the size of the college."""
    values: dict[str, Any] = {
        "firsts": [tile.first_on for tile in tiling.tiles],
        "lasts": [tile.last_on for tile in tiling.tiles],
        "bits": [tile.bit for tile in tiling.tiles],
    }
    work = WORK.format(groups=GROUPS)
    sums: dict[str, Any] = {slice.key: defaultdict(dict) for slice in SLICES}
    people: dict[str, Any] = {slice.key: defaultdict(lambda: defaultdict(dict)) for slice in SLICES}
    with connection.cursor() as cursor:
        cursor.execute(ADDED_UP.format(work=work, sums=_sums()), values)
        for *groups, bit, numbers in ((*row[:4], row[4:]) for row in cursor.fetchall()):
            slice, group = _of(groups)
            sums[slice][group][bit] = dict(zip(SUMS, numbers, strict=True))
        cursor.execute(PEOPLE.format(work=work, masks=_masks(), cells=_cells()), values)
        for *groups, cell, mask, number in cursor:
            slice, group = _of(groups)
            people[slice][cell][group][mask] = number
    return {
        slice.key: Counts(of.groups(slice.key), people[slice.key], sums[slice.key])
        for slice in SLICES
    }


def _of(groups: Sequence[str | None]) -> tuple[str, str]:
    """Of the three columns one has the group; the others are not told apart in this row."""
    return next(
        (slice.key, group) for slice, group in zip(SLICES, groups, strict=True) if group is not None
    )


def _sums() -> sql.Composable:
    return sql.SQL(", ").join(
        sql.SQL("sum({0})::bigint AS {0}").format(sql.Identifier(name)) for name in SUMS
    )


def _masks() -> sql.Composable:
    one = sql.SQL("bit_or(bit) FILTER (WHERE {}) AS {}")
    return sql.SQL(", ").join(
        one.format(sql.SQL(condition), sql.Identifier(f"of_{cell}"))
        for cell, condition in CELLS.items()
    )


def _cells() -> sql.Composable:
    return sql.SQL(", ").join(
        sql.SQL("({}, {})").format(sql.Literal(cell), sql.Identifier(f"of_{cell}"))
        for cell in CELLS
    )
