"""Step 6: carry out a plan, in the transaction of whoever calls: whole or not at all.

Changed people are locked in the order of their ids, so that two writers cannot wait for each other.
Rows that stay the same are not touched.
"""

from __future__ import annotations

from django.db import connection

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
# Words gather beside their index and go into it all at once, in order: a tenth of the whole.
GATHER_WORDS = "SET LOCAL gin_pending_list_limit = '256MB'"
LOOK_AT_FEW = "SET LOCAL default_statistics_target = 25"
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
        if created + updated >= 1000:
            cursor.execute(TAKE_IN_WORDS)
            # The planner still believes the tables empty, and undoing at once would take minutes
            # of nested loops. A quick look will do: PostgreSQL's own ANALYZE
            # comes a minute later, and looks at more.
            cursor.execute(LOOK_AT_FEW)
            cursor.execute("ANALYZE alumni_alum, alumni_importrow")
