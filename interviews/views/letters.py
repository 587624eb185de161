"""Begins the two letters that a talk owes, and leads on to where they are written."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.http import AuthenticatedHttpRequest
from interviews import actions
from interviews.actions.letters import write_letter
from interviews.views.talks import get_interview
from letters.models import Letter


@require_POST
def write_thank_you(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    return _write(request, pk, Letter.Kind.THANK_YOU)


@require_POST
def write_follow_up(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    return _write(request, pk, Letter.Kind.FOLLOW_UP)


def _write(request: AuthenticatedHttpRequest, pk: int, kind: str) -> HttpResponse:
    interview = get_interview(request.user, pk)
    try:
        letter = write_letter(interview, kind=kind, at=timezone.now())
    except actions.Refused as refusal:
        messages.warning(request, str(refusal))
        return redirect(interview)
    return redirect(letter)
