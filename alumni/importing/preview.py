"""The first people of a planned list and the first changes, in words, for whoever looks at it."""

from __future__ import annotations

import json
from typing import Any

from django.db import connection, models
from django.utils.text import capfirst

from alumni.models import Alum, Consent

SHOWN = 5
FIRST = """
SELECT s.name, s.email, s.class_year, s.employer FROM planned p JOIN staged s USING (number)
WHERE p.outcome <> 'REJECTED' ORDER BY number LIMIT %s
"""
CHANGED = """
SELECT s.name, p.changes FROM planned p JOIN staged s USING (number)
WHERE p.outcome = 'UPDATED' ORDER BY number LIMIT %s
"""


def preview() -> dict[str, Any]:
    """From the plan that was made in this transaction, as JSON."""
    with connection.cursor() as cursor:
        cursor.execute(FIRST, [SHOWN])
        first = cursor.fetchall()
        cursor.execute(CHANGED, [SHOWN])
        changed = cursor.fetchall()
    return {
        "first": [dict(zip(("name", "email", "year", "work"), row, strict=True)) for row in first],
        "changed": [
            {"name": name, "changes": [_in_words(*change) for change in json.loads(said).items()]}
            for name, said in changed
        ],
    }


def _in_words(name: str, change: list[Any]) -> list[str]:
    """What changes, from what, to what."""
    field = Alum._meta.get_field(name)
    label = capfirst(str(field.verbose_name)) if isinstance(field, models.Field) else name
    return [label, *(_shown(name, value) for value in change)]


def _shown(name: str, value: Any) -> str:
    if name == "consent":
        return str(Consent(value).label)
    if isinstance(value, list):
        return ", ".join(value)
    return "" if value is None else str(value)
