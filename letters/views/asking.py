"""Asking an alum to meet: the words, the checks, and the request goes out."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import Truncator
from django.views.decorators.http import require_http_methods

from accounts.http import AuthenticatedHttpRequest
from accounts.models import OfficeSettings
from alumni import actions as alumni
from alumni.actions.requests import Refused
from alumni.availability import availability_of, reach, why_not
from alumni.models import Alum, Request
from core.forms import posted
from letters.request_forms import AskForm
from letters.requests import findings_in, first_words
from letters.views.doors import check_student


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: AuthenticatedHttpRequest, alum_pk: int) -> HttpResponse:
    check_student(request.user)
    alum = Alum.objects.visible_to(request.user).without_search().filter(pk=alum_pk).first()
    if alum is None:
        return _gone(request)
    now = timezone.now()
    if request.method == "POST":
        return _asked(request, alum, at=now)
    if waiting := _waiting(request, alum).first():
        return redirect("contacts:request", waiting.pk)
    form = _form(request, alum, OfficeSettings.current(), at=now)
    return _page(request, alum, form, at=now)


def _gone(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Whoever left while a student wrote to them takes the words of nobody along.

    It says the same of an alum whom they never might see, and names nobody.
    """
    words = request.POST.get("words", "").strip()
    if not words:
        raise Http404("No alum whom this student may ask.")
    return render(request, "letters/ask_gone.html", {"words": words}, status=404)


def _waiting(request: AuthenticatedHttpRequest, alum: Alum) -> QuerySet[Request]:
    return Request.objects.visible_to(request.user).pending().filter(alum=alum)


def _asked(request: AuthenticatedHttpRequest, alum: Alum, *, at: datetime) -> HttpResponse:
    """What must be put right stops the request; advice is shown once, and theirs to weigh."""
    form = _form(request, alum, OfficeSettings.current(), at=at)
    if not form.is_valid():
        return _page(request, alum, form, at=at, status=422)
    said, seen = form.cleaned_data, alum.as_seen_by(request.user)
    findings = findings_in(
        said["words"], request.user, alum=seen, most_minutes=form.most_minutes, at=at
    )
    stops = [one for one in findings if one.stops]
    for one in stops:
        where = f": “{Truncator(one.found).chars(80)}”" if one.found else ""
        form.add_error("words", f"{one.title}{where}. {one.why}")
    if stops or (findings and "anyway" not in request.POST):
        return _page(request, alum, form, at=at, findings=findings, status=422 if stops else 200)
    try:
        made = alumni.ask_alum(request.user, alum=alum, at=at, **said)
    except Refused as refusal:
        if same := _waiting(request, alum).filter(words=said["words"]).first():
            return redirect("contacts:request", same.pk)  # A second click.
        form.add_error(None, str(refusal))
        return _page(request, alum, form, at=at, status=422)
    messages.success(request, f"Your request to {alum.name} is on its way.")
    return redirect("contacts:request", made.pk)


def _form(
    request: AuthenticatedHttpRequest, alum: Alum, office: OfficeSettings, *, at: datetime
) -> AskForm:
    initial = {"medium": Request.Medium.VIDEO, "minutes": office.minutes_by_phone}
    if request.method != "POST":
        initial["words"] = first_words(request.user, alum=alum.as_seen_by(request.user), at=at)
    return AskForm(posted(request), initial=initial, office=office)


def _page(request, alum: Alum, form: AskForm, *, at: datetime, findings=(), status=200):
    standing = availability_of(alum, at=at, student=request.user)
    context = {
        "alum": alum.as_seen_by(request.user),
        "form": form,
        "findings": findings,
        "stops": any(one.stops for one in findings),
        "standing": standing,
        "why_not": why_not(alum.name, standing),
        "reach": reach(alum, standing),
        "expires_days": form.office.request_expires_days,
    }
    return render(request, "letters/ask.html", context, status=status)
