"""Step 4: what would become of each row, before anything is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.text import capfirst

from alumni.importing.directory import Conflict, Directory, Known
from alumni.importing.mapping import Mapping
from alumni.importing.reader import read_table
from alumni.importing.rows import CleanRow, RowReader
from alumni.importing.table import Table
from alumni.models import Alum, Consent, ImportRow

Outcome = ImportRow.Outcome
REPORT_EVERY = 1000


@dataclass(slots=True)
class PlannedRow:
    """`changes` says for each field what it was and what it is to be: nothing for a new person."""

    number: int
    outcome: str
    cells: list[str]
    problems: list[str]
    values: dict[str, Any]
    changes: dict[str, list[Any]]
    known: Known | None = None

    @property
    def alum_id(self) -> int | None:
        return self.known.id if self.known else None

    @property
    def changes_in_words(self) -> list[tuple[str, str, str]]:
        """What changes, from what, to what, as staff read them."""
        return [
            (
                _label(name),
                _in_words(name, was),
                _in_words(name, becomes),
            )
            for name, (was, becomes) in self.changes.items()
        ]


@dataclass(frozen=True)
class Plan:
    table: Table
    mapping: Mapping
    rows: list[PlannedRow]
    counts: Counter[str]

    @property
    def row_count(self) -> int:
        return len(self.rows)

    @property
    def created(self) -> int:
        return self.counts[Outcome.CREATED]

    @property
    def updated(self) -> int:
        return self.counts[Outcome.UPDATED]

    @property
    def unchanged(self) -> int:
        return self.counts[Outcome.UNCHANGED]

    @property
    def rejected(self) -> int:
        return self.counts[Outcome.REJECTED]


def plan_import(
    content: bytes,
    *,
    file_name: str,
    mapping: Mapping,
    this_year: int | None = None,
    progress: Callable[[int], None] = lambda rows_done: None,
) -> Plan:
    """Reads the list and the directory, and writes nothing. UnreadableFile as in read_table()."""
    table = read_table(
        content, file_name=file_name, sheet=mapping.sheet, header_row=mapping.header_row
    )
    reader = RowReader(table, mapping, this_year=this_year or timezone.now().year)
    clean: list[CleanRow] = []
    for record in table.records:
        clean.append(reader.read(record))
        if len(clean) % REPORT_EVERY == 0:
            progress(len(clean))
    directory = Directory(clean)
    rows = [_plan_row(row, directory) for row in clean]
    return Plan(table, mapping, rows, Counter(row.outcome for row in rows))


def _plan_row(row: CleanRow, directory: Directory) -> PlannedRow:
    planned = PlannedRow(
        row.record.number, Outcome.REJECTED, row.record.cells, row.problems, row.values, {}
    )
    if not row.is_usable:
        return planned
    try:
        known = directory.find(row.values)
        if known is not None and known.row is not None:
            _refuse_second_row(row, known)
            planned.outcome, planned.known = Outcome.UNCHANGED, known
            return planned
    except Conflict as conflict:
        planned.problems = [str(conflict), *row.problems]
        return planned
    if known is None:
        planned.outcome, known = Outcome.CREATED, directory.add(row.values)
    else:
        planned.changes = _changes(known, row.values, planned.problems)
        planned.outcome = Outcome.UPDATED if planned.changes else Outcome.UNCHANGED
        directory.note_keys(known, row.values)
    planned.known = known
    known.row, known.said = row.record.number, row.values
    return planned


def _refuse_second_row(row: CleanRow, known: Known) -> None:
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
        f"Row {row.record.number} has the same {label} as row {known.row}. If they are one person, "
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


def _label(name: str) -> str:
    field = Alum._meta.get_field(name)
    return capfirst(str(field.verbose_name)) if isinstance(field, models.Field) else name


def _in_words(name: str, value: Any) -> str:
    if name == "consent":
        return str(Consent(value).label)
    if isinstance(value, list):
        return ", ".join(value)
    return "" if value is None else str(value)


def _is_same_email(name: str, known: Known, value: Any) -> bool:
    return name == "email" and known.values["email"].lower() == value
