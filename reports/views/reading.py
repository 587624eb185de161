"""The reports as pages. Links to them can be sent on: they hold no name of a student."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.http import AuthenticatedHttpRequest
from core.localtime import local_date
from reports import actions, charts
from reports.filters import Wish
from reports.measures import COLUMNS
from reports.reading import Report
from reports.views.doors import admit


def wish_of(request: AuthenticatedHttpRequest, asked: QueryDict | None = None) -> Wish:
    """Which years there are hangs on what was done, so the counts are brought up to date first."""
    actions.refresh()
    today = local_date(timezone.now(), settings.OFFICE_TIME_ZONE)
    return Wish.read(request.GET if asked is None else asked, today=today)


@require_safe
def students(request: AuthenticatedHttpRequest) -> HttpResponse:
    admit(request)
    wish = wish_of(request)
    report = Report.of(wish.period, actions.sheet_of(wish.period))
    rows = report.rows(wish.slice)
    context = {
        "wish": wish,
        "report": report,
        "rows": rows,
        "too_few": report.too_few(wish.slice),
        "columns": COLUMNS,
        "steps": charts.steps(report.total),
        "by_group": charts.by_group(rows, wish.column, wish.slice.label),
        "interest": charts.interest([*rows, report.total]),
    }
    return render(request, "reports/students.html", context)


@require_safe
def alumni(request: AuthenticatedHttpRequest) -> HttpResponse:
    admit(request)
    wish = wish_of(request)
    found = actions.alumni_of(wish.period, request.user, at=timezone.now())
    context = {
        "wish": wish,
        "helped": found.helped.get("helped"),
        "often": found.often,
        "now": found.goodwill,
        "stand": found.stand,
    }
    return render(request, "reports/alumni.html", context)
