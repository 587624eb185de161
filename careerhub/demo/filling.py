"""Many rows of a table at once, by COPY: what a model would say of itself is written as it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import GeneratedField, Max, Model
from psycopg import sql
from psycopg.types.json import Jsonb

Row = dict[str, Any]


@dataclass
class Rows:
    """What is written, table by table, with the key that each next row gets."""

    keys: dict[type[Model], int] = field(default_factory=dict)
    rows: dict[type[Model], list[Row]] = field(default_factory=dict)

    def add(self, model: type[Model], **row: Any) -> int:
        if model not in self.keys:
            self.keys[model], self.rows[model] = next_key(model), []
        key = self.keys[model]
        self.rows[model].append({"id": key, **row})
        self.keys[model] = key + 1
        return key

    def write(self, models: Iterable[type[Model]], *, at: datetime) -> None:
        """In this order, because rows lean on each other."""
        for model in models:
            fill(model, self.rows.get(model, []), at=at)


def next_key(model: type[Model]) -> int:
    return (model._default_manager.aggregate(last=Max("pk"))["last"] or 0) + 1


def fill(model: type[Model], rows: Iterable[Row], *, at: datetime) -> None:
    """Each row names what differs from the model's defaults, its key included."""
    fields = [f for f in model._meta.concrete_fields if not isinstance(f, GeneratedField)]
    usual = {each.attname: _usual(each, at) for each in fields}
    names = list(usual)
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(model._meta.db_table),
        sql.SQL(", ").join(sql.Identifier(each.column) for each in fields),
    )
    with connection.cursor() as cursor:
        with cursor.copy(statement) as copy:
            for row in rows:
                values = usual | row
                copy.write_row([values[name] for name in names])
        # Triggers count students at the end of each COPY, by plans of when the tables were empty.
        cursor.execute(sql.SQL("ANALYZE {}").format(sql.Identifier(model._meta.db_table)))
        # Whoever comes next gets a key of their own.
        cursor.execute(
            "SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)",
            [model._meta.db_table, next_key(model) - 1 or 1],
        )


def _usual(field: Any, at: datetime) -> Any:
    if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
        return at
    value = field.get_default()
    return Jsonb(value) if isinstance(value, dict) else value
