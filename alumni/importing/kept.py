"""What became of each row of a list: kept for the page, and for taking the list back.

Of a plain row that is known before the list is read to its end, and kept then. Who is later found
to share something with another row is forgotten again, and kept when everybody else is.
"""

from __future__ import annotations

from collections import Counter
from typing import Any
from uuid import UUID

from django.db import connection

from alumni.importing.staged_line import BETWEEN_CELLS

ROW = "of_import_id, number, outcome, name, cells, originals, problems, alum_id, replaced"
# Cells are kept where somebody may want to see them: beside a problem. Of a row that brought
# nothing, that it was there.
KEEP_PLANNED = f"""
INSERT INTO alumni_importrow ({ROW})
SELECT %(of_import)s, number, p.outcome, CASE WHEN p.problems IS NULL THEN ''
    ELSE left(coalesce(s.name, ''), 200) END,
    CASE WHEN p.problems IS NULL THEN '[]'
    ELSE to_jsonb(string_to_array(s.cells, %(between)s)) END,
    CASE WHEN p.outcome = 'UNCHANGED' AND p.problems IS NULL THEN '{{}}'
    ELSE coalesce(s.originals, '{{}}') END,
    coalesce(p.problems, '[]'), p.alum_id, coalesce(p.changes, '{{}}')
FROM planned p JOIN staged s USING (number)
"""  # noqa: S608 - our own names
KEEP_PROBLEMS = f"{KEEP_PLANNED} WHERE p.problems IS NOT NULL"
FORGET_ODD = """
WITH forgotten AS (
    DELETE FROM alumni_importrow USING odd
    WHERE of_import_id = %(of_import)s AND alumni_importrow.number = odd.number RETURNING outcome
)
SELECT outcome, count(*) FROM forgotten GROUP BY 1
"""


class KeptRows:
    """Those of one import, in its transaction, in place of what a check kept."""

    def __init__(self, of_import: UUID) -> None:
        self._of_import = of_import
        # How many rows are kept that no plan speaks of, by what became of them.
        self.ahead: Counter[str] = Counter()

    def forget(self) -> None:
        self._execute("DELETE FROM alumni_importrow WHERE of_import_id = %(of_import)s")

    def keep(self, outcome: str, statement: str, values: dict[str, Any]) -> None:
        """Before there is a plan, by a statement of the caller's that puts them there."""
        self.ahead[outcome] += self._execute(statement, values)

    def forget_odd(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(FORGET_ODD, {"of_import": self._of_import})
            self.ahead.subtract(dict(cursor.fetchall()))

    def keep_planned(self) -> None:
        self._execute(KEEP_PLANNED, {"between": BETWEEN_CELLS})

    def keep_problems(self) -> None:
        self._execute(KEEP_PROBLEMS, {"between": BETWEEN_CELLS})

    def _execute(self, statement: str, values: dict[str, Any] | None = None) -> int:
        with connection.cursor() as cursor:
            cursor.execute(statement, {"of_import": self._of_import, **(values or {})})
            return cursor.rowcount
