"""Step 4: whom of the directory the rows speak of, found while the rest of the list is still read.

`matched` gets a row for each person whom the directory knows by a key, or by name and class year.
"""

from __future__ import annotations

from typing import Any

from django.db import connection

from alumni.importing.kept import ROW, KeptRows
from alumni.importing.newcomers import NULLABLE
from alumni.importing.staged_line import FIELDS
from alumni.removal import PURPOSE


def is_said(name: str) -> str:
    """Whether a staged row says anything of a field, in SQL."""
    emptied = f" OR '{name}' = ANY(s.cleared)" if name in NULLABLE else ""
    return f"(s.{name} IS NOT NULL{emptied})"


# The rows that came last.
LAST = "number BETWEEN %(first)s AND %(last)s"
# Who asked to be removed is not brought back by a list. The digests are those of alumni.removal.
REMOVED = f"""
UPDATE staged SET is_usable = false,
    problems = jsonb_build_array(%(sentence)s::text) || coalesce(problems, '[]')
WHERE {LAST} AND is_usable AND EXISTS (
    SELECT FROM alumni_removal WHERE digest IN (
        encode(sha256(convert_to(%(purpose)s || ':email:' || lower(regexp_replace(
            normalize(email, NFKC), '\\s', '', 'g')), 'UTF8')), 'hex'),
        encode(sha256(convert_to(%(purpose)s || ':number:' || lower(regexp_replace(
            normalize(external_id, NFKC), '\\s', '', 'g')), 'UTF8')), 'hex')
    )
)
"""  # noqa: S608 - our own names
WANTED_OUT = "This person asked to be removed from the directory, so the row is left out."
# The strictest word on consent stands, and an e-mail in other letters is the same.
CHANGED = {
    "consent": "s.consent <> 'UNKNOWN' AND s.consent <> a.consent",
    "email": "lower(s.email) <> lower(a.email)",
}
DIFFERS = {
    name: CHANGED.get(name, f"{is_said(name)} AND s.{name} IS DISTINCT FROM a.{name}")
    for name in FIELDS
}
ANY_DIFFERS = " OR ".join(f"({differs})" for differs in DIFFERS.values())
MATCHED = """
CREATE TEMPORARY TABLE matched (
    number integer NOT NULL, alum_id bigint NOT NULL, problems jsonb, updated_at timestamptz,
    is_same boolean, is_odd boolean
) ON COMMIT DROP
"""
# Whom the directory knows by the row's number or e-mail, both of which are unique there; whether
# anything speaks against it; and of rows with a number whether they say nothing new, as most of a
# list that comes again: they need not meet the directory a second time. Whose e-mail is the same is
# not looked for by it. Then, of the others, whom it knows by name and class year.
BY_KEY = f"""
INSERT INTO matched
SELECT s.number, coalesce(a.id, e.id), s.problems, a.updated_at,
    a.id IS NOT NULL AND ({ANY_DIFFERS}) IS NOT TRUE,
    a.id <> e.id OR lower(coalesce(a.name, e.name)) <> lower(s.name)
    OR (e.external_id <> '' AND lower(e.external_id) <> lower(s.external_id))
    OR (coalesce(a.consent, e.consent) = 'NO' AND s.consent = 'YES')
FROM staged s
LEFT JOIN alumni_alum a ON a.external_id = s.external_id AND a.external_id <> ''
LEFT JOIN alumni_alum e ON e.email <> '' AND lower(e.email)
    = CASE WHEN lower(a.email) = lower(s.email) THEN NULL ELSE lower(s.email) END
WHERE s.{LAST} AND s.is_usable AND (a.id IS NOT NULL OR e.id IS NOT NULL)
RETURNING *
"""  # noqa: S608 - our own names
BY_NAME = f"""
INSERT INTO matched (number, alum_id, is_same, is_odd)
SELECT s.number, min(a.id), false, count(*) > 1 OR s.email IS NOT NULL OR s.external_id IS NOT NULL
    OR bool_or(a.consent = 'NO' AND s.consent = 'YES')
FROM staged s
JOIN alumni_alum a
    ON lower(a.name) = lower(s.name) AND a.class_year IS NOT DISTINCT FROM s.class_year
WHERE s.{LAST} AND s.is_usable AND s.number NOT IN (SELECT number FROM known)
GROUP BY s.number, s.email, s.external_id
"""  # noqa: S608 - our own names
MEET = f"WITH known AS ({BY_KEY}) {BY_NAME}"
# Of rows that say nothing new it is kept at once that they were there.
IS_NOTHING_NEW = "is_same AND is_odd IS NOT TRUE"
IS_KEPT = f"{IS_NOTHING_NEW} AND problems IS NULL"
MEET_AND_KEEP = f"""
WITH known AS ({BY_KEY}), others AS ({BY_NAME})
INSERT INTO alumni_importrow ({ROW})
SELECT %(of_import)s, number, 'UNCHANGED', '', '[]', '{{}}', '[]', alum_id, '{{}}'
FROM known WHERE {IS_KEPT}
"""  # noqa: S608 - our own names


# A piece is small and the directory may be large: rows are looked up by the indexes, or each piece
# could walk through the whole directory.
LOOK_UP = "SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off"
AS_BEFORE = "RESET enable_hashjoin; RESET enable_mergejoin"


class Meeting:
    """Of the rows of one list, in its transaction; a check keeps none of them."""

    def __init__(self, kept: KeptRows | None = None) -> None:
        self._kept = kept
        with connection.cursor() as cursor:
            cursor.execute(LOOK_UP)
            cursor.execute("DROP TABLE IF EXISTS matched")
            cursor.execute(MATCHED)
            cursor.execute("SELECT EXISTS (SELECT FROM alumni_removal)")
            (self._is_anybody_removed,) = cursor.fetchone()

    def leave_out_removed(self, first: int, last: int) -> None:
        """Of the staged rows from one number to another."""
        if self._is_anybody_removed:
            values: dict[str, Any] = {
                "purpose": PURPOSE,
                "sentence": WANTED_OUT,
                "first": first,
                "last": last,
            }
            with connection.cursor() as cursor:
                cursor.execute(REMOVED, values)

    def match(self, first: int, last: int) -> None:
        if self._kept:
            self._kept.keep("UNCHANGED", MEET_AND_KEEP, {"first": first, "last": last})
            return
        with connection.cursor() as cursor:
            cursor.execute(MEET, {"first": first, "last": last})

    def end(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(AS_BEFORE)
            cursor.execute("ANALYZE matched")
