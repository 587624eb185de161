"""Advice by field for all who log in; a student's own shared pieces; the office's queue."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.http import AuthenticatedHttpRequest
from contacts.views.common import check_student
from core.forms import posted
from insights import actions
from insights.forms import ReviewForm, ShareForm
from insights.models import SharedAdvice
from insights.names_out import take_out
from insights.shown import fields_shown
from insights.striking import NotAStrike
from interviews.models import Advice

PER_PAGE = 25
page_with_form = require_http_methods(["GET", "HEAD", "POST"])


def check(request: AuthenticatedHttpRequest, permission: str) -> None:
    if not request.user.has_perm(permission):
        raise PermissionDenied


@require_GET
def by_field(request: AuthenticatedHttpRequest) -> HttpResponse:
    check(request, "insights.read")
    fields = fields_shown()
    asked = request.GET.get("field", "")
    chosen = next((one for one in fields if asked in ("", one.name)), None)
    context = {"fields": fields, "chosen": chosen, "asked": asked}
    return render(request, "insights/by_field.html", context)


@require_GET
def own(request: AuthenticatedHttpRequest) -> HttpResponse:
    """All pieces of advice of a student, and which of them others may read."""
    check_student(request.user)
    pieces = Advice.objects.visible_to(request.user).select_related("interview__contact", "shared")
    page = Paginator(pieces.order_by("-id"), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "insights/own.html", {"page_obj": page})


@page_with_form
def share(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    check_student(request.user)
    advice = _own_advice(request, pk)
    shared = getattr(advice, "shared", None)
    contact = advice.interview.contact
    known = actions.known_to(request.user, advice)
    first = {
        "text": shared.text if shared else take_out(advice.text, known),
        "field": shared.field if shared else contact.field,
    }
    form = ShareForm(posted(request), initial=first)
    if form.is_valid():
        try:
            actions.share(advice, **form.cleaned_data)
        except actions.StillNames as reason:
            form.add_error("text", str(reason))
        else:
            messages.success(request, "The office reads it first. You can take it back any time.")
            return redirect("insights:own")
    context = {"form": form, "advice": advice, "shared": shared, "contact": contact}
    return render(request, "insights/share.html", context, status=422 if form.is_bound else 200)


@require_POST
def withdraw(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    check_student(request.user)
    actions.take_back(_own_advice(request, pk))
    messages.success(request, "It is yours alone again.")
    return redirect("insights:own")


def _own_advice(request: AuthenticatedHttpRequest, pk: int) -> Advice:
    pieces = Advice.objects.visible_to(request.user)
    return get_object_or_404(pieces.select_related("interview__contact__student", "shared"), pk=pk)


@require_GET
def queue(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Those that wait, and those that others read; never whose they are."""
    check(request, "insights.review")
    rows = SharedAdvice.objects.visible_to(request.user)
    shown = "published" if "published" in request.GET else ""
    found = rows.published().order_by("field", "pk") if shown else rows.waiting().order_by("pk")
    context = {
        "page_obj": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "shown": shown,
    }
    return render(request, "insights/queue.html", context)


@page_with_form
def review(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    check(request, "insights.review")
    shared = get_object_or_404(SharedAdvice.objects.visible_to(request.user), pk=pk)
    form = ReviewForm(posted(request), initial={"left": shared.published_text or shared.text})
    if form.is_valid():
        try:
            return _decide(request, shared, form)
        except NotAStrike as reason:
            form.add_error("left", str(reason))
        except actions.NothingLeft as reason:
            form.add_error("left", str(reason))
        except actions.NotAsSeen as reason:
            messages.info(request, str(reason))
            return redirect("insights:queue")
    context = {"form": form, "shared": shared}
    return render(request, "insights/review.html", context, status=422 if form.is_bound else 200)


def _decide(
    request: AuthenticatedHttpRequest, shared: SharedAdvice, form: ReviewForm
) -> HttpResponse:
    said, seen = form.cleaned_data, request.POST.get("seen", "")
    if "send_back" in request.POST:
        actions.send_back(shared, seen=seen, word=said["word"], by=request.user)
        messages.success(request, "Sent back. Nobody else reads it.")
    else:
        actions.publish(shared, seen=seen, left=said["left"], by=request.user)
        messages.success(request, "Others read it as soon as its field has five sources.")
    return redirect("insights:queue")
