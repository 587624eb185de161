"""Pages of many people in order, straight from an index: any page as quick as the first.

Each stretch is one walk along an index; a page that reaches the end of one goes on in the next.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db.models import F, Q, TextField, Value
from django.db.models.expressions import Combinable, Expression, Func, OrderBy
from django.db.models.lookups import GreaterThan, LessThan

from alumni.models import AlumQuerySet
from alumni.searching.places import Place, Turn

NAME = ("family_name", "given_name", "id")
Keys = Sequence[str | F | Expression]


def page_of(people: AlumQuerySet, turn: Turn) -> list[Place]:
    places: list[Place] = []
    for stretch in _stretches(people, turn):
        if len(places) < turn.length:
            rows = stretch.values_list("class_year", *NAME, "hidden_fields")
            places += [_place(turn, *row) for row in rows[: turn.length - len(places)]]
    return places[::-1] if turn.backward else places


def _place(turn: Turn, year: int | None, family: str, given: str, id: int, hidden: list) -> Place:
    is_by_year = turn.order == "year" and (turn.sees_hidden or "class_year" not in hidden)
    return Place(-float(year) if is_by_year and year else 0.0, family, given, id)


def _stretches(people: AlumQuerySet, turn: Turn) -> Iterator[AlumQuerySet]:
    by_name = in_order(NAME, backward=turn.backward)
    if turn.order != "year":
        yield beyond(people, NAME, turn.start, backward=turn.backward).order_by(*by_name)
        return
    hides = Q() if turn.sees_hidden else Q(hidden_fields__contains=["class_year"])
    with_year = people.filter(class_year__isnull=False)
    without = people.filter(Q(class_year__isnull=True) | hides)
    if hides:
        with_year = with_year.exclude(hides)
    is_among_years = turn.start is not None and turn.start.number != 0
    here = None if is_among_years else turn.start
    last = beyond(without, NAME, here, backward=turn.backward).order_by(*by_name)
    if turn.backward and not is_among_years:
        yield last
    if turn.backward or is_among_years or turn.start is None:
        yield from _years(with_year, turn, by_name)
    if not turn.backward:
        yield last


def _years(people: AlumQuerySet, turn: Turn, by_name: list[OrderBy]) -> Iterator[AlumQuerySet]:
    """The rest of the year of the start, then the years beyond it."""
    year = F("class_year")
    by_year = year.asc(nulls_first=True) if turn.backward else year.desc(nulls_last=True)
    if turn.start is None or not turn.start.number:
        yield people.order_by(by_year, *by_name)
        return
    at = -int(turn.start.number)
    same = people.filter(class_year=at)
    yield beyond(same, NAME, turn.start, backward=turn.backward).order_by(*by_name)
    others = {"class_year__gt" if turn.backward else "class_year__lt": at}
    yield people.filter(**others).order_by(by_year, *by_name)


def in_order(keys: Keys, *, backward: bool) -> list[OrderBy]:
    said = (F(key) if isinstance(key, str) else key for key in keys)
    return [key.desc() if backward else key.asc() for key in said]


def beyond(
    people: AlumQuerySet, keys: Keys, start: Place | None, *, backward: bool
) -> AlumQuerySet:
    """Those who come after `start` in the order of `keys`, or before it."""
    if start is None:
        return people
    said = (F(key) if isinstance(key, str) else key for key in keys)
    here, there = _row(*map(Value, start[1:])), _row(*said)
    return people.filter((LessThan if backward else GreaterThan)(there, here))


def _row(*parts: Combinable) -> Func:
    """Of words and a number; Django wants one name for that, and nothing is made of it."""
    return Func(*parts, function="ROW", output_field=TextField())
