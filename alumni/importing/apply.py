"""Step 6: carry out a plan, in the transaction of whoever calls: whole or not at all.

Changed people are locked in the order of their ids, so that two writers cannot wait for each other.
Rows that stay the same are not touched.
"""

from __future__ import annotations

from django.db import connection
from django.db.backends.utils import CursorWrapper

from alumni.importing.meeting import is_said
from alumni.importing.newcomers import NULLABLE, Newcomers
from alumni.importing.staged_line import FIELDS

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
# Fewer people change no plan, and their words may wait beside their index.
MANY = 1_000
# Words gather beside their index and go into it all at once, in order: a tenth of the whole.
GATHER_WORDS = "SET LOCAL gin_pending_list_limit = '256MB'"
GREW = """
SELECT relname FROM pg_class
WHERE oid IN ('alumni_alum'::regclass, 'alumni_importrow'::regclass) AND reltuples <= 10 * %s
"""
TAKE_IN_WORDS = "SELECT gin_clean_pending_list('alum_search')"


class DirectoryChanged(Exception):
    """Somebody changed one of these people after the plan was made: plan again."""


def apply_plan(newcomers: Newcomers, *, created: int, updated: int) -> None:
    """`created` and `updated` as plan() counted them in this transaction."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK)
        if cursor.fetchone() != (updated, updated):
            raise DirectoryChanged
        cursor.execute(GATHER_WORDS)
        newcomers.write(created)
        if updated:
            cursor.execute(UPDATE, {"at": newcomers.at})
        newcomers.kept.keep_planned()
        if created + updated >= MANY:
            cursor.execute(TAKE_IN_WORDS)
            _look_at_what_grew(cursor, created + updated)


def _look_at_what_grew(cursor: CursorWrapper, rows: int) -> None:
    """Of a table that the planner believes empty, undoing at once would take minutes of nested
    loops. One that grew by less than a tenth is no other to it, nor to PostgreSQL's own ANALYZE."""
    cursor.execute(GREW, [rows])
    if grown := [name for (name,) in cursor.fetchall()]:
        cursor.execute(f"ANALYZE {', '.join(grown)}")
