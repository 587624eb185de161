"""The rows of a list in a table of the transaction, as the child cleaned them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import connection

from alumni.importing.sandbox import read_in_child
from alumni.importing.staged_line import COLUMNS, FIELDS

# NULL is what a row does not say. Nothing is indexed: sets are joined as wholes.
STAGED = """
CREATE TEMPORARY TABLE staged (
    number integer NOT NULL, is_usable boolean NOT NULL,
    name text, given_name text, family_name text, external_id text, email text, phone text,
    class_year smallint, majors varchar[], fields_of_work varchar[], employer text, job_title text,
    city text, region text, country text, note_to_students text, consent text,
    ask_by text, paused_until date, requests_per_month smallint,
    cleared text[], originals jsonb, problems jsonb, cells text
) ON COMMIT DROP
"""

__all__ = ["FIELDS", "NULLABLE", "is_said", "stage"]

# Emptied by NULL, which otherwise means that nothing is said.
NULLABLE = ("class_year", "paused_until", "requests_per_month")


def is_said(name: str) -> str:
    """Whether a staged row says anything of a field, in SQL."""
    emptied = f" OR '{name}' = ANY(s.cleared)" if name in NULLABLE else ""
    return f"(s.{name} IS NOT NULL{emptied})"


def stage(
    path: Path,
    job: dict[str, Any],
    *,
    progress: Callable[[int], None],
    on_problem: Callable[[list[Any]], None],
) -> dict[tuple[str, str], int]:
    """Read a list into `staged`; (kind, word) to how many rows have words the office has not.

    UnreadableFile as in read_in_child(). `progress` hears how many rows were read, `on_problem`
    the first problems while the rest is still to come.
    """
    end: dict[str, Any] = {}
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS staged")
        cursor.execute(STAGED)
        with cursor.copy(f"COPY staged ({', '.join(COLUMNS)}) FROM STDIN") as copy:
            for kind, what in read_in_child(path, job):
                if kind == "rows":
                    copy.write(what)
                elif "problem" in what:
                    on_problem(what["problem"])
                elif "rows" in what:
                    progress(what["rows"])
                elif "end" in what:
                    end = what["end"]
        # Of the columns by which sets are joined: the others are long, and nobody asks for them.
        cursor.execute("ANALYZE staged (number, is_usable, external_id, email, name, class_year)")
    return {tuple(word): count for *word, count in end["unknown"]}
