"""The office's words for majors, fields of work and employers."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.http import AuthenticatedHttpRequest
from alumni import actions
from alumni.forms import OtherTermForm, TermForm
from alumni.models import Kind, Term, UnknownWord
from core.forms import posted

PER_PAGE = 50
SHOWN_UNKNOWN = 12
page_with_form = require_http_methods(["GET", "HEAD", "POST"])


@require_GET
def word_list(request: AuthenticatedHttpRequest) -> HttpResponse:
    _check(request)
    kind, words = _kind(request), request.GET.get("q", "")[:100].replace("\x00", "").strip()
    terms = _terms(request, kind)
    if words:
        found = terms.filter(name__icontains=words)
        found |= terms.filter(spellings__icontains=words)
        terms = found
    unknown = UnknownWord.objects.visible_to(request.user)
    unknown = unknown.filter(kind=kind, is_dismissed=False).order_by("-count", "word")
    context = {
        "kind": kind,
        "kinds": Kind.choices,
        "words": words,
        "page_obj": Paginator(terms, PER_PAGE).get_page(request.GET.get("page")),
        "unknown": [] if words else list(unknown[:SHOWN_UNKNOWN]),
        "unknown_count": 0 if words else unknown.count(),
        "names": [] if words else list(_terms(request, kind).values_list("pk", "name")),
    }
    return render(request, "alumni/vocabulary.html", context)


@page_with_form
def add(request: AuthenticatedHttpRequest) -> HttpResponse:
    _check(request)
    return _form(request, Term(kind=_kind(request)))


@page_with_form
def term(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    return _form(request, _get_term(request, pk))


@require_POST
def remove(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    gone = _get_term(request, pk)
    actions.remove_term(gone)
    messages.success(request, f"“{gone.name}” is gone. People keep it in their records.")
    return redirect(_list_of(gone.kind))


@page_with_form
def merge(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    gone = _get_term(request, pk)
    form = OtherTermForm(posted(request), terms=_terms(request, gone.kind).exclude(pk=pk))
    if form.is_valid():
        kept = form.cleaned_data["term"]
        try:
            actions.merge_terms(kept, gone, at=timezone.now())
        except actions.SpellingTaken as refusal:
            form.add_error("term", str(refusal))
        else:
            messages.success(request, f"“{gone.name}” is now a spelling of “{kept.name}”.")
            return redirect(kept)
    context = {"form": form, "term": gone}
    return render(request, "alumni/term_merge.html", context, status=422 if form.is_bound else 200)


@require_POST
def settle(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """A word that lists say: a term, a spelling of one, or nothing to look at."""
    _check(request)
    unknown = get_object_or_404(UnknownWord.objects.visible_to(request.user), pk=pk)
    kind, word = unknown.kind, unknown.word
    try:
        if "dismiss" in request.POST:
            actions.dismiss(unknown)
            messages.info(request, f"“{word}” is not shown here any more.")
        elif "same" in request.POST:
            said = request.POST.get("term", "").replace("\x00", "").strip()
            known = _terms(request, kind).filter(name__iexact=said).first()
            if known is None:
                messages.error(request, f"Choose the word of the list that “{word}” means.")
                return redirect(_list_of(kind))
            actions.take_as_spelling(unknown, of=known, at=timezone.now())
            messages.success(request, f"“{word}” is read as “{known.name}” from now on.")
        elif "add" in request.POST:
            actions.take_as_term(unknown, at=timezone.now())
            messages.success(request, f"“{word}” is in the vocabulary.")
    except actions.SpellingTaken as refusal:
        messages.error(request, str(refusal))
    return redirect(_list_of(kind))


def _form(request: AuthenticatedHttpRequest, kept: Term) -> HttpResponse:
    form = TermForm(posted(request), instance=kept)
    if form.is_valid():
        try:
            changed = actions.keep_term(form.instance, at=timezone.now())
        except actions.SpellingTaken as refusal:
            form.add_error(None, str(refusal))
        else:
            people = f" {changed:,} records say it so now." if changed else ""
            messages.success(request, f"“{form.instance.name}” is kept.{people}")
            return redirect(_list_of(form.instance.kind))
    context = {"form": form, "term": kept}
    return render(request, "alumni/term_form.html", context, status=422 if form.is_bound else 200)


def _check(request: AuthenticatedHttpRequest) -> None:
    if not request.user.has_perm("alumni.keep_vocabulary"):
        raise PermissionDenied


def _get_term(request: AuthenticatedHttpRequest, pk: int) -> Term:
    _check(request)
    return get_object_or_404(Term.objects.visible_to(request.user), pk=pk)


def _kind(request: AuthenticatedHttpRequest) -> Kind:
    said = request.GET.get("kind", "")
    return Kind(said) if said in Kind.values else Kind.MAJOR


def _terms(request: AuthenticatedHttpRequest, kind: str):
    return Term.objects.visible_to(request.user).filter(kind=kind).order_by("name")


def _list_of(kind: str) -> str:
    return f"{reverse('alumni:vocabulary')}?kind={kind}"
