"""What the pages of a network share: who may come in, and how a row is fetched."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.http import AuthenticatedHttpRequest, get_for
from accounts.models import User
from contacts.models import Contact
from core.localtime import local_date

page_with_form = require_http_methods(["GET", "HEAD", "POST"])


def get_contact(user: User, pk: int) -> Contact:
    visible = Contact.objects.visible_to(user).with_people()
    return get_for(user, visible, "contacts.change_contact", pk)


def check_student(user: User) -> None:
    if not user.is_student:
        raise PermissionDenied


def today_of(request: AuthenticatedHttpRequest) -> date:
    return local_date(timezone.now(), request.user.time_zone)


def form_page(request, template: str, context: dict) -> HttpResponse:
    status = 422 if context["form"].is_bound else 200
    return render(request, template, context, status=status)
