"""Upload, match, import: pages that can be left and come back to, for staff."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from celery import Task
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
from alumni.importing.mapping import Mapping
from alumni.importing.proposal import doubtful_columns
from alumni.importing.reader import UnreadableFile
from alumni.importing.undo import staying
from alumni.models import DuplicatePair, Import
from core.forms import posted

PER_PAGE = 25
NAMED = 5
# A list as small as this is checked while one waits: some thousand rows.
SMALL_BYTES = 256 * 1024
page_with_form = require_http_methods(["GET", "HEAD", "POST"])


def get_import(request: AuthenticatedHttpRequest, pk: UUID) -> Import:
    if not request.user.has_perm("alumni.import_lists"):
        raise PermissionDenied
    return get_object_or_404(Import.objects.visible_to(request.user), pk=pk)


def ring(request: AuthenticatedHttpRequest, task: Task, of_import: Import) -> None:
    try:
        task.delay(str(of_import.pk))
    except OperationalError:
        messages.info(request, "The workers are busy. It will begin within some minutes.")


def check_now_or_later(request: AuthenticatedHttpRequest, of_import: Import) -> HttpResponse:
    """After the columns or a row were changed."""
    if of_import.parts.count() == 1 and len(of_import.parts.get().content) <= SMALL_BYTES:
        actions.check_import(of_import.pk, at=timezone.now())
    else:
        ring(request, tasks.check_import, of_import)
    return redirect("alumni:import_check", of_import.pk)


@require_GET
def import_list(request: AuthenticatedHttpRequest) -> HttpResponse:
    if not request.user.has_perm("alumni.import_lists"):
        raise PermissionDenied
    lists = Import.objects.visible_to(request.user).select_related("uploaded_by")
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
                by=request.user, file_name=file.name, content=file.chunks(),
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
def match(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    of_import = get_import(request, pk)
    if of_import.state not in actions.OPEN:
        return redirect(of_import)
    mapping = Mapping.from_json(of_import.mapping)
    try:
        table = actions.look_again(of_import, mapping.reading)
    except UnreadableFile as problem:
        # What could be read once may fail later: a busy machine takes too long over it.
        messages.error(request, str(problem))
        return redirect(of_import)
    form = MatchForm(posted(request), table=table, mapping=mapping)
    if form.is_valid():
        if not form.changed_place:
            return _keep_mapping(request, of_import, form)
        form = _look_elsewhere(of_import, form)
    return _match_page(request, of_import, form, mapping)


def _match_page(
    request: AuthenticatedHttpRequest, of_import: Import, form: MatchForm, mapping: Mapping
) -> HttpResponse:
    doubtful = doubtful_columns(form.table, mapping)
    columns = [
        (column, form[f"column_{column.index}"], column.index in doubtful)
        for column in form.table.columns
    ]
    context: dict[str, Any] = {
        "form": form, "columns": columns, "of_import": of_import, "stage": 2
    }  # fmt: skip
    return render(request, "alumni/import_match.html", context, status=422 if form.errors else 200)


def _keep_mapping(
    request: AuthenticatedHttpRequest, of_import: Import, form: MatchForm
) -> HttpResponse:
    try:
        actions.set_mapping(of_import, mapping=form.mapping(), table=form.table, at=timezone.now())
    except actions.ImportUnderWay as problem:
        messages.info(request, str(problem))
        return redirect(of_import)
    return check_now_or_later(request, of_import)


def _look_elsewhere(of_import: Import, form: MatchForm) -> MatchForm:
    """The same form for the list as it is read now, matched anew."""
    kept = {name: form.cleaned_data[name] for name in ("consent", "country")}
    try:
        table = actions.look_elsewhere(of_import, form.reading(), **kept)
    except (UnreadableFile, actions.ImportUnderWay) as problem:
        form.add_error(form.changed_place, str(problem))
        return form
    return MatchForm(table=table, mapping=Mapping.from_json(of_import.mapping))


@require_POST
def start(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """Ring the worker; an import that runs or ran already is not run again."""
    of_import = get_import(request, pk)
    if actions.start_import(of_import, at=timezone.now()):
        ring(request, tasks.run_import, of_import)
    return redirect(of_import)


@require_POST
def stop(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    of_import = get_import(request, pk)
    if actions.stop_import(of_import):
        messages.info(request, "It stops in a moment, and nothing of it will be in the directory.")
    return redirect(of_import)


@require_GET
def detail(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """Asks again sooner than it goes on to: most lists are in within half a second."""
    of_import = get_import(request, pk)
    context = _progress(request, of_import) | {"stage": 4, "is_first_look": True}
    return render(request, "alumni/import_detail.html", context)


@require_GET
def progress(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    context = _progress(request, get_import(request, pk))
    return render(request, "alumni/import_detail.html#progress", context)


def _progress(request: AuthenticatedHttpRequest, of_import: Import) -> dict[str, Any]:
    """With how many of its people may have been in the directory before."""
    is_compared = of_import.state == Import.State.DONE and of_import.compared_at is not None
    pairs = DuplicatePair.objects.visible_to(request.user)
    return {
        "of_import": of_import,
        "twice": pairs.newcomers(of_import) if is_compared else 0,
    }


@page_with_form
def undo(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    of_import = get_import(request, pk)
    if request.method != "POST":
        stay = staying(of_import)
        context = {
            "of_import": of_import,
            "staying": stay.without_search().by_name()[:NAMED],
            "staying_count": stay.count(),
        }
        return render(request, "alumni/import_undo.html", context)
    try:
        actions.undo_import(of_import, at=timezone.now())
    except actions.NotUndoable:
        messages.info(request, "There is nothing to undo: this list is not in the directory.")
    else:
        messages.success(request, f"{of_import.file_name} is undone.")
    return redirect(of_import)
