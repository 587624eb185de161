"""The office keeps its bank of questions."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.http import AuthenticatedHttpRequest
from core.forms import posted
from interviews import bank as shelves_of
from interviews.actions import bank as deeds
from interviews.forms.preparing import BankQuestionForm
from interviews.models import Question
from letters.checks import of_question

FORM_PAGE = "interviews/bank_form.html"
DEEDS = {"retire": deeds.retire, "put_back": deeds.put_back}
SAID = {
    "retire": "Retired: students are no longer offered it, and lists that have it keep it.",
    "put_back": "Students are offered it again.",
}


@require_GET
def bank(request: AuthenticatedHttpRequest) -> HttpResponse:
    _check(request)
    words = request.GET.get("q", "")[:100].replace("\x00", "")
    kept = list(Question.objects.visible_to(request.user).in_order())
    found = [one for one in kept if shelves_of.finds(one, words)]
    context = {
        "words": words,
        "shelves": shelves_of.shelves(found),
        "offered": sum(1 for one in kept if one.is_active),
        "retired": sum(1 for one in kept if not one.is_active),
        "focus": request.GET.get("focus", ""),
    }
    return render(request, "interviews/bank.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: AuthenticatedHttpRequest) -> HttpResponse:
    _check(request)
    return _form(request, Question())


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    _check(request)
    question = get_object_or_404(Question.objects.visible_to(request.user), pk=pk)
    deed = next((name for name in DEEDS if name in request.POST), None)
    if deed is None:
        return _form(request, question)
    DEEDS[deed](question)
    messages.success(request, SAID[deed])
    return redirect("interviews:bank_edit", pk)


@require_POST
def move(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    _check(request)
    question = get_object_or_404(Question.objects.visible_to(request.user), pk=pk)
    way = "up" if "up" in request.POST else "down"
    deeds.move(question, up=way == "up")
    return redirect(f"{reverse('interviews:bank')}?focus={way}-{pk}#question-{pk}")


def _form(request: AuthenticatedHttpRequest, question: Question) -> HttpResponse:
    form = BankQuestionForm(posted(request), instance=question)
    if form.is_valid():
        try:
            deeds.keep_question(form.instance)
        except deeds.InTheBank as refusal:
            form.add_error("text", str(refusal))
        else:
            messages.success(request, "The question is in the bank.")
            for finding in of_question(form.instance.text):
                messages.warning(request, f"{finding.title}. {finding.why}")
            return redirect(f"{reverse('interviews:bank')}#question-{form.instance.pk}")
    context = {"form": form, "question": question}
    return render(request, FORM_PAGE, context, status=422 if form.is_bound else 200)


def _check(request: AuthenticatedHttpRequest) -> None:
    if not request.user.has_perm("interviews.keep_bank"):
        raise PermissionDenied
