"""The directory as a table, for staff alone, and the list of who took what."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from accounts.http import AuthenticatedHttpRequest
from alumni import actions
from alumni.exports import csv_lines, in_batches, workbook
from alumni.filters import DirectoryForm
from alumni.models import ExportLog

PER_PAGE = 25


@require_POST
def export(request: AuthenticatedHttpRequest) -> HttpResponseBase:
    """The search as it stands on the page; POST, because it writes the log."""
    if not request.user.has_perm("alumni.export_directory"):
        raise PermissionDenied
    form = DirectoryForm(request.POST, is_staff=True)
    format = request.POST.get("format", "")
    if format not in ExportLog.Format.values or not form.is_valid():
        messages.error(request, "This search cannot be exported. Correct its filters first.")
        return redirect("alumni:list")
    try:
        export = actions.export_alumni(
            by=request.user, wish=form.wish(), format=format, at=timezone.now()
        )
    except actions.TooLongForAWorkbook as reason:
        messages.error(request, str(reason))
        return redirect("alumni:list")
    people = in_batches(export.ids)
    if format == ExportLog.Format.XLSX:
        return FileResponse(workbook(people), as_attachment=True, filename="alumni.xlsx")
    response = StreamingHttpResponse(csv_lines(people), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="alumni.csv"'
    return response


@require_GET
def export_list(request: AuthenticatedHttpRequest) -> HttpResponse:
    if not request.user.has_perm("alumni.export_directory"):
        raise PermissionDenied
    logs = ExportLog.objects.visible_to(request.user).select_related("exported_by")
    page = Paginator(logs.order_by("-exported_at", "-id"), PER_PAGE).get_page(
        request.GET.get("page")
    )
    return render(request, "alumni/export_list.html", {"page_obj": page})
