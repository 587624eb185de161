"""One line for each request: which page, for which account, how it ended, how long it took.

The name of a page is said and never its address: that may hold what somebody looked for, or a link
that opens something.
"""

import logging
from collections.abc import Callable
from time import monotonic
from uuid import uuid4

from django.http import HttpRequest, HttpResponse

from core.logs import request_id

logger = logging.getLogger("careerhub.request")


class RequestLogMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = monotonic()
        request.log_id = uuid4().hex  # type: ignore[attr-defined]
        token = request_id.set(request.log_id)  # type: ignore[attr-defined]
        try:
            response = self.get_response(request)
            self._note(request, response, milliseconds=round(1000 * (monotonic() - began)))
        finally:
            request_id.reset(token)
        return response

    def _note(self, request: HttpRequest, response: HttpResponse, *, milliseconds: int) -> None:
        match = request.resolver_match
        if match is None and response.status_code < 400:
            return  # A static file, or the way to one.
        user = getattr(request, "user", None)
        numbers = {
            "method": request.method,
            "route": match.view_name if match else "",
            "status": response.status_code,
            "ms": milliseconds,
            "user": user.pk if user is not None else None,
        }
        logger.info("answered", extra=numbers)
