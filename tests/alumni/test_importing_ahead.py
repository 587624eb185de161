"""Writing a first list while it is read: the same people as when it is read first."""

from __future__ import annotations

import json
import random
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alumni import actions
from alumni.actions import running
from alumni.importing import apply, newcomers, sandbox
from alumni.importing.mapping import Mapping
from alumni.importing.newcomers import INDEXES
from alumni.models import Alum, Import, Removal
from alumni.removal import digests_of
from tests.factories import AlumFactory

AT = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)


@pytest.fixture
def is_long(monkeypatch):
    """Any list is long enough."""
    monkeypatch.setattr(newcomers, "LONG", 0)


def checked(text: str) -> Import:
    of_import = actions.upload_list(by=None, file_name="l.csv", content=text.encode(), at=AT)
    actions.set_mapping(of_import, mapping=Mapping.from_json(of_import.mapping))
    actions.check_import(of_import.pk, at=AT)
    of_import.refresh_from_db()
    return of_import


def imported(text: str) -> Import:
    of_import = checked(text)
    actions.run_import(of_import.pk, at=AT)
    of_import.refresh_from_db()
    return of_import


def counts(of_import: Import) -> tuple[int, int, int, int]:
    return (
        of_import.created_count, of_import.updated_count, of_import.unchanged_count,
        of_import.rejected_count,
    )  # fmt: skip


def outcome(done: Import) -> tuple:
    """All that a person can tell one import from another by, without ids."""
    people = Alum.objects.without_search().order_by("name", "email", "external_id", "class_year")
    names = ("name", "email", "external_id", "class_year", "city", "consent", "created_at")
    return (
        counts(done),
        list(people.values_list(*names)),
        list(
            done.rows.order_by("number").values_list(
                "number", "outcome", "name", "cells", "originals", "problems", "replaced",
                "alum__name", "alum__email",
            )
        ),
    )  # fmt: skip


def indexes() -> set[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(INDEXES)
        return set(cursor.fetchall())


def messy(chance: random.Random) -> str:
    people = ["Ann Lee", "ann lee", "Ben Ray", "Cal Wu", "Dee Oz", "Ann B. Lee", ""]
    rows = [
        ",".join([
            chance.choice(["", "", str(chance.randint(0, 9))]),
            chance.choice([*people, f"Eve X{letter}"]),
            chance.choice(["", "", f"{chance.randint(0, 6)}@x.edu", "broken@", "gone@x.edu"]),
            chance.choice(["", "2011", "2012", "20112"]),
            chance.choice(["", "Hadley", "Boston"]),
            chance.choice(["", "yes", "no"]),
        ])
        for letter in "abcdefghijklmnopqrst"[: chance.randint(1, 20)]
    ]  # fmt: skip
    return "\n".join(["ID,Name,E-mail,Class year,City,Consent", *rows, ""])


@pytest.mark.parametrize("seed", range(20))
def test_list_written_ahead_ends_as_one_that_was_read_first(monkeypatch, seed):
    for digest in digests_of(email="gone@x.edu", external_id=""):
        Removal.objects.create(digest=digest, removed_at=AT)
    text = messy(random.Random(seed))
    afterwards = outcome(imported(text))
    Import.objects.all().delete()
    Alum.objects.all().delete()
    standing = indexes()
    with connection.cursor() as cursor:
        # Else the people who just went would be asked for once more at the end.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
    monkeypatch.setattr(newcomers, "LONG", 0)
    was_ahead = []
    plan = running.plan
    monkeypatch.setattr(
        running, "plan", lambda new=None: was_ahead.append(new and new.are_ahead) or plan(new)
    )

    ahead = imported(text)

    assert outcome(ahead) == afterwards
    assert was_ahead == [None, True]
    assert indexes() == standing
    assert Alum.objects.filter(import_rows__of_import=ahead).distinct().count() == len(
        afterwards[1]
    )


@pytest.mark.parametrize("seed", range(20))
def test_what_became_of_each_row_is_kept_once_and_as_it_was_planned(seed):
    """A check plans every row; an import keeps those that say nothing new while it reads."""
    chance = random.Random(seed)
    first = messy(chance)
    imported(first)
    again = "".join([first, *messy(chance).splitlines(keepends=True)[1:]])
    of_import = checked(again)
    with connection.cursor() as cursor:
        cursor.execute("SELECT number, outcome, coalesce(problems, '[]') FROM planned")
        planned = [(*row, json.loads(problems)) for *row, problems in cursor.fetchall()]
    counted = counts(of_import)

    actions.run_import(of_import.pk, at=AT)

    of_import.refresh_from_db()
    assert counts(of_import) == counted
    assert sorted(of_import.rows.values_list("number", "outcome", "problems")) == sorted(planned)
    same = of_import.rows.filter(outcome="UNCHANGED", problems=[])
    assert not same.exclude(name="", alum__in=Alum.objects.all()).exists()


def test_list_written_ahead_can_be_taken_back(is_long):
    done = imported("Name,E-mail\nAnn Lee,a@x.edu\nBen Ray,b@x.edu\nBen B. Ray,B@x.edu\n")
    assert Alum.objects.count() == 2

    actions.undo_import(done, at=AT)

    assert Alum.objects.count() == 0


def test_list_that_meets_somebody_is_not_written_ahead(is_long):
    AlumFactory(name="Ann Lee", email="a@x.edu", city="Hadley")
    standing = indexes()

    done = imported("Name,E-mail,City\nAnn Lee,a@x.edu,Boston\nBen Ray,b@x.edu,\n")

    assert (done.created_count, done.updated_count) == (1, 1)
    assert set(Alum.objects.values_list("name", "city")) == {("Ann Lee", "Boston"), ("Ben Ray", "")}
    assert indexes() == standing


def test_new_people_of_a_living_directory_lie_in_the_order_of_names():
    imported("Name,City\nCal Wu,Hadley\nAnn Lee,Boston\nBen Ray,\nAmy Lee,Amherst\n")

    with connection.cursor() as cursor:
        cursor.execute("SELECT name, city FROM alumni_alum ORDER BY ctid")
        lying = cursor.fetchall()
    assert lying == [("Amy Lee", "Amherst"), ("Ann Lee", "Boston"), ("Ben Ray", ""),
                     ("Cal Wu", "Hadley")]  # fmt: skip
    numbered = Alum.objects.order_by("pk").values_list("name", flat=True)
    assert list(numbered) == [name for name, _ in lying]


def test_list_that_breaks_on_the_way_leaves_nobody_and_every_index(is_long, monkeypatch):
    standing = indexes()

    def broken(*args, **kwargs):
        assert Alum.objects.count() == 1
        raise RuntimeError("boom")

    monkeypatch.setattr(running, "apply_plan", broken)

    failed = imported("Name\nAnn Lee\n")

    assert (failed.state, Alum.objects.count()) == (Import.State.FAILED, 0)
    assert indexes() == standing


@pytest.mark.parametrize("is_first", [True, False])
def test_rows_may_come_in_pieces_that_end_anywhere(monkeypatch, is_first):
    monkeypatch.setattr(newcomers, "LONG", 0 if is_first else 1 << 30)
    monkeypatch.setattr(sandbox, "PIPE_BYTES", 37)

    done = imported("Name,City\n" + "".join(f"Ann L{'e' * n},Hadley {n}\n" for n in range(1, 40)))

    assert (done.created_count, Alum.objects.count(), done.rows.count()) == (39, 39, 39)
    assert set(Alum.objects.values_list("name", "city")) == {
        (f"Ann L{'e' * n}", f"Hadley {n}") for n in range(1, 40)
    }


@pytest.mark.parametrize(("standing", "is_looked_at"), [(15, True), (40, False)])
def test_statistics_are_made_anew_of_a_table_that_grew_by_a_tenth(
    monkeypatch, standing, is_looked_at
):
    monkeypatch.setattr(apply, "MANY", 2)
    AlumFactory.create_batch(standing)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE alumni_alum")

    with CaptureQueriesContext(connection) as asked:
        imported("Name,E-mail\nAnn Lee,ann@x.edu\nBen Ray,ben@x.edu\n")

    looks = [one["sql"] for one in asked if one["sql"].startswith("ANALYZE")]
    assert any("alumni_alum" in look for look in looks) is is_looked_at


def test_child_is_gone_when_its_list_cannot_be_written(monkeypatch):
    started = []

    class Noted(sandbox.Child):
        def __init__(self):
            super().__init__()
            started.append(self._process)

    def full():
        yield b"Name,E-mail\n"
        raise OSError("No space left on device")

    monkeypatch.setattr(sandbox, "Child", Noted)

    with pytest.raises(OSError, match="No space left"), sandbox.child_with(full()):
        pass

    (child,) = started
    assert child.returncode is not None
