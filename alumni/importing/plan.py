"""Step 5: what would become of each row, before anything is written to the directory.

In sets, by SQL, for rows that can come out in one way only: somebody new whom nobody resembles, or
somebody known by a key that nothing contradicts. All others are `odd` and go
through one_by_one.py, in the order of the list. test_importing_plan.py holds both ways to the same
answers.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from itertools import groupby, islice
from typing import Any

from django.db import connection
from psycopg.types.json import Jsonb

from alumni.importing.meeting import ANY_DIFFERS, DIFFERS, IS_KEPT
from alumni.importing.newcomers import NULLABLE, Newcomers
from alumni.importing.odd import ODD, SAME_LABEL
from alumni.importing.one_by_one import Outcome, PlannedRow, plan_rows
from alumni.importing.staged_line import FIELDS

PLANNED = """
CREATE TEMPORARY TABLE planned (
    number integer NOT NULL, outcome text NOT NULL, alum_id bigint, problems jsonb,
    changes jsonb, seen timestamptz
) ON COMMIT DROP
"""
# For each field that changes [what it was, what it becomes].
CHANGES = ", ".join(
    f"'{name}', CASE WHEN {differs} THEN jsonb_build_array(a.{name}, s.{name}) END"
    for name, differs in DIFFERS.items()
)
SAME = """
INSERT INTO planned
SELECT number, 'UNCHANGED', alum_id, problems, '{}', updated_at FROM matched
WHERE is_same AND NOT EXISTS (SELECT FROM odd WHERE odd.number = matched.number)
"""
SAME_BUT_KEPT = f"{SAME} AND NOT ({IS_KEPT})"
# That nothing changes is seen without building JSON.
KNOWN = f"""
INSERT INTO planned
SELECT number, CASE WHEN changes = '{{}}' THEN 'UNCHANGED' ELSE 'UPDATED' END, alum_id, problems,
    changes, updated_at
FROM (
    SELECT s.number, a.id AS alum_id, s.problems, a.updated_at,
        CASE WHEN {ANY_DIFFERS} THEN jsonb_strip_nulls(jsonb_build_object({CHANGES}))
        ELSE '{{}}' END AS changes
    FROM staged s JOIN matched USING (number) JOIN alumni_alum a ON a.id = alum_id
    WHERE NOT is_same AND NOT EXISTS (SELECT FROM odd WHERE odd.number = s.number)
) known
"""  # noqa: S608 - our own names
NEW = """
INSERT INTO planned
SELECT number, 'CREATED',
    -- Asked once, not for each row.
    coalesce(new_id, nextval((SELECT pg_get_serial_sequence('alumni_alum', 'id')::regclass))),
    problems, NULL, NULL
FROM staged s WHERE is_usable
AND NOT EXISTS (SELECT FROM matched WHERE matched.number = s.number)
AND NOT EXISTS (SELECT FROM odd WHERE odd.number = s.number)
"""
# Of those who are there already, rows without a problem are kept.
NEW_BUT_KEPT = f"{NEW} AND problems IS NOT NULL"
# Numbered in the order of names, and written so. Four indexes of the directory are in that order:
# who comes next to each other goes to one page of them, and lies side by side for the search.
BY_NAME = "ORDER BY family_name, given_name"
LEFT_OUT = """
INSERT INTO planned
SELECT number, 'REJECTED', NULL, problems, NULL, NULL FROM staged WHERE NOT is_usable
"""
ODD_ROWS = f"""
DECLARE odd_rows NO SCROLL CURSOR FOR
SELECT label, number, problems, cleared, {", ".join(FIELDS)} FROM odd JOIN staged USING (number)
ORDER BY label, number
"""  # noqa: S608 - our own names
# So many rows are held at once. A list in which more mean one person is no list of people.
AT_ONCE = 5_000
MOST_ALIKE = 20_000
MOST_ROUNDS = 100
TOO_MANY_ALIKE = (
    f"More than {MOST_ALIKE:,} rows of this list share an e-mail, a number or a name, so we cannot "
    "tell who is who. Look for a column that was filled with one value."
)


def plan(newcomers: Newcomers | None = None) -> Counter[str]:
    """Fill `planned` from `staged` and `matched`, and count the outcomes.

    Rows that `newcomers` kept already are counted, and not planned.
    """
    with connection.cursor() as cursor:
        # Sets of a million rows are joined; with the usual four megabytes each join goes to disk.
        cursor.execute("SET LOCAL work_mem = '128MB'")
        for table in ("planned", "odd"):
            cursor.execute(f"DROP TABLE IF EXISTS {table}")
        cursor.execute(PLANNED)
        cursor.execute(ODD)
        are_some_odd = cursor.rowcount > 0
        if are_some_odd:
            cursor.execute("ANALYZE odd")
            if newcomers:
                newcomers.take_out_odd()
        same = SAME_BUT_KEPT if newcomers else SAME
        new = NEW_BUT_KEPT if newcomers and newcomers.are_ahead else NEW
        for statement in (same, KNOWN, f"{new} {BY_NAME}", LEFT_OUT):
            cursor.execute(statement)
        if are_some_odd:
            _plan_odd()
        cursor.execute("ANALYZE planned")
        cursor.execute("SELECT outcome, count(*) FROM planned GROUP BY 1")
        planned = Counter(dict(cursor.fetchall()))
        return planned + newcomers.kept.ahead if newcomers else planned


def _plan_odd() -> None:
    with connection.cursor() as cursor:
        for _ in range(MOST_ROUNDS):
            cursor.execute(SAME_LABEL)
            if not cursor.rowcount:
                break
        cursor.execute(ODD_ROWS)
        for rows in _alike():
            _keep(list(plan_rows(rows)))
        cursor.execute("CLOSE odd_rows")


def _alike() -> Iterator[list[PlannedRow]]:
    """Whole groups of odd rows, some thousand rows at a time."""
    rows: list[PlannedRow] = []
    for _, group in groupby(_fetched(), key=lambda row: row[0]):
        alike = [_planned_row(*row) for row in islice(group, MOST_ALIKE)]
        rows += alike
        for _, number, *_ in group:
            _keep([PlannedRow(number, {}, [TOO_MANY_ALIKE])])
        if len(rows) >= AT_ONCE:
            yield rows
            rows = []
    yield rows


def _fetched() -> Iterator[tuple[Any, ...]]:
    while True:
        with connection.cursor() as cursor:
            cursor.execute(f"FETCH {AT_ONCE} FROM odd_rows")
            rows = cursor.fetchall()
        if not rows:
            return
        yield from rows


def _planned_row(
    label: int, number: int, problems: str | None, cleared: list[str] | None, *values: Any
) -> PlannedRow:
    row = {name: value for name, value in zip(FIELDS, values, strict=True) if value is not None}
    row |= {name: None for name in NULLABLE if name in (cleared or ())}
    return PlannedRow(number, row, json.loads(problems) if problems else [])


def _keep(rows: list[PlannedRow]) -> None:
    new = [row.known for row in rows if row.outcome == Outcome.CREATED and row.known]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('alumni_alum', 'id')) "
            "FROM generate_series(1, %s)",
            [len(new)],
        )
        for known, (id,) in zip(new, cursor.fetchall(), strict=True):
            known.id = id
        with cursor.copy("COPY planned FROM STDIN") as copy:
            for row in rows:
                copy.write_row(_as_planned(row))


def _as_planned(row: PlannedRow) -> tuple[Any, ...]:
    return (
        row.number,
        str(row.outcome),
        row.known.id if row.known else None,
        Jsonb(row.problems) if row.problems else None,
        Jsonb(row.changes) if row.changes else None,
        row.known.updated_at if row.known else None,
    )
