"""How the office keeps the goodwill of its alumni: who needs a rest, and whom nobody asks."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.http import AuthenticatedHttpRequest
from alumni import goodwill_lists as lists

PER_PAGE = 25
FIRST = 5


@require_GET
def goodwill(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The first of each list; `?all=` shows one of them whole, in pages."""
    user = request.user
    if not user.has_perm("alumni.change_alum"):
        raise PermissionDenied
    now = timezone.now()
    people: dict[str, Any] = {
        "worn": lists.worn_out(user, at=now),
        "cap": lists.at_cap(user, at=now),
        "paused": lists.paused(user, at=now),
        "never": lists.never_asked(user),
    }
    chosen = request.GET.get("all", "")
    if chosen not in people:
        chosen = ""
    pages = {
        name: Paginator(found, PER_PAGE if chosen else FIRST).get_page(request.GET.get("page"))
        for name, found in people.items()
        if chosen in ("", name)
    }
    context = {"pages": pages, "chosen": chosen, "page_obj": pages.get(chosen)}
    return render(request, "alumni/goodwill.html", context)
