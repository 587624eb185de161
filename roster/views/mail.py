"""Invitations that wait, and those that came back."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from accounts.http import AuthenticatedHttpRequest
from roster import actions
from roster.models import RosterMail
from roster.views.door import for_the_office

PER_PAGE = 50


@require_GET
@for_the_office
def mail_list(request: AuthenticatedHttpRequest) -> HttpResponse:
    mails = RosterMail.objects.visible_to(request.user)
    failed = mails.given_up().select_related("student").order_by("-failed_at", "-id")
    context = {
        "waiting": mails.owed().count(),
        "last": mails.owed().order_by("-due_at").first(),
        "page_obj": Paginator(failed, PER_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "roster/mail_list.html", context)


@require_POST
@for_the_office
def mail_again(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    mail = get_object_or_404(RosterMail.objects.visible_to(request.user), pk=pk)
    actions.try_again(mail, at=timezone.now())
    messages.success(request, "It goes out again within a minute.")
    return redirect("roster:mail")
