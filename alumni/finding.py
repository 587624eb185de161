"""Who may stand in the directory twice: candidates by sets, then each looked at in Python.

Nobody is held against a million others, only against those with whom they share a key: a number,
the words before the @, a name in any of its forms with a class year or an employer. What many
share says nothing of who they are and is left out. All of it lies in tables of the transaction, and
rows are read and written some at a time: memory stays the same for a directory of any size.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from alumni import finding_sql as sql
from alumni.duplicates import NOBODYS_OWN, Person, compare
from core.likeness import forms_of

AT_ONCE = 5_000
# The likeliest of each person: nobody looks through more.
MOST_OF_ONE = 5
# Two at work would write the same rows; the second waits, and finds nothing new.
ONE_AT_A_TIME = 7_301_403
FIELDS = len(Person._fields)


@transaction.atomic
def find_pairs(*, at: datetime, of_import: UUID | str | None = None) -> int:
    """Look through all, or hold whom one list brought against all. Returns how many were found.

    What nobody has judged and is no more found goes, when all are looked through; what was said to
    be two people stays said.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
        # It sorts and joins whole tables; for this transaction only.
        cursor.execute("SET LOCAL work_mem = '64MB'")
        cursor.execute(sql.DROP)
        cursor.execute(sql.PEOPLE)
        cursor.execute(sql.NEWCOMERS, {"of_import": of_import})
        _copy_forms(cursor)
        for statement in (*sql.KEYS, *sql.CANDIDATES):
            cursor.execute(statement, {"common": list(NOBODYS_OWN), "all": of_import is None})
        _score(cursor)
        cursor.execute(sql.KEEP, {"at": at, "of_import": of_import, "most": MOST_OF_ONE})
        found = cursor.rowcount
        if of_import is None:
            cursor.execute(sql.FORGET, {"at": at})
    return found


def _copy_forms(cursor: CursorWrapper) -> None:
    """“bob” as robert, bobby …: each first name that somebody has, once."""
    cursor.execute("SELECT DISTINCT given FROM person WHERE given <> ''")
    names = [name for (name,) in cursor]
    with cursor.copy("COPY form (given, form) FROM STDIN") as copy:
        for name in names:
            for form in sorted(forms_of(name)):
                copy.write_row((name, form))
    cursor.execute("ANALYZE form")


def _score(cursor: CursorWrapper) -> None:
    for rows in _candidates():
        with cursor.copy("COPY scored (one, other, score, reasons) FROM STDIN") as copy:
            for row in rows:
                one, other = Person(*row[:FIELDS]), Person(*row[FIELDS:])
                if found := compare(one, other):
                    copy.write_row((one.pk, other.pk, found.score, list(found.reasons)))


def _candidates() -> Iterator[list[tuple]]:
    columns = ["id", *Person._fields[1:]]
    of_one, of_other = (", ".join(f"{side}.{name}" for name in columns) for side in "ab")
    with connection.chunked_cursor() as cursor:
        cursor.execute(
            f"SELECT {of_one}, {of_other} FROM candidate "  # noqa: S608 - names of our own columns
            "JOIN alumni_alum a ON a.id = one JOIN alumni_alum b ON b.id = other"
        )
        while rows := cursor.fetchmany(AT_ONCE):
            yield rows
