"""The roster opens for staff alone."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from accounts.http import AuthenticatedHttpRequest
from roster.models import StudentList

page_with_form = require_http_methods(["GET", "HEAD", "POST"])


def for_the_office(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @wraps(view)
    def opened(request: AuthenticatedHttpRequest, *args, **kwargs) -> HttpResponse:
        if not request.user.has_perm("roster.keep_roster"):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return opened


def get_list(request: AuthenticatedHttpRequest, pk: int) -> StudentList:
    return get_object_or_404(StudentList.objects.visible_to(request.user), pk=pk)
