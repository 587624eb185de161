"""The office's calendar: breaks in which no mail goes out."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import AuthenticatedHttpRequest
from core.forms import posted
from reminders import actions
from reminders.break_foresight import foresee_break, foresee_without_break
from reminders.forms import TermBreakForm
from reminders.models import TermBreak
from reminders.models.free_days import TermBreakQuerySet


def breaks_for(request: AuthenticatedHttpRequest) -> TermBreakQuerySet:
    if not request.user.has_perm("reminders.change_calendar"):
        raise PermissionDenied
    return TermBreak.objects.visible_to(request.user)


@require_http_methods(["GET", "HEAD", "POST"])
def breaks(request: AuthenticatedHttpRequest) -> HttpResponse:
    known = breaks_for(request)
    form = TermBreakForm(posted(request))
    if form.is_valid():
        actions.keep_break(form.instance)
        messages.success(request, "Saved. Mail that falls into it waits until it is over.")
        return redirect("post:breaks")
    context = {"form": form, "breaks": known.order_by("-first_on", "-id")}
    status = 422 if form.is_bound else 200
    return render(request, "reminders/breaks.html", context, status=status)


@require_POST
def break_preview(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Looks ahead, and changes nothing."""
    known = breaks_for(request)
    form = TermBreakForm(request.POST)
    if not form.is_valid():
        context = {"form": form, "breaks": known.order_by("-first_on", "-id")}
        return render(request, "reminders/breaks.html", context, status=422)
    context = {
        "planned": form.instance,
        "foreseen": foresee_break(form.instance),
        "values": [(field.html_name, field.value()) for field in form],
    }
    return render(request, "reminders/break_preview.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def drop_break(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """A GET says what would come sooner."""
    known = get_object_or_404(breaks_for(request), pk=pk)
    if request.method != "POST":
        foreseen = foresee_without_break(known, at=timezone.now())
        context = {"planned": known, "foreseen": foreseen, "goes": True}
        return render(request, "reminders/break_preview.html", context)
    actions.drop_break(known)
    messages.success(request, "It is gone. Mail goes out on these days again.")
    return redirect("post:breaks")
