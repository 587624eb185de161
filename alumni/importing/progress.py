"""How far an import is, written on a connection of its own that commits at once."""

from __future__ import annotations

import json
from time import monotonic
from types import TracebackType
from typing import Any, Self

from django.db import connection

from alumni.models import Import, ImportRow

SECONDS_BETWEEN = 0.3


class Stopped(Exception):
    """Somebody asked this import to stop."""


class Progress:
    def __init__(self, of_import: Import) -> None:
        self._of_import = of_import
        self._written_at = 0.0

    def __enter__(self) -> Self:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            (pid,) = cursor.fetchone()
        self._aside = connection.copy()
        self._execute(
            "UPDATE alumni_import SET backend_pid = %s WHERE id = %s", [pid, self._of_import.pk]
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        self._aside.close()

    def write(self, rows_done: int) -> None:
        """Stopped when somebody asked for it since."""
        if monotonic() - self._written_at < SECONDS_BETWEEN:
            return
        self._written_at = monotonic()
        stop = self._execute(
            "UPDATE alumni_import SET rows_done = %s, row_count = greatest(row_count, %s) "
            "WHERE id = %s RETURNING stop_wanted",
            [rows_done, rows_done, self._of_import.pk],
        )
        if stop and stop[0]:
            raise Stopped

    def tell(self, problem: list[Any]) -> None:
        """One of the first problems, to be read on the page while the rest is still checked."""
        number, is_usable, cells, sentences = problem
        outcome = ImportRow.Outcome.UNCHANGED if is_usable else ImportRow.Outcome.REJECTED
        self._execute(
            "INSERT INTO alumni_importrow (of_import_id, number, outcome, name, cells, problems, "
            "replaced, originals) SELECT id, %s, %s, '', %s, %s, '{}', '{}' FROM alumni_import "
            "WHERE id = %s ON CONFLICT DO NOTHING",
            [number, outcome, json.dumps(cells), json.dumps(sentences), self._of_import.pk],
        )

    def _execute(self, statement: str, values: list[Any]) -> tuple[Any, ...] | None:
        with self._aside.cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.fetchone() if cursor.description else None
