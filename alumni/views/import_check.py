"""What was found in a list, row by row: look, correct, leave out, download."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from accounts.http import AuthenticatedHttpRequest
from alumni import actions
from alumni.forms import CorrectionForm
from alumni.importing.mapping import Mapping
from alumni.importing.reader import UnreadableFile
from alumni.models import Import, ImportRow
from alumni.views.imports import check_now_or_later, get_import, page_with_form
from core.forms import posted
from core.spreadsheets import harmless

PER_PAGE = 25
LEFT_OUT = ImportRow.Outcome.REJECTED


@require_GET
def check(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    of_import = get_import(request, pk)
    if of_import.state not in (Import.State.CHECKING, Import.State.CHECKED):
        return redirect(of_import)
    problems = of_import.rows.exclude(problems=[]).order_by("number")
    context = {
        "of_import": of_import,
        "page_obj": Paginator(problems, PER_PAGE).get_page(request.GET.get("page")),
        "people": of_import.created_count + of_import.updated_count,
        "stage": 3,
    }
    return render(request, "alumni/import_check.html", context)


@page_with_form
def correct(request: AuthenticatedHttpRequest, pk: UUID, number: int) -> HttpResponse:
    """One row with a problem: correct its cells, or leave it out."""
    of_import = get_import(request, pk)
    if of_import.state not in actions.OPEN:
        return redirect(of_import)
    row = of_import.rows.exclude(problems=[]).filter(number=number).first()
    if row is None:
        raise Http404("No row with a problem has this number.")
    try:
        headings = _headings(of_import)
    except UnreadableFile as problem:
        messages.error(request, str(problem))
        return redirect(of_import)
    form = CorrectionForm(posted(request), headings=headings, cells=row.cells)
    leaves_out = "leave_out" in request.POST
    if leaves_out or form.is_valid():
        try:
            actions.correct_row(
                of_import, number=number, cells=None if leaves_out else form.cells()
            )
        except actions.ImportUnderWay as problem:
            messages.info(request, str(problem))
            return redirect(of_import)
        return check_now_or_later(request, of_import)
    context = {"of_import": of_import, "row": row, "form": form, "stage": 3}
    status = 422 if form.is_bound else 200
    return render(request, "alumni/import_correct.html", context, status=status)


def _headings(of_import: Import) -> dict[int, str]:
    """The columns that were matched, by what the list calls them."""
    mapping = Mapping.from_json(of_import.mapping)
    table = actions.look_again(of_import, mapping.reading)
    return {
        column.index: column.heading for column in table.columns if column.index in mapping.columns
    }


@require_GET
def rejected(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse | StreamingHttpResponse:
    """The rows left out, with the reason in front, to correct and upload again."""
    of_import = get_import(request, pk)
    try:
        headings = actions.headings_of(of_import)
    except UnreadableFile as problem:
        messages.error(request, str(problem))
        return redirect(of_import)
    response = StreamingHttpResponse(
        _lines(of_import, headings), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = 'attachment; filename="rows-left-out.csv"'
    return response


class _Echo:
    def write(self, line: str) -> str:
        return line


def _lines(of_import: Import, headings: list[str]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield "\ufeff"
    yield writer.writerow(["Row", "Problem", *map(harmless, headings)])
    left_out = of_import.rows.filter(outcome=LEFT_OUT).order_by("number")
    for row in left_out.iterator(chunk_size=1000):
        yield writer.writerow([row.number, " ".join(row.problems), *map(harmless, row.cells)])
