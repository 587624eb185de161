"""Taking a report along is written down, as it is of the directory."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction

from accounts.models import User
from core.spreadsheets import harmless
from reports.actions.refreshing import alumni_of, sheet_of
from reports.measures import Slice
from reports.models import ReportExport
from reports.pack import pack_pdf
from reports.periods import Period
from reports.reading import Report

# What lets Excel read UTF-8.
MARK = "\ufeff"


@transaction.atomic
def take_csv(*, by: User, period: Period, slice: Slice, part: str, at: datetime) -> str:
    """What the page shows, and no more."""
    report = Report.of(period, sheet_of(period))
    _write_down(by=by, format=ReportExport.Format.CSV, part=part, at=at)
    return MARK + _table(report.lines(slice))


@transaction.atomic
def take_alumni(*, by: User, period: Period, at: datetime) -> str:
    """Likewise."""
    alumni = alumni_of(period)
    _write_down(by=by, format=ReportExport.Format.CSV, part=f"{period.name}, alumni", at=at)
    return MARK + _table(alumni.lines(period))


@transaction.atomic
def take_pack(*, by: User, period: Period, at: datetime) -> bytes:
    """Two pages, as PDF."""
    report = Report.of(period, sheet_of(period))
    alumni = alumni_of(period)
    _write_down(by=by, format=ReportExport.Format.PDF, part=period.name, at=at)
    return pack_pdf(report, alumni=alumni, institution=settings.INSTITUTION)


def _write_down(*, by: User, format: str, part: str, at: datetime) -> None:
    ReportExport.objects.create(taken_by=by, taken_at=at, format=format, part=part)


def _table(lines: Sequence[Sequence[str]]) -> str:
    file = io.StringIO()
    csv.writer(file).writerows([harmless(cell) for cell in line] for line in lines)
    return file.getvalue()
