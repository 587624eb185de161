"""What is chosen on a page, and what is done from a mail by a signed link.

A GET shows, a POST acts: programs that read mail before people do open every link in it.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import AuthenticatedHttpRequest
from core.forms import posted
from core.limits import is_too_often
from core.localtime import local_date
from core.signed_pages import guarded, kept_by_nobody, page
from reminders import actions, links, still_owed
from reminders.forms import ChoicesForm, DoneForm, SnoozeForm
from reminders.kinds.declaration import NotSettled
from reminders.models import Reminder, ReminderChoice
from reminders.notices import notices_of
from reminders.obligations import Obligation

# A person presses a button some times in an hour; a program that tries does it more often.
MOST_OF_A_LINK, SECONDS = 30, 3600
page_with_form = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def notices(request: AuthenticatedHttpRequest) -> HttpResponse:
    context = {"notices": notices_of(request.user, at=timezone.now())}
    return render(request, "reminders/notices.html", context)


@page_with_form
def choices(request: AuthenticatedHttpRequest) -> HttpResponse:
    ways = ReminderChoice.objects.visible_to(request.user).by_kind()
    form = ChoicesForm(posted(request), user=request.user, ways=ways)
    if form.is_valid():
        actions.choose(request.user, form.cleaned_data)
        messages.success(request, "Saved. The next mail follows it.")
        return redirect("post:choices")
    status = 422 if form.is_bound else 200
    return render(request, "reminders/choices.html", {"form": form}, status=status)


@kept_by_nobody
@guarded
@page_with_form
def act(request: HttpRequest, token: str) -> HttpResponseBase:
    """One thing of a mail: done, or not now."""
    at = timezone.now()
    link = links.read_act(token, at=at)
    if link is None or not link.is_current:
        return _over(request, status=404 if link is None else 410)
    if request.method == "POST" and _too_often(f"reminders:act:{link.reminder.pk}"):
        return _over(request, status=429)
    reminder = link.reminder
    owed = still_owed.owed(reminder.kind, reminder.subject, recipient=reminder.recipient, at=at)
    if owed is None or not owed.declared.can_be_settled:
        return page(request, "reminders/signed/settled.html", {})
    if request.method == "POST" and "days" in request.POST:
        return _snooze(request, reminder, owed, at=at)
    return _done(request, owed, at=at)


@kept_by_nobody
@page_with_form
def unsubscribe(request: HttpRequest, token: str) -> HttpResponseBase:
    """RFC 8058: a mail program says it with one POST, without a page and without a cookie."""
    link = links.read_unsubscribe(token, at=timezone.now())
    if link is None or not link.is_current:
        return _over(request, status=404 if link is None else 410)
    if request.method == "POST":
        actions.unsubscribe(link.user, link.kinds)
    context = {"kinds": link.kinds, "is_done": request.method == "POST"}
    return page(request, "reminders/signed/unsubscribe.html", context)


def _snooze(
    request: HttpRequest, reminder: Reminder, owed: Obligation, *, at: datetime
) -> HttpResponse:
    form = SnoozeForm(request.POST)
    if not form.is_valid():
        return _page_of(request, owed, DoneForm(today=owed.today), status=422)
    until = owed.today + timedelta(days=form.cleaned_data["days"])
    said_on = actions.snooze(reminder, until=until, at=at)
    return page(request, "reminders/signed/settled.html", {"until": said_on})


def _done(request: HttpRequest, owed: Obligation, *, at: datetime) -> HttpResponse:
    form = DoneForm(posted(request), today=local_date(at, owed.zone))
    if form.is_valid():
        try:
            owed.declared.settle(owed.subject, on=form.cleaned_data["done_on"], at=at)
        except NotSettled as reason:
            form.add_error("done_on", str(reason))
        else:
            return page(request, "reminders/signed/settled.html", {"done": True})
    return _page_of(request, owed, form, status=422 if form.is_bound else 200)


def _page_of(
    request: HttpRequest, owed: Obligation, form: DoneForm, *, status: int
) -> HttpResponse:
    return page(request, "reminders/signed/act.html", {"owed": owed, "form": form}, status=status)


def _over(request: HttpRequest, *, status: int) -> HttpResponse:
    return page(request, "reminders/signed/over.html", {"status": status}, status=status)


def _too_often(key: str) -> bool:
    return is_too_often(key, most=MOST_OF_A_LINK, seconds=SECONDS)
