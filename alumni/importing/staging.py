"""The rows of a list in a table of the transaction, as the child cleaned them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import connection

from alumni.importing.sandbox import read_in_child
from alumni.importing.staged_line import COLUMNS, FIELDS
from alumni.importing.table import Table

# NULL is what a row does not say. Nothing is indexed: sets are joined as wholes.
STAGED = """
CREATE TEMPORARY TABLE staged (
    number integer NOT NULL, is_usable boolean NOT NULL,
    name text, given_name text, family_name text, external_id text, email text, phone text,
    class_year smallint, majors varchar[], fields_of_work varchar[], employer text, job_title text,
    city text, region text, country text, note_to_students text, consent text,
    problems jsonb, cells text
) ON COMMIT DROP
"""

__all__ = ["FIELDS", "said", "stage"]


def said(name: str) -> str:
    """What a row says of a field, in SQL. A year that is to be emptied is staged as 0."""
    return "nullif(s.class_year, 0)" if name == "class_year" else f"s.{name}"


def stage(
    path: Path,
    job: dict[str, Any],
    *,
    progress: Callable[[int], None],
    on_problem: Callable[[list[Any]], None],
) -> tuple[Table, int]:
    """Read a list into `staged`; what the list is, and its number of rows.

    UnreadableFile as in read_in_child(). `progress` hears how many rows were read, `on_problem`
    the first problems while the rest is still to come.
    """
    table, count = None, 0
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS staged")
        cursor.execute(STAGED)
        with cursor.copy(f"COPY staged ({', '.join(COLUMNS)}) FROM STDIN") as copy:
            for kind, what in read_in_child(path, job):
                if kind == "rows":
                    copy.write(what)
                elif "table" in what:
                    table = Table.from_json(what["table"])
                elif "problem" in what:
                    on_problem(what["problem"])
                elif "rows" in what:
                    progress(what["rows"])
                else:
                    count = what["end"]["rows"]
        cursor.execute("ANALYZE staged")
    if table is None:
        raise RuntimeError("The child ended without a word of its list.")
    return table, count
