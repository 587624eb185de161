"""What somebody has typed when their session is over: the log-in carries it along in its page.

Nothing of it is stored, and nobody sees it but the browser that it was typed into.
"""

from __future__ import annotations

from allauth.account.forms import LoginForm
from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.html import format_html
from django.views.decorators.cache import never_cache

FIELD = "typed"
NO_WORDS = "csrfmiddlewaretoken"


def typed_in(request: HttpRequest) -> str:
    """The fields of a form that was sent from a page; a password is never among them."""
    if request.method != "POST" or _is_of_a_script(request):
        return ""
    kept = request.POST.copy()
    for name in list(kept):
        if name == NO_WORDS or "password" in name:
            del kept[name]
    return kept.urlencode()


def _is_of_a_script(request: HttpRequest) -> bool:
    """A script knows what it has sent, and what to do when it is sent to the log-in."""
    return request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate"


@never_cache
def log_in_with(request: HttpRequest, typed: str) -> HttpResponse:
    path = request.get_full_path()
    context = {
        "form": LoginForm(request=request),
        "redirect_field": format_html('<input type="hidden" name="next" value="{}">', path),
        FIELD: typed,
    }
    return render(request, "account/login.html", context, status=403)


@never_cache
def typed_before(request: HttpRequest, *, to: str) -> HttpResponse:
    """After the log-in: it is sent only when its author presses the button."""
    said = QueryDict(request.POST[FIELD], encoding=settings.DEFAULT_CHARSET)
    fields = [(name, value) for name, values in said.lists() for value in values]
    # A choice among given ones is no sentence.
    words = [value for _, value in fields if " " in value.strip()]
    context = {"fields": fields, "words": words, "to": to}
    return render(request, "account/typed_before.html", context)
