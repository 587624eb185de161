"""Writing a letter, with the checks beside it: one address, one page for each state."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods
from django.views.decorators.vary import vary_on_headers

from accounts.http import AuthenticatedHttpRequest
from core.forms import posted
from core.htmx import page_or_partial
from letters import actions
from letters.advice import advice_of
from letters.blocks import clean
from letters.facts import text_of
from letters.forms import BuilderForm, words_of
from letters.models import Letter, LetterReview
from letters.passages import paragraphs_of, said_about
from letters.views.doors import get_letter, today_of


@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_headers("HX-Target")
def detail(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    letter = get_letter(request.user, pk)
    if request.method == "POST":
        return _write(request, letter)
    if letter.is_sent:
        return _sent(request, letter)
    if letter.state == Letter.State.IN_REVIEW:
        return _with_advisor(request, letter)
    return _builder(request, letter, _form(request, letter))


def _write(request, letter: Letter) -> HttpResponse:
    form = BuilderForm(posted(request), letter=letter, today=_today(request))
    if not form.is_valid():
        return _builder(request, letter, form)
    try:
        fell_back = actions.save(letter, form.words)
    except actions.Refused as refusal:
        form.add_error(None, str(refusal))
        return _builder(request, letter, form)
    # htmx sends the name of a pressed button along, whose own request is on its way.
    if request.htmx.target == "advice":
        return _builder(request, letter, form, saved=True, fell_back=fell_back)
    if fell_back:
        messages.info(request, "You changed it, so it is a draft again.")
    return _go_on(request, letter)


def _to_sending(request, letter: Letter) -> HttpResponse:
    try:
        actions.mark_ready(letter, at=timezone.now())
    except actions.Refused as refusal:
        return _builder(request, letter, _form(request, letter), refusal=str(refusal))
    return redirect("letters:send", pk=letter.pk)


def _go_on(request, letter: Letter) -> HttpResponse:
    if "go" in request.POST:
        return _to_sending(request, letter)
    if "use" in request.POST:
        return _use(request, letter)
    messages.success(request, "Saved.")
    return redirect(f"{letter.get_absolute_url()}#advice")


def _use(request, letter: Letter) -> HttpResponse:
    """Put the rewrite of one finding into the letter; the findings are made anew, never trusted."""
    advice = advice_of(letter, at=timezone.now())
    chosen = next((one for one in advice if one.key == request.POST["use"]), None)
    if chosen is None or not chosen.can_be_used:
        messages.info(request, "The letter has changed since then. Look once more.")
    else:
        actions.save(letter, words_of(letter, blocks=chosen.applied_to(letter)))
        messages.success(request, f"Put into “{chosen.block_title}”.")
    return redirect(f"{letter.get_absolute_url()}#advice")


def _builder(request, letter: Letter, form: BuilderForm, **said: Any) -> HttpResponse:
    """The page, or what stands beside the words: findings, the whole letter, what was saved."""
    advice = advice_of(letter, at=timezone.now())
    review = letter.reviews.order_by("-id").select_related("reviewer").first()
    context = {
        "letter": letter,
        "form": form,
        "advice": advice,
        "stops": sum(one.stops for one in advice),
        "text": text_of(letter),
        "filled": _filled(letter, form) if "saved" in said else [],
        "review": review,
        **_what_was_said(review),
        **said,
    }
    template = page_or_partial(request, "letters/letter_detail.html", partial="advice")
    return render(
        request, template, context, status=422 if form.errors or "refusal" in said else 200
    )


def _what_was_said(review: LetterReview | None) -> dict[str, Any]:
    """The advisor's words about passages, once the letter is answered."""
    if review is None or review.answered_at is None:
        return {}
    found = said_about(review.text, review.passages.all())
    return {"said": found, "paragraphs": paragraphs_of(review.text, found) if found else []}


def _filled(letter: Letter, form: BuilderForm) -> list:
    """The parts that now hold other words than were typed: a way that was chosen, another day."""
    typed = form.words.blocks
    kept = BuilderForm(letter=letter, today=form.today).blocks
    return [
        (block, field, form.data[field.html_name].replace("\r\n", "\n"))
        for block, field in kept
        if block.name in typed and clean(typed[block.name]) != letter.blocks[block.name]
    ]


def _form(request, letter: Letter) -> BuilderForm:
    return BuilderForm(letter=letter, today=_today(request))


def _today(request):
    return today_of(request.user, at=timezone.now())


def _with_advisor(request, letter: Letter) -> HttpResponse:
    review = letter.reviews.order_by("-id").first()
    context = {"letter": letter, "text": text_of(letter), "review": review}
    return render(request, "letters/letter_waiting.html", context)


def _sent(request, letter: Letter) -> HttpResponse:
    context = {
        "letter": letter,
        "text": text_of(letter),
        "delivery": getattr(letter, "delivery", None),
        "today": _today(request),
    }
    return render(request, "letters/letter_sent.html", context)
