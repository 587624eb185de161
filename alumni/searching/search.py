"""A search, from what was typed to one page of people."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from django.db.models import BooleanField
from django.db.models.expressions import RawSQL

from accounts.models import User
from alumni.models import Alum, AlumQuerySet
from alumni.searching import browse, hits, many, summary
from alumni.searching.built import SHAPES, Among, Slot, Statement, statement
from alumni.searching.crowd import Crowd
from alumni.searching.facets import MOST_FACETED, Counts
from alumni.searching.filters import Filters
from alumni.searching.finds import found_by
from alumni.searching.hits import MOST_COUNTED, Hits
from alumni.searching.places import Turn, read, written
from alumni.searching.typed import Query, as_meant, as_typed, words_of
from core.statements import row_of

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
    among = Among(wish.filters.narrow(visible, sees_hidden=sees_hidden))
    words = words_of(wish.words)
    is_whole = not words and not wish.filters.in_use()
    if is_whole and (known := summary.of(user)):
        found = Hits(*known, browse.page_of(among.people, turn))
        return _results(among, found, turn)._replace(is_whole=True)
    found, is_guess = _page_of(among, as_typed(words), turn), False
    if words and not found.total:
        # Nobody has the words as they were typed: what they may have meant.
        found = _page_of(among, as_meant(words), turn)
        is_guess = found.total > 0
    return _results(among, found, turn)._replace(is_guess=is_guess)


def _page_of(among: Among, query: Query, turn: Turn) -> Hits:
    crowd, is_best = Crowd(among, query.shape(), turn.sees_hidden), turn.order == BEST
    if is_best and query.word and query.is_many:
        return many.page_of(crowd, turn, query)
    if is_best and (multitude := many.count_of_multitude(crowd, query)):
        return many.page_of(crowd, turn, query, multitude)
    found = hits.page_of(crowd, turn, query)
    if found.total <= MOST_COUNTED:
        return found
    if not query.whole:
        return found._replace(places=browse.page_of(among.people, turn))
    if is_best:
        return many.page_of(crowd, turn, query, found)
    return found._replace(places=hits.page_of_all(crowd, turn, query))


def _results(among: Among, found: Hits, turn: Turn) -> Results:
    goes_on = len(found.places) == turn.length
    page = found.places
    if goes_on:
        page = page[1:] if turn.backward else page[:-1]
    has_next = bool(page) and (goes_on or turn.backward)
    has_previous = bool(page) and (goes_on if turn.backward else turn.start is not None)
    return Results(
        people=_people(among, [place.id for place in page]),
        total=found.total,
        facets=found.facets,
        next_place=written(page[-1]) if has_next else "",
        previous_place=written(page[0]) if has_previous else "",
    )


# What no list of people shows is read when it is asked for.
UNSEEN = ("search", "created_at", "updated_at")
READ = [one.attname for one in Alum._meta.concrete_fields if one.name not in UNSEEN]


def _people(among: Among, ids: list[int]) -> list[Alum]:
    """In this order, without whoever went meanwhile or is no longer to be seen."""
    rows = _reader(among).rows({"ids": ids}) if ids else []
    by_id = {row[0]: row_of(Alum, READ, row) for row in rows}
    return [by_id[id] for id in ids if id in by_id]


@lru_cache(SHAPES)
def _reader(among: Among) -> Statement:
    is_one = RawSQL("alumni_alum.id = ANY(%s)", [Slot("ids")], output_field=BooleanField())
    rows = among.people.filter(is_one).order_by().values_list(*READ)
    return statement(*rows.query.sql_with_params())


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
