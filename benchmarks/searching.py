"""One page of a search with its count and facets, against SQLite's FTS5 and Django's icontains.

FTS5 hands out the numbers of the best 25; ours counts, fills four facets and loads the people.
"""

from __future__ import annotations

from functools import partial, reduce
from itertools import islice
from operator import and_, or_
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import Role, User
from alumni.importing.newcomers import INDEXES
from alumni.models import Alum
from alumni.searching import summary, terms
from alumni.searching.hits import MOST_COUNTED
from alumni.searching.search import Wish, everybody, search
from benchmarks.database import copy_file, execute, fetch, settle
from benchmarks.fulltext import FullText
from benchmarks.lists import CLEAN, write_lists
from benchmarks.measuring import Figure, Scale, Wrong, in_turn, percentile, speed
from benchmarks.people import Person, people
from benchmarks.queries import Asked, drawn_from

STAFF = User(role=Role.STAFF)
ASKED_OF_EACH = 60
# A query of icontains takes a second in a large directory.
ASKED_SLOWLY = 4
COMPARED = 10
LARGE = 1_000_000
MILLISECOND = 0.001
# Goal and floor of the ratio to FTS5, where FTS5 has work to do as well.
AGAINST_FTS5 = {
    "three letters": {"goal": 1, "floor": 0.4},
    "employer": {"goal": 1, "floor": 0.3},
    "common words": {"goal": 1, "floor": 0.6},
}
SLIPS = "a slip in each word"
COLUMNS = ("name", "employer", "job_title", "city", "region", "country")


def run(scale: Scale) -> list[Figure]:
    with TemporaryDirectory(prefix="careerhub-bench-") as folder:
        _fill(Path(folder), scale.rows)
        full_text = FullText(Path(folder) / "people.sqlite")
        settle()
        try:
            return _figures(full_text, scale)
        finally:
            full_text.close()


def _fill(folder: Path, rows: int) -> None:
    at = timezone.now()
    messy, clean = folder / "people.csv", folder / "people.copy"
    write_lists(messy, clean, first=1, count=rows, at=at)
    with transaction.atomic():
        indexes = fetch(INDEXES)
        for name, _ in indexes:
            execute(f"DROP INDEX {name}")
        copy_file(clean, "alumni_alum", CLEAN)
        execute("SET LOCAL maintenance_work_mem = '256MB'")
        for _, definition in indexes:
            execute(definition)
    terms.learn(Alum.objects.all())
    summary.count_ahead(at=at)
    execute("VACUUM ANALYZE alumni_alum, alumni_searchterm")


def _figures(full_text: FullText, scale: Scale) -> list[Figure]:
    queries = drawn_from(_drawn(scale.rows))
    _refuse_what_was_not_found(full_text, queries)
    _warm_up(full_text, queries)
    figures = []
    for kind, asked in queries.items():
        took: list[float] = []
        ours, theirs = in_turn(
            scale.runs, partial(_ask_all, asked, took), partial(_best, full_text, asked)
        )
        bounds = AGAINST_FTS5.get(kind, {})
        figures.append(speed(f"{kind}, against FTS5", ours, theirs, from_rows=LARGE, **bounds))
        milliseconds = [seconds / MILLISECOND for seconds in took]
        spread = [percentile(milliseconds, 0.5), percentile(milliseconds, 0.95)]
        figures.append(Figure(f"{kind}, half", spread[:1], unit="ms", less_is_better=True))
        figures.append(Figure(f"{kind}, 95 of 100", spread[1:], unit="ms", less_is_better=True))
    return [*figures, _against_icontains(queries["first and last name"], scale), _hits(queries)]


def _warm_up(full_text: FullText, queries: dict[str, list[Asked]]) -> None:
    """A server that has been up for an hour has its pages at hand; either side is asked each
    question once before anything is timed."""
    for asked in queries.values():
        _ask_all(asked, [])
        _best(full_text, asked)


def _drawn(rows: int) -> list[Person]:
    """Every so-manieth person, whose names a keyboard without accents can type."""
    step = max(1, rows // (ASKED_OF_EACH * 2))
    plain = (one for one in people(1, rows) if one.number % step == 0 and _is_plain(one))
    return list(islice(plain, ASKED_OF_EACH))


def _is_plain(person: Person) -> bool:
    name = person.given + person.family
    return name.isascii() and name.isalpha()


def _ask_all(asked: list[Asked], took: list[float]) -> None:
    for one in asked:
        began = perf_counter()
        search(STAFF, Wish(words=one.text))
        took.append(perf_counter() - began)


def _best(full_text: FullText, asked: list[Asked]) -> None:
    for one in asked:
        full_text.best(one)


def _against_icontains(asked: list[Asked], scale: Scale) -> Figure:
    """The mean of all questions against the mean of a few. Theirs reads through the whole
    directory: were ours asked as few, most of its time would go into what that left behind in the
    processor's memory."""
    few = asked[:ASKED_SLOWLY]
    ours, theirs = in_turn(
        scale.runs,
        partial(_ask_all, asked, []),
        lambda: [list(_contains(one)[:25]) for one in few],
    )
    return speed(
        "first and last name, against icontains",
        [spent.for_one_of(len(asked)) for spent in ours],
        [spent.for_one_of(len(few)) for spent in theirs],
        goal=300, floor=50, from_rows=LARGE,
    )  # fmt: skip


def _contains(asked: Asked):
    """As a tutorial of Django has it."""
    words = [
        reduce(or_, (Q(**{f"{column}__icontains": word}) for column in COLUMNS))
        for word in asked.words
    ]
    return Alum.objects.filter(reduce(and_, words)).without_search().by_name()


def _hits(queries: dict[str, list[Asked]]) -> Figure:
    asked = queries[SLIPS]
    found = sum(_is_on_first_page(one) for one in asked)
    share = found / len(asked) * 100
    return Figure(
        "slips that find their person", [share], unit="%", goal=95, floor=90, from_rows=LARGE
    )


def _is_on_first_page(asked: Asked) -> bool:
    wanted = f"A{asked.of:07}"
    return any(
        person.external_id == wanted for person in search(STAFF, Wish(words=asked.text)).people
    )


def _refuse_what_was_not_found(full_text: FullText, queries: dict[str, list[Asked]]) -> None:
    """Whom FTS5 finds, ours finds as well; ours knows nicknames and beginnings besides."""
    for kind, asked in queries.items():
        for one in asked[:COMPARED]:
            theirs = full_text.all(one)
            if len(theirs) <= MOST_COUNTED and not theirs <= _everybody(one):
                raise Wrong(f"{kind}: FTS5 finds people whom ours does not.")
    for one in queries["first and last name"][:ASKED_SLOWLY]:
        contains = set(_contains(one).values_list("pk", flat=True))
        if not contains & _everybody(one):
            raise Wrong("icontains and ours share nobody.")


def _everybody(asked: Asked) -> set[int]:
    found, _ = everybody(STAFF, Wish(words=asked.text))
    return set(found.values_list("pk", flat=True))
