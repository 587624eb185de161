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
from alumni.models import Alum

PER_PAGE = 25
FIRST = 5


@require_GET
def goodwill(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The first of each list; `?all=` shows one of them whole, in pages."""
    if not request.user.has_perm("alumni.change_alum"):
        raise PermissionDenied
    now = timezone.now()
    agreed = lists.agreed(Alum.objects.visible_to(request.user))
    people: dict[str, Any] = {
        "worn": lists.worn_out(agreed, at=now),
        "cap": lists.at_cap(agreed, at=now),
        "paused": lists.paused(agreed, at=now),
        "never": lists.never_asked(agreed),
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
