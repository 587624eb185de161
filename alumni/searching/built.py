"""Statements that are put together once for each shape of a search, and planned once.

Django takes two milliseconds to put one of them together, and PostgreSQL half of one to plan it:
more than it takes to find somebody. So a statement is built of people, an order, and slots for what
was typed; it is kept, and runs with other words the next time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django.db import connection

from alumni.models import AlumQuerySet
from core import statements

# Shapes that are kept. Words and pages need a dozen; a value of a filter makes one of its own.
SHAPES = 200


class Slot(str):
    """Stands in a statement for a value of this name, which is told when the statement runs."""

    __slots__ = ()


class Among:
    """Some people of the directory. Two are the same when the same statement reads them.

    So whatever visible_to() and the filters say is a part of the shape, and nobody gets a statement
    that was built for somebody who sees more.
    """

    def __init__(self, people: AlumQuerySet) -> None:
        self.people = people
        self._said = repr(people.order_by().values("pk").query.sql_with_params())

    def __hash__(self) -> int:
        return hash(self._said)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Among) and self._said == other._said


class Statement(NamedTuple):
    sql: str

    def rows(self, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        return statements.fetch(self.sql, values)


def statement(sql: str, params: Sequence[Any]) -> Statement:
    """Of what Django compiled. Values that belong to the shape are written out: PostgreSQL plans
    better for “YES” than for some word or other.
    """
    *parts, end = sql.split("%s")
    said = (f"{part}{_said(param)}" for part, param in zip(parts, params, strict=True))
    return Statement("".join([*said, end]))


def _said(param: Any) -> str:
    if isinstance(param, Slot):
        return f"%({param})s"
    return connection.ops.compose_sql("%s", [param]).replace("%", "%%")  # type: ignore[attr-defined]
