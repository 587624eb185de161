"""Index cards and binder: chosen, looked at, printed from the browser or fetched as PDF."""

from __future__ import annotations

from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import render

from accounts.http import AuthenticatedHttpRequest
from contacts.models import Contact, ContactQuerySet
from records import paper, timeline
from records.card import cards_of
from records.filters import MOST_TICKED, Choice, Paper, Who
from records.views.door import own_record, today_of
from records.views.downloads import download
from records.whole import EVERYTHING, load

CARDS_A_PAGE = 20
PEOPLE_A_PAGE = 5


def _people(request: AuthenticatedHttpRequest) -> ContactQuerySet:
    return Contact.objects.visible_to(request.user)


@own_record
def cards(request: AuthenticatedHttpRequest) -> HttpResponse:
    choice = Choice.read(request.GET)
    page = _page(request, choice, per_page=CARDS_A_PAGE)
    shown = cards_of(page.object_list)
    words = (words for card in shown for words in paper.words_of(card))
    context = {
        **_choosing(request, choice, page),
        "cards": [(card, paper.qr_code(card.pk)) for card in shown],
        "missing": paper.missing_letters(words),
    }
    return render(request, "records/cards.html", context)


@own_record
def cards_pdf(request: AuthenticatedHttpRequest) -> HttpResponse:
    choice = Choice.read(request.GET)
    part = _page(request, choice, per_page=paper.PEOPLE_A_FILE)
    made = paper.cards_pdf(cards_of(part), paper=choice.paper, today=today_of(request))
    return download(made, f"careerhub-cards-{today_of(request)}.pdf", "application/pdf")


@own_record
def binder(request: AuthenticatedHttpRequest) -> HttpResponse:
    choice = Choice.read(request.GET)
    page = _page(request, choice, per_page=PEOPLE_A_PAGE)
    zone = request.user.time_zone
    people = load(page.object_list, EVERYTHING)
    told = [(one, timeline.timeline_of(one, zone=zone, in_full=True)) for one in people]
    context = {**_choosing(request, choice, page), "people": told}
    return render(request, "records/binder.html", context)


@own_record
def binder_pdf(request: AuthenticatedHttpRequest) -> HttpResponse:
    part = _page(request, Choice.read(request.GET), per_page=paper.PEOPLE_A_FILE)
    made = paper.binder_pdf(
        list(part),
        zone=request.user.time_zone,
        owner=request.user.name,
        today=today_of(request),
    )
    return download(made, f"careerhub-binder-{today_of(request)}.pdf", "application/pdf")


def _page(request: AuthenticatedHttpRequest, choice: Choice, *, per_page: int) -> Page:
    people = choice.apply(_people(request))
    return Paginator(people, per_page).get_page(request.GET.get("page"))


def _choosing(request: AuthenticatedHttpRequest, choice: Choice, page: Page) -> dict:
    fields = _people(request).exclude(field="").order_by("field")
    parts = -(-page.paginator.count // paper.PEOPLE_A_FILE)
    context = {
        "choice": choice,
        "page_obj": page,
        "today": today_of(request),
        "whos": Who.choices,
        "papers": Paper.choices,
        "fields": list(fields.values_list("field", flat=True).distinct()),
        "parts": range(1, parts + 1),
        "people_a_file": paper.PEOPLE_A_FILE,
    }
    if choice.who == Who.TICKED:
        context |= _to_tick(request, choice)
    return context


def _to_tick(request: AuthenticatedHttpRequest, choice: Choice) -> dict:
    """Those that are ticked, and as many others as an address can name."""
    everybody = _people(request)
    ticked = list(everybody.filter(pk__in=choice.ticked).by_name())
    others = everybody.exclude(pk__in=choice.ticked).search(choice.words).by_name()
    room = MOST_TICKED - len(ticked)
    rest = list(others[: room + 1])
    return {"ticked": ticked, "others": rest[:room], "too_many": len(rest) > room}
