"""The work on the registrar's list: brought in, or taken back. Here it may be killed at any time.

Each is one transaction; that it runs, and how far it is, must be seen by others meanwhile, so that
goes to the database on a connection of its own. A worker that dies leaves RUNNING or UNDOING behind
and nothing else; waiting_lists() finds it by its free lock.

The plan is made anew when it is applied: what the check showed may be older than somebody's edit.
"""

from __future__ import annotations

import logging
from datetime import datetime

from django.db import OperationalError, connection, transaction

from alumni.importing.progress import Stopped
from alumni.importing.table import UnreadableFile
from roster.actions.lists import State, copy_to, locked_list, look
from roster.importing.apply import apply_people, store_rows
from roster.importing.caseloads import apply_caseloads
from roster.importing.progress import Progress, Tell, silent
from roster.importing.undo import take_back
from roster.importing.whole import plan_list
from roster.models import StudentList
from roster.turns import take_turn

logger = logging.getLogger(__name__)

# What it is while somebody is at work on it, and what it was before.
BEFORE = {State.RUNNING: State.CHECKED, State.UNDOING: State.DONE}
# A list that was cut off must not close the accounts of half a college in one night.
LEAVING_AT_MOST, FEW = 0.1, 10
# Held, with the key of a list, by whoever is at work on it.
AT_WORK = 7_301_403


class TooManyLeave(Exception):
    def __init__(self, leaving: int, of: int) -> None:
        super().__init__(
            f"{leaving} of {of} students are not in this list. That is more than a tenth, so "
            "nothing was changed: the list may have been cut off. If it is right, upload it on "
            "the page, and say there that they have left."
        )


def start_students(of_list: StudentList, *, leave: bool, at: datetime) -> bool:
    """Whether this call began it: of two clicks one does. Who is in no row stays unless `leave`."""
    return _start(of_list, State.RUNNING, at, leave=leave)


def start_undo(of_list: StudentList, *, at: datetime) -> bool:
    return _start(of_list, State.UNDOING, at)


def _start(of_list: StudentList, state: StudentList.State, at: datetime, **what: object) -> bool:
    ready = StudentList.objects.filter(pk=of_list.pk, state=BEFORE[state])
    began = ready.update(
        state=state, started_at=at, percent=0, problem="", stop_wanted=False, **what
    )
    of_list.refresh_from_db(fields=["state"])
    return began == 1


def stop_list(of_list: StudentList) -> bool:
    """Ask whoever is at work to stop; whether there was anybody."""
    at_work = StudentList.objects.filter(pk=of_list.pk, state__in=BEFORE)
    return at_work.update(stop_wanted=True) == 1


def waiting_lists() -> list[int]:
    """Those begun that nobody is at work on: their bell was lost, or their worker died."""
    begun = StudentList.objects.filter(state__in=BEFORE).order_by("started_at")
    return [pk for pk in begun.values_list("pk", flat=True) if _is_idle(pk)]


def run_list(pk: int, *, at: datetime) -> None:
    """What was begun, all of it or nothing; a second call finds nothing to do."""
    try:
        _run(pk, at)
    except Stopped:
        _go_back(pk)
    except UnreadableFile as reason:
        _go_back(pk, problem=str(reason))
    except OperationalError:
        # The database went away; when it is back, waiting_lists() finds this one.
        raise
    except Exception:
        logger.exception("List %s stopped", pk)
        _go_back(
            pk,
            problem="Something went wrong on our side, and nothing was changed. Try it again, or "
            "tell the person who looks after CareerHub.",
        )


def _go_back(pk: int, *, problem: str = "") -> None:
    for state, before in BEFORE.items():
        begun = StudentList.objects.filter(pk=pk, state=state)
        begun.update(state=before, stop_wanted=False, problem=problem)


@transaction.atomic(durable=True)
def _run(pk: int, at: datetime) -> None:
    if not _is_ours(pk):
        return
    take_turn()
    of_list = StudentList.objects.filter(pk=pk, state__in=BEFORE).first()
    if of_list is None:
        return
    with Progress(of_list) as progress:
        if of_list.state == State.RUNNING:
            _bring_in(of_list, at, reading=progress.of(0, 0.5), writing=progress.of(0.5, 1))
        else:
            take_back(of_list, at=at, tell=progress.of(0, 1))
    _finish(of_list, at)


@transaction.atomic
def apply_students(of_list: StudentList, *, leave: bool, at: datetime) -> None:
    """At once, with nobody to look on. Raises NotNow, UnreadableFile, TooManyLeave."""
    take_turn()
    locked = locked_list(of_list, State.CHECKED)
    locked.leave, locked.state = leave, State.RUNNING
    _bring_in(locked, at, is_unattended=True)
    _finish(locked, at)
    copy_to(locked, of_list)


def _bring_in(
    of_list: StudentList, at: datetime, *, is_unattended: bool = False,
    reading: Tell = silent, writing: Tell = silent,
) -> None:  # fmt: skip
    whole = plan_list(of_list, look(of_list), at=at, tell=reading)
    if of_list.leave and is_unattended:
        _refuse_mass_leave(len(whole.leaving), of=whole.present)
    going = [one for one in whole.leaving if of_list.leave and not one.stays]
    for one in whole.leaving:
        if one not in going:
            one.changes = {}
    deeds = [*whole.rows, *going]
    apply_people(deeds, at=at, tell=writing)
    apply_caseloads(deeds, at=at)
    store_rows(of_list, [*whole.rows, *whole.leaving])
    of_list.content = b""


def _finish(of_list: StudentList, at: datetime) -> None:
    if of_list.state == State.RUNNING:
        of_list.state, of_list.applied_at = State.DONE, at
    else:
        of_list.state, of_list.undone_at = State.UNDONE, at
    of_list.save(
        update_fields=["state", "leave", "content", "applied_at", "undone_at", "updated_at"]
    )


def _refuse_mass_leave(leaving: int, *, of: int) -> None:
    if leaving > max(FEW, of * LEAVING_AT_MOST):
        raise TooManyLeave(leaving, of)


@transaction.atomic
def _is_idle(pk: int) -> bool:
    return _is_ours(pk)


def _is_ours(pk: int) -> bool:
    """From now to the end of the transaction; False where somebody is at work on it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [AT_WORK, pk])
        (is_ours,) = cursor.fetchone()
    return is_ours
