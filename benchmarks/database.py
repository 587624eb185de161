"""The scratch database: what is asked of it besides the work that is measured."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from django.db import connection

PIECE_BYTES = 1 << 20
# As many files of the log as PostgreSQL keeps (max_wal_size), and what one of them holds.
MOST_LOG_FILES = 64
LOG_FILE_BYTES = 16 << 20


def execute(statement: str, values: Sequence[Any] = ()) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)


def fetch(statement: str, values: Sequence[Any] | Mapping[str, Any] = ()) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)
        return cursor.fetchall()


def are_pages_huge() -> bool:
    """Whether PostgreSQL keeps its memory in pages of two megabytes, which are quicker to find."""
    return fetch("SHOW huge_pages_status") == [("on",)]


def settle() -> None:
    """Write out what earlier work left behind, so that nobody pays for another's pages."""
    execute("CHECKPOINT")


def make_log_files(size: int) -> None:
    """Write that much log beforehand: a new file of it is filled with zeros and flushed, which a
    server that has been at work has done, and whichever side went first would do for both."""
    for _ in range(min(MOST_LOG_FILES, 1 + size // LOG_FILE_BYTES)):
        execute("SELECT pg_logical_emit_message(false, 'bench', '')")
        execute("SELECT pg_switch_wal()")
    settle()


def copy_file(path: Path, table: str, columns: Sequence[str]) -> None:
    r"""What psql does for \copy."""
    statement = f"COPY {table} ({', '.join(columns)}) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(statement) as copy, path.open("rb") as file:
        while piece := file.read(PIECE_BYTES):
            copy.write(piece)
