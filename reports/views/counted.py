"""What is asked for, and what is said while it is still to be counted."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.http import AuthenticatedHttpRequest
from core.localtime import local_date
from reports.actions import NotCounted
from reports.filters import Wish

View = Callable[[AuthenticatedHttpRequest], HttpResponse]


def wish_of(request: AuthenticatedHttpRequest) -> Wish:
    today = local_date(timezone.now(), settings.OFFICE_TIME_ZONE)
    return Wish.read(request.POST if request.method == "POST" else request.GET, today=today)


def once_counted(view: View) -> View:
    """A worker counts: a term that was just added has no numbers for a minute."""

    @wraps(view)
    def answer(request: AuthenticatedHttpRequest) -> HttpResponse:
        try:
            return view(request)
        except NotCounted:
            return render(request, "reports/counting.html", {"wish": wish_of(request)})

    return answer
