"""The registrar's list, once it is checked: who stays, bring it in, watch, stop, undo."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseClientRedirect
from kombu.exceptions import OperationalError

from accounts.http import AuthenticatedHttpRequest
from roster import actions, tasks
from roster.models import StudentList, StudentListRow
from roster.views.door import for_the_office, get_list, page_with_form

PER_PAGE = 25
State, Outcome = StudentList.State, StudentListRow.Outcome
SHOWN = {
    "": [Outcome.CREATED, Outcome.UPDATED],
    "leaving": [Outcome.LEAVING],
}


@require_GET
@for_the_office
def detail(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """What would become of each row; afterwards, what became of it."""
    of_list = get_list(request, pk)
    if of_list.state == State.UPLOADED:
        return redirect("roster:list_match", pk)
    if of_list.is_under_way:
        return render(request, "roster/list_progress.html", {"of_list": of_list, "stage": 4})
    asked = request.GET.get("show", "")
    shown = asked if asked in SHOWN else ""
    rows = of_list.rows.filter(outcome__in=SHOWN[shown]).order_by("number", "name", "id")
    tallies = of_list.rows.tallies()
    context = {
        "of_list": of_list,
        "tallies": tallies,
        "people": tallies["created"] + tallies["updated"],
        "staying_count": of_list.rows.staying().count(),
        "still_here": of_list.rows.still_brought()[:PER_PAGE],
        "problems": of_list.rows.exclude(problems=[]).order_by("number")[:PER_PAGE],
        "problem_count": of_list.rows.exclude(problems=[]).count(),
        "page_obj": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "show": shown,
        "stage": 3 if of_list.is_open else 4,
    }
    return render(request, "roster/list_detail.html", context)


@require_GET
@for_the_office
def progress(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """A piece of the page, as long as somebody is at work; afterwards the page itself."""
    of_list = get_list(request, pk)
    if of_list.is_under_way:
        return render(request, "roster/list_progress.html#progress", {"of_list": of_list})
    if request.htmx:
        return HttpResponseClientRedirect(of_list.get_absolute_url())
    return redirect(of_list)


@require_POST
@for_the_office
def keep(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Of the students who stood on one page of leavers, those ticked stay."""
    of_list = get_list(request, pk)
    among, kept = (_numbers(request.POST.getlist(name)) for name in ("among", "keep"))
    try:
        actions.keep_students(of_list, keep=kept, among=among)
    except actions.NotNow as problem:
        messages.info(request, str(problem))
    else:
        messages.success(request, "Kept in mind. Nobody is touched yet.")
    page = max(_numbers(request.POST.getlist("page")), default=1)
    return redirect(f"{of_list.get_absolute_url()}?show=leaving&page={page}")


def _numbers(said: list[str]) -> set[int]:
    return {
        int(one) for one in said[:PER_PAGE] if one.isascii() and one.isdigit() and len(one) < 19
    }


@require_POST
@for_the_office
def apply(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    of_list = get_list(request, pk)
    at = timezone.now()
    if actions.start_students(of_list, leave="leave" in request.POST, at=at):
        ring(request, of_list)
    return redirect(of_list)


@require_POST
@for_the_office
def stop(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    of_list = get_list(request, pk)
    if actions.stop_list(of_list):
        messages.info(request, "It stops in a moment, and nothing will have changed.")
    return redirect(of_list)


@page_with_form
@for_the_office
def undo(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    of_list = get_list(request, pk)
    if of_list.state != State.DONE:
        return redirect(of_list)
    if request.method != "POST":
        context = {"of_list": of_list, "tallies": of_list.rows.tallies()}
        return render(request, "roster/list_undo.html", context)
    if actions.start_undo(of_list, at=timezone.now()):
        ring(request, of_list)
    return redirect(of_list)


def ring(request: AuthenticatedHttpRequest, of_list: StudentList) -> None:
    try:
        tasks.run_list.delay(of_list.pk)
    except OperationalError:
        messages.info(request, "The workers are busy. It will begin within some minutes.")
