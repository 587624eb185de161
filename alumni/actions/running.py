"""The work on a list: check it, import it, take it back. Everything here may be killed at any time.

A check writes nothing to the directory. An import is one transaction: that it runs, how far it is
and that it failed must be seen by others while its rows are not, so those go to the database on a
connection of their own. A worker that dies leaves CHECKING or RUNNING behind and no rows;
waiting_imports() finds it by its free lock.
"""

from __future__ import annotations

import logging
from collections import Counter
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, OperationalError, connection, transaction

from alumni import vocabulary
from alumni.actions.answers import decline_for_refusing
from alumni.actions.imports import AT_WORK, State, headings_of, lock_of
from alumni.importing.apply import DirectoryChanged, apply_plan
from alumni.importing.kept import KeptRows
from alumni.importing.mapping import Mapping
from alumni.importing.newcomers import Newcomers
from alumni.importing.plan import Outcome, plan
from alumni.importing.preview import preview
from alumni.importing.progress import Progress, Stopped
from alumni.importing.reader import UnreadableFile
from alumni.importing.sandbox import child_with
from alumni.importing.staging import stage
from alumni.importing.undo import put_back, remove_newcomers
from alumni.models import Import
from alumni.searching import fresh
from core.obligations import obligations_changed

logger = logging.getLogger(__name__)

# One import at a time: two lists with the same people would make each of them twice.
ONE_AT_A_TIME = 7_301_401
TRIES = 3
COUNTS = ("row_count", "created_count", "updated_count", "unchanged_count", "rejected_count")


class NotUndoable(Exception):
    """Only a finished import can be undone, and only once."""


def check_import(import_id: UUID | str, *, at: datetime) -> None:
    """Count what would become of the rows, and keep the problems for the page."""
    _guarded(import_id, at, _check, stopped=State.UPLOADED)


def run_import(import_id: UUID | str, *, at: datetime) -> None:
    """Import a checked list, all of it or none; a second call finds nothing to do."""
    Import.objects.filter(pk=import_id, state=State.CHECKED).update(
        state=State.RUNNING, started_at=at, rows_done=0, problem=""
    )
    _guarded(import_id, at, _run_until_directory_holds_still, stopped=State.CHECKED)


def _guarded(import_id: UUID | str, at: datetime, work, *, stopped: str) -> None:
    try:
        work(import_id, at)
    except Stopped:
        _end(import_id, state=stopped)
    except UnreadableFile as reason:
        _fail(import_id, problem=str(reason), at=at)
    except OperationalError:
        # The database went away, and waiting_imports() finds this one when it is back; or it was
        # told to stop in the middle of a long statement.
        if not Import.objects.filter(pk=import_id, stop_wanted=True).exists():
            raise
        _end(import_id, state=stopped)
    except Exception:
        logger.exception("Import %s stopped", import_id)
        _fail(
            import_id,
            at=at,
            problem="Something went wrong on our side. Nothing of this list was imported, and "
            "nothing was lost: upload it again, or tell the person who looks after CareerHub.",
        )


@transaction.atomic
def _fail(import_id: UUID | str, *, problem: str, at: datetime) -> None:
    _end(import_id, state=State.FAILED, problem=problem, finished_at=at)
    if of_import := Import.objects.filter(pk=import_id, state=State.FAILED).first():
        obligations_changed.send(sender=Import, owner=of_import, at=at)


def _end(import_id: UUID | str, **what: object) -> None:
    begun = Import.objects.filter(pk=import_id, state__in=AT_WORK)
    begun.update(rows_done=0, stop_wanted=False, backend_pid=None, **what)


@transaction.atomic
def _check(import_id: UUID | str, at: datetime) -> None:
    of_import = _taken(import_id, State.CHECKING)
    if of_import is None:
        return
    counts = _plan(of_import, at)
    kept = KeptRows(of_import.pk)
    kept.forget()
    kept.keep_problems()
    of_import.preview, of_import.state = preview(), State.CHECKED
    _finish(of_import, counts, "preview")


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
    of_import = _taken(import_id, State.RUNNING)
    if of_import is None:
        return
    kept = KeptRows(of_import.pk)
    kept.forget()
    newcomers = Newcomers(kept, at=at)
    counts = _plan(of_import, at, newcomers)
    created, updated = counts[Outcome.CREATED], counts[Outcome.UPDATED]
    apply_plan(newcomers, created=created, updated=updated)
    if updated:
        decline_for_refusing(at=at)
    if created or updated:
        if newcomers.are_ahead:  # The list brought everybody.
            fresh.after_filling(at=at)
        else:
            fresh.after_import(of_import, at=at)
        vocabulary.count_uses()
    of_import.state, of_import.finished_at = State.DONE, at
    _forget_file(of_import, left_out=counts[Outcome.REJECTED])
    _finish(of_import, counts, "finished_at", "preview", "corrections", "headings")
    obligations_changed.send(sender=Import, owner=of_import, at=at)


def _forget_file(of_import: Import, *, left_out: int) -> None:
    """The list is in: undoing needs what was replaced, and nobody what else the file says.

    Rows that were left out can still be taken home, under the file's own headings.
    """
    if left_out:
        of_import.headings = headings_of(of_import)
    of_import.parts.all().delete()
    of_import.preview, of_import.corrections = {}, {}


def _taken(import_id: UUID | str, state: str) -> Import | None:
    """The import in this state, locked against others at work; None when it is past it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", lock_of(import_id))
    return Import.objects.filter(pk=import_id, state=state).first()


def _plan(of_import: Import, at: datetime, newcomers: Newcomers | None = None) -> Counter[str]:
    """A check, which tells the first problems, has no newcomers: it writes nobody."""
    with child_with(of_import.pieces()) as child, Progress(of_import) as progress:
        job = {
            "file_name": of_import.file_name,
            **Mapping.from_json(of_import.mapping).reading._asdict(),
            "mapping": of_import.mapping,
            "this_year": at.year,
            "corrections": of_import.corrections,
            "vocabulary": vocabulary.as_dict(),
        }
        on_problem = (lambda problem: None) if newcomers else progress.tell
        unknown = stage(
            child, job, progress=progress.write, on_problem=on_problem, newcomers=newcomers
        )
        if newcomers:
            vocabulary.note_unknown(unknown, at=at)
        return plan(newcomers)


def _finish(of_import: Import, counts: Counter[str], *fields: str) -> None:
    of_import.row_count = of_import.rows_done = counts.total()
    of_import.created_count = counts[Outcome.CREATED]
    of_import.updated_count = counts[Outcome.UPDATED]
    of_import.unchanged_count = counts[Outcome.UNCHANGED]
    of_import.rejected_count = counts[Outcome.REJECTED]
    of_import.backend_pid = None
    of_import.save(
        update_fields=[*COUNTS, *fields, "rows_done", "state", "backend_pid", "updated_at"]
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
    remove_newcomers(locked)
    vocabulary.count_uses()
    locked.state = State.UNDONE
    locked.save(update_fields=["state", "updated_at"])
    of_import.refresh_from_db(fields=["state"])
