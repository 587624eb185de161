"""A student's letters: which there are, a new one, one on paper, one thrown away."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.http import AuthenticatedHttpRequest
from letters import actions
from letters.facts import text_of
from letters.models import Letter
from letters.views.doors import check_student, get_contact, get_letter, today_of

PER_PAGE = 25


@require_GET
def letter_list(request: AuthenticatedHttpRequest) -> HttpResponse:
    check_student(request.user)
    letters = Letter.objects.visible_to(request.user).with_people().with_delivery().in_sections()
    page = Paginator(letters, PER_PAGE).get_page(request.GET.get("page"))
    today = today_of(request.user, at=timezone.now())
    return render(request, "letters/letter_list.html", {"page_obj": page, "today": today})


@require_http_methods(["GET", "HEAD", "POST"])
def create(request: AuthenticatedHttpRequest, contact_pk: int) -> HttpResponse:
    """A request to meet, unless another kind is asked for; a talk's own page begins its letters."""
    contact = get_contact(request.user, contact_pk)
    if request.method == "POST":
        kind = request.POST.get("kind", "")
        kind = kind if kind in Letter.Kind.values else Letter.Kind.REQUEST
        return redirect(actions.draft(contact, kind=kind, at=timezone.now()))
    of_them = Letter.objects.visible_to(request.user).filter(contact=contact)
    written = list(of_them.newest_first())
    requests = [letter for letter in written if letter.kind == Letter.Kind.REQUEST]
    context = {
        "contact": contact,
        "unsent": next((letter for letter in requests if not letter.is_sent), None),
        "sent": next((letter for letter in requests if letter.is_sent), None),
        "today": today_of(request.user, at=timezone.now()),
    }
    return render(request, "letters/letter_begin.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    letter = get_letter(request.user, pk)
    if request.method == "POST":
        try:
            actions.delete(letter)
        except actions.Refused as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, "That letter is gone.")
        return redirect("letters:list")
    return render(request, "letters/letter_delete.html", {"letter": letter})


@require_GET
def print_page(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    letter = get_letter(request.user, pk)
    today = today_of(request.user, at=timezone.now())
    context = {"letter": letter, "text": text_of(letter), "on": letter.sent_on or today}
    return render(request, "letters/letter_print.html", context)
