"""The pages of a talk. They are the student's own: an advisor reads on the advisor's page."""

from __future__ import annotations

from contextlib import suppress
from typing import NamedTuple

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.http import AuthenticatedHttpRequest, get_for
from accounts.models import User
from contacts.models import Contact
from core.localtime import local_date
from interviews import actions, steps
from interviews.forms import BeginForm, NotesForm
from interviews.models import Interview, Section, State
from interviews.on_time import on_time
from interviews.thanked import with_thanks
from interviews.through import with_requests

PER_PAGE = 25


def get_interview(user: User, pk: int) -> Interview:
    visible = Interview.objects.visible_to(user).with_people()
    return get_for(user, visible, "interviews.change_interview", pk)


class Entry(NamedTuple):
    section: str
    talk: Interview
    step: steps.NextStep


@require_GET
def interview_list(request: AuthenticatedHttpRequest) -> HttpResponse:
    if not request.user.is_student:
        raise PermissionDenied
    now = timezone.now()
    today = local_date(now, request.user.time_zone)
    talks = with_requests(with_thanks(Interview.objects.visible_to(request.user).with_people()))
    talks = talks.in_sections(at=now, today=today)
    page = Paginator(talks, PER_PAGE).get_page(request.GET.get("page"))
    entries = [Entry(_section(talk), talk, steps.next_step(talk, at=now)) for talk in page]
    thanked = on_time(Interview.objects.visible_to(request.user), today=today)
    context = {"page_obj": page, "entries": entries, "today": today, "on_time": thanked}
    return render(request, "interviews/interview_list.html", context)


def _section(talk: Interview) -> str:
    # in_sections() put it there.
    return Section(talk.section).label  # type: ignore[attr-defined]


@require_GET
def detail(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    interview = get_interview(request.user, pk)
    now = timezone.now()
    context = {
        "interview": interview,
        "step": steps.next_step(interview, at=now),
        "turns": steps.other_turns(interview, at=now),
        "today": local_date(now, request.user.time_zone),
    }
    return render(request, "interviews/interview_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def create(request: AuthenticatedHttpRequest, contact_pk: int) -> HttpResponse:
    visible = Contact.objects.visible_to(request.user).with_people()
    contact = get_for(request.user, visible, "interviews.begin_with", contact_pk)
    form = BeginForm(request.POST if request.method == "POST" else None, initial={"stage": "IDEA"})
    if form.is_valid():
        interview = actions.begin(contact, at=timezone.now())
        return redirect(_lead_on(interview, stage=form.cleaned_data["stage"]), pk=interview.pk)
    context = {"contact": contact, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "interviews/interview_begin.html", context, status=status)


def _lead_on(interview: Interview, *, stage: str) -> str:
    """The page that asks the next question."""
    if stage in (State.ASKED, State.ACCEPTED):
        # A talk that was under way already may be further than that.
        with suppress(actions.NotAllowed):
            actions.ask(interview, at=timezone.now())
    pages = {State.ACCEPTED: "interviews:agree", State.HELD: "interviews:hold"}
    return pages.get(State(stage), "interviews:detail")


@require_POST
def move(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    interview = get_interview(request.user, pk)
    to = request.POST.get("to", "")
    if to not in State.values:
        messages.error(request, "Choose one of the buttons on this page.")
        return redirect(interview)
    try:
        actions.move(interview, to=State(to), at=timezone.now())
    except actions.Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, f"Written down: {interview.get_state_display().lower()}.")
    return redirect(interview)


@require_http_methods(["GET", "HEAD", "POST"])
def notes(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    interview = get_interview(request.user, pk)
    form = NotesForm(request.POST if request.method == "POST" else None, instance=interview)
    if form.is_valid():
        # No more than the form's own columns: the state may have moved on meanwhile.
        interview.save(update_fields=[*form.fields, "updated_at"])
        messages.success(request, "Your notes are saved.")
        return redirect(interview)
    context = {"interview": interview, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "interviews/interview_notes.html", context, status=status)
