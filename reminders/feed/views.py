"""The page on which a student makes an address for their calendar, and the calendar at it."""

from __future__ import annotations

from hashlib import sha256

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_POST, require_safe

from accounts.http import AuthenticatedHttpRequest
from accounts.models import User
from reminders.feed import actions
from reminders.feed.calendar import calendar_of
from reminders.feed.models import CalendarFeed

NOBODYS_HEADERS = {
    # A program keeps its copy, and asks each time whether it is still true.
    "Cache-Control": "private, no-cache",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
}


@require_safe
def page(request: AuthenticatedHttpRequest) -> HttpResponse:
    feed = CalendarFeed.objects.visible_to(_student(request)).first()
    response = render(request, "reminders/calendar.html", {"feed": feed})
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
def make(request: AuthenticatedHttpRequest) -> HttpResponse:
    actions.make_feed(_student(request), at=timezone.now())
    messages.success(request, "Your calendar has a new address. It works from now on.")
    return redirect("reminders:calendar")


@require_POST
def stop(request: AuthenticatedHttpRequest) -> HttpResponse:
    actions.stop_feed(_student(request), at=timezone.now())
    messages.success(
        request, "The address works no longer. Your calendar programs get nothing new."
    )
    return redirect("reminders:calendar")


@login_not_required
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponseBase:
    """For whoever holds the address: a program cannot log in. Nothing is changed by reading."""
    opened = CalendarFeed.objects.opened_by(token).first()  # door: the address is the key
    if opened is None:
        gone = "This calendar is not here, or its address was taken back."
        return HttpResponse(gone, status=404, content_type="text/plain", headers=NOBODYS_HEADERS)
    content = calendar_of(opened.student, at=timezone.now())
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="careerhub.ics"'
    response["ETag"] = f'"{sha256(content).hexdigest()[:32]}"'
    for name, said in NOBODYS_HEADERS.items():
        response[name] = said
    answer = get_conditional_response(request, etag=response["ETag"], response=response)
    return answer or response


def _student(request: AuthenticatedHttpRequest) -> User:
    """Advisors and the office have no talks of their own."""
    if not request.user.is_student:
        raise PermissionDenied
    return request.user
