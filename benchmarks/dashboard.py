"""The advisor's board and the office's reports, on a college of some size.

The funnel of a caseload is held against reading as many rows by their keys, the late ones against
loading everything and looking through it, and the numbers of each report against counting them
from the rows. What a whole page takes, from the request to the answer, is said beside.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponse
from django.test import RequestFactory, override_settings
from django.utils import timezone

from accounts.models import User
from advising.funnel import funnel_for, funnel_of, reach_of
from advising.models import StudentCounters
from advising.owed import owed_by
from benchmarks import by_hand
from benchmarks.campus import AT, fill
from benchmarks.database import execute
from benchmarks.measuring import Figure, Scale, Spent, Wrong, in_turn, speed, spent_on
from contacts.models import Interaction
from core.localtime import local_date
from interviews.models import Interview
from reports import actions, views
from reports.goodwill import goodwill_of
from reports.measures import COLUMNS, SLICES, Slice
from reports.periods import Period, all_terms, year_of
from reports.reading import Report

FULL = 400_000
LOOKS = 20
# Whose work of a day the first reader counts.
BUSY = 100
# The names of static files without their hashes, which a server has collected and we have not.
PLAIN_STATIC = {
    **settings.STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}


def run(scale: Scale) -> list[Figure]:
    advisor, staff = fill(scale.rows)
    first = spent_on(actions.refresh)
    execute("VACUUM ANALYZE reports_fact")
    return [
        *_board(advisor, scale),
        *_pages(staff, scale),
        _after_a_day(scale),
        Figure("counting everybody for the first time", [first.wall], unit="s",
               less_is_better=True),
    ]  # fmt: skip


def _board(advisor: User, scale: Scale) -> list[Figure]:
    students = list(User.objects.visible_to(advisor))
    keys = [student.pk for student in students]
    caseload, counters = User.objects.visible_to(advisor), StudentCounters.objects
    if funnel_for(caseload) != funnel_of(map(reach_of, counters.filter(pk__in=keys))):
        raise Wrong("The funnel of the caseload is not the sum of its students.")
    funnel = in_turn(
        scale.runs,
        lambda: _often(lambda: funnel_for(caseload)),
        lambda: _often(lambda: list(counters.filter(pk__in=keys))),
    )
    if _late(students) != _late_by_hand(students, AT):
        raise Wrong("The late ones of the caseload are not the same.")
    late = in_turn(scale.runs, lambda: _late(students), lambda: _late_by_hand(students, AT))
    return [
        speed(f"funnel of {len(keys)} students, against reading as many rows", *funnel,
              goal=1 / 1.5, from_rows=FULL),
        speed("late ones of the caseload, against looking through it", *late,
              goal=20, from_rows=FULL),
    ]  # fmt: skip


def _often(work: Callable[[], object]) -> None:
    for _ in range(LOOKS):
        work()


def _late(students: list[User]) -> set[tuple[str, int]]:
    return {
        (debt.obligation.kind, debt.obligation.subject.pk)
        for owed in owed_by(students, at=AT).values()
        for debt in owed
        if debt.is_late
    }


def _late_by_hand(students: list[User], at: datetime) -> set[tuple[str, int]]:
    """As a tutorial of Django has it: everything is loaded, and looked through."""
    found = set()
    for talk in Interview.objects.filter(contact__student__in=students).select_related(
        "contact__student"
    ):
        today = local_date(at, talk.student.time_zone)
        if talk.is_awaiting_thank_you and (talk.thank_you_last_on or today) < today:
            found.add(("THANK_YOU", talk.pk))
        if talk.is_awaiting_follow_up and (talk.follow_up_last_on or today) < today:
            found.add(("FOLLOW_UP", talk.pk))
    for line in Interaction.objects.filter(contact__student__in=students).select_related(
        "contact__student"
    ):
        today = local_date(at, line.contact.student.time_zone)
        if line.is_awaiting_call and (line.promised_call_on or today) < today:
            found.add(("PROMISED_CALL", line.pk))
    return found


def _pages(staff: User, scale: Scale) -> list[Figure]:
    year = year_of(AT.date())
    with override_settings(STORAGES=PLAIN_STATIC):
        pages = [
            _page(scale, name, view, staff, year)
            for name, view in (("students", views.students), ("alumni", views.alumni))
        ]
    return [*_of_students(scale, year), _alumni(scale, staff, year), *pages]


def _of_students(scale: Scale, year: Period) -> list[Figure]:
    term = next(term for term in all_terms() if term.name.startswith("Spring 2026"))
    figures = []
    for period in (year, term):
        for slice in SLICES:
            _refuse_other_numbers(period, slice)
            figures.append(_numbers(scale, period, slice))
    return figures


def _numbers(scale: Scale, period: Period, slice: Slice) -> Figure:
    ours, live = _many_against_one(
        scale.runs,
        lambda: Report.of(period, actions.sheet_of(period)).lines(slice),
        lambda: by_hand.count(slice.key, period.first_on, period.last_on),
    )
    name = f"{period.name} by {slice.key}, against counting"
    return speed(name, ours, live, goal=50, from_rows=FULL)


def _alumni(scale: Scale, staff: User, year: Period) -> Figure:
    now = timezone.now()
    found, often = (
        actions.alumni_of(year, staff, at=now),
        by_hand.helped(year.first_on, year.last_on),
    )
    if found.goodwill != goodwill_of(staff, at=now):
        raise Wrong("Goodwill is not as it stands.")
    if any(often[times] != number for times, number in found.helped["times"].items()):
        raise Wrong("How often alumni met students is not as counted.")
    ours, live = _many_against_one(
        scale.runs,
        lambda: actions.alumni_of(year, staff, at=now),
        lambda: (by_hand.helped(year.first_on, year.last_on), goodwill_of(staff, at=now)),
    )
    return speed("alumni, against counting", ours, live, goal=50, from_rows=FULL)


def _many_against_one(
    runs: int, ours: Callable[[], object], live: Callable[[], object]
) -> tuple[list[Spent], list[Spent]]:
    """A look takes a millisecond or two, which a busy machine drowns: the mean of some is ours."""
    many, one = in_turn(runs, lambda: _often(ours), live)
    return [Spent(spent.wall / LOOKS, spent.processor / LOOKS) for spent in many], one


def _page(
    scale: Scale, name: str, view: Callable[..., HttpResponse], staff: User, year: Period
) -> Figure:
    wish = {"period": year.key, "by": "major"}
    _open(view, staff, wish)  # Templates are read for the first time.
    took = [spent_on(lambda: _open(view, staff, wish)).wall * 1000 for _ in range(scale.runs)]
    return Figure(f"the whole page of {name}", took, unit="ms", less_is_better=True)


def _open(view: Callable[..., HttpResponse], user: User, wish: dict[str, str]) -> None:
    request = RequestFactory().get(f"/reports/?{urlencode(wish)}")
    request.user = user
    if view(request).status_code != 200:
        raise Wrong("A page did not open.")


def _after_a_day(scale: Scale) -> Figure:
    """Many students did something: what the next reader of a report waits for."""
    year = year_of(AT.date())
    waited = []
    for _ in range(scale.runs):
        execute(
            "UPDATE interviews_interview SET interest_before = 3 WHERE contact_id IN (SELECT id "
            "FROM contacts_contact WHERE student_id IN (SELECT id FROM accounts_user "
            "WHERE role = 'STUDENT' ORDER BY id LIMIT %s))", [BUSY],
        )  # fmt: skip
        waited.append(spent_on(lambda: actions.sheet_of(year)).wall)
    name = f"a year, after the work of {BUSY} students"
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
