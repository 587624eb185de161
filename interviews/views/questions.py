"""A student's list of questions for one talk: chosen, put in order, measured."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import AuthenticatedHttpRequest
from core.htmx import page_or_partial
from interviews import actions
from interviews.actions import questions as deeds
from interviews.forms.preparing import OwnQuestionForm
from interviews.models import Interview
from interviews.views import question_page as page
from interviews.views.talks import get_interview
from letters.checks import Finding, of_question

PAGE = "interviews/questions.html"


@require_http_methods(["GET", "HEAD", "POST"])
def questions(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """A POST looks through the bank: it changes nothing, and what is ticked stays ticked."""
    interview = get_interview(request.user, pk)
    name = page_or_partial(request, PAGE, partial="bank")
    return render(request, name, page.whole(request, interview, form=OwnQuestionForm()))


@require_POST
def add(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """A question that asks for a job is shown again with one that may be asked (G34, G35)."""
    interview = get_interview(request.user, pk)
    form = OwnQuestionForm(request.POST)
    finding = _finding(form) if form.is_valid() else None
    if finding and (finding.stops or "keep" not in request.POST):
        form.add_error("text", f"{finding.title}.")
    if form.is_valid():
        try:
            deeds.add_own(interview, text=form.cleaned_data["text"])
        except actions.Refused as refusal:
            form.add_error("text", str(refusal))
        else:
            return _done(request, interview, "Your question is on the list.")
    context = page.whole(request, interview, form=form)
    if finding:
        context |= {"finding": finding, "rewrite": _rewritten(form.data["text"], finding)}
    return render(request, PAGE, context, status=422)


def _finding(form: OwnQuestionForm) -> Finding | None:
    return next(iter(of_question(form.cleaned_data["text"])), None)


def _rewritten(text: str, finding: Finding) -> str:
    words = " ".join(text.split())
    return f"{words[: finding.start]}{finding.rewrite}{words[finding.end :]}"


@require_POST
def pick(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    interview = get_interview(request.user, pk)
    ticked = page.ticked_in(request)
    picked = [one for one in page.offered_by_bank(request) if one.pk in ticked]
    if not picked:
        messages.warning(request, "Tick the questions that you want on your list.")
        return redirect("interviews:questions", pk)
    try:
        added = deeds.add_from_bank(interview, picked=picked)
    except deeds.ListIsFull as refusal:
        messages.warning(request, str(refusal))
        return render(
            request, PAGE, page.whole(request, interview, form=OwnQuestionForm()), status=422
        )
    return _done(request, interview, _added(added))


@require_POST
def take_over(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    interview = get_interview(request.user, pk)
    chosen = request.POST.get("earlier", "")
    earlier = next(
        (one for one in page.earlier_talks(request, interview) if str(one.pk) == chosen), None
    )
    if earlier is None:
        messages.warning(request, "Choose one of your other talks.")
        return redirect("interviews:questions", pk)
    try:
        added = deeds.take_over(interview, earlier=earlier)
    except deeds.ListIsFull as refusal:
        messages.warning(request, str(refusal))
        return redirect("interviews:questions", pk)
    return _done(request, interview, _added(added))


@require_POST
def move(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """The button's name is the way, its value the question."""
    interview = get_interview(request.user, pk)
    way = next((way for way in deeds.Way if way in request.POST), deeds.Way.UP)
    try:
        question = page.listed_question(request, interview, request.POST.get(way, ""))
        rank = deeds.move(question, way=way)
    except deeds.NotOnTheList as refusal:
        messages.warning(request, str(refusal))
        return redirect("interviews:questions", pk)
    return _moved(request, interview, question, way=way, rank=rank)


@require_POST
def order(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """The whole list as it was dragged."""
    interview = get_interview(request.user, pk)
    posted = request.POST.getlist("question")
    ids = {str(one.pk): one.pk for one in page.questions_of(request, interview)}
    deeds.reorder(interview, order=[ids[one] for one in posted if one in ids])
    request.session.pop(page.REMOVED, None)
    if not request.htmx:
        return redirect("interviews:questions", pk)
    said = "Your new order is saved."
    return _chosen(request, interview, focus="", said=said)


@require_POST
def remove(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    interview = get_interview(request.user, pk)
    try:
        question = page.listed_question(request, interview, request.POST.get("question", ""))
        kept = deeds.remove(question)
    except deeds.NotOnTheList as refusal:
        messages.warning(request, str(refusal))
    else:
        request.session[page.REMOVED] = {"interview": pk, **kept}
    return redirect("interviews:questions", pk)


@require_POST
def put_back(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    interview = get_interview(request.user, pk)
    kept = page.removed_from(request, interview)
    if kept is None:
        messages.warning(request, "There is nothing to put back.")
        return redirect("interviews:questions", pk)
    try:
        deeds.put_back(interview, kept={field: kept[field] for field in deeds.KEPT})
    except actions.Refused as refusal:
        messages.warning(request, str(refusal))
        return redirect("interviews:questions", pk)
    return _done(request, interview, "It is back in its place.")


def _done(request: AuthenticatedHttpRequest, interview: Interview, said: str) -> HttpResponse:
    request.session.pop(page.REMOVED, None)
    messages.success(request, said)
    return redirect("interviews:questions", interview.pk)


def _added(number: int) -> str:
    if not number:
        return "All of them are on your list already."
    return f"{number} {'question is' if number == 1 else 'questions are'} new on your list."


def _moved(request, interview, question, *, way: deeds.Way, rank: int) -> HttpResponse:
    """The moved question keeps the focus, on a button that still leads somewhere."""
    request.session.pop(page.REMOVED, None)
    listed = list(page.questions_of(request, interview))
    button = "down" if rank == 1 else "up" if rank == len(listed) else way
    focus = f"{button}-{question.pk}"
    if not request.htmx:
        address = reverse("interviews:questions", args=[interview.pk])
        return redirect(f"{address}?focus={focus}#question-{question.pk}")
    said = f"Moved to place {rank} of {len(listed)}."
    return _chosen(request, interview, focus=focus, said=said)


def _chosen(request, interview, *, focus: str, said: str) -> HttpResponse:
    context = page.chosen(request, interview, focus=focus, said=said)
    return render(request, f"{PAGE}#chosen", context)
