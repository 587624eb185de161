"""Statements that run once for each mail: written out, and planned by PostgreSQL once.

Django puts a query together anew each time, and sends it as a text that is planned anew. For a page
that is nothing; for ten thousand mails it is most of the time that they take.
"""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import accumulate
from typing import Any
from uuid import UUID

import psycopg
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Field, GeneratedField, Model, TextField
from django.db.models.base import ModelState

# When a row was first and last saved.
SAVED_AT = ("created_at", "updated_at")


class _Last(threading.local):
    """Never closed: a cursor that has seen a column knows how to read it."""

    cursor: psycopg.Cursor | None = None


_last = _Last()


def fetch(statement: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    cursor = _cursor()
    cursor.execute(statement, values)
    return cursor.fetchall()


def change(statement: str, values: Mapping[str, Any]) -> int:
    """How many rows it changed."""
    cursor = _cursor()
    cursor.execute(statement, values)
    return cursor.rowcount


def _cursor():
    """On Django's connection, in its transaction; counted and complained of like any other."""
    connection.ensure_connection()
    cursor = _last.cursor
    if cursor is None or cursor.connection is not connection.connection:
        cursor = _last.cursor = psycopg.Cursor(connection.connection)
        # Moments and numbers need not be read from a text, as Django's own loaders do.
        cursor.format = psycopg.pq.Format.BINARY
        # Django forbids it for the sake of poolers; its own cursors prepare nothing even so.
        connection.connection.prepare_threshold = 1
        # Or PostgreSQL plans some anew for each value, which takes longer than to look it up.
        cursor.execute("SET plan_cache_mode = force_generic_plan")
    wrap = connection.make_debug_cursor if connection.queries_logged else connection.make_cursor
    return wrap(cursor)


def row_of(model: type[Model], names: Sequence[str], values: Sequence[Any]) -> Any:
    """As from_db() makes it, which asks each field of the class in turn and tells everybody.

    What is not among the names is read when it is asked for.
    """
    row = model.__new__(model)
    row.__dict__.update(zip(names, values, strict=True))
    state = row._state = ModelState()
    state.db, state.adding = DEFAULT_DB_ALIAS, False
    return row


def tie(row: Model, name: str, pointed_at: Model) -> None:
    """Its key stands in the row already: to assign it would look at each of the two, and at all
    databases."""
    row._state.fields_cache[name] = pointed_at


def array(keys: Iterable[int | UUID]) -> str:
    """As PostgreSQL writes one. psycopg would ask each key of a list how it wants to be written."""
    return f"{{{','.join(map(str, keys))}}}"


class Columns:
    """The short ones of a table. What is long, made by the database, or must be converted, is read
    when asked for; so are those that hardly anybody asks for."""

    def __init__(self, model: type[Model], *, without: Collection[str] = ()) -> None:
        self.model, self._left_out = model, {*SAVED_AT, *without}

    @cached_property
    def fields(self) -> list[Field]:
        columns = self.model._meta.concrete_fields
        return [one for one in columns if one.name not in self._left_out and _is_plain(one)]

    @cached_property
    def _names(self) -> tuple[str, ...]:
        return tuple(field.attname for field in self.fields)

    def of(self, alias: str) -> str:
        return ", ".join(f'{alias}."{field.column}"' for field in self.fields)

    def row(self, values: Sequence[Any]) -> Any:
        return row_of(self.model, self._names, values)


class Reader:
    """Rows by their keys, each with the one that it points to, and so on along a path."""

    def __init__(self, model: type[Model], *path: str) -> None:
        self.path = path
        self.tables = [Columns(model)]
        for name in path:
            pointed_at: Any = self.tables[-1].model._meta.get_field(name).related_model
            self.tables.append(Columns(pointed_at))

    @cached_property
    def statement(self) -> str:
        columns = ", ".join(table.of(f"t{n}") for n, table in enumerate(self.tables))
        joins = [
            f'LEFT JOIN "{self.tables[n + 1].model._meta.db_table}" t{n + 1} '
            f'ON t{n + 1}.id = t{n}."{name}_id"'
            for n, name in enumerate(self.path)
        ]
        table = self.tables[0].model._meta.db_table
        # Of names of our own models and nothing else.
        return f'SELECT {columns} FROM "{table}" t0 {" ".join(joins)} WHERE t0.id = ANY(%(keys)s)'  # noqa: S608

    @cached_property
    def _ends(self) -> list[int]:
        """Where among the columns those of each table end."""
        return list(accumulate(len(table.fields) for table in self.tables))

    def read(self, keys: Collection[int]) -> dict[int, Any]:
        found = [self._put_together(row) for row in fetch(self.statement, {"keys": array(keys)})]
        return {row.pk: row for row in found}

    def _put_together(self, values: Sequence[Any]) -> Any:
        first = row = self.tables[0].row(values[: self._ends[0]])
        for name, table, start, end in zip(
            self.path, self.tables[1:], self._ends, self._ends[1:], strict=False
        ):
            mine = values[start:end]
            if all(value is None for value in mine):
                break  # Nothing is pointed at, and nothing further along the path.
            pointed_at = table.row(mine)
            tie(row, name, pointed_at)
            row = pointed_at
        return first


def _is_plain(field: Field) -> bool:
    converters = field.get_db_converters(connection)  # type: ignore[attr-defined]  # it has
    return not isinstance(field, (TextField, GeneratedField)) and not converters
