"""A call to somebody: what to say, and what came of it."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.http import AuthenticatedHttpRequest, get_for
from accounts.models import User
from contacts.models import Contact
from core.forms import posted
from core.localtime import local_date
from interviews import actions, calling
from interviews.forms.calls import BadTimeForm, CameForm, DeclinedForm, UnansweredForm

page_with_form = require_http_methods(["GET", "HEAD", "POST"])


def get_contact(user: User, pk: int) -> Contact:
    visible = Contact.objects.visible_to(user).with_people().select_related("student__profile")
    return get_for(user, visible, "interviews.begin_with", pk)


@page_with_form
def call(request: AuthenticatedHttpRequest, contact_pk: int) -> HttpResponse:
    contact = get_contact(request.user, contact_pk)
    now = timezone.now()
    ahead = calling.call_to(contact, at=now)
    form = CameForm(posted(request), wrote=ahead.wrote)
    if form.is_valid():
        return _go_on(contact, form.cleaned_data, at=now)
    context = {"call": ahead, "today": local_date(now, request.user.time_zone)}
    return _page(request, "interviews/call.html", contact, form, **context)


def _go_on(contact: Contact, cleaned: dict, *, at: datetime) -> HttpResponse:
    """Two answers are deeds at once; the others ask for more on a page of their own."""
    came, received = cleaned["came"], cleaned.get("received", "")
    if came == "now":
        talk = actions.talk_now(contact, received=received, at=at)
        return redirect("interviews:live", pk=talk.pk)
    if came == "agreed":
        talk = actions.get_a_yes(contact, received=received, at=at)
        return redirect("interviews:agree", pk=talk.pk)
    page = reverse(f"interviews:call_{came}", args=[contact.pk])
    return redirect(f"{page}?{urlencode({'received': received})}" if received else page)


@page_with_form
def bad_time(request: AuthenticatedHttpRequest, contact_pk: int) -> HttpResponse:
    contact = get_contact(request.user, contact_pk)
    now = timezone.now()
    ahead = calling.call_to(contact, at=now)
    form = BadTimeForm(
        posted(request), contact=contact, at=now, wrote=ahead.wrote,
        initial={"on": ahead.there.date(), "received": request.GET.get("received")},
    )  # fmt: skip
    if not form.is_valid():
        return _page(request, "interviews/call_bad_time.html", contact, form, call=ahead)
    cleaned = form.cleaned_data
    actions.call_back_later(
        contact,
        call_back_at=cleaned["starts_at"],
        said=cleaned["said"],
        received=cleaned.get("received", ""),
        at=now,
    )
    messages.success(request, f"Written down. You are reminded to call {contact} that morning.")
    if form.comes_twice:
        messages.info(request, "That hour comes twice there that night; the earlier is meant.")
    return redirect(contact)


@page_with_form
def unanswered(request: AuthenticatedHttpRequest, contact_pk: int) -> HttpResponse:
    contact = get_contact(request.user, contact_pk)
    now = timezone.now()
    form = UnansweredForm(posted(request), student=contact.student, at=now)
    if not form.is_valid():
        return _page(request, "interviews/call_unanswered.html", contact, form)
    cleaned = form.cleaned_data
    actions.reach_nobody(
        contact,
        left_message=cleaned["left"] == "message",
        said=cleaned["said"],
        try_on=cleaned["try_on"],
        at=now,
    )
    then = "You are reminded to try again." if cleaned["try_on"] else "You let it rest for now."
    messages.success(request, f"It is in the log. {then}")
    return redirect(contact)


@page_with_form
def declined(request: AuthenticatedHttpRequest, contact_pk: int) -> HttpResponse:
    contact = get_contact(request.user, contact_pk)
    now = timezone.now()
    ahead = calling.call_to(contact, at=now)
    initial = {"received": request.GET.get("received"), "permission": "NOT_ASKED"}
    form = DeclinedForm(posted(request), wrote=ahead.wrote, initial=initial)
    if not form.is_valid():
        return _page(request, "interviews/call_declined.html", contact, form)
    cleaned = form.cleaned_data
    talk, named = actions.get_a_no(
        contact,
        said=cleaned["said"],
        received=cleaned.get("received", ""),
        people=form.people,
        permission=cleaned["permission"],
        knows_nobody=cleaned["knows_nobody"],
        at=now,
    )
    messages.success(request, "It is in the log. A kind word of thanks comes next.")
    if named:
        messages.success(request, f"On your list: {', '.join(map(str, named))}.")
    return redirect(talk)


def _page(request, template: str, contact: Contact, form, **context) -> HttpResponse:
    context = {"contact": contact, "form": form, **context}
    return render(request, template, context, status=422 if form.is_bound else 200)
