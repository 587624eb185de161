"""What the office sees of a desk: what the alum changed there, and the two things it may do."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.http import AuthenticatedHttpRequest, get_for
from alumni.actions import desk, post
from alumni.models import Alum, DeskChange

PER_PAGE = 25
VERBOSE = {field.name: str(field.verbose_name) for field in Alum._meta.fields}


def _alum(request: AuthenticatedHttpRequest, pk: int) -> Alum:
    visible = Alum.objects.visible_to(request.user).without_search()
    return get_for(request.user, visible, "alumni.change_alum", pk)


@require_safe
def history(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    alum = _alum(request, pk)
    rows = DeskChange.objects.visible_to(request.user).filter(alum=alum).newest_first()
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    saved = [(row.changed_at, _in_words(row.changes)) for row in page]
    return render(
        request, "alumni/desk_history.html", {"alum": alum, "page_obj": page, "saved": saved}
    )


@require_POST
def send_link(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    alum = _alum(request, pk)
    if alum.email:
        post.send_link(alum, at=timezone.now())
        messages.success(request, f"A link to the desk goes to {alum.email}.")
    else:
        messages.info(request, "There is no e-mail to send a link to.")
    return redirect("alumni:desk", alum.pk)


@require_POST
def revoke(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    alum = _alum(request, pk)
    desk.make_links_useless(alum)
    messages.success(request, "All links sent so far are useless now.")
    return redirect("alumni:desk", alum.pk)


def _in_words(changes: dict[str, list]) -> list[tuple[str, str, str]]:
    return [
        (VERBOSE.get(name, name).capitalize(), _shown(was), _shown(now))
        for name, (was, now) in changes.items()
    ]


def _shown(value: object) -> str:
    if value in (None, "", []):
        return "nothing"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
