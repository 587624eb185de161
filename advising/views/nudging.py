"""A mail to one student or to several, looked at before it goes."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.http import AuthenticatedHttpRequest
from advising import actions
from advising.board import Row, rows_of
from advising.forms import NudgeForm
from advising.prepared import OWN_WORDS, PREPARED, Prepared
from advising.reasons import Why
from core.forms import posted


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The address says whom it goes to and why; nothing of what is written stands in it."""
    if not request.user.is_advisor:
        raise PermissionDenied
    at = timezone.now()
    asked = request.POST if request.method == "POST" else request.GET
    rows = _recipients(request, asked, at=at)
    if not rows:
        messages.info(request, "Tick the students whom you want to write to.")
        return redirect("home")
    why = _why(asked, rows)
    prepared = PREPARED[why] if why else OWN_WORDS
    form = NudgeForm(posted(request), initial=prepared._asdict())
    if form.is_valid() and request.POST.get("go") == "send":
        return _send(request, rows, form, why, at=at)
    context = {
        "rows": rows,
        "form": form,
        "why": why,
        "beginnings": _beginnings(rows),
        "own_words": _address(rows, ""),
        "is_preview": form.is_valid() and request.POST.get("go") == "preview",
    }
    status = 422 if form.errors else 200
    return render(request, "advising/write.html", context, status=status)


def _recipients(request: AuthenticatedHttpRequest, asked: QueryDict, *, at: datetime) -> list[Row]:
    """Those of the own caseload alone, whatever the address says."""
    wanted = {int(pk) for pk in asked.getlist("to") if pk.isascii() and pk.isdecimal()}
    rows = [row for row in rows_of(request.user, at=at) if row.student.pk in wanted]
    return sorted(rows, key=lambda row: row.student.name.casefold())


def _why(asked: QueryDict, rows: list[Row]) -> Why | None:
    """The reason that was chosen, else the weightiest that all of them have."""
    if "why" in asked:
        return next((why for why in Why if why == asked["why"]), None)
    shared = [why for why in Why if all(why in _whys(row) for row in rows)]
    return shared[0] if shared else None


def _whys(row: Row) -> set[Why]:
    return {reason.why for reason in row.every_reason}


def _beginnings(rows: list[Row]) -> list[tuple[Why, Prepared, str]]:
    """How it may begin: by what is up with any of them, in an address each."""
    found = set().union(*(_whys(row) for row in rows))
    return [(why, PREPARED[why], _address(rows, why.value)) for why in Why if why in found]


def _address(rows: list[Row], why: str) -> str:
    query = QueryDict(mutable=True)
    query.setlist("to", [str(row.student.pk) for row in rows])
    query["why"] = why
    return f"{reverse('advising:write')}?{query.urlencode()}"


def _send(
    request: AuthenticatedHttpRequest,
    rows: list[Row],
    form: NudgeForm,
    why: Why | None,
    *,
    at: datetime,
) -> HttpResponse:
    """What the mail is about is spoken of; own words may be about all of it."""
    made = actions.nudge(request.user, [row.student for row in rows], at=at, **form.cleaned_data)
    for row in rows:
        about = [reason for reason in row.reasons if why in (None, reason.why)]
        actions.speak(request.user, row.student, about, at=at)
    if made:
        to = rows[0].student.name if len(rows) == 1 else f"{len(made)} students"
        messages.success(request, f"It goes to {to} with the next morning’s mail.")
    else:
        messages.info(request, "That is on its way already.")
    return redirect("home")
