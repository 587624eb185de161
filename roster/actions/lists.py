"""The registrar's list: read, matched, checked, applied, undone as a whole. The clock is passed in.

The plan is made anew when it is applied: what the check showed may be older than somebody's edit.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.models import User
from alumni.importing.mapping import fingerprint
from alumni.importing.reader import read_table
from alumni.importing.table import Reading, Table, UnreadableFile
from alumni.vocabulary import as_dict
from roster.importing.apply import apply_people, store_rows
from roster.importing.caseloads import apply_caseloads
from roster.importing.columns import by_index, has_what_it_needs, propose
from roster.importing.people import People
from roster.importing.plan import Planned, plan_leaving, plan_rows
from roster.importing.rows import RowReader
from roster.importing.undo import take_back
from roster.matching import Matcher
from roster.models import AssignmentRule, StudentList
from roster.turns import office_day, take_turn

State = StudentList.State
ROWS_AT_MOST = 100_000
# A list that was cut off must not close the accounts of half a college in one night.
LEAVING_AT_MOST, FEW = 0.1, 10


class NotNow(Exception):
    def __str__(self) -> str:
        return "Somebody went on with this list already. Here is how it stands."


class ColumnsMissing(Exception):
    def __str__(self) -> str:
        return "Match a column to the name, and one to the e-mail or the student number."


class TooManyLeave(Exception):
    def __init__(self, leaving: int, of: int) -> None:
        super().__init__(
            f"{leaving} of {of} students are not in this list. That is more than a tenth, so "
            "nothing was changed: the list may have been cut off. If it is right, upload it on "
            "the page, and say there that they have left."
        )


@dataclass(frozen=True)
class Whole:
    """A plan: what becomes of each row, and who is in none."""

    rows: list[Planned]
    leaving: list[Planned]
    present: int


@transaction.atomic
def upload_students(
    *, by: User | None, file_name: str, content: bytes, at: datetime
) -> StudentList:
    """Raises UnreadableFile. The columns are as the last list with these headings had them."""
    table = _read(content, file_name, Reading())
    of_list = StudentList(
        file_name=file_name[:255], content=content, uploaded_by=by, fingerprint=fingerprint(table)
    )
    before = StudentList.objects.filter(fingerprint=of_list.fingerprint, state=State.DONE)
    last = before.exclude(fingerprint="").order_by("-id").first()
    of_list.columns = last.columns if last else propose(table)
    of_list.save()
    return of_list


def look(of_list: StudentList, reading: Reading | None = None) -> Table:
    """The list as it is read, or would be. Raises UnreadableFile."""
    said = Reading.from_job(of_list.reading) if reading is None else reading
    return _read(bytes(of_list.content), of_list.file_name, said)


@transaction.atomic
def look_elsewhere(of_list: StudentList, reading: Reading) -> Table:
    """Another sheet, heading row, encoding or separator: the columns are proposed anew."""
    locked = _locked(of_list, State.UPLOADED, State.CHECKED)
    table = look(locked, reading)
    locked.reading, locked.columns = reading._asdict(), propose(table)
    locked.fingerprint, locked.state = fingerprint(table), State.UPLOADED
    locked.save()
    _copy(locked, of_list)
    return table


@transaction.atomic
def check_students(of_list: StudentList, *, columns: dict[str, str], at: datetime) -> None:
    """Plan every row; nobody is touched. Raises ColumnsMissing, NotNow, UnreadableFile."""
    if not has_what_it_needs(columns):
        raise ColumnsMissing
    locked = _locked(of_list, State.UPLOADED, State.CHECKED)
    locked.columns = columns
    table = look(locked)
    whole = _plan(locked, table, at)
    store_rows(locked, [*whole.rows, *whole.leaving])
    locked.headings, locked.state = [column.heading for column in table.columns], State.CHECKED
    locked.save()
    _copy(locked, of_list)


@transaction.atomic
def apply_students(
    of_list: StudentList, *, leave: bool, at: datetime, is_unattended: bool = False
) -> None:
    """All of it or nothing. Who is in no row stays as they are unless `leave`.

    Raises NotNow, UnreadableFile; TooManyLeave when nobody looks on.
    """
    take_turn()
    locked = _locked(of_list, State.CHECKED)
    whole = _plan(locked, look(locked), at)
    if leave and is_unattended:
        refuse_mass_leave(len(whole.leaving), of=whole.present)
    if not leave:
        for one in whole.leaving:
            one.changes = {}
    deeds = [*whole.rows, *(whole.leaving if leave else [])]
    apply_people(deeds, at=at)
    apply_caseloads(deeds, at=at)
    store_rows(locked, [*whole.rows, *whole.leaving])
    locked.state, locked.applied_at, locked.content = State.DONE, at, b""
    locked.save()
    _copy(locked, of_list)


def refuse_mass_leave(leaving: int, *, of: int) -> None:
    if leaving > max(FEW, of * LEAVING_AT_MOST):
        raise TooManyLeave(leaving, of)


@transaction.atomic
def undo_students(of_list: StudentList, *, at: datetime) -> list[User]:
    """Returned are those who stay. Raises NotNow."""
    take_turn()
    locked = _locked(of_list, State.DONE)
    stay = take_back(locked, at=at)
    locked.state, locked.undone_at = State.UNDONE, at
    locked.save()
    _copy(locked, of_list)
    return stay


def _plan(of_list: StudentList, table: Table, at: datetime) -> Whole:
    on = office_day(at)
    reader = RowReader(by_index(table, of_list.columns), this_year=on.year, vocabulary=as_dict())
    people = People.now()
    present = sum(known.is_present for known in people.students.values())
    matcher = Matcher(AssignmentRule.objects.in_force().in_order().select_related("advisor"))
    rows = plan_rows(map(reader.read, table.records), people, matcher)
    return Whole(rows, plan_leaving(people, on=on), present)


def _read(content: bytes, file_name: str, reading: Reading) -> Table:
    table = read_table(content, file_name=file_name, **reading._asdict())
    if len(table.records) > ROWS_AT_MOST:
        raise UnreadableFile(
            f"The list has {len(table.records):,} rows. A list of students has "
            f"{ROWS_AT_MOST:,} at most."
        )
    return table


def _locked(of_list: StudentList, *states: str) -> StudentList:
    rows = StudentList.objects.select_for_update(of=("self",)).filter(state__in=states)
    if (locked := rows.filter(pk=of_list.pk).first()) is None:
        raise NotNow
    return locked


def _copy(locked: StudentList, to: StudentList) -> None:
    """What the caller holds is what was stored."""
    values: dict[str, Any] = {
        field.attname: getattr(locked, field.attname) for field in StudentList._meta.concrete_fields
    }
    for name, value in values.items():
        setattr(to, name, value)
