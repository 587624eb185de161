"""A search, from what was typed to one page of people."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

from accounts.models import User
from alumni.models import Alum, AlumQuerySet
from alumni.searching import browse, hits, many, summary
from alumni.searching.facets import MOST_FACETED, Counts
from alumni.searching.filters import Filters
from alumni.searching.finds import found_by
from alumni.searching.hits import MOST_COUNTED, Hits
from alumni.searching.many import Crowd
from alumni.searching.places import Turn, read, written
from alumni.searching.typed import MOST_WEIGHED, as_meant, as_typed, words_of

PER_PAGE = 25
BEST, NAME, YEAR = "best", "name", "year"


NOTHING = Filters()


@dataclass(frozen=True)
class Wish:
    words: str = ""
    filters: Filters = NOTHING
    # Empty for what suits: the best match for words, the name without.
    sort: str = ""
    after: str = ""
    before: str = ""

    @property
    def order(self) -> str:
        return self.sort if self.sort in (NAME, YEAR) else BEST if self.words.strip() else NAME


class Results(NamedTuple):
    people: list[Alum]
    total: int
    facets: Counts
    # Nobody has the words as they were typed: these come close.
    is_guess: bool = False
    # The counts are those of the whole directory, made ahead.
    is_whole: bool = False
    next_place: str = ""
    previous_place: str = ""

    @property
    def is_sampled(self) -> bool:
        """The facets are those of the first few hundred people, so they say “at least”."""
        return not self.is_whole and self.total > MOST_FACETED

    @property
    def is_capped(self) -> bool:
        return not self.is_whole and self.total > MOST_COUNTED

    @property
    def shown_count(self) -> int:
        return MOST_COUNTED if self.is_capped else self.total


def search(user: User, wish: Wish, *, per_page: int = PER_PAGE) -> Results:
    results = _search(user, wish, per_page)
    if wish.before and not results.previous_place and len(results.people) < per_page:
        # Walking back ended in a short page: the first one has all of them.
        return _search(user, replace(wish, before=""), per_page)
    return results


def _search(user: User, wish: Wish, per_page: int) -> Results:
    sees_hidden = user.is_office_staff
    start, backward = read(wish.after or wish.before), bool(wish.before and not wish.after)
    turn = Turn(wish.order, per_page + 1, start, backward and start is not None, sees_hidden)
    visible = Alum.objects.visible_to(user)
    narrowed = wish.filters.narrow(visible, sees_hidden=sees_hidden)
    words = words_of(wish.words)
    is_whole = not words and not wish.filters.in_use()
    if is_whole and (known := summary.of(user)):
        found = Hits(*known, browse.page_of(narrowed, turn))
        return _results(visible, found, turn)._replace(is_whole=True)
    crowd = Crowd(narrowed, as_typed(words), sees_hidden)
    found, is_guess = _page_of(crowd, turn), False
    if words and not found.total:
        # Nobody has the words as they were typed: what they may have meant.
        found = _page_of(crowd._replace(query=as_meant(words)), turn)
        is_guess = found.total > 0
    return _results(visible, found, turn)._replace(is_guess=is_guess)


def _page_of(crowd: Crowd, turn: Turn) -> Hits:
    query, is_best = crowd.query, turn.order == BEST
    if is_best and query.word and query.guess > MOST_WEIGHED:
        return many.page_of(crowd, turn)
    people, number = crowd.found(), hits.number_of(query, turn)
    found = hits.page_of(people, turn, number=number)
    if found.total <= MOST_COUNTED:
        return found
    if not query.whole:
        return found._replace(places=browse.page_of(crowd.people, turn))
    if is_best:
        return many.page_of(crowd, turn, found)
    return found._replace(places=hits.page_of_all(people, turn, number=number))


def _results(visible: AlumQuerySet, found: Hits, turn: Turn) -> Results:
    goes_on = len(found.places) == turn.length
    page = found.places
    if goes_on:
        page = page[1:] if turn.backward else page[:-1]
    by_id = visible.without_search().in_bulk([place.id for place in page])
    has_next = bool(page) and (goes_on or turn.backward)
    has_previous = bool(page) and (goes_on if turn.backward else turn.start is not None)
    return Results(
        people=[by_id[place.id] for place in page if place.id in by_id],
        total=found.total,
        facets=found.facets,
        next_place=written(page[-1]) if has_next else "",
        previous_place=written(page[0]) if has_previous else "",
    )


def everybody(user: User, wish: Wish) -> tuple[AlumQuerySet, bool]:
    """All whom a search finds, in the order of names, and whether they are a guess."""
    sees_hidden = user.is_office_staff
    visible = Alum.objects.visible_to(user)
    narrowed = wish.filters.narrow(visible, sees_hidden=sees_hidden)
    words = words_of(wish.words)
    people = found_by(narrowed, as_typed(words), sees_hidden=sees_hidden)
    if words and not people.exists():
        return found_by(narrowed, as_meant(words), sees_hidden=sees_hidden).by_name(), True
    return people.by_name(), False
