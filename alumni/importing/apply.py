"""Step 5: carry out a plan, in the transaction of whoever calls: whole or not at all.

New people go in by COPY, changed ones by one UPDATE from a temporary table, in the order of their
ids, so that two writers cannot wait for each other. Rows that stay the same are not touched.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.db import connection

from alumni.importing.directory import FIELDS, Known
from alumni.importing.plan import Outcome, Plan, PlannedRow
from alumni.models import Alum, Import

REPORT_EVERY = 1000
# After a first large list the planner still believes the tables empty, and undoing it at once would
# take minutes of nested loops; PostgreSQL's own ANALYZE comes a minute later.
ANALYZED_FROM = 1000
# What a list does not say about somebody new; of all other fields the empty text.
BLANK: dict[str, Any] = {"class_year": None, "majors": [], "fields_of_work": []}
Changes = dict[str, list[Any]]
ALUM_COLUMNS = ("id", *FIELDS, "created_at", "updated_at")
ROW_COLUMNS = ("of_import_id", "number", "outcome", "cells", "problems", "alum_id", "replaced")


class DirectoryChanged(Exception):
    """Somebody changed one of these people after the plan was made: plan again."""


def apply_plan(
    plan: Plan,
    *,
    of_import: Import,
    at: datetime,
    progress: Callable[[int], None] = lambda rows_done: None,
) -> None:
    _create([row.known for row in plan.rows if row.outcome == Outcome.CREATED and row.known], at)
    _update(
        [(row.known, row.changes) for row in plan.rows if row.changes and row.known],
        at,
    )
    _copy("alumni_importrow", ROW_COLUMNS, _import_rows(plan.rows, of_import, progress))
    if plan.row_count >= ANALYZED_FROM:
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE alumni_alum, alumni_importrow")


def _create(people: list[Known], at: datetime) -> None:
    for known, id in zip(people, _new_ids(len(people)), strict=True):
        known.id = id
    _copy("alumni_alum", ALUM_COLUMNS, (_alum(known, known.values, at) for known in people))


def _new_ids(count: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('alumni_alum', 'id')) "
            "FROM generate_series(1, %s)",
            [count],
        )
        return [id for (id,) in cursor]


def _update(people: list[tuple[Known, Changes]], at: datetime) -> None:
    if not people:
        return
    _lock_unchanged([known for known, _ in people])
    columns = ", ".join(f"{name} = s.{name}" for name in FIELDS)
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS staged_alum")
        cursor.execute(
            "CREATE TEMPORARY TABLE staged_alum (LIKE alumni_alum INCLUDING DEFAULTS) "
            "ON COMMIT DROP"
        )
        cursor.execute("ALTER TABLE staged_alum DROP COLUMN search")
        _copy("staged_alum", ALUM_COLUMNS, (_changed(*person, at) for person in people))
        cursor.execute(
            f"UPDATE alumni_alum SET {columns}, updated_at = s.updated_at "  # noqa: S608 - our names
            "FROM staged_alum s WHERE alumni_alum.id = s.id"
        )


def _lock_unchanged(people: list[Known]) -> None:
    """What the plan replaces must be what stands there now, or undoing would put back nonsense."""
    planned = {known.id: known.updated_at for known in people}
    standing = (
        Alum.objects.filter(pk__in=planned)
        .order_by("pk")
        .select_for_update(of=("self",))
        .values_list("pk", "updated_at")
    )
    if dict(standing) != planned:
        raise DirectoryChanged


def _changed(known: Known, changes: Changes, at: datetime) -> tuple[Any, ...]:
    return _alum(known, known.values | {name: now for name, (_, now) in changes.items()}, at)


def _alum(known: Known, values: dict[str, Any], at: datetime) -> tuple[Any, ...]:
    return (known.id, *(values.get(name, BLANK.get(name, "")) for name in FIELDS), at, at)


def _import_rows(
    rows: list[PlannedRow], of_import: Import, progress: Callable[[int], None]
) -> Iterable[tuple[Any, ...]]:
    for done, row in enumerate(rows, 1):
        yield (
            of_import.pk,
            row.number,
            str(row.outcome),
            json.dumps(row.cells),
            json.dumps(row.problems),
            row.alum_id,
            json.dumps(row.changes),
        )
        if done % REPORT_EVERY == 0:
            progress(done)


def _copy(table: str, columns: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> None:
    with connection.cursor() as cursor:
        names = ", ".join(columns)
        with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
