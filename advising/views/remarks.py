"""Comments and notes about one student, each changed and taken away by its author alone."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import AuthenticatedHttpRequest, get_for
from advising import actions
from advising.forms import RemarkForm, RewordForm
from advising.models import Remark
from advising.views.doors import get_row, student_url
from advising.views.student import show
from core.forms import posted


@require_POST
def add(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    at = timezone.now()
    row = get_row(request.user, pk, at=at)
    form = RemarkForm(request.POST)
    if not form.is_valid():
        return show(request, row, at=at, form=form)
    written = actions.remark(request.user, row.student, at=at, **form.cleaned_data)
    if written.is_note:
        messages.success(request, "Noted, for advisors alone.")
    else:
        messages.success(request, f"{row.student.first_name} can read it now.")
    return redirect(f"{student_url(row.student)}#remarks")


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    written = _remark_for(request, "advising.change_remark", pk)
    form = RewordForm(posted(request), initial={"text": written.text})
    if form.is_valid():
        actions.reword(written, text=form.cleaned_data["text"])
        messages.success(request, "It says so now.")
        return redirect(f"{student_url(written.student)}#remarks")
    context = {"form": form, "remark": written}
    return render(request, "advising/remark.html", context, status=422 if form.errors else 200)


@require_POST
def delete(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    written = _remark_for(request, "advising.delete_remark", pk)
    try:
        actions.take_away(written, at=timezone.now())
    except actions.AlreadyMailed:
        messages.info(request, f"{written.student.first_name} has it already.")
    else:
        messages.success(request, "Taken away.")
    return redirect(f"{student_url(written.student)}#remarks")


def _remark_for(request: AuthenticatedHttpRequest, permission: str, pk: int) -> Remark:
    visible = Remark.objects.visible_to(request.user).select_related("student", "author")
    return get_for(request.user, visible, permission, pk)
