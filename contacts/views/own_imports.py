"""A file of one's own people: choose it, choose whom, add them, take it back.

An address book is its owner's alone: for everybody else there is no such page.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Case, Count, IntegerField, Value, When
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from accounts.http import AuthenticatedHttpRequest
from alumni.importing.table import UnreadableFile
from contacts.actions import own_imports as actions
from contacts.forms.own_imports import OwnPeopleForm, choice_of, standing_of, words_of
from contacts.importing.left_out import table_of_left_out
from contacts.models import ContactImport, ContactImportEntry
from contacts.views.common import check_student, form_page, page_with_form
from core.forms import posted

PER_PAGE = 25
FILES_PER_PAGE = 25
Standing = ContactImportEntry.Standing
# Whom one can choose comes first; who is there already needs no thought.
IN_ORDER = Case(
    When(standing__in=[Standing.NEW, Standing.CHANGED], then=Value(0)),
    When(standing=Standing.LEFT_OUT, then=Value(1)),
    default=Value(2),
    output_field=IntegerField(),
)


def get_import(request: AuthenticatedHttpRequest, pk: int) -> ContactImport:
    return get_object_or_404(ContactImport.objects.visible_to(request.user), pk=pk)


@require_GET
def import_list(request: AuthenticatedHttpRequest) -> HttpResponse:
    check_student(request.user)
    files = ContactImport.objects.visible_to(request.user).newest_first()
    files = files.annotate(entry_count=Count("entries"))
    page = Paginator(files, FILES_PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "contacts/import_list.html", {"page_obj": page})


@page_with_form
def import_upload(request: AuthenticatedHttpRequest) -> HttpResponse:
    check_student(request.user)
    form = OwnPeopleForm(posted(request), request.FILES or None)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            of_file = actions.read_own_people(
                request.user, file_name=file.name, content=file.read(), at=timezone.now()
            )
        except UnreadableFile as problem:
            form.add_error("file", str(problem))
        else:
            return redirect(of_file)
    return form_page(request, "contacts/import_upload.html", {"form": form, "stage": 1})


@require_GET
def import_detail(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    of_file = get_import(request, pk)
    if of_file.undone_at is not None:
        return redirect("contacts:import_done", pk)
    return render(request, "contacts/import_detail.html", _choosing(request.GET, of_file))


def _choosing(data, of_file: ContactImport, *, problem: str = "") -> dict[str, Any]:
    """What the page of boxes shows; `data` says which of them."""
    words, standing = words_of(data), standing_of(data)
    found = of_file.entries.search(words).standing(standing).select_related("contact")
    page = Paginator(found.order_by(IN_ORDER, "number"), PER_PAGE).get_page(data.get("page"))
    tallies = of_file.entries.tallies()
    return {
        "of_file": of_file,
        "page_obj": page,
        "tallies": tallies,
        "choosable": tallies["new"] + tallies["changed"],
        "is_long": tallies["new"] > actions.CHOSEN_AT_MOST,
        "q": words,
        "standing": standing,
        "standings": Standing.choices,
        "problem": problem,
        "stage": 2,
    }


@require_POST
def import_choose(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Keep the ticks of this page, and go where the button says."""
    of_file = get_import(request, pk)
    words, standing = words_of(request.POST), standing_of(request.POST)
    go = request.POST.get("go", "")
    try:
        actions.choose(of_file, choice=choice_of(request.POST))
        if go in ("all", "none"):
            count = actions.choose_all(
                of_file, words=words, standing=standing, is_chosen=go == "all"
            )
            said = "more ticked" if go == "all" else "no longer ticked"
            messages.info(request, f"{count:,} {said}.")
    except actions.Undone as problem:
        messages.info(request, str(problem))
        return redirect("contacts:import_done", pk)
    return redirect(_address(of_file, words, standing, _page_after(go, request.POST)))


def _page_after(go: str, data) -> str:
    """“page-3” leads there; a search begins at the first page; ticking all stays where it was."""
    if go.startswith("page-"):
        return go.removeprefix("page-")
    return "" if go == "find" else data.get("page", "")


def _address(of_file: ContactImport, words: str, standing: str, page: str) -> str:
    number = page if page.isascii() and page.isdigit() and page != "1" else ""
    asked = {"q": words, "standing": standing, "page": number}
    query = urlencode({name: value for name, value in asked.items() if value})
    address = reverse("contacts:import_detail", args=[of_file.pk])
    return f"{address}?{query}" if query else address


@require_POST
def import_add(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    of_file = get_import(request, pk)
    try:
        actions.choose(of_file, choice=choice_of(request.POST))
        actions.add_chosen(of_file, at=timezone.now())
    except actions.Undone as problem:
        messages.info(request, str(problem))
    except actions.NobodyChosen as problem:
        context = _choosing(request.POST, of_file, problem=str(problem))
        return render(request, "contacts/import_detail.html", context, status=422)
    return redirect("contacts:import_done", pk)


@require_GET
def import_done(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """How many entries ended where; after undoing, who stayed."""
    of_file = get_import(request, pk)
    if of_file.added_at is None:
        return redirect(of_file)
    tallies = of_file.entries.tallies()
    context = {
        "of_file": of_file,
        "tallies": tallies,
        "not_chosen": tallies["new"] + tallies["changed"],
        "stay": of_file.entries.still_here() if of_file.undone_at else [],
        "stage": 3,
    }
    return render(request, "contacts/import_done.html", context)


@page_with_form
def import_undo(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    of_file = get_import(request, pk)
    if request.method == "POST":
        try:
            actions.undo_own_people(of_file, at=timezone.now())
        except actions.NothingToUndo as problem:
            messages.info(request, str(problem))
            return redirect(of_file)
        return redirect("contacts:import_done", pk)
    if of_file.added_at is None or of_file.undone_at is not None:
        return redirect(of_file)
    context = {"of_file": of_file, "tallies": of_file.entries.tallies()}
    return render(request, "contacts/import_undo.html", context)


@require_POST
def import_forget(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    of_file = get_import(request, pk)
    try:
        actions.forget(of_file)
    except actions.StillNeeded as problem:
        messages.info(request, str(problem))
        return redirect("contacts:import_done", pk)
    messages.success(request, f"{of_file.file_name} is forgotten, and so is everybody in it.")
    return redirect("contacts:import_list")


@require_GET
def import_left_out(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    of_file = get_import(request, pk)
    table = table_of_left_out(of_file.entries.standing(Standing.LEFT_OUT))
    response = HttpResponse(table, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="people-left-out.csv"'
    return response
