"""The rows of a list in a table of the transaction, as the child cleaned them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import connection

from alumni.importing.meeting import Meeting
from alumni.importing.newcomers import Newcomers
from alumni.importing.sandbox import Child
from alumni.importing.staged_line import COLUMNS

COPY = f"COPY staged ({', '.join(COLUMNS)}) FROM STDIN"

# Of a table that was just filled a quick look tells enough. PostgreSQL's own ANALYZE of the
# directory comes a minute later, and looks at more.
LOOK_AT_FEW = "SET LOCAL default_statistics_target = 25"
# NULL is what a row does not say. By their numbers the rows that came last are found.
STAGED = """
CREATE TEMPORARY TABLE staged (
    number integer PRIMARY KEY, is_usable boolean NOT NULL,
    name text, given_name text, family_name text, external_id text, email text, phone text,
    class_year smallint, majors varchar[], fields_of_work varchar[], employer text, job_title text,
    city text, region text, country text, note_to_students text, consent text,
    ask_by text, paused_until date, requests_per_month smallint,
    cleared text[], originals jsonb, problems jsonb, cells text,
    new_id bigint
) ON COMMIT DROP
"""


def stage(
    child: Child,
    job: dict[str, Any],
    *,
    progress: Callable[[int], None],
    on_problem: Callable[[list[Any]], None],
    newcomers: Newcomers | None = None,
) -> dict[tuple[str, str], int]:
    """Read a list into `staged`; (kind, word) to how many rows have words the office has not.

    UnreadableFile as in child.read(). `progress` hears how many rows were read, `on_problem`
    the first problems while the rest is still to come. What is in already meets the directory, and
    is written where `newcomers` can be: the child reads on meanwhile.
    """
    end: dict[str, Any] = {}
    _execute(LOOK_AT_FEW)
    _execute("DROP TABLE IF EXISTS staged")
    _execute(STAGED)
    if newcomers:
        newcomers.begin(bytes_of_list=child.path.stat().st_size)
    meeting = Meeting(newcomers.kept if newcomers else None)
    pieces = _Pieces(meeting, newcomers)
    for kind, what in child.read(job):
        if kind == "rows":
            pieces.take(what)
        elif "problem" in what:
            on_problem(what["problem"])
        elif "rows" in what:
            progress(what["rows"])
        elif "end" in what:
            end = what["end"]
    meeting.end()
    # Of the columns by which sets are joined: the others are long, and nobody asks for them.
    _execute("ANALYZE staged (number, is_usable, external_id, email, name, class_year)")
    return {tuple(word): count for *word, count in end["unknown"]}


class _Pieces:
    """Bytes as they come, taken in by whole rows."""

    def __init__(self, meeting: Meeting, newcomers: Newcomers | None) -> None:
        self._meeting, self._newcomers = meeting, newcomers
        self._rest = b""

    def take(self, some: bytes) -> None:
        rows, newline, self._rest = (self._rest + some).rpartition(b"\n")
        if not newline:
            return
        with connection.cursor() as cursor, cursor.copy(COPY) as copy:
            copy.write(rows)
        first, last = _number(rows), _number(rows[rows.rfind(b"\n") + 1 :])
        self._meeting.leave_out_removed(first, last)
        if self._newcomers and self._newcomers.are_ahead:
            self._newcomers.write_ahead(first, last)
        else:
            self._meeting.match(first, last)


def _number(row: bytes) -> int:
    return int(row[: row.index(b"\t")])


def _execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
