"""A student's requests to alumni: which there are, how each stands, and what to do next."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_GET, require_POST

from accounts.http import AuthenticatedHttpRequest
from accounts.models import User
from alumni import actions as alumni
from alumni.actions.requests import Refused
from alumni.models import Request
from contacts.actions import requests as actions
from contacts.models import Contact
from contacts.request_steps import steps_of
from contacts.views.common import check_student

PER_PAGE = 25


def get_request(user: User, pk: UUID) -> Request:
    """The student's own and nobody else's: its words are not for the office, nor for admins."""
    mine = Request.objects.visible_to(user).filter(student=user).with_return()
    return get_object_or_404(mine.select_related("alum", "student").defer("alum__search"), pk=pk)


@require_GET
def request_list(request: AuthenticatedHttpRequest) -> HttpResponse:
    check_student(request.user)
    mine = Request.objects.visible_to(request.user).select_related("alum").defer("alum__search")
    mine = mine.with_return().order_by("-asked_at", "pk")
    page = Paginator(mine, PER_PAGE).get_page(request.GET.get("page"))
    now = timezone.now()
    entries = [(asked, asked.times_ahead(at=now)) for asked in page]
    return render(request, "contacts/request_list.html", {"page_obj": page, "entries": entries})


@require_GET
def request_detail(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    asked = get_request(request.user, pk)
    prefetch_related_objects([asked], "mails")
    contacts = Contact.objects.visible_to(request.user)
    context = {
        "asked": asked,
        "alum": asked.alum.as_seen_by(request.user),
        "contact": contacts.with_people().filter(alum=asked.alum).first(),
        "named": _named(contacts, asked),
        "times": asked.times_ahead(at=timezone.now()),
        "steps": steps_of(asked, asked.mails.all()),
    }
    return render(request, "contacts/request_detail.html", context)


def _named(contacts, asked: Request) -> Contact | None:
    """Whom the alum named, if they are on the list already."""
    if not asked.named_name:
        return None
    return contacts.filter(name__iexact=asked.named_name, referred_by__alum=asked.alum).first()


@require_POST
def request_withdraw(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    asked = get_request(request.user, pk)
    try:
        alumni.withdraw(asked, at=timezone.now())
    except Refused as refusal:
        messages.info(request, str(refusal))
    else:
        messages.success(request, f"Your request to {asked.alum.name} is taken back.")
    return redirect("contacts:request", pk)


@require_POST
def request_take_time(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    asked = get_request(request.user, pk)
    starts_at = _moment(request.POST.get("time", ""))
    if starts_at is None:
        messages.error(request, "Choose one of the times.")
        return redirect("contacts:request", pk)
    try:
        alumni.take_time(asked, starts_at=starts_at, at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"{asked.alum.name} hears that you take this time.")
    return redirect("contacts:request", pk)


@require_POST
def request_named(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """One click puts whom they named in their place onto the list, with who named them."""
    asked = get_request(request.user, pk)
    contact = actions.add_named_instead(asked)
    if contact is None:
        messages.info(request, f"{asked.alum.name} named nobody.")
        return redirect("contacts:request", pk)
    messages.success(request, f"{contact} is on your list. {asked.alum.name} named them.")
    return redirect(contact)


def _moment(text: str) -> datetime | None:
    try:
        found = parse_datetime(text)
    except ValueError:
        return None
    return found if found is not None and timezone.is_aware(found) else None
