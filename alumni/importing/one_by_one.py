"""What would become of the rows that meet each other, or the directory in more than one way.

One after the other, as a person would go through them: this is the rule. plan.py plans in sets
what cannot come out differently.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from alumni.importing.directory import Conflict, Directory, Known
from alumni.models import Consent, ImportRow

Outcome = ImportRow.Outcome


@dataclass(slots=True)
class PlannedRow:
    """`changes` says for each field what it was and what it is to be: nothing for a new person."""

    number: int
    values: dict[str, Any]
    problems: list[str]
    outcome: str = Outcome.REJECTED
    changes: dict[str, list[Any]] = field(default_factory=dict)
    known: Known | None = None


def plan_rows(rows: Iterable[PlannedRow]) -> Iterator[PlannedRow]:
    """Rows that may mean one person must come together, in the order of the list."""
    together = list(rows)
    directory = Directory(row.values for row in together)
    for row in together:
        _plan(row, directory)
        yield row


def _plan(row: PlannedRow, directory: Directory) -> None:
    try:
        known = directory.find(row.values)
        if known is not None and known.row is not None:
            _refuse_second_row(row, known)
            row.outcome, row.known = Outcome.UNCHANGED, known
            return
    except Conflict as conflict:
        row.problems = [str(conflict), *row.problems]
        return
    if known is None:
        row.outcome, known = Outcome.CREATED, directory.add(row.values)
    else:
        row.changes = _changes(known, row.values, row.problems)
        row.outcome = Outcome.UPDATED if row.changes else Outcome.UNCHANGED
        directory.note_keys(known, row.values)
    row.known = known
    known.row, known.said = row.number, row.values


def _refuse_second_row(row: PlannedRow, known: Known) -> None:
    """Two rows about one person: the same words twice are harmless, others need a choice."""
    if row.values == known.said:
        return
    shared = [
        label
        for key, label in (("external_id", "number"), ("email", "e-mail"))
        if row.values.get(key) and row.values.get(key) == known.said.get(key)
    ]
    label = shared[0] if shared else "name and class year"
    raise Conflict(
        f"Row {row.number} has the same {label} as row {known.row}. If they are one person, "
        "keep the better row; if not, correct one of them."
    )


def _changes(known: Known, values: dict[str, Any], problems: list[str]) -> dict[str, list[Any]]:
    """What the row says that the directory does not. The strictest word on consent stands."""
    changes = {
        name: [known.values[name], value]
        for name, value in values.items()
        if name != "consent"
        and value != known.values[name]
        and not _is_same_email(name, known, value)
    }
    was, says = known.values["consent"], values["consent"]
    if was == Consent.NO and says == Consent.YES:
        problems.append("They asked not to be contacted before, and that stands.")
    elif says not in (was, Consent.UNKNOWN):
        changes["consent"] = [was, says]
    return changes


def _is_same_email(name: str, known: Known, value: Any) -> bool:
    return name == "email" and known.values["email"].lower() == value
