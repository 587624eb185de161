"""A whole page, from the request to the answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponse
from django.test import RequestFactory, override_settings

from accounts.models import User
from benchmarks.measuring import Figure, Scale, Wrong, spent_on

# The names of static files without their hashes, which a server has collected and we have not.
PLAIN_STATIC = {
    **settings.STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}


def page(
    scale: Scale, name: str, view: Callable[..., HttpResponse], user: User, asked: Mapping[str, str]
) -> Figure:
    with override_settings(STORAGES=PLAIN_STATIC):
        _open(view, user, asked)  # Templates are read for the first time.
        took = [spent_on(lambda: _open(view, user, asked)).wall * 1000 for _ in range(scale.runs)]
    return Figure(f"the whole page of {name}", took, unit="ms", less_is_better=True)


def _open(view: Callable[..., HttpResponse], user: User, asked: Mapping[str, str]) -> None:
    request = RequestFactory().get(f"/?{urlencode(asked)}")
    request.user = user
    if view(request).status_code != 200:
        raise Wrong("A page did not open.")
