"""What a row of the registrar's list changes, in words."""

from __future__ import annotations

from typing import Any

from django import template

from roster.models import StudentListRow

register = template.Library()

LABELS = {
    "name": "Name", "email": "E-mail", "student_number": "Number", "class_year": "Class",
    "majors": "Majors", "fields_of_interest": "Fields", "phone": "Phone", "advisor": "Advisor",
}  # fmt: skip


@register.filter
def change_lines(row: StudentListRow) -> list[str]:
    """“Class: 2026, now 2027”."""
    lines = ["Is back"] if row.changes.get("left_on", [None])[0] else []
    for name, label in LABELS.items():
        if name in row.changes:
            was, becomes = map(_in_words, row.changes[name])
            same = was == becomes
            lines.append(
                f"{label}: {becomes}" if same or not was else f"{label}: {was}, now {becomes}"
            )
    return lines


def _in_words(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(value)
    return "" if value is None else str(value)
