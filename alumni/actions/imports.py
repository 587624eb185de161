"""What staff do with lists before they run: upload, match the columns, correct, start, stop."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from accounts.models import User
from alumni.importing.mapping import Mapping
from alumni.importing.proposal import propose_mapping
from alumni.importing.reader import UnreadableFile, look_at
from alumni.importing.sandbox import child_with
from alumni.importing.table import Reading, Table
from alumni.models import Consent, Import, ImportPart
from alumni.vocabulary import recall, remember

State = Import.State
# Between two steps, and nobody is at work on it.
OPEN = (State.UPLOADED, State.CHECKED)
AT_WORK = (State.CHECKING, State.RUNNING)
# As many rows as are looked at before the columns are matched.
LOOKED_AT = 500
PARTS_AT_ONCE = 8


class ImportUnderWay(Exception):
    """The list is being imported, or was: its columns cannot be matched any more."""

    def __str__(self) -> str:
        return "This list is being imported already, with the columns as before."


class NothingToImport(UnreadableFile):
    """The list has headings, but nobody below them."""


@transaction.atomic
def upload_list(
    *, by: User | None, file_name: str, content: bytes | Iterable[bytes], at: datetime,
    consent: str = Consent.UNKNOWN,
) -> Import:  # fmt: skip
    """Keep a list that can be read, with a first guess at its columns. UnreadableFile if not."""
    pieces = [content] if isinstance(content, bytes) else content
    with child_with(pieces) as child:
        table = look_at(child, file_name=file_name, reading=Reading(), at_most=LOOKED_AT)
        if not table.records:
            raise NothingToImport(f"{file_name} has headings, but no rows below them.")
        is_whole = len(table.records) < LOOKED_AT
        of_import = Import.objects.create(
            uploaded_by=by,
            file_name=file_name.replace("\0", "")[-255:],
            mapping=_proposed(table).to_json() | {"consent": consent},
            remarks=table.remarks,
            row_count=len(table.records) if is_whole else 0,
        )
        _keep_file(of_import, child.path)
    return of_import


def _proposed(table: Table) -> Mapping:
    """As staff matched a list with these headings last time, or else a guess."""
    guess = propose_mapping(table)
    return recall(table, guess) or guess


def _keep_file(of_import: Import, path: Path) -> None:
    with path.open("rb") as file:
        pieces = iter(lambda: file.read(ImportPart.BYTES), b"")
        parts = (
            ImportPart(of_import=of_import, position=position, content=piece)
            for position, piece in enumerate(pieces)
        )
        ImportPart.objects.bulk_create(parts, batch_size=PARTS_AT_ONCE)


def look_again(of_import: Import, reading: Reading) -> Table:
    """The headings and first rows, read so."""
    with child_with(of_import.pieces()) as child:
        return look_at(child, file_name=of_import.file_name, reading=reading, at_most=LOOKED_AT)


def headings_of(of_import: Import) -> list[str]:
    """What the file calls its columns, also when the file is gone."""
    if not of_import.parts.exists():
        return of_import.headings
    table = look_again(of_import, Mapping.from_json(of_import.mapping).reading)
    return [column.heading for column in table.columns]


@transaction.atomic
def look_elsewhere(of_import: Import, reading: Reading, *, consent: str, country: str) -> Table:
    """Keep a first guess at the columns of the list, read so: what a person saw was wrong."""
    locked = _locked_open(of_import)
    table = look_again(of_import, reading)
    mapping = replace(
        _proposed(table), country=country, encoding=reading.encoding, delimiter=reading.delimiter
    )  # fmt: skip
    locked.mapping = mapping.to_json() | {"consent": consent}
    locked.remarks = table.remarks
    locked.state, locked.corrections = State.UPLOADED, {}
    locked.save(update_fields=["mapping", "remarks", "state", "corrections", "updated_at"])
    of_import.refresh_from_db()
    return table


@transaction.atomic
def set_mapping(
    of_import: Import, *, mapping: Mapping, table: Table | None = None, at: datetime | None = None
) -> None:
    """Keep which column goes where; the check follows. Corrections were made to other columns.

    With the table and the time, lists with the same headings are matched so from now on.
    """
    locked = _locked_open(of_import)
    was = Mapping.from_json(locked.mapping)
    if was.reading != mapping.reading:
        locked.corrections = {}
        locked.remarks = (table or look_again(of_import, mapping.reading)).remarks
    locked.mapping = mapping.to_json()
    if table is not None and at is not None:
        remember(mapping, table, at=at)
    _to_be_checked(locked, of_import)


@transaction.atomic
def correct_row(of_import: Import, *, number: int, cells: dict[int, str] | None) -> None:
    """Keep what a row's cells are to say, or None to leave the row out; the check follows."""
    locked = _locked_open(of_import)
    corrected = None if cells is None else {str(index): cell for index, cell in cells.items()}
    locked.corrections = locked.corrections | {str(number): corrected}
    _to_be_checked(locked, of_import)


def _locked_open(of_import: Import) -> Import:
    locked = Import.objects.select_for_update(of=("self",)).get(pk=of_import.pk)
    if locked.state not in OPEN:
        raise ImportUnderWay
    return locked


def _to_be_checked(locked: Import, of_import: Import) -> None:
    locked.state, locked.rows_done, locked.stop_wanted = State.CHECKING, 0, False
    locked.save(
        update_fields=[
            "corrections",
            "mapping",
            "remarks",
            "state",
            "rows_done",
            "stop_wanted",
            "updated_at",
        ]
    )
    of_import.refresh_from_db()


def start_import(of_import: Import, *, at: datetime) -> bool:
    """Whether this call moved a checked list to importing: of two clicks one does."""
    started = Import.objects.filter(pk=of_import.pk, state=State.CHECKED).update(
        state=State.RUNNING, started_at=at, rows_done=0, problem="", stop_wanted=False
    )
    of_import.refresh_from_db(fields=["state", "started_at"])
    return started == 1


def stop_import(of_import: Import) -> bool:
    """Ask a check or an import that is under way to stop; whether there was one."""
    asked = Import.objects.filter(pk=of_import.pk, state__in=AT_WORK).update(stop_wanted=True)
    with connection.cursor() as cursor:
        # A long statement is told by the database; between two of them the worker looks itself.
        cursor.execute(
            "SELECT pg_cancel_backend(backend_pid) FROM alumni_import "
            "WHERE id = %s AND state IN ('CHECKING', 'RUNNING') AND backend_pid IS NOT NULL",
            [of_import.pk],
        )
    return asked == 1


def waiting_imports() -> list[tuple[UUID, str]]:
    """Those begun that nobody is at work on: their bell was lost, or their worker died."""
    begun = Import.objects.filter(state__in=AT_WORK).order_by("started_at", "created_at")
    return [(pk, state) for pk, state in begun.values_list("pk", "state") if _is_idle(pk)]


@transaction.atomic
def _is_idle(import_id: UUID) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, hashtext(%s))", lock_of(import_id))
        (is_free,) = cursor.fetchone()
    return is_free


def lock_of(import_id: UUID | str) -> list[Any]:
    """Held by whoever is at work on an import."""
    return [7_301_402, str(import_id)]
