"""The registrar's list: upload and match, each a page of its own, and the rows left out."""

from __future__ import annotations

import csv
import io

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.http import AuthenticatedHttpRequest
from alumni.importing.table import Reading, UnreadableFile
from core.forms import posted
from core.spreadsheets import harmless
from roster import actions
from roster.forms import StudentListForm, StudentMatchForm
from roster.models import StudentList
from roster.views.door import for_the_office, get_list, page_with_form

PER_PAGE = 25


@require_GET
@for_the_office
def list_of_lists(request: AuthenticatedHttpRequest) -> HttpResponse:
    lists = StudentList.objects.visible_to(request.user).defer("content")
    page = Paginator(lists.select_related("uploaded_by"), PER_PAGE)
    context = {"page_obj": page.get_page(request.GET.get("page"))}
    return render(request, "roster/list_list.html", context)


@page_with_form
@for_the_office
def upload(request: AuthenticatedHttpRequest) -> HttpResponse:
    form = StudentListForm(posted(request), request.FILES or None)
    if form.is_valid():
        file = form.cleaned_data["list_file"]
        try:
            of_list = actions.upload_students(
                by=request.user, file_name=file.name, content=file.read(), at=timezone.now()
            )
        except UnreadableFile as problem:
            form.add_error("list_file", str(problem))
        else:
            return redirect("roster:list_match", of_list.pk)
    context = {"form": form, "stage": 1}
    status = 422 if form.is_bound else 200
    return render(request, "roster/list_upload.html", context, status=status)


@page_with_form
@for_the_office
def match(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    of_list = get_list(request, pk)
    if not of_list.is_open:
        return redirect(of_list)
    try:
        form = _match_form(request, of_list)
        if form.is_valid() and form.changed_place:
            form = _look_elsewhere(of_list, form)
        elif form.is_valid():
            actions.check_students(of_list, columns=form.columns(), at=timezone.now())
            return redirect(of_list)
    except actions.ColumnsMissing as problem:
        form.add_error(None, str(problem))
    except (UnreadableFile, actions.NotNow) as problem:
        messages.error(request, str(problem))
        return redirect("roster:lists")
    columns = [(one, form[f"column_{one.index}"]) for one in form.table.columns]
    context = {"form": form, "columns": columns, "of_list": of_list, "stage": 2}
    return render(request, "roster/list_match.html", context, status=422 if form.errors else 200)


def _match_form(request: AuthenticatedHttpRequest, of_list: StudentList) -> StudentMatchForm:
    return StudentMatchForm(
        posted(request),
        table=actions.look(of_list),
        columns=of_list.columns,
        reading=Reading.from_job(of_list.reading),
    )


def _look_elsewhere(of_list: StudentList, form: StudentMatchForm) -> StudentMatchForm:
    """The same form for the list as it is read now, matched anew."""
    try:
        table = actions.look_elsewhere(of_list, form.reading())
    except UnreadableFile as problem:
        form.add_error(form.changed_place, str(problem))
        return form
    reading = Reading.from_job(of_list.reading)
    return StudentMatchForm(table=table, columns=of_list.columns, reading=reading)


@require_GET
@for_the_office
def left_out(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """The rows left out, with the reason in front, to correct and upload again."""
    of_list = get_list(request, pk)
    out = io.StringIO("\ufeff")
    out.seek(0, io.SEEK_END)
    writer = csv.writer(out)
    writer.writerow(["Row", "Problem", *map(harmless, of_list.headings)])
    for row in of_list.rows.left_out():
        writer.writerow([row.number, " ".join(row.problems), *map(harmless, row.cells)])
    response = HttpResponse(out.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="students-left-out.csv"'
    return response
