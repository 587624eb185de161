"""The door of the desk: a signed link instead of a log-in.

Whoever is logged in besides is left alone: the pages show nothing of them and change nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, cast
from zoneinfo import ZoneInfo

from allauth.account.adapter import get_adapter
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import render
from django.utils import timezone
from django.utils.decorators import decorator_from_middleware
from django.views.decorators.csrf import csrf_exempt

from alumni import links
from alumni.forms.desk import LinkForm
from alumni.links import Link
from alumni.models import Request
from core.limits import is_too_often

View = Callable[..., HttpResponseBase]
# A person saves a form some times in an hour; a program that tries does it more often. Behind one
# address may be a whole company, or the proxy that stands before us.
MOST_OF_A_LINK, MOST_OF_AN_ADDRESS, SECONDS = 60, 1000, 3600
HEADERS = {
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store, private",
    "X-Robots-Tag": "noindex, nofollow",
}
# base.html shows these to whoever is logged in; here nobody is.
NOBODY = {"nav": [], "messages": [], "mail_page": False}


class DeskCsrf(CsrfViewMiddleware):
    """A page without a referrer sends its forms with `Origin: null`, as the Fetch standard says.

    The cookie and the token of the form are checked as everywhere; a link that nobody else knows
    stands in front of both.
    """

    def _origin_verified(self, request: HttpRequest) -> bool:
        return request.headers["origin"] == "null" or super()._origin_verified(request)  # type: ignore[misc]


def public(view: View) -> View:
    """Open to everybody, and nothing of it is kept or told anywhere."""

    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "POST" and _tries_too_often(request):
            return page(request, "desk/too_often.html", {}, status=429)
        return view(request, *args, **kwargs)

    return _kept_by_nobody(_guarded(opened))


def with_link(view: View) -> View:
    """A page of one alum's desk."""
    return _kept_by_nobody(_guarded(_reading(view)))


def without_page(view: View) -> View:
    """For a mail program, which has no cookie: the signed link is all that it shows."""
    return _kept_by_nobody(_reading(view))


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


def _guarded(view: View) -> View:
    return cast(View, decorator_from_middleware(DeskCsrf)(view))


def _kept_by_nobody(view: View) -> View:
    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        for name, value in HEADERS.items():
            response[name] = value
        return response

    return login_not_required(csrf_exempt(opened))


def page(
    request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    return render(request, template, NOBODY | context, status=status)


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
