"""Who led to whom: drawn, as a list, and in sentences."""

from __future__ import annotations

from itertools import groupby

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render

from accounts.http import AuthenticatedHttpRequest
from records.drawing import draw
from records.network import Branch, Network, network_of
from records.views.door import own_record

# So many boxes can still be read, and weigh little.
PEOPLE_A_BRANCH = 40
PEOPLE_A_PAGE = 40


@own_record
def tree(request: AuthenticatedHttpRequest) -> HttpResponse:
    network = network_of(request.user)
    start = request.GET.get("from", "")
    if start:
        return _from_one(request, network, start)
    pages = Paginator(
        _pages(network.branches(most=PEOPLE_A_BRANCH)), 1, allow_empty_first_page=True
    )
    page = pages.get_page(request.GET.get("page"))
    branches: list[Branch] = [branch for part in page.object_list for branch in part]
    chain = network.longest_chain()
    context = {
        "network": network,
        "drawings": [
            draw(network, source, list(group))
            for source, group in groupby(branches, key=lambda one: network.people[one.root].source)
        ],
        "page_obj": page,
        "singles": network.singles(),
        "chain": chain if len(chain) > 1 else [],
        "generous": network.most_generous(),
    }
    return render(request, "records/tree.html", context)


def _from_one(request, network: Network, start: str) -> HttpResponse:
    """The branch below one person, where the whole was too large to draw."""
    root = int(start) if start.isascii() and start.isdecimal() else 0
    if root not in network.people:
        raise Http404
    branch = network.branch(root, most=PEOPLE_A_BRANCH)
    person = network.people[root]
    context = {
        "network": network,
        "start": person,
        "drawings": [draw(network, person.source, [branch])],
    }
    return render(request, "records/tree.html", context)


def _pages(branches: list[Branch]) -> list[list[Branch]]:
    """Whole branches, until a page is full."""
    pages: list[list[Branch]] = []
    room = 0
    for branch in branches:
        if len(branch.shown) > room:
            pages.append([])
            room = PEOPLE_A_PAGE
        pages[-1].append(branch)
        room -= len(branch.shown)
    return pages
