"""How far the work on a list is, written on a connection of its own that commits at once."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from types import TracebackType
from typing import Self

from django.db import connection

from alumni.importing.progress import Stopped
from roster.models import StudentList

SECONDS_BETWEEN = 0.3
# Told the share that is done, from 0 to 1; raises Stopped when somebody asked for it since.
Tell = Callable[[float], None]


def silent(share: float) -> None:
    """Nobody looks on."""


class Progress:
    def __init__(self, of_list: StudentList) -> None:
        self._pk = of_list.pk
        self._told_at = 0.0

    def __enter__(self) -> Self:
        self._aside = connection.copy()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        self._aside.close()

    def of(self, begins: float, ends: float) -> Tell:
        """What a part of the work is told that goes from the one share to the other."""
        return lambda share: self._tell(begins + (ends - begins) * share)

    def _tell(self, share: float) -> None:
        if monotonic() - self._told_at < SECONDS_BETWEEN:
            return
        self._told_at = monotonic()
        with self._aside.cursor() as cursor:
            cursor.execute(
                "UPDATE roster_studentlist SET percent = %s WHERE id = %s RETURNING stop_wanted",
                [int(100 * share), self._pk],
            )
            row = cursor.fetchone()
        if row and row[0]:
            raise Stopped
