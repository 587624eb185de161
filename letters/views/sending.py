"""A letter goes out: by the student's own mail program or by post, or by CareerHub (G10)."""

from __future__ import annotations

from urllib.parse import quote

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST
from kombu.exceptions import OperationalError

from accounts.http import AuthenticatedHttpRequest
from core.forms import posted
from letters import actions, tasks
from letters.facts import text_of
from letters.forms import SentForm
from letters.models import Letter
from letters.views.doors import get_letter, today_of

SentBy = Letter.SentBy


@require_http_methods(["GET", "HEAD", "POST"])
def send(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    letter = get_letter(request.user, pk)
    if letter.is_sent:
        return redirect(letter)
    if "by_careerhub" in request.POST:
        return _by_careerhub(request, letter)
    today = today_of(request.user, at=timezone.now())
    first = {"on": today, "channel": letter.channel}
    form = SentForm(posted(request), today=today, initial=first)
    if form.is_valid() and _is_sent(request, letter, form):
        return redirect(letter)
    return _page(request, letter, form)


@require_POST
def take_back(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """A wrong click on “I have sent it”, or a mail that could not be delivered."""
    letter = get_letter(request.user, pk)
    try:
        remarks = actions.take_back(letter, at=timezone.now())
    except actions.Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, "Taken back: it has not gone out.")
        _remark(request, remarks)
    return redirect(letter)


@require_POST
def try_again(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """The address was wrong, and has been put right."""
    letter = get_letter(request.user, pk)
    delivery = getattr(letter, "delivery", None)
    if delivery is not None:
        try:
            actions.try_again(delivery, at=timezone.now())
        except actions.Refused as refusal:
            messages.info(request, str(refusal))
        else:
            _ring(request)
            messages.success(request, "It is on its way again.")
    return redirect(letter)


def _by_careerhub(request, letter: Letter) -> HttpResponse:
    now = timezone.now()
    today = today_of(request.user, at=now)
    try:
        remarks = actions.send(
            letter, by=SentBy.CAREERHUB, on=today, channel=letter.channel, at=now
        )
    except actions.AlreadySent:
        return redirect(letter)
    except actions.Refused as refusal:
        form = SentForm(today=today, initial={"on": today, "channel": letter.channel})
        return _page(request, letter, form, refusal=str(refusal))
    _ring(request)
    messages.success(request, f"CareerHub mails it to {letter.contact} now.")
    _remark(request, remarks)
    return redirect(letter)


def _is_sent(request, letter: Letter, form: SentForm) -> bool:
    on, channel = form.cleaned_data["on"], form.cleaned_data["channel"]
    try:
        remarks = actions.send(letter, by=SentBy.OWN, on=on, channel=channel, at=timezone.now())
    except actions.AlreadySent:
        return True
    except actions.Refused as refusal:
        form.add_error("on" if isinstance(refusal, actions.WrongDay) else None, str(refusal))
        return False
    messages.success(request, "Written down, with a copy in the log.")
    _remark(request, remarks)
    return True


def _page(request, letter: Letter, form: SentForm, *, refusal: str = "") -> HttpResponse:
    text = text_of(letter)
    context = {
        "letter": letter,
        "form": form,
        "refusal": refusal,
        "obstacle": _obstacle(letter, form),
        "text": text,
        "mailto": _mailto(letter, text),
    }
    status = 422 if form.errors or refusal else 200
    return render(request, "letters/letter_send.html", context, status=status)


def _obstacle(letter: Letter, form: SentForm) -> str:
    """Why this letter cannot go as it is: the page says so before anybody sends it."""
    try:
        actions.check_may_go(letter, on=form.today, at=timezone.now())
    except actions.Refused as refusal:
        return str(refusal)
    return ""


def _mailto(letter: Letter, text: str) -> str:
    """RFC 6068: the words are percent-encoded, line ends are CR LF."""
    body = quote(text.replace("\n", "\r\n"), safe="")
    to = quote(letter.contact.email, safe="@")
    return f"mailto:{to}?subject={quote(letter.subject, safe='')}&body={body}"


def _remark(request, remarks: list[str]) -> None:
    for sentence in remarks:
        messages.warning(request, sentence)


def _ring(request) -> None:
    try:
        tasks.deliver.delay()
    except OperationalError:
        messages.info(request, "The workers are busy. It will go out within some minutes.")
