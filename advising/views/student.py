"""One student's record. That it was opened is the one thing a look writes down."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.actions import note_look
from accounts.http import AuthenticatedHttpRequest
from advising import actions
from advising.activity import in_words, weeks_of
from advising.board import Row
from advising.forms import RemarkForm
from advising.models import Remark
from advising.record import record_of
from advising.views.doors import back_to, get_row, get_student

ENTRIES_A_PAGE = 50


@require_safe
def student(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    at = timezone.now()
    return show(request, get_row(request.user, pk, at=at), at=at)


def show(
    request: AuthenticatedHttpRequest, row: Row, *, at: datetime, form: RemarkForm | None = None
) -> HttpResponse:
    """With what was typed, where a remark could not be written."""
    note_look(request.user, row.student, page="Activity", at=at)
    record = record_of(row, reader=request.user)
    weeks = weeks_of([row.student], at=at)[row.student.pk]
    remarks = Remark.objects.visible_to(request.user).filter(student=row.student)
    context = {
        "row": row,
        "weeks": weeks,
        "weeks_in_words": in_words(weeks),
        "record": record,
        "remarks": remarks.select_related("author").newest_first(),
        "form": form or RemarkForm(),
        "page": Paginator(record.entries, ENTRIES_A_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "advising/student.html", context, status=422 if form else 200)


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
