"""New people, written into the directory.

A long list into a directory that holds nobody is written while the rest of it is still read: to
write a person takes longer than to read one. Who is then found to share something with another row
is taken out again, and planned like everybody in such a row.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import connection

from alumni.importing.kept import ROW, KeptRows
from alumni.importing.staged_line import FIELDS

# Emptied by NULL, which otherwise means that nothing is said.
NULLABLE = ("class_year", "paused_until", "requests_per_month")
EMPTY = "''"
# What stands of somebody new whose list does not say it; of all other fields the empty text.
BLANK = {
    **dict.fromkeys(NULLABLE, "NULL"),
    "majors": "'{}'::varchar[]",
    "fields_of_work": "'{}'::varchar[]",
}
COLUMNS = f"id, {', '.join(FIELDS)}, created_at, updated_at"
VALUES = ", ".join(f"coalesce(s.{name}, {BLANK.get(name, EMPTY)})" for name in FIELDS)
# With what became of their rows; a row with a problem is kept as planned, beside its cells.
AHEAD = f"""
WITH few AS (
    SELECT * FROM staged WHERE number BETWEEN %(first)s AND %(last)s AND is_usable
), people AS (
    INSERT INTO alumni_alum ({COLUMNS}) SELECT s.new_id, {VALUES}, %(at)s, %(at)s FROM few s
)
INSERT INTO alumni_importrow ({ROW})
SELECT %(of_import)s, number, 'CREATED', '', '[]', coalesce(originals, '{{}}'), '[]', new_id, '{{}}'
FROM few WHERE problems IS NULL
"""  # noqa: S608 - our own names
# In the order of their ids, which is that of names.
AS_PLANNED = f"""
INSERT INTO alumni_alum ({COLUMNS}) SELECT p.alum_id, {VALUES}, %(at)s, %(at)s
FROM staged s JOIN planned p USING (number)
WHERE p.outcome = 'CREATED' AND s.new_id IS DISTINCT FROM p.alum_id
ORDER BY p.alum_id
"""  # noqa: S608 - our own names
# Says how: a default cannot ask for the sequence's name.
NUMBER_AHEAD = """
SELECT format('ALTER TABLE staged ALTER new_id SET DEFAULT nextval(%L)',
    pg_get_serial_sequence('alumni_alum', 'id'))
"""
OUT_AGAIN = """
DELETE FROM alumni_alum USING odd JOIN staged USING (number) WHERE alumni_alum.id = staged.new_id
"""
INDEXES = """
SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i
WHERE i.indrelid = 'alumni_alum'::regclass AND NOT i.indisprimary
"""
# Below this, building indexes anew costs more than keeping them.
MANY = 50_000
# A file of so many bytes may hold as many rows.
LONG = 4 << 20


class Newcomers:
    """Those of one import, in its transaction."""

    def __init__(self, kept: KeptRows, *, at: datetime) -> None:
        self.kept, self.at = kept, at
        self.are_ahead = False
        self._are_all_there = False
        self._indexes: list[str] = []

    def begin(self, *, bytes_of_list: int) -> None:
        """When `staged` stands, and no row is in it."""
        if bytes_of_list < LONG or _is_anybody_there():
            return
        self._drop_indexes()
        # Nobody can have come since: the table is ours now.
        if not _is_anybody_there():
            self.are_ahead = self._are_all_there = True
            with connection.cursor() as cursor:
                cursor.execute(NUMBER_AHEAD)
                cursor.execute(*cursor.fetchone())

    def write_ahead(self, first: int, last: int) -> None:
        """The staged rows from one number to another."""
        self.kept.keep("CREATED", AHEAD, {"at": self.at, "first": first, "last": last})

    def take_out_odd(self) -> None:
        """Whoever shares something with another row is planned as if nothing had been written."""
        self.kept.forget_odd()
        if not self.are_ahead:
            return
        with connection.cursor() as cursor:
            cursor.execute(OUT_AGAIN)
            self._are_all_there = not cursor.rowcount
        # That nothing refers to them is asked now: no index is built while it is open.
        _execute("SET CONSTRAINTS ALL IMMEDIATE")
        _execute("SET CONSTRAINTS ALL DEFERRED")

    def write(self, count: int) -> None:
        """All that were planned and do not stand yet, with their indexes."""
        if not self._indexes and count >= MANY and _are_few_there(count // 10):
            self._drop_indexes()
        if not self._are_all_there:
            _execute(AS_PLANNED, {"at": self.at})
        if self._indexes:
            _execute("SET LOCAL maintenance_work_mem = '256MB'")
        for definition in self._indexes:
            _execute(definition)

    def _drop_indexes(self) -> None:
        """To be built afterwards: three times as fast, and nobody reads there yet.

        Dropping an index keeps others from the table until the transaction ends.
        """
        with connection.cursor() as cursor:
            cursor.execute(INDEXES)
            indexes = cursor.fetchall()
            for name, _ in indexes:
                cursor.execute(f"DROP INDEX {name}")
        self._indexes = [definition for _, definition in indexes]


def _is_anybody_there() -> bool:
    return not _are_few_there(0)


def _are_few_there(most: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM (SELECT FROM alumni_alum LIMIT %s) few", [most + 1])
        (standing,) = cursor.fetchone()
    return standing <= most


def _execute(statement: str, values: dict[str, Any] | None = None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
