"""Rows planned in sets come out as rows planned one after the other: that is the rule."""

from __future__ import annotations

import random
from contextlib import suppress

import pytest
from django.db import IntegrityError, connection, transaction

from alumni.importing import plan as planning
from alumni.importing.sandbox import child_with
from alumni.importing.staging import stage
from alumni.models import Alum
from tests.factories import AlumFactory


def planned(text: str) -> list[tuple]:
    """Every row as plan() leaves it; a new person's id is only whether there is one."""
    with child_with([text.encode()]) as child:
        job = {
            "file_name": "list.csv", "sheet": None, "header_row": 1, "this_year": 2026,
            "corrections": {}, "vocabulary": {}, "mapping": {"columns": {
                "0": "external_id", "1": "full_name",
            "2": "email", "3": "class_year", "4": "city", "5": "consent"}},
        }  # fmt: skip
        stage(child, job, progress=lambda rows: None, on_problem=lambda problem: None)
    planning.plan()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT number, outcome, CASE WHEN outcome = 'CREATED' OR NOT EXISTS (SELECT FROM "
            "alumni_alum WHERE id = alum_id) THEN alum_id IS NOT NULL ELSE alum_id = alum_id END, "
            "CASE WHEN EXISTS (SELECT FROM alumni_alum WHERE id = alum_id) THEN alum_id END, "
            "coalesce(problems, '[]'), coalesce(changes, '{}'), seen FROM planned ORDER BY number"
        )
        return cursor.fetchall()


@pytest.mark.parametrize("seed", range(20))
def test_planning_in_sets_comes_out_as_one_row_after_the_other(monkeypatch, seed):
    chance = random.Random(seed)
    people = ["Ann Lee", "ann lee", "Ben Ray", "Cal Wu", "Dee Oz", "Ann B. Lee"]
    years = ["", "2011", "2012"]

    def pick(*among):
        return chance.choice(among)

    for number in range(chance.randint(0, 12)):
        with suppress(IntegrityError), transaction.atomic():
            AlumFactory(
                name=pick(*people), email=pick("", f"{number % 5}@x.edu", f"N{number}@x.edu"),
                external_id=pick("", f"{number % 6}"), class_year=pick(None, 2011, 2012),
                city=pick("", "Hadley"), consent=pick("YES", "NO", "UNKNOWN"),
            )  # fmt: skip
    rows = [
        ",".join([pick("", "", str(chance.randint(0, 9))), pick(*people, f"Eve X{letter}"),
                  pick("", "", f"{chance.randint(0, 6)}@x.edu", f"n{chance.randint(0, 9)}@x.edu"),
                  pick(*years, "[clear]"), pick("", "Hadley", "Boston", "[clear]"),
                  pick("", "yes", "no")])
        for letter in "abcdefghijklmnopqrst"[: chance.randint(1, 20)]
    ]  # fmt: skip
    text = "\n".join(["ID,Name,E-mail,Class year,City,Consent", *rows])

    in_sets = planned(text)
    monkeypatch.setattr(
        planning, "ODD", "CREATE TEMPORARY TABLE odd ON COMMIT DROP AS "
        "SELECT number, 0 AS label FROM staged WHERE is_usable",
    )  # fmt: skip
    one_by_one = planned(text)

    assert in_sets == one_by_one
    assert len(in_sets) == len(rows)
    assert Alum.objects.count() <= 12
