"""A student's list of people, as two processes serve it to eight at once.

Held against a page of one line on the same server, and against the same list as a tutorial has it:
Django's own middleware, a connection to the database for each request, a view of a class.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import islice

from django.test import Client

from accounts.models import User
from benchmarks.database import execute
from benchmarks.measuring import Figure, Scale, Spent, Wrong, percentile, speed, spent_on
from benchmarks.people import people
from benchmarks.web.server import serving
from benchmarks.web.visitors import visit
from contacts.models import Contact

LIST = "/contacts/"
ONE_LINE = "/one-line/"
# On one page of the list stand 25.
ON_THE_LIST = 60
# As many as take about a second each.
VISITS = {"list": 160, "one line": 1600, "as it comes": 160}
SHORTEST, FULL = 16, 100_000


def run(scale: Scale) -> list[Figure]:
    student = _fill(scale.rows)
    at_ours, at_plain = (
        _cookie(student),
        _cookie(student, "django.contrib.auth.backends.ModelBackend"),
    )
    share = min(1.0, scale.rows / FULL)
    times = {name: max(SHORTEST, int(many * share)) for name, many in VISITS.items()}
    with (
        serving("careerhub.wsgi", settings="benchmarks.web.settings") as ours,
        serving("benchmarks.web.plain_wsgi", settings="benchmarks.web.plain_settings") as plain,
    ):
        pages: dict[str, Callable[[int], list[float]]] = {
            "list": lambda many: visit(ours, LIST, times=many, cookie=at_ours),
            "one line": lambda many: visit(ours, ONE_LINE, times=many),
            "as it comes": lambda many: visit(plain, LIST, times=many, cookie=at_plain),
        }
        return _figures(scale, pages, times)


def _cookie(student: User, backend: str | None = None) -> str:
    client = Client()
    client.force_login(student, backend=backend)
    return f"sessionid={client.cookies['sessionid'].value}"


def _figures(
    scale: Scale, pages: dict[str, Callable[[int], list[float]]], times: dict[str, int]
) -> list[Figure]:
    for look in pages.values():
        look(SHORTEST)  # Templates are read, and connections made, for the first time.
    spent: dict[str, list[Spent]] = {name: [] for name in pages}
    waited: list[list[float]] = []
    for _ in range(scale.runs):
        for name, look in pages.items():
            answers: list[float] = []
            whole = spent_on(partial(_into, answers, look, times[name]))
            spent[name].append(Spent(whole.wall / len(answers), whole.processor / len(answers)))
            if name == "list":
                waited.append(answers)
    ours = spent["list"]
    half, slowest = ([percentile(one, share) for one in waited] for share in (0.5, 0.99))
    return [
        _speed("a list, against a page of one line", ours, spent["one line"], goal=0.10),
        _speed("a list, against Django as it comes", ours, spent["as it comes"], goal=8),
        Figure(
            "the slowest of a hundred, against the usual",
            [late / usual for late, usual in zip(slowest, half, strict=True)],
            goal=2, less_is_better=True, from_rows=FULL,
        ),
        Figure("lists", [1 / one.wall for one in ours], unit="a second"),
        Figure("the usual wait of eight at once", [one * 1000 for one in half], unit="ms",
               less_is_better=True),
    ]  # fmt: skip


def _into(answers: list[float], look: Callable[[int], list[float]], times: int) -> None:
    answers += look(times)


def _speed(name: str, ours: list[Spent], theirs: list[Spent], *, goal: float) -> Figure:
    return speed(name, ours, theirs, goal=goal, from_rows=FULL)


def _fill(rows: int) -> User:
    """A student with some people, among others who have as many."""
    students = User.objects.bulk_create(
        User(name=f"Student {n}", email=f"student{n}@bench.example")
        for n in range(max(1, rows // ON_THE_LIST))
    )
    met = people(1, len(students) * ON_THE_LIST)
    Contact.objects.bulk_create(
        (
            Contact(student=student, name=f"{person.given} {person.family}", source="FAMILY",
                    employer=person.employer, job_title=person.title)
            for student in students
            for person in islice(met, ON_THE_LIST)
        ),
        batch_size=5000,
    )  # fmt: skip
    execute("VACUUM ANALYZE accounts_user, contacts_contact")
    if Contact.objects.filter(student=students[0]).count() != ON_THE_LIST:
        raise Wrong("The list is not as long as it should be.")
    return students[0]
