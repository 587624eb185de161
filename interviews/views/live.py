"""The page for the talk itself. Works as a plain form; static/live.js keeps what is typed."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from accounts.http import AuthenticatedHttpRequest
from accounts.models import OfficeSettings
from core.localtime import local_date
from interviews import actions, live
from interviews.actions.live import finish_live, save_live, start_live
from interviews.forms.live import seconds_ago, typed_in
from interviews.models import AHEAD, MET, Interview, PreparedQuestion
from interviews.views.talks import get_interview


class Head(NamedTuple):
    """What the page says first when the talk is not on; `label` is its one button."""

    title: str
    lede: str
    label: str
    url: str


@never_cache
@require_GET
def page(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    interview = get_interview(request.user, pk)
    now = timezone.now()
    mine = PreparedQuestion.objects.visible_to(request.user)
    clock = live.clock(interview, at=now)
    context = {
        "interview": interview,
        "name": interview.contact.name,
        "head": _head(interview, at=now),
        "clock": clock,
        "gone": clock.words(now) if clock else "",
        "cue": clock.cue(now) if clock else "",
        "five_left": live.FIVE_LEFT,
        "time_is_up": live.TIME_IS_UP,
        "minutes": _minutes(interview),
        "boxes": live.boxes(mine.filter(interview=interview).in_order()),
        "notes_mark": live.mark(interview.notes),
        "interests": range(1, 6),
        "is_met": interview.state in MET,
        "today": local_date(now, request.user.time_zone),
    }
    return render(request, "interviews/live.html", context)


@require_POST
def start(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    interview = get_interview(request.user, pk)
    try:
        start_live(interview, at=timezone.now(), again="again" in request.POST)
    except actions.Refused as refusal:
        messages.warning(request, str(refusal))
    return redirect("interviews:live", pk=pk)


@require_POST
def save(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Takes whatever was typed, in whatever state the talk is: nothing is ever lost."""
    interview = get_interview(request.user, pk)
    now = timezone.now()
    typed = typed_in(request.POST)
    texts = save_live(interview, typed=typed, at=now)
    ago = seconds_ago(request.POST)
    if ago is not None and live.is_live(interview, at=now):
        start_live(interview, at=now, ago=timedelta(seconds=ago), again=True)
    if request.accepts("text/html"):
        messages.success(request, "Your notes are saved.")
        return redirect("interviews:live", pk=pk)
    listed = {box.name for box in live.boxes(interview.questions.all())}
    gone = [name for name in typed if name.startswith("q") and name not in listed]
    return JsonResponse({"texts": texts, "gone": gone})


@require_POST
def done(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    interview = get_interview(request.user, pk)
    now = timezone.now()
    save_live(interview, typed=typed_in(request.POST), at=now)
    try:
        finish_live(interview, at=now)
    except actions.Refused as refusal:
        messages.warning(request, str(refusal))
        return redirect("interviews:live", pk=pk)
    messages.success(request, "Your notes are kept. Write it up while it is fresh.")
    return redirect("interviews:debrief", pk=pk)


@require_GET
def worker(request: AuthenticatedHttpRequest) -> HttpResponse:
    """A service worker may look after pages beneath its own address alone, so it is served here."""
    return render(request, "interviews/live_worker.js", content_type="text/javascript")


def _minutes(interview: Interview) -> int:
    """What is not agreed becomes a call as soon as it starts (G3, G23)."""
    if interview.state in (*AHEAD, *MET) or interview.live_started_at:
        return interview.minutes
    return OfficeSettings.current().minutes_by_phone


def _head(interview: Interview, *, at: datetime) -> Head | None:
    """None while the talk is on."""
    if live.is_live(interview, at=at):
        return None
    name = interview.contact.name
    if interview.state in MET:
        return Head(
            f"Write up your talk with {name}",
            "You have met. Your notes stay here, and you may still add to them.",
            "Go on to the write-up",
            reverse("interviews:debrief", args=[interview.pk]),
        )
    if interview.state in AHEAD:
        return Head(
            f"Get ready for {name}",
            "This page is for the hour of the talk. Your questions wait here in their order.",
            "Go over your questions",
            reverse("interviews:questions", args=[interview.pk]),
        )
    return Head(
        f"Find a new time with {name}",
        "This talk is not on. What you write here is kept all the same.",
        "Back to the talk",
        interview.get_absolute_url(),
    )
