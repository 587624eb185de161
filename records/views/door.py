"""The one way in to every page of a record, and the local day of whoever comes in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import HttpResponseBase
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from accounts.http import AuthenticatedHttpRequest
from core.localtime import local_date

View = Callable[..., HttpResponseBase]


def own_record(view: View) -> View:
    """For students alone, graduates too (G1), read-only, and kept by no cache.

    403 for the others, administrators among them: who may do all else has no record either.
    """

    @wraps(view)
    def answer(request: AuthenticatedHttpRequest, *args, **kwargs) -> HttpResponseBase:
        if not request.user.is_student:
            raise PermissionDenied
        response = view(request, *args, **kwargs)
        patch_cache_control(response, private=True, no_store=True)
        return response

    return require_safe(answer)


def today_of(request: AuthenticatedHttpRequest) -> date:
    return local_date(timezone.now(), request.user.time_zone)
