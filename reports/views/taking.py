"""Reports to take along, and the list of who took which. POST, because that writes the list."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.http import AuthenticatedHttpRequest
from reports import actions
from reports.models import ReportExport
from reports.views.counted import once_counted, wish_of
from reports.views.doors import admit

PER_PAGE = 25


@require_POST
@once_counted
def take_csv(request: AuthenticatedHttpRequest) -> HttpResponse:
    admit(request)
    wish = wish_of(request)
    text = actions.take_csv(
        by=request.user, period=wish.period, slice=wish.slice, part=wish.part, at=timezone.now()
    )
    return _csv(text, wish.file_name)


@require_POST
@once_counted
def take_alumni(request: AuthenticatedHttpRequest) -> HttpResponse:
    admit(request)
    period = wish_of(request).period
    text = actions.take_alumni(by=request.user, period=period, at=timezone.now())
    return _csv(text, f"report-{period.key}-alumni.csv")


def _csv(text: str, name: str) -> HttpResponse:
    answer = HttpResponse(text, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_POST
@once_counted
def take_pack(request: AuthenticatedHttpRequest) -> HttpResponse:
    admit(request)
    wish = wish_of(request)
    pdf = actions.take_pack(by=request.user, period=wish.period, at=timezone.now())
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="evidence-{wish.period.key}.pdf"'
    return answer


@require_safe
def taken(request: AuthenticatedHttpRequest) -> HttpResponse:
    admit(request)
    known = ReportExport.objects.visible_to(request.user).select_related("taken_by")
    page = Paginator(known.order_by("-taken_at", "-id"), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "reports/taken.html", {"page_obj": page})
