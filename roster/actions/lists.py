"""The registrar's list before anybody is touched: read, matched, checked. `at` is passed in."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.models import User
from alumni.importing.mapping import fingerprint
from alumni.importing.reader import read_table
from alumni.importing.table import Reading, Table, UnreadableFile
from roster.importing.apply import store_rows
from roster.importing.columns import has_what_it_needs, propose
from roster.importing.whole import plan_list
from roster.models import StudentList

State = StudentList.State
ROWS_AT_MOST = 100_000


class NotNow(Exception):
    def __str__(self) -> str:
        return "Somebody went on with this list already. Here is how it stands."


class ColumnsMissing(Exception):
    def __str__(self) -> str:
        return "Match a column to the name, and one to the e-mail or the student number."


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
    locked = locked_list(of_list, State.UPLOADED, State.CHECKED)
    table = look(locked, reading)
    locked.reading, locked.columns = reading._asdict(), propose(table)
    locked.fingerprint, locked.state = fingerprint(table), State.UPLOADED
    locked.save()
    copy_to(locked, of_list)
    return table


@transaction.atomic
def check_students(of_list: StudentList, *, columns: dict[str, str], at: datetime) -> None:
    """Plan every row; nobody is touched. Raises ColumnsMissing, NotNow, UnreadableFile."""
    if not has_what_it_needs(columns):
        raise ColumnsMissing
    locked = locked_list(of_list, State.UPLOADED, State.CHECKED)
    locked.columns = columns
    table = look(locked)
    whole = plan_list(locked, table, at=at)
    store_rows(locked, [*whole.rows, *whole.leaving])
    locked.headings, locked.state = [column.heading for column in table.columns], State.CHECKED
    locked.problem = ""
    locked.save()
    copy_to(locked, of_list)


@transaction.atomic
def keep_students(of_list: StudentList, *, keep: Collection[int], among: Collection[int]) -> None:
    """Rows of `among` that are in `keep` stay, though they are in no row. Raises NotNow."""
    rows = locked_list(of_list, State.CHECKED).rows.leaving().filter(pk__in=among)
    rows.filter(pk__in=keep).update(stays=True)
    rows.exclude(pk__in=keep).update(stays=False)


def _read(content: bytes, file_name: str, reading: Reading) -> Table:
    table = read_table(content, file_name=file_name, **reading._asdict())
    if len(table.records) > ROWS_AT_MOST:
        raise UnreadableFile(
            f"The list has {len(table.records):,} rows. A list of students has "
            f"{ROWS_AT_MOST:,} at most."
        )
    return table


def locked_list(of_list: StudentList, *states: str) -> StudentList:
    rows = StudentList.objects.select_for_update(of=("self",)).filter(state__in=states)
    if (locked := rows.filter(pk=of_list.pk).first()) is None:
        raise NotNow
    return locked


def copy_to(locked: StudentList, to: StudentList) -> None:
    """What the caller holds is what was stored."""
    values: dict[str, Any] = {
        field.attname: getattr(locked, field.attname) for field in StudentList._meta.concrete_fields
    }
    for name, value in values.items():
        setattr(to, name, value)
