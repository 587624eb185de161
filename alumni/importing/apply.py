"""Step 6: carry out a plan, in the transaction of whoever calls: whole or not at all.

Changed people are locked in the order of their ids, so that two writers cannot wait for each other.
Rows that stay the same are not touched.
"""

from __future__ import annotations

from typing import Any

from django.db import connection

from alumni.importing.meeting import is_said
from alumni.importing.newcomers import NULLABLE, Newcomers
from alumni.importing.staged_line import BETWEEN_CELLS, FIELDS
from alumni.models import Import

LOCK = """
SELECT count(*), count(*) FILTER (WHERE updated_at = seen) FROM (
    SELECT a.updated_at, p.seen FROM alumni_alum a JOIN planned p ON p.alum_id = a.id
    WHERE p.outcome = 'UPDATED' ORDER BY a.id FOR UPDATE OF a
) locked
"""
BECOMES = {
    "consent": "CASE WHEN a.consent = 'NO' OR s.consent = 'UNKNOWN' "
    "THEN a.consent ELSE s.consent END",
    **{f: f"CASE WHEN {is_said(f)} THEN s.{f} ELSE a.{f} END" for f in NULLABLE},
    "email": "CASE WHEN lower(a.email) = lower(s.email) THEN a.email "
    "ELSE coalesce(s.email, a.email) END",
}
UPDATE = f"""
UPDATE alumni_alum a
SET {", ".join(f"{f} = {BECOMES.get(f, f'coalesce(s.{f}, a.{f})')}" for f in FIELDS)},
    updated_at = %(at)s
FROM staged s JOIN planned p USING (number)
WHERE p.outcome = 'UPDATED' AND a.id = p.alum_id
"""  # noqa: S608 - our own names
# Of a row that brought nothing, that it was there.
KEEP_SAME = """
INSERT INTO alumni_importrow
    (of_import_id, number, outcome, name, cells, originals, problems, alum_id, replaced)
SELECT %(of_import)s, number, outcome, '', '[]', '{}', '[]', alum_id, '{}'
FROM planned WHERE outcome = 'UNCHANGED' AND problems IS NULL ORDER BY number
"""
# Cells are kept where somebody may want to see them: beside a problem.
KEEP_ROWS = """
INSERT INTO alumni_importrow
    (of_import_id, number, outcome, name, cells, originals, problems, alum_id, replaced)
SELECT %(of_import)s, number, p.outcome, CASE WHEN p.problems IS NULL THEN ''
    ELSE left(coalesce(s.name, ''), 200) END,
    CASE WHEN p.problems IS NULL THEN '[]'
    ELSE to_jsonb(string_to_array(s.cells, %(between)s)) END,
    coalesce(s.originals, '{}'), coalesce(p.problems, '[]'), p.alum_id, coalesce(p.changes, '{}')
FROM planned p JOIN staged s USING (number)
WHERE p.problems IS NOT NULL
"""
KEEP_ALL_OTHERS = f"{KEEP_ROWS} OR p.outcome <> 'UNCHANGED'"
# Words gather beside their index and go into it all at once, in order: a tenth of the whole.
GATHER_WORDS = "SET LOCAL gin_pending_list_limit = '256MB'"
TAKE_IN_WORDS = "SELECT gin_clean_pending_list('alum_search')"


class DirectoryChanged(Exception):
    """Somebody changed one of these people after the plan was made: plan again."""


def apply_plan(of_import: Import, newcomers: Newcomers, *, created: int, updated: int) -> None:
    """`created` and `updated` as plan() counted them in this transaction."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK)
        if cursor.fetchone() != (updated, updated):
            raise DirectoryChanged
        cursor.execute(GATHER_WORDS)
        newcomers.write(created)
        if updated:
            cursor.execute(UPDATE, {"at": newcomers.at})
        keep_rows(of_import)
        if created + updated >= 1000:
            cursor.execute(TAKE_IN_WORDS)
            # The planner still believes the tables empty, and undoing at once would take minutes
            # of nested loops; PostgreSQL's own ANALYZE comes a minute later.
            cursor.execute("ANALYZE alumni_alum, alumni_importrow")


def keep_rows(of_import: Import, *, only_problems: bool = False) -> None:
    """What becomes of each row, in place of what was kept before."""
    values: dict[str, Any] = {"of_import": of_import.pk, "between": BETWEEN_CELLS}
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM alumni_importrow WHERE of_import_id = %s", [of_import.pk])
        cursor.execute(KEEP_ROWS if only_problems else KEEP_ALL_OTHERS, values)
        if not only_problems:
            cursor.execute(KEEP_SAME, values)
