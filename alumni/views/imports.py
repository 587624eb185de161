"""Upload, match, check, import: four pages and a progress bar, for staff."""

from __future__ import annotations

import csv
from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from kombu.exceptions import OperationalError

from accounts.http import AuthenticatedHttpRequest
from alumni import actions, tasks
from alumni.forms import MatchForm, UploadForm
from alumni.importing.mapping import Mapping, doubtful_columns, propose_mapping
from alumni.importing.plan import plan_import
from alumni.importing.reader import UnreadableFile, read_table
from alumni.models import Import, ImportRow
from core.forms import posted
from core.spreadsheets import harmless

PER_PAGE = 25
SHOWN = 5
OPEN = (Import.State.UPLOADED, Import.State.CHECKED)
page_with_form = require_http_methods(["GET", "HEAD", "POST"])


def get_import(request: AuthenticatedHttpRequest, pk: UUID) -> Import:
    if not request.user.has_perm("alumni.import_lists"):
        raise PermissionDenied
    return get_object_or_404(Import.objects.visible_to(request.user), pk=pk)


def says_when_unreadable(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A list that could be read once may fail later: a busy machine takes too long over it."""

    @wraps(view)
    def reading(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
        try:
            return view(request, pk)
        except UnreadableFile as problem:
            messages.error(request, str(problem))
            return redirect("alumni:import_detail", pk)

    return reading


@require_GET
def import_list(request: AuthenticatedHttpRequest) -> HttpResponse:
    if not request.user.has_perm("alumni.import_lists"):
        raise PermissionDenied
    lists = Import.objects.visible_to(request.user).defer("content").select_related("uploaded_by")
    page = Paginator(lists.order_by("-created_at"), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "alumni/import_list.html", {"page_obj": page})


@page_with_form
def upload(request: AuthenticatedHttpRequest) -> HttpResponse:
    if not request.user.has_perm("alumni.import_lists"):
        raise PermissionDenied
    form = UploadForm(posted(request), request.FILES or None)
    if form.is_valid():
        file = form.cleaned_data["list_file"]
        try:
            of_import = actions.upload_list(
                by=request.user, file_name=file.name, content=file.read(),
                consent=form.cleaned_data["consent"], at=timezone.now(),
            )  # fmt: skip
        except UnreadableFile as problem:
            form.add_error("list_file", str(problem))
        else:
            return redirect("alumni:import_match", of_import.pk)
    context = {"form": form, "stage": 1}
    status = 422 if form.is_bound else 200
    return render(request, "alumni/import_upload.html", context, status=status)


@page_with_form
@says_when_unreadable
def match(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    of_import = get_import(request, pk)
    if of_import.state not in OPEN:
        return redirect(of_import)
    mapping = Mapping.from_json(of_import.mapping)
    table = _table(of_import, sheet=mapping.sheet, header_row=mapping.header_row)
    form = MatchForm(posted(request), table=table, mapping=mapping)
    if form.is_valid():
        if form.is_elsewhere:
            form = _look_elsewhere(of_import, form)
        else:
            return _keep_mapping(request, of_import, form)
    doubtful = doubtful_columns(form.table, mapping)
    columns = [
        (column, form[f"column_{column.index}"], column.index in doubtful)
        for column in form.table.columns
    ]
    context = {"form": form, "columns": columns, "of_import": of_import, "stage": 2}
    return render(request, "alumni/import_match.html", context, status=422 if form.errors else 200)


def _keep_mapping(request, of_import: Import, form: MatchForm) -> HttpResponse:
    try:
        actions.set_mapping(of_import, mapping=form.mapping())
    except actions.ImportUnderWay:
        messages.info(request, "This list is being imported already, with the columns as before.")
        return redirect(of_import)
    return redirect("alumni:import_check", of_import.pk)


def _table(of_import: Import, *, sheet: str | None, header_row: int | None):
    return read_table(
        bytes(of_import.content), file_name=of_import.file_name, sheet=sheet, header_row=header_row
    )


def _look_elsewhere(of_import: Import, form: MatchForm) -> MatchForm:
    """The same form for the sheet and header row that were chosen, matched anew."""
    chosen = form.cleaned_data
    sheet = chosen.get("sheet", form.table.sheet)
    moved = sheet != form.table.sheet
    try:
        table = _table(of_import, sheet=sheet, header_row=None if moved else chosen["header_row"])
    except UnreadableFile as problem:
        form.add_error("sheet" if moved else "header_row", str(problem))
        return form
    proposed = propose_mapping(table).to_json() | {"consent": chosen["consent"]}
    of_import.mapping = proposed
    of_import.save(update_fields=["mapping", "updated_at"])
    return MatchForm(table=table, mapping=Mapping.from_json(proposed))


@require_GET
@says_when_unreadable
def check(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    of_import = get_import(request, pk)
    if of_import.state != Import.State.CHECKED:
        return redirect(of_import)
    plan = _plan(of_import)
    troubled = [row for row in plan.rows if row.problems]
    taken = [row for row in plan.rows if row.outcome != ImportRow.Outcome.REJECTED]
    context = {
        "of_import": of_import,
        "plan": plan,
        "page_obj": Paginator(troubled, PER_PAGE).get_page(request.GET.get("page")),
        "first": taken[:SHOWN],
        "changed": [row for row in taken if row.changes][:SHOWN],
        "people": plan.created + plan.updated,
        "stage": 3,
    }
    return render(request, "alumni/import_check.html", context)


def _plan(of_import: Import):
    return plan_import(
        bytes(of_import.content),
        file_name=of_import.file_name,
        mapping=Mapping.from_json(of_import.mapping),
    )


@require_POST
def start(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """Ring the worker; an import that runs or ran already is not run again."""
    of_import = get_import(request, pk)
    if actions.start_import(of_import, at=timezone.now()):
        try:
            tasks.run_import.delay(str(of_import.pk))
        except OperationalError:
            messages.info(request, "The workers are busy. It will begin within some minutes.")
    return redirect(of_import)


@require_GET
def detail(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    of_import = get_import(request, pk)
    context = {"of_import": of_import, "stage": 4}
    return render(request, "alumni/import_detail.html", context)


@require_GET
def progress(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    context = {"of_import": get_import(request, pk)}
    return render(request, "alumni/import_detail.html#progress", context)


@require_GET
@says_when_unreadable
def rejected(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """The rows left out, with the reason in front, to correct and upload again."""
    of_import = get_import(request, pk)
    if of_import.state == Import.State.CHECKED:
        plan = _plan(of_import)
        headings = [column.heading for column in plan.table.columns]
        left_out = ImportRow.Outcome.REJECTED
        rows = [
            (row.number, row.problems, row.cells) for row in plan.rows if row.outcome == left_out
        ]
    else:
        mapping = Mapping.from_json(of_import.mapping)
        table = _table(of_import, sheet=mapping.sheet, header_row=mapping.header_row)
        headings = [column.heading for column in table.columns]
        kept = of_import.rows.filter(outcome=ImportRow.Outcome.REJECTED).order_by("number")
        rows = list(kept.values_list("number", "problems", "cells"))
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="rows-left-out.csv"'
    response.write("\ufeff")
    writer = csv.writer(response)
    writer.writerow(["Row", "Problem", *map(harmless, headings)])
    for number, problems, cells in rows:
        writer.writerow([number, " ".join(problems), *map(harmless, cells)])
    return response


@page_with_form
def undo(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    of_import = get_import(request, pk)
    if request.method != "POST":
        return render(request, "alumni/import_undo.html", {"of_import": of_import})
    try:
        actions.undo_import(of_import, at=timezone.now())
    except actions.NotUndoable:
        messages.info(request, "There is nothing to undo: this list is not in the directory.")
    else:
        messages.success(request, f"{of_import.file_name} is undone.")
    return redirect(of_import)
