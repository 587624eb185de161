"""The door of the desk: a signed link instead of a log-in (core/signed_pages.py)."""

from __future__ import annotations

from datetime import datetime
from functools import wraps
from typing import Any
from zoneinfo import ZoneInfo

from allauth.account.adapter import get_adapter
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from alumni import links
from alumni.forms.desk import LinkForm
from alumni.links import Link
from alumni.models import Request
from core.limits import is_too_often
from core.signed_pages import View, guarded, kept_by_nobody, page

# A person saves a form some times in an hour; a program that tries does it more often. Behind one
# address may be a whole company, or the proxy that stands before us.
MOST_OF_A_LINK, MOST_OF_AN_ADDRESS, SECONDS = 60, 1000, 3600


def public(view: View) -> View:
    """Open to everybody, and nothing of it is kept or told anywhere."""

    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "POST" and _tries_too_often(request):
            return page(request, "desk/too_often.html", {}, status=429)
        return view(request, *args, **kwargs)

    return kept_by_nobody(guarded(opened))


def with_link(view: View) -> View:
    """A page of one alum's desk."""
    return kept_by_nobody(guarded(_reading(view)))


def without_page(view: View) -> View:
    """For a mail program, which has no cookie: the signed link is all that it shows."""
    return kept_by_nobody(_reading(view))


def _reading(view: View) -> View:
    """Times are shown by the alum's clock; a link that leads nowhere gets a kind page."""

    @wraps(view)
    def opened(request: HttpRequest, token: str) -> HttpResponseBase:
        at = timezone.now()
        link = links.read(token, at=at)
        if link is None and request.method == "POST" and _tries_too_often(request):
            return page(request, "desk/too_often.html", {}, status=429)
        if link is None:
            return page(request, "desk/nothing.html", {"form": LinkForm()}, status=404)
        if request.method == "POST" and _saves_too_often(link):
            return page(request, "desk/too_often.html", {}, status=429)
        with timezone.override(ZoneInfo(link.alum.zone)):
            if not link.is_current or _is_over(link.request, at=at):
                return page(request, "desk/over.html", {"token": token, "link": link}, status=410)
            return view(request, token, link)

    return opened


def _is_over(asked: Request | None, *, at: datetime) -> bool:
    if asked is None:
        return False
    is_pending = asked.state == Request.State.PENDING
    return asked.state == Request.State.EXPIRED or (is_pending and asked.expires_at <= at)


def _saves_too_often(link: Link) -> bool:
    return is_too_often(f"desk:alum:{link.alum.pk}", most=MOST_OF_A_LINK, seconds=SECONDS)


def _tries_too_often(request: HttpRequest) -> bool:
    whence = get_adapter().get_client_ip(request)
    return is_too_often(f"desk:from:{whence}", most=MOST_OF_AN_ADDRESS, seconds=SECONDS)
