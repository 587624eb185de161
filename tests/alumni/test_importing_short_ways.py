"""Two short ways, each held to the rule it shortens: plain rows, and rows planned in sets."""

from __future__ import annotations

import random
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection, transaction

from alumni.importing import plan as planning
from alumni.importing.listing import Listing
from alumni.importing.mapping import propose_mapping
from alumni.importing.ordinary import RowReader
from alumni.importing.rows import ExactReader
from alumni.importing.sandbox import kept_as_file
from alumni.importing.staging import stage
from alumni.importing.table import Record, UnreadableFile
from alumni.models import Alum
from tests.alumni.test_importing_files import READ
from tests.factories import AlumFactory

AT = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
# What people and programs write into cells.
ODDITIES = [
    "", " ", "n/a", "None", "-", "[clear]", "yes", "No", "maybe", "'=1+1", "ann@x.edu",
    "ANN@X.EDU", "a..b@x.edu", "ann.@x.edu", "ann@x..edu", "ann@-x.edu", "é@x.edu", "Zoë", "O'Neil",
    "McDonald", "DE LA CRUZ", "van Gogh", "Ann Lee", "Lee, Ann", "Ann", "Total", "Grand", "Sum",
    "Dr. Ann Lee", "Ann Lee Jr.", "2011", "'16", "1799", "2011.0", "soon", "413-555-0123",
    "(413) 555-0123", "413.555.012", "+44 20 7946 0018", "1234567", "A0012", "00123456", "x" * 250,
    "Art; Film", "Art, Film", "Agriculture, General", "Art;;", ";", "MA", "Massachusetts", "USA",
    "Germany", "a\u00a0b", "line\nbreak", "back\\slash", "tab\there", "Name", "E-mail", "City",
]  # fmt: skip
HEADINGS = [
    "ID", "First name", "Last name", "E-mail", "Phone", "Class year", "Majors", "Industry",
    "Employer", "Job title", "City", "State", "Country", "Consent",
]  # fmt: skip
PLAIN = [
    "A0012345", "Ann", "Lee", "ann@x.edu", "413-555-0123", "2011", "Art; Film", "Media", "NEPM",
    "Producer", "Hadley", "MA", "USA", "yes",
]  # fmt: skip


def both_ways(listing: Listing, records: list[Record]):
    mapping = propose_mapping(listing.table)
    exact = ExactReader(listing.table, mapping, this_year=2026)
    short = RowReader(exact)
    return [short.read(record) for record in records], [exact.read(record) for record in records]


@pytest.mark.parametrize("name", READ)
def test_plain_rows_of_real_lists_come_out_the_same(real_data, name):
    with suppress(UnreadableFile):
        listing = Listing(real_data / name, file_name=name, sheet=None, header_row=None)
        short, exact = both_ways(listing, list(listing))

        assert short == exact


@pytest.mark.parametrize("has_full_name", [False, True], ids=["name in parts", "full name"])
@pytest.mark.parametrize("seed", range(5))
def test_odd_cells_come_out_the_same(seed, has_full_name):
    chance = random.Random(seed)
    headings, plain = list(HEADINGS), list(PLAIN)
    if has_full_name:
        headings[1:3], plain[1:3] = ["Name"], ["Ann Lee"]
    text = "\n".join([",".join(headings), ",".join(plain)])
    with kept_as_file([text.encode()]) as path:
        listing = Listing(path, file_name="list.csv", sheet=None, header_row=None)
    records = [Record(2, plain)]
    for number in range(3, 1500):
        cells = list(plain)
        for _ in range(chance.randint(0, 3)):
            cells[chance.randrange(len(cells))] = chance.choice(ODDITIES)
        records.append(Record(number, cells))

    short, exact = both_ways(listing, records)

    assert short == exact
    assert sum(row.is_usable and not row.problems for row in short) > 500


def planned(text: str) -> list[tuple]:
    """Every row as plan() leaves it; a new person's id is only whether there is one."""
    with kept_as_file([text.encode()]) as path:
        job = {
            "file_name": "list.csv", "sheet": None, "header_row": 1, "this_year": 2026,
            "corrections": {}, "mapping": {"columns": {"0": "external_id", "1": "full_name",
            "2": "email", "3": "class_year", "4": "city", "5": "consent"}},
        }  # fmt: skip
        stage(path, job, progress=lambda rows: None, on_problem=lambda problem: None)
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
