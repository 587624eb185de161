"""A row as JSON, and back, to the microsecond: what an undo needs."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db import models

Row = dict[str, Any]


def row_of(instance: models.Model) -> Row:
    """Each column as JSON can hold it, to the microsecond."""
    return {
        field.attname: _plain(value)
        for field in instance._meta.concrete_fields
        for value in [getattr(instance, field.attname)]
    }


def values_of(model: type[models.Model], row: Row) -> Row:
    """A column that came later has its default; one that is gone is left out."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    return {name: fields[name].to_python(value) for name, value in row.items() if name in fields}


def _plain(value: Any) -> Any:
    if isinstance(value, UUID):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value
