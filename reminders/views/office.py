"""The office's rules before they are saved, and the office's words."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import AuthenticatedHttpRequest
from accounts.models import OfficeSettings
from accounts.office_form import OfficeSettingsForm
from core.forms import posted
from core.htmx import page_or_partial
from reminders import kinds
from reminders.actions import wording as deeds
from reminders.foresight import foresee
from reminders.kinds.declaration import Kind
from reminders.models import Wording
from reminders.samples import sample_mail
from reminders.wording import has_name
from reminders.wording_form import WordingForm

PREVIEW = "preview"


@require_POST
def rules_preview(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Looks ahead, and changes nothing."""
    if not request.user.has_perm("accounts.change_officesettings"):
        raise PermissionDenied
    form = OfficeSettingsForm(request.POST, instance=OfficeSettings.current())
    if not form.is_valid():
        return render(request, "accounts/office_settings.html", {"form": form}, status=422)
    context = {
        "form": form,
        "foreseen": foresee(form.instance, at=timezone.now()),
        "values": [(field.html_name, field.value()) for field in form],
    }
    return render(request, "reminders/rules_preview.html", context)


@require_safe
def wording_list(request: AuthenticatedHttpRequest) -> HttpResponse:
    theirs = {row.kind: row for row in _wordings(request)}
    entries = [
        {
            "kind": kind,
            "words": theirs.get(kind.key) or _ours(kind),
            "is_theirs": kind.key in theirs,
        }
        for kind in kinds.every()
        if kind.is_worded_by_office
    ]
    return render(request, "reminders/wording_list.html", {"entries": entries})


@require_http_methods(["GET", "HEAD", "POST"])
def wording_edit(request: AuthenticatedHttpRequest, key: str) -> HttpResponse:
    """Typing asks for the preview alone; without JavaScript a button does."""
    theirs = _wordings(request).filter(kind=key).first()
    kind = _kind(key)
    form = WordingForm(posted(request), kind=kind, instance=theirs or _ours(kind))
    is_look = request.htmx.target == PREVIEW or "look" in request.POST
    if form.is_valid() and not is_look:
        words = form.cleaned_data
        deeds.say(kind, subject=words["subject"], opening=words["opening"])
        messages.success(request, "Saved. The next mail says it in these words.")
        return redirect("reminders:wording_list")
    context = {"form": form, "kind": kind, "is_theirs": theirs is not None}
    context |= {"takes_name": has_name(kind), "ours": _ours(kind)}
    if not form.errors:
        context["mail"] = sample_mail(kind, form.instance, at=timezone.now())
    template = page_or_partial(request, "reminders/wording_edit.html", partial=PREVIEW)
    return render(request, template, context, status=422 if form.errors else 200)


@require_POST
def wording_restore(request: AuthenticatedHttpRequest, key: str) -> HttpResponse:
    _wordings(request)
    deeds.restore(_kind(key))
    messages.success(request, "The mail says it in CareerHub’s words again.")
    return redirect("reminders:wording_list")


def _wordings(request: AuthenticatedHttpRequest):
    if not request.user.has_perm("reminders.change_wording"):
        raise PermissionDenied
    return Wording.objects.visible_to(request.user)


def _kind(key: str) -> Kind:
    kind = kinds.get(key)
    if kind is None or not kind.is_worded_by_office:
        raise Http404("There is no such mail.")
    return kind


def _ours(kind: Kind) -> Wording:
    return Wording(kind=kind.key, subject=kind.words.what, opening=kind.words.headline)
