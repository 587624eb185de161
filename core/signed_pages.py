"""Pages behind a signed link instead of a log-in.

Nothing of them is kept or told anywhere: no referrer, no cache, no search engine. Whoever is logged
in besides is left alone: the pages show nothing of them and change nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import render
from django.utils.decorators import decorator_from_middleware
from django.views.decorators.csrf import csrf_exempt

View = Callable[..., HttpResponseBase]
HEADERS = {
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store, private",
    "X-Robots-Tag": "noindex, nofollow",
}
# base.html shows these to whoever is logged in; here nobody is.
NOBODY = {"nav": [], "messages": [], "mail_page": False}


class NullOriginCsrf(CsrfViewMiddleware):
    """A page without a referrer sends its forms with `Origin: null`, as the Fetch standard says.

    The cookie and the token of the form are checked as everywhere; a link that nobody else knows
    stands in front of both.
    """

    def _origin_verified(self, request: HttpRequest) -> bool:
        return request.headers["origin"] == "null" or super()._origin_verified(request)  # type: ignore[misc]


def guarded(view: View) -> View:
    """Against forms from elsewhere."""
    return cast(View, decorator_from_middleware(NullOriginCsrf)(view))


def kept_by_nobody(view: View) -> View:
    """Open without a log-in; the outermost decorator."""

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
