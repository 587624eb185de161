"""Facts follow what happened, and sheets follow the facts: before anybody reads them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import connection, transaction

from accounts.models import User
from alumni.availability import office_day
from reports.facts import count_again
from reports.goodwill import goodwill_of
from reports.models import Sheet, Stale
from reports.periods import Period, all_terms, cuts, year_of
from reports.reading import Alumni
from reports.sheets import sheets_of

# Of this lock there is one in the database: two readers never count the same students at once.
LOCK = 0x7265706F
# The mark, and the sheet, of the directory of alumni.
DIRECTORY, GOODWILL = 0, "goodwill"


def refresh() -> int:
    """Count again whoever is marked. Returns how many were; what changes meanwhile stays marked."""
    return _count_the_marked() if Stale.objects.exists() else 0


def keep_fresh(*, at: datetime) -> int:
    """Count whoever is marked, and add up the year that is running: it is read the most."""
    counted = refresh()
    year = year_of(office_day(at))
    if counted and not Sheet.objects.filter(pk=year.key).exists():
        _make(year)
    return counted


@transaction.atomic
def _count_the_marked() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        cursor.execute("DELETE FROM reports_stale RETURNING student_id")
        marked = {student for (student,) in cursor}
    if DIRECTORY in marked:
        marked.remove(DIRECTORY)
        Sheet.objects.filter(period=GOODWILL).delete()
    if None in marked:
        count_again(students=None, cuts=cuts(all_terms()))
        Sheet.objects.all().delete()
    elif marked:
        _throw_away(count_again(students=sorted(marked), cuts=cuts(all_terms())))
    return len(marked)


def sheet_of(period: Period) -> Sheet:
    """As things stand at this moment."""
    refresh()
    known = Sheet.objects.filter(pk=period.key).first()
    return known or _make(period)


def alumni_of(period: Period, user: User, *, at: datetime) -> Alumni:
    refresh()
    today = office_day(at)
    known = {
        key: alumni
        for key, first_on, alumni in Sheet.objects.filter(
            pk__in=[period.key, GOODWILL]
        ).values_list("period", "first_on", "alumni")
        if key != GOODWILL or first_on == today
    }
    if GOODWILL not in known:
        known[GOODWILL] = goodwill_of(user, at=at)
        Sheet(GOODWILL, today, today, content={}, alumni=known[GOODWILL]).save()
    if period.key not in known:
        known[period.key] = _make(period).alumni
    return Alumni(known[period.key], known[GOODWILL])


@transaction.atomic
def _make(period: Period) -> Sheet:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    sheets = sheets_of(year_of(period.first_on), all_terms())
    Sheet.objects.bulk_create(
        sheets,
        update_conflicts=True,
        unique_fields=["period"],
        update_fields=["first_on", "last_on", "content", "alumni"],
    )
    return next(sheet for sheet in sheets if sheet.pk == period.key)


def _throw_away(parts: Iterable[date]) -> None:
    """The sheets that hold one of these parts, and the years of terms that do."""
    changed = sorted(parts)
    known = list(Sheet.objects.exclude(pk=GOODWILL).only("period", "first_on", "last_on"))
    gone = [
        sheet for sheet in known if any(sheet.first_on <= one <= sheet.last_on for one in changed)
    ]
    beside = [
        sheet
        for sheet in known
        if any(sheet.first_on <= one.last_on and one.first_on <= sheet.last_on for one in gone)
    ]
    Sheet.objects.filter(pk__in={sheet.pk for sheet in beside}).delete()
