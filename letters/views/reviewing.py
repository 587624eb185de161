"""A student asks, an advisor reads and answers."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.actions import note_look
from accounts.http import AuthenticatedHttpRequest, get_for
from core.forms import posted
from letters import actions
from letters.checks import examine
from letters.facts import advisor_of, piece_of, text_of
from letters.forms import AnswerForm, AskReviewForm, PassageForm
from letters.models import Letter, LetterReview, Passage
from letters.passages import paragraphs_of, said_about
from letters.turnaround import turnaround_by
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
    at = timezone.now()
    waiting = LetterReview.objects.visible_to(request.user).waiting()
    context = {
        "reviews": waiting.select_related(*PEOPLE).order_by("asked_at", "id"),
        "today": today_of(request.user, at=at),
        "turnaround": turnaround_by(request.user, at=at),
        "now": at,
    }
    return render(request, "letters/review_list.html", context)


@page_with_form
def review(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    of_letter, now = _review_for(request, pk), timezone.now()
    if request.method != "POST":
        return _show(request, of_letter)
    form = AnswerForm(request.POST, has_passages=of_letter.passages.exists())
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
            first_name = of_letter.letter.student.first_name
            messages.success(request, f"{first_name} can read your answer.")
        return redirect("letters:reviews")
    return _show(request, of_letter, form=form)


@require_POST
def say_about(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """One passage, and what the advisor thinks of it."""
    of_letter = _review_for(request, pk)
    form = PassageForm(request.POST, text=of_letter.text)
    if not form.is_valid():
        return _show(request, of_letter, passage_form=form)
    about = {name: form.cleaned_data[name] for name in ("start", "end", "comment")}
    try:
        actions.say_about(of_letter, **about)
    except actions.Refused as refusal:
        messages.info(request, str(refusal))
    return redirect(f"{reverse('letters:review', args=[pk])}#said")


@require_POST
def say_no_more(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    visible = Passage.objects.visible_to(request.user).select_related("review")
    passage = get_for(request.user, visible, "letters.answer_review", pk)
    try:
        actions.say_no_more(passage)
    except actions.Refused as refusal:
        messages.info(request, str(refusal))
    return redirect(f"{reverse('letters:review', args=[passage.review_id])}#said")


def _review_for(request: AuthenticatedHttpRequest, pk: int) -> LetterReview:
    """That it was opened is written down, whatever happens then."""
    visible = LetterReview.objects.visible_to(request.user).select_related(*PEOPLE)
    of_letter = get_for(request.user, visible, "letters.answer_review", pk)
    student = of_letter.letter.student
    note_look(request.user, student, page="A letter sent for review", at=timezone.now())
    return of_letter


def _show(
    request: AuthenticatedHttpRequest,
    of_letter: LetterReview,
    *,
    form: AnswerForm | None = None,
    passage_form: PassageForm | None = None,
) -> HttpResponse:
    """With what was typed, where it could not be taken."""
    now, letter = timezone.now(), of_letter.letter
    said = said_about(of_letter.text, of_letter.passages.all())
    form, passage_form = form or AnswerForm(), passage_form or PassageForm(text=of_letter.text)
    context = {
        "review": of_letter,
        "letter": letter,
        "form": form,
        "passage_form": passage_form,
        "said": said,
        "paragraphs": paragraphs_of(of_letter.text, said),
        "findings": examine(piece_of(letter, text=of_letter.text, at=now)),
        "today": today_of(request.user, at=now),
    }
    status = 422 if form.errors or passage_form.errors else 200
    return render(request, "letters/review_answer.html", context, status=status)
