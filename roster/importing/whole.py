"""The plan of a whole list, as things stand now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from alumni.importing.table import Record, Table
from alumni.vocabulary import as_dict
from roster.importing.columns import by_index
from roster.importing.people import People
from roster.importing.plan import Planned, plan_leaving, plan_rows
from roster.importing.progress import Tell, silent
from roster.importing.rows import RowReader
from roster.matching import Matcher
from roster.models import AssignmentRule, StudentList
from roster.turns import office_day


@dataclass(frozen=True)
class Whole:
    """What becomes of each row, and who is in none."""

    rows: list[Planned]
    leaving: list[Planned]
    present: int


def plan_list(of_list: StudentList, table: Table, *, at: datetime, tell: Tell = silent) -> Whole:
    on = office_day(at)
    reader = RowReader(by_index(table, of_list.columns), this_year=on.year, vocabulary=as_dict())
    people = People.now()
    present = sum(known.is_present for known in people.students.values())
    matcher = Matcher(AssignmentRule.objects.in_force().in_order().select_related("advisor"))
    rows = plan_rows(map(reader.read, _told(table.records, tell)), people, matcher)
    staying = set(of_list.rows.staying().values_list("student", flat=True))
    return Whole(rows, plan_leaving(people, on=on, staying=staying), present)


def _told(records: list[Record], tell: Tell) -> Iterator[Record]:
    for done, record in enumerate(records):
        tell(done / len(records))
        yield record
