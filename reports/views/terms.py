"""The college's terms, which staff keep and reports are cut by."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import AuthenticatedHttpRequest
from accounts.models import Term
from core.forms import posted
from reports.forms import TermForm
from reports.views.doors import admit

page_with_form = require_http_methods(["GET", "HEAD", "POST"])


@page_with_form
def terms(request: AuthenticatedHttpRequest) -> HttpResponse:
    admit(request, "reports.keep_terms")
    form = TermForm(posted(request))
    if form.is_valid():
        term = form.save()
        messages.success(request, f"{term} is there. Its report can be read in a minute or two.")
        return redirect("reports:terms")
    context = {"form": form, "terms": Term.objects.all()}  # door: terms are nobody's secret
    return render(request, "reports/terms.html", context, status=422 if form.is_bound else 200)


@page_with_form
def term(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    admit(request, "reports.keep_terms")
    known = get_object_or_404(Term, pk=pk)  # door: terms are nobody's secret
    name = known.name
    form = TermForm(posted(request), instance=known)
    if form.is_valid():
        form.save()
        messages.success(
            request, f"{known} is saved. Its report follows the new days in a minute or two."
        )
        return redirect("reports:terms")
    context = {"form": form, "pk": pk, "name": name}
    return render(request, "reports/term.html", context, status=422 if form.is_bound else 200)


@require_POST
def remove_term(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    admit(request, "reports.keep_terms")
    known = get_object_or_404(Term, pk=pk)  # door: terms are nobody's secret
    known.delete()
    messages.success(request, f"{known.name} is gone. What students did in it stays.")
    return redirect("reports:terms")
