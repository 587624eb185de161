"""Facts follow what happened, and sheets follow the facts. A worker counts; pages read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import connection, transaction
from django.db.models import Q

from alumni.availability import office_day
from reports.facts import count_again
from reports.goodwill import goodwill_of
from reports.models import Sheet
from reports.periods import Period, all_terms, cuts, year_of
from reports.reading import Alumni
from reports.sheets import sheets_of
from reports.timeline import periods_known

# Of this lock there is one in the database: two workers never count the same students at once.
LOCK = 0x7265706F
# The mark, and the sheet, of the directory of alumni.
DIRECTORY, GOODWILL = 0, "goodwill"


class NotCounted(Exception):
    """No sheet of this period was made yet, or its days have been moved since."""


@transaction.atomic
def keep_fresh(*, at: datetime) -> int:
    """Count whoever is marked, and make the sheets that this changes. Returns how many were marked.

    All of it or nothing: a worker that is killed leaves the marks for the next, and what changes
    meanwhile has marks of its own. Where another is at it, nothing is done.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        if cursor.fetchone() == (False,):
            return 0
        cursor.execute("DELETE FROM reports_stale RETURNING student_id")
        marked = {student for (student,) in cursor}
    today, terms = office_day(at), all_terms()
    parts = _count(marked - {DIRECTORY}, cuts(terms))
    _make_sheets(periods_known(today, terms), terms, parts, at=at)
    _make_goodwill(today, is_marked=DIRECTORY in marked, at=at)
    Sheet.objects.update(as_of=at)
    return len(marked)


def sheet_of(period: Period) -> Sheet:
    """As things stood at its moment; NotCounted before there is one."""
    sheet = Sheet.objects.filter(_is_of(period)).first()
    if sheet is None:
        raise NotCounted
    return sheet


def alumni_of(period: Period) -> Alumni:
    """Likewise."""
    found = Sheet.objects.filter(_is_of(period) | Q(pk=GOODWILL)).defer("content")
    sheets = {sheet.pk: sheet for sheet in found}
    if sheets.keys() != {period.key, GOODWILL}:
        raise NotCounted
    own = sheets[period.key]
    return Alumni(own.alumni, sheets[GOODWILL].alumni, own.as_of)


def _is_of(period: Period) -> Q:
    """A term that was moved has no sheet until the next count."""
    return Q(pk=period.key, first_on=period.first_on, last_on=period.last_on)


def _count(students: set[int | None], cuts: list[date]) -> set[date]:
    """The parts of the calendar that look different now."""
    if not students:
        return set()
    # One of None stands for everybody.
    known = sorted(student for student in students if student is not None)
    return count_again(students=None if None in students else known, cuts=cuts)


def _make_sheets(
    periods: Iterable[Period], terms: list[Period], parts: set[date], *, at: datetime
) -> None:
    """Those of each year in which a part looks different, or of which a sheet is missing."""
    made = set(Sheet.objects.exclude(pk=GOODWILL).values_list("period", "first_on", "last_on"))
    known = set()
    for year in sorted({year_of(period.first_on) for period in periods}, key=lambda one: one.key):
        own = [year, *(term for term in terms if term.meets(year))]
        known |= {period.key for period in own}
        if any(_is_behind(period, made, parts) for period in own):
            _write(sheets_of(year, terms), at=at)
    Sheet.objects.filter(pk__in={key for key, *_ in made} - known).delete()


def _is_behind(period: Period, made: set[tuple[str, date, date]], parts: set[date]) -> bool:
    if (period.key, period.first_on, period.last_on) not in made:
        return True
    return any(period.first_on <= part <= period.last_on for part in parts)


def _make_goodwill(today: date, *, is_marked: bool, at: datetime) -> None:
    """It changes with the directory, and with the day."""
    if is_marked or not Sheet.objects.filter(pk=GOODWILL, first_on=today).exists():
        _write([Sheet(GOODWILL, today, today, content={}, alumni=goodwill_of(at=at))], at=at)


def _write(sheets: list[Sheet], *, at: datetime) -> None:
    for sheet in sheets:
        sheet.as_of = at
    Sheet.objects.bulk_create(
        sheets,
        update_conflicts=True,
        unique_fields=["period"],
        update_fields=["first_on", "last_on", "content", "alumni", "as_of"],
    )
