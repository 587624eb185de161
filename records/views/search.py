"""“My record”: one box over everything; without words, what is new and who has been silent."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from accounts.http import AuthenticatedHttpRequest
from contacts.models import Contact
from records import results
from records.marks import LONGEST_QUERY, terms_of
from records.search import find, newest
from records.views.door import own_record, today_of
from records.whole import longest_silent

PEOPLE_A_PAGE = 10
NEWEST = 8
SILENT = 6


@own_record
def search(request: AuthenticatedHttpRequest) -> HttpResponse:
    words = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST_QUERY]
    terms = terms_of(words)
    context = {"q": words, "today": today_of(request)}
    if not terms:
        return render(request, "records/search.html", {**context, **_overview(request)})
    found = find(request.user, terms)
    of, most = request.GET.get("of", ""), results.PIECES_A_PERSON
    if of:
        found, most = [one for one in found if str(one.person) == of], results.MOST_PIECES
    page = Paginator(found, PEOPLE_A_PAGE).get_page(request.GET.get("page"))
    context["results"] = results.results(request.user, list(page), terms, most=most)
    return render(request, "records/search.html", {**context, "page_obj": page, "of": of})


def _overview(request: AuthenticatedHttpRequest) -> dict:
    pieces = newest(request.user, most=NEWEST)
    return {
        "newest": results.lines_of(request.user, pieces),
        "silent": longest_silent(Contact.objects.visible_to(request.user), most=SILENT),
    }
