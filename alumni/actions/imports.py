"""What staff do with lists: upload, match, import, undo."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, OperationalError, connection, transaction

from accounts.models import User
from alumni.importing.apply import DirectoryChanged, apply_plan
from alumni.importing.mapping import Mapping, propose_mapping
from alumni.importing.plan import Plan, plan_import
from alumni.importing.reader import UnreadableFile, read_table
from alumni.importing.undo import put_back, untouched_newcomers
from alumni.models import Consent, Import
from alumni.searching import fresh

logger = logging.getLogger(__name__)

State = Import.State
# One import at a time: two lists with the same people would make each of them twice.
ONE_AT_A_TIME = 7_301_401
TRIES = 3
COUNTS = ("row_count", "created_count", "updated_count", "unchanged_count", "rejected_count")


class ImportUnderWay(Exception):
    """The list is being imported, or was: its columns cannot be matched any more."""


class NotUndoable(Exception):
    """Only a finished import can be undone, and only once."""


class NothingToImport(UnreadableFile):
    """The list has headings, but nobody below them."""


@transaction.atomic
def upload_list(
    *, by: User | None, file_name: str, content: bytes, at: datetime,
    consent: str = Consent.UNKNOWN,
) -> Import:  # fmt: skip
    """Keep a list that can be read, with a first guess at its columns. UnreadableFile if not."""
    table = read_table(content, file_name=file_name)
    if not table.records:
        raise NothingToImport(f"{file_name} has headings, but no rows below them.")
    mapping = propose_mapping(table).to_json() | {"consent": consent}
    return Import.objects.create(
        uploaded_by=by,
        file_name=file_name.replace("\0", "")[-255:],
        content=content,
        mapping=mapping,
        row_count=len(table.records),
    )


@transaction.atomic
def set_mapping(of_import: Import, *, mapping: Mapping) -> Plan:
    """Keep which column goes where, and count what would become of the rows."""
    locked = Import.objects.select_for_update(of=("self",)).get(pk=of_import.pk)
    if locked.state not in (State.UPLOADED, State.CHECKED):
        raise ImportUnderWay
    plan = plan_import(bytes(locked.content), file_name=locked.file_name, mapping=mapping)
    locked.mapping, locked.state = mapping.to_json(), State.CHECKED
    _keep_counts(locked, plan)
    locked.save(update_fields=[*COUNTS, "mapping", "state", "updated_at"])
    of_import.refresh_from_db(fields=[*COUNTS, "mapping", "state"])
    return plan


def start_import(of_import: Import, *, at: datetime) -> bool:
    """Whether this call moved a checked list to importing: of two clicks one does."""
    is_started = _start(of_import.pk, at)
    of_import.refresh_from_db(fields=["state", "started_at"])
    return is_started


def _start(import_id: UUID | str, at: datetime) -> bool:
    started = Import.objects.filter(pk=import_id, state=State.CHECKED).update(
        state=State.RUNNING, started_at=at, rows_done=0, problem=""
    )
    return started == 1


@transaction.atomic
def waiting_imports() -> list[UUID]:
    """Those started that nobody is at work on: their bell was lost, or their worker died."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
        (is_free,) = cursor.fetchone()
    running = Import.objects.filter(state=State.RUNNING).order_by("started_at")
    return list(running.values_list("pk", flat=True)) if is_free else []


def run_import(import_id: UUID | str, *, at: datetime) -> None:
    """Import a checked list, all of it or none; a second call finds nothing to do.

    Not atomic as a whole: that the import runs, how far it is and that it failed must be seen by
    others while the rows themselves are still in an open transaction. A worker that dies leaves
    RUNNING behind and no rows; the lock then tells the next try that nobody is at work.
    """
    _start(import_id, at)
    try:
        _run_until_directory_holds_still(import_id, at)
    except UnreadableFile as reason:
        _fail(import_id, str(reason), at)
    except OperationalError:
        raise  # The database went away: waiting_imports() finds this one when it is back.
    except Exception:
        logger.exception("Import %s stopped", import_id)
        _fail(
            import_id,
            "Something went wrong on our side. Nothing of this list was imported, and nothing was "
            "lost: upload it again, or tell the person who looks after CareerHub.",
            at,
        )


def _run_until_directory_holds_still(import_id: UUID | str, at: datetime) -> None:
    for attempt in range(1, TRIES + 1):
        try:
            _run(import_id, at)
        except (DirectoryChanged, IntegrityError):
            if attempt == TRIES:
                raise
        else:
            return


@transaction.atomic(durable=True)
def _run(import_id: UUID | str, at: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
    running = Import.objects.filter(pk=import_id, state=State.RUNNING).first()
    if running is None:
        return
    with _progress_of(running) as progress:
        # Each row is looked at once and written once: half of the way each.
        plan = plan_import(
            bytes(running.content),
            file_name=running.file_name,
            mapping=Mapping.from_json(running.mapping),
            this_year=at.year,
            progress=lambda rows_done: progress(rows_done // 2),
        )
        apply_plan(
            plan,
            of_import=running,
            at=at,
            progress=lambda rows_done: progress((plan.row_count + rows_done) // 2),
        )
    fresh.after_import(running, at=at)
    _keep_counts(running, plan)
    running.rows_done, running.state, running.finished_at = plan.row_count, State.DONE, at
    running.save(update_fields=[*COUNTS, "rows_done", "state", "finished_at", "updated_at"])


@contextmanager
def _progress_of(running: Import) -> Iterator[Callable[[int], None]]:
    """Writes how far an import is, on a connection of its own that commits at once."""
    aside = connection.copy()

    def write(rows_done: int) -> None:
        with aside.cursor() as cursor:
            cursor.execute(
                "UPDATE alumni_import SET rows_done = %s WHERE id = %s", [rows_done, running.pk]
            )

    try:
        yield write
    finally:
        aside.close()


def _keep_counts(of_import: Import, plan: Plan) -> None:
    of_import.row_count = plan.row_count
    of_import.created_count = plan.created
    of_import.updated_count = plan.updated
    of_import.unchanged_count = plan.unchanged
    of_import.rejected_count = plan.rejected


def _fail(import_id: UUID | str, problem: str, at: datetime) -> None:
    Import.objects.filter(pk=import_id, state=State.RUNNING).update(
        state=State.FAILED, problem=problem, finished_at=at, rows_done=0
    )


@transaction.atomic
def undo_import(of_import: Import, *, at: datetime) -> None:
    """Put back what the import replaced, and take away whom it brought.

    What somebody changed since then stays as it is: undoing takes back this list, nothing else.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
    locked = Import.objects.select_for_update(of=("self",)).get(pk=of_import.pk)
    if locked.state != State.DONE:
        raise NotUndoable
    put_back(locked, at=at)
    untouched_newcomers(locked).delete()
    locked.state = State.UNDONE
    locked.save(update_fields=["state", "updated_at"])
    of_import.refresh_from_db(fields=["state"])
