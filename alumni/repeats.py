"""A request that waits is repeated on two mornings by the alum's clock, and at no worse moment."""

from __future__ import annotations

from datetime import datetime

from accounts.models import OfficeSettings
from alumni.models import Alum, AlumniMail, Request
from core.localtime import local_date
from core.outbox import NotNow, NotOwed
from core.quiet import after_quiet

Kind = AlumniMail.Kind
REPEATS = (Kind.REMINDER, Kind.LAST_REMINDER)


def check(row: AlumniMail, request: Request, *, at: datetime) -> None:
    """Raises NotOwed on a pause, and on the day of another mail about it: of those that waited
    for a server or a worker one is enough. Raises NotNow at night."""
    alum = request.alum
    if _is_paused(alum, at) or _was_mailed_today(row, request, at):
        raise NotOwed
    office = OfficeSettings.current()
    awake = after_quiet(at, alum.zone, since=office.quiet_from_hour, until=office.reminder_hour)
    if awake > at:
        raise NotNow(awake)


def _is_paused(alum: Alum, at: datetime) -> bool:
    """Whoever needs a pause is not reminded in it, either."""
    return alum.paused_until is not None and local_date(at, alum.zone) < alum.paused_until


def _was_mailed_today(row: AlumniMail, request: Request, at: datetime) -> bool:
    others = request.mails.filter(kind__in=[Kind.REQUEST, *REPEATS], sent_at__isnull=False)
    zone = request.alum.zone
    sent = others.exclude(pk=row.pk).values_list("sent_at", flat=True)
    return any(local_date(moment, zone) == local_date(at, zone) for moment in sent)
