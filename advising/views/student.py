"""One student's record. That it was opened is the one thing a look writes down."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.actions import note_look
from accounts.http import AuthenticatedHttpRequest
from advising import actions
from advising.activity import weeks_of
from advising.record import record_of
from advising.views.doors import back_to, get_row, get_student

ENTRIES_A_PAGE = 50


@require_safe
def student(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    at = timezone.now()
    row = get_row(request.user, pk, at=at)
    note_look(request.user, row.student, page="Activity", at=at)
    record = record_of(row, reader=request.user)
    context = {
        "row": row,
        "weeks": weeks_of([row.student], at=at)[pk],
        "record": record,
        "page": Paginator(record.entries, ENTRIES_A_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "advising/student.html", context)


@require_POST
def spoken(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Of the reasons on the page that was read; what is new since then still counts."""
    at = timezone.now()
    row = get_row(request.user, pk, at=at)
    whom, read = row.student, set(request.POST.getlist("about"))
    settled = actions.speak(
        request.user, whom, [one for one in row.reasons if one.about in read], at=at
    )
    if settled:
        said = f"{whom.first_name} leaves this list for two weeks, or until something new happens."
        messages.success(request, f"{said} You find it under “Spoken with lately”.")
    else:
        messages.info(request, "That is dealt with already.")
    return redirect(back_to(request, whom))


@require_POST
def unspoken(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    whom = get_student(request.user, pk)
    if actions.take_back(request.user, whom):
        messages.success(request, f"What stands about {whom.first_name} is back on your list.")
    return redirect(back_to(request, whom))
