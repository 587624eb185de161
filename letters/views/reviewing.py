"""A student asks, an advisor reads and answers."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.actions import note_look
from accounts.http import AuthenticatedHttpRequest, get_for
from core.forms import posted
from letters import actions
from letters.checks import examine
from letters.facts import advisor_of, piece_of, text_of
from letters.forms import AnswerForm, AskReviewForm
from letters.models import Letter, LetterReview
from letters.views.doors import get_letter, today_of

page_with_form = require_http_methods(["GET", "HEAD", "POST"])
PEOPLE = (
    "letter__contact__student__profile", "letter__contact__alum", "letter__contact__referred_by",
)  # fmt: skip


@page_with_form
def ask_review(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    letter = get_letter(request.user, pk)
    if request.method != "POST" and letter.state not in (Letter.State.DRAFT, Letter.State.READY):
        return redirect(letter)
    form = AskReviewForm(posted(request))
    if form.is_valid():
        try:
            question = form.cleaned_data["question"]
            actions.ask_review(letter, question=question, at=timezone.now())
        except actions.Refused as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, "Your advisor has it. The answer will stand on this page.")
        return redirect(letter)
    status = 422 if form.errors else 200
    context = {
        "letter": letter,
        "form": form,
        "text": text_of(letter),
        "advisor": advisor_of(letter.student),
    }
    return render(request, "letters/review_ask.html", context, status=status)


@require_POST
def take_back_review(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    letter = get_letter(request.user, pk)
    try:
        actions.take_back_review(letter)
    except actions.Refused as refusal:
        messages.info(request, str(refusal))
    else:
        messages.success(request, "Taken back. It is a draft again.")
    return redirect(letter)


@require_GET
def review_list(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The letters that wait for this advisor, the longest first."""
    if not request.user.is_advisor:
        raise PermissionDenied
    waiting = LetterReview.objects.visible_to(request.user).waiting()
    waiting = waiting.select_related(*PEOPLE).order_by("asked_at", "id")
    today = today_of(request.user, at=timezone.now())
    return render(request, "letters/review_list.html", {"reviews": waiting, "today": today})


@page_with_form
def review(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    visible = LetterReview.objects.visible_to(request.user).select_related(*PEOPLE)
    of_letter = get_for(request.user, visible, "letters.answer_review", pk)
    letter, now = of_letter.letter, timezone.now()
    note_look(request.user, letter.student, page="A letter sent for review", at=now)
    form = AnswerForm(posted(request))
    if form.is_valid():
        cleaned = form.cleaned_data
        try:
            actions.answer_review(
                of_letter, by=request.user, verdict=cleaned["verdict"], comment=cleaned["comment"],
                at=now,
            )  # fmt: skip
        except actions.Refused as refusal:
            messages.info(request, str(refusal))
        else:
            messages.success(request, f"{letter.student.first_name} can read your answer.")
        return redirect("letters:reviews")
    context = {
        "review": of_letter,
        "letter": letter,
        "form": form,
        "findings": examine(piece_of(letter, text=of_letter.text, at=now)),
        "today": today_of(request.user, at=now),
    }
    status = 422 if form.errors else 200
    return render(request, "letters/review_answer.html", context, status=status)
