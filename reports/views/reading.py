"""The reports as pages. Links to them can be sent on: they hold no name of a student."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.http import AuthenticatedHttpRequest
from reports import actions, charts
from reports.measures import COLUMNS
from reports.reading import Report
from reports.views.counted import once_counted, wish_of
from reports.views.doors import admit


@require_safe
@once_counted
def students(request: AuthenticatedHttpRequest) -> HttpResponse:
    admit(request)
    wish = wish_of(request)
    report = Report.of(wish.period, actions.sheet_of(wish.period))
    rows = report.rows(wish.slice)
    context = {
        "wish": wish,
        "report": report,
        "as_of": report.as_of,
        "rows": rows,
        "too_few": report.too_few(wish.slice),
        "columns": COLUMNS,
        "steps": charts.steps(report.total),
        "by_group": charts.by_group(rows, wish.column, wish.slice.label),
        "interest": charts.interest([*rows, report.total]),
    }
    return render(request, "reports/students.html", context)


@require_safe
@once_counted
def alumni(request: AuthenticatedHttpRequest) -> HttpResponse:
    admit(request)
    wish = wish_of(request)
    found = actions.alumni_of(wish.period)
    context = {
        "wish": wish,
        "as_of": found.as_of,
        "helped": found.helped.get("helped"),
        "often": found.often,
        "now": found.goodwill,
        "stand": found.stand,
    }
    return render(request, "reports/alumni.html", context)
