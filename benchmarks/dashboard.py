"""The advisor's board and the office's reports, on a college of some size.

The funnel of a caseload is held against reading as many rows by their keys, the late ones against
loading everything and looking through it, and the numbers of each report against counting them
from the rows. What a whole page takes, from the request to the answer, is said beside.
"""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from accounts.models import User
from benchmarks import by_hand
from benchmarks.board import of_board
from benchmarks.campus import AT, fill
from benchmarks.database import execute
from benchmarks.measuring import Figure, Scale, Wrong, many_in_turn, speed, spent_on
from benchmarks.pages import page
from reports import actions, views
from reports.goodwill import goodwill_of
from reports.measures import COLUMNS, SLICES, Slice
from reports.periods import Period, all_terms, year_of
from reports.reading import Report

FULL = 400_000
# Whose work of a day the worker counts at once.
BUSY = 100


def run(scale: Scale) -> list[Figure]:
    advisor, staff = fill(scale.rows)
    first = spent_on(lambda: actions.keep_fresh(at=timezone.now()))
    execute("VACUUM ANALYZE reports_fact, reports_stale")
    return [
        *of_board(advisor, scale, full=FULL),
        *_reports(staff, scale),
        _after_a_day(scale),
        Figure("counting everybody for the first time", [first.wall], unit="s",
               less_is_better=True),
    ]  # fmt: skip


def _reports(staff: User, scale: Scale) -> list[Figure]:
    year = year_of(AT.date())
    asked = {"period": year.key, "by": "major"}
    pages = [
        page(scale, name, view, staff, asked)
        for name, view in (("students", views.students), ("alumni", views.alumni))
    ]
    return [*_of_students(scale, year), _alumni(scale, year), *pages]


def _of_students(scale: Scale, year: Period) -> list[Figure]:
    term = next(term for term in all_terms() if term.name.startswith("Spring 2026"))
    figures = []
    for period in (year, term):
        for slice in SLICES:
            _refuse_other_numbers(period, slice)
            figures.append(_numbers(scale, period, slice))
    return figures


def _numbers(scale: Scale, period: Period, slice: Slice) -> Figure:
    ours, live = many_in_turn(
        scale.runs,
        lambda: Report.of(period, actions.sheet_of(period)).lines(slice),
        lambda: by_hand.count(slice.key, period.first_on, period.last_on),
    )
    name = f"{period.name} by {slice.key}, against counting"
    return speed(name, ours, live, goal=50, from_rows=FULL)


def _alumni(scale: Scale, year: Period) -> Figure:
    now = timezone.now()
    found, often = (
        actions.alumni_of(year),
        by_hand.helped(year.first_on, year.last_on),
    )
    if found.goodwill != goodwill_of(at=now):
        raise Wrong("Goodwill is not as it stands.")
    if any(often[times] != number for times, number in found.helped["times"].items()):
        raise Wrong("How often alumni met students is not as counted.")
    ours, live = many_in_turn(
        scale.runs,
        lambda: actions.alumni_of(year),
        lambda: (by_hand.helped(year.first_on, year.last_on), goodwill_of(at=now)),
    )
    return speed("alumni, against counting", ours, live, goal=50, from_rows=FULL)


def _after_a_day(scale: Scale) -> Figure:
    """Many students did something: what the worker does about it in its next minute."""
    waited = []
    for _ in range(scale.runs):
        execute(
            "UPDATE interviews_interview SET interest_before = 3 WHERE contact_id IN (SELECT id "
            "FROM contacts_contact WHERE student_id IN (SELECT id FROM accounts_user "
            "WHERE role = 'STUDENT' ORDER BY id LIMIT %s))", [BUSY],
        )  # fmt: skip
        waited.append(spent_on(lambda: actions.keep_fresh(at=timezone.now())).wall)
    name = f"the worker, after the work of {BUSY} students"
    return Figure(name, waited, unit="s", less_is_better=True)


def _refuse_other_numbers(period: Period, slice: Slice) -> None:
    """To the last digit, wherever a number is shown."""
    report = Report.of(period, actions.sheet_of(period))
    counted = by_hand.count(slice.key, period.first_on, period.last_on)
    by_name = {_name(group, slice): numbers for group, numbers in counted.items()}
    rows: list[tuple[Any, dict[str, int]]] = [(report.total, by_hand.total(counted))]
    rows += [(row, by_name[row.name.lower()]) for row in report.rows(slice)]
    for row, numbers in rows:
        for column in COLUMNS:
            value = row.cell(column).value
            if value is not None and value != column.value(numbers):
                raise Wrong(f"{period.name}, {row.name}: {column.label} is not as counted.")


def _name(group: str, slice: Slice) -> str:
    return group or slice.nameless.lower()
