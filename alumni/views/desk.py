"""The alum's desk: one task a page, nothing changes on GET, no account."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alumni import links
from alumni.actions import answers, desk, post
from alumni.emails import student_in_words
from alumni.forms.desk import (
    AcceptForm,
    CallForm,
    DeclineForm,
    LinkForm,
    PauseForm,
    RecordForm,
    TermsForm,
)
from alumni.links import Link
from alumni.models import Consent, Request
from alumni.views.desk_door import public, with_link, without_page
from core.forms import posted
from core.localtime import local_date
from core.signed_pages import page

page_with_form = require_http_methods(["GET", "HEAD", "POST"])
# What a page says after a deed; the address holds the word, never a text.
SAID = {
    "answered": "Your answer is on its way.",
    "already": "This request has its answer already. Nothing was changed.",
    "saved": "Saved.",
    "same": "Nothing was different.",
    "paused": "Paused. No student asks you before that day.",
    "resumed": "Students may ask you again.",
    "yes": "Thank you. Students may ask you now.",
    "no": "Understood. No student asks you from now on.",
}


@public
@page_with_form
def start(request: HttpRequest) -> HttpResponse:
    """A fresh link by mail. The answer is the same whether the address is known or not."""
    form = LinkForm(posted(request))
    if form.is_valid():
        post.send_link_to(form.cleaned_data["email"], at=timezone.now())
        return redirect("desk:sent")
    return page(request, "desk/start.html", {"form": form}, status=422 if form.is_bound else 200)


@public
@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    return page(request, "desk/sent.html", {})


@public
@require_safe
def removed(request: HttpRequest) -> HttpResponse:
    return page(request, "desk/removed.html", {})


@public
@require_POST
def fresh(request: HttpRequest, token: str) -> HttpResponse:
    """From a link that has run out: the new one goes to the address on record, nowhere else."""
    link = links.read(token, at=timezone.now())
    if link is not None:
        post.send_link(link.alum, at=timezone.now())
    return redirect("desk:sent")


@with_link
@require_safe
def home(request: HttpRequest, token: str, link: Link) -> HttpResponse:
    today = local_date(timezone.now(), link.alum.zone)
    paused = link.alum.paused_until
    context = _context(token, link) | {
        "said": SAID.get(request.GET.get("said", ""), ""),
        "who": student_in_words(link.request.student) if link.request else "",
        "is_paused": paused is not None and paused > today,
        "today": today,
        "times": link.request.times_ahead(at=timezone.now()) if link.request else [],
    }
    return page(request, "desk/home.html", context)


@with_link
@page_with_form
def accept(request: HttpRequest, token: str, link: Link) -> HttpResponse:
    form = AcceptForm(posted(request), alum=link.alum, at=timezone.now())

    def answer(asked: Request) -> None:
        reply, zone = form.cleaned_data["reply"], form.cleaned_data["time_zone"]
        answers.accept(asked, times=form.times, reply=reply, at=timezone.now())
        if zone != link.alum.zone:
            desk.change(link.alum, to={"time_zone": zone}, at=timezone.now())

    return _answer(request, token, link, form, answer, template="desk/accept.html")


@with_link
@page_with_form
def call(request: HttpRequest, token: str, link: Link) -> HttpResponse:
    form = CallForm(posted(request), initial={"number": link.alum.phone})

    def answer(asked: Request) -> None:
        answers.call_instead(asked, **form.cleaned_data, at=timezone.now())

    return _answer(request, token, link, form, answer, template="desk/call.html")


@with_link
@page_with_form
def decline(request: HttpRequest, token: str, link: Link) -> HttpResponse:
    form = DeclineForm(posted(request))

    def answer(asked: Request) -> None:
        said = form.cleaned_data
        named = answers.Named(
            name=said["named_name"], email=said["named_email"], about=said["named_about"],
            may_use_name=said["may_use_name"],
        )  # fmt: skip
        answers.decline(asked, reply=said["reply"], named=named, at=timezone.now())

    return _answer(request, token, link, form, answer, template="desk/decline.html")


def _answer(
    request: HttpRequest, token: str, link: Link, form: Form, answer: Callable[[Request], None],
    *, template: str,
) -> HttpResponse:  # fmt: skip
    """An answer that came before, or a request that was withdrawn, is shown on the first page."""
    if link.request is None or link.request.state != Request.State.PENDING:
        is_answered = link.request is not None and link.request.state != Request.State.WITHDRAWN
        return _home(token, "already" if request.method == "POST" and is_answered else "")
    if form.is_valid():
        try:
            answer(link.request)
        except answers.TimesRefused as refusal:
            form.add_error(None, str(refusal))
        except answers.AlreadyAnswered:
            return _home(token, "already")
        except answers.AnswerRefused:
            return _home(token, "")
        else:
            return _home(token, "answered")
    context = _context(token, link) | {"form": form}
    return page(request, template, context, status=422 if form.is_bound else 200)


@with_link
@page_with_form
def pause(request: HttpRequest, token: str, link: Link) -> HttpResponse:
    now = timezone.now()
    today = local_date(now, link.alum.zone)
    paused = link.alum.paused_until
    is_paused = paused is not None and paused > today
    if is_paused and "resume" in request.POST:
        desk.pause(link.alum, until=None, at=now)
        return _home(token, "resumed")
    began = {"until": paused} if is_paused else None
    form = PauseForm(posted(request), today=today, initial=began)
    if form.is_valid():
        desk.pause(link.alum, until=form.cleaned_data["until"], at=now)
        return _home(token, "paused")
    context = _context(token, link) | {"form": form, "is_paused": is_paused}
    return page(request, "desk/pause.html", context, status=422 if form.is_bound else 200)


@with_link
@page_with_form
def terms(request: HttpRequest, token: str, link: Link) -> HttpResponse:
    form = TermsForm(posted(request), alum=link.alum)
    if form.is_valid():
        changed = desk.change(link.alum, to=form.changes(), at=timezone.now())
        return _home(token, "saved" if changed else "same")
    context = _context(token, link) | {"form": form}
    return page(request, "desk/terms.html", context, status=422 if form.is_bound else 200)


@with_link
@page_with_form
def record(request: HttpRequest, token: str, link: Link) -> HttpResponse:
    form = RecordForm(posted(request), instance=link.alum)
    if form.is_valid():
        said = {name: form.cleaned_data[name] for name in desk.RECORD}
        try:
            changed = desk.change(link.alum, to=said, at=timezone.now())
        except desk.DeskRefused as refusal:
            is_name = isinstance(refusal, desk.NoName)
            form.add_error("name" if is_name else "email", str(refusal))
        else:
            return _home(token, "saved" if changed else "same")
    context = _context(token, link) | {"form": form}
    return page(request, "desk/record.html", context, status=422 if form.is_bound else 200)


@with_link
@page_with_form
def consent(request: HttpRequest, token: str, link: Link) -> HttpResponse:
    said = request.POST.get("consent")
    if request.method == "POST" and said in (Consent.YES, Consent.NO):
        desk.say_consent(link.alum, consent=Consent(said), at=timezone.now())
        return _home(token, said.lower())
    status = 422 if request.method == "POST" else 200
    return page(request, "desk/consent.html", _context(token, link), status=status)


@with_link
@page_with_form
def remove(request: HttpRequest, token: str, link: Link) -> HttpResponse:
    if request.method == "POST":
        # A second click finds nobody to remove, and that is what was wanted.
        with suppress(desk.Removed):
            desk.remove(link.alum, at=timezone.now())
        return redirect("desk:removed")
    return page(request, "desk/remove.html", _context(token, link))


@without_page
@page_with_form
def unsubscribe(request: HttpRequest, token: str, link: Link) -> HttpResponse:
    """RFC 8058: a mail program says no with one POST, without a page and without a cookie."""
    if request.method != "POST":
        return redirect("desk:consent", token)
    desk.say_consent(link.alum, consent=Consent.NO, at=timezone.now())
    return HttpResponse("Done.\n", content_type="text/plain")


def _context(token: str, link: Link) -> dict:
    return {"token": token, "alum": link.alum, "asked": link.request}


def _home(token: str, said: str) -> HttpResponse:
    answer = redirect("desk:home", token)
    if said:
        answer["Location"] += f"?said={said}"
    return answer
