"""An alum, a request that waits for them, and the link from its mail."""

from __future__ import annotations

from datetime import timedelta

from django.apps import apps
from django.core.serializers import serialize
from django.utils import timezone

from alumni import links
from alumni.announcements import request_made
from alumni.models import Alum, Request
from tests.factories import AlumFactory, RequestFactory


def an_alum(**fields) -> Alum:
    """The whole college knows her."""
    return AlumFactory(**{"name": "Imani Brooks", "email": "imani@example.org"} | fields)


def ask(student, alum: Alum, *, at=None, **fields) -> Request:
    """As the student's page does it."""
    now = at or timezone.now()
    request = RequestFactory(
        alum=alum, student=student, asked_at=now,
        **{"expires_at": now + timedelta(days=14)} | fields,
    )  # fmt: skip
    request_made.send(Request, request=request, at=now)
    return request


def token_of(alum: Alum, request: Request | None = None, *, at=None) -> str:
    return links.sign(alum, at=at or timezone.now(), request=request)


def everything() -> str:
    """All rows of all tables but the sessions', to compare."""
    models = [model for model in apps.get_models() if model._meta.managed]
    return "\n".join(
        serialize("json", model._base_manager.order_by("pk").defer("search"))
        if model is Alum
        else serialize("json", model._base_manager.order_by("pk"))
        for model in models
    )
