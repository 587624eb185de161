"""docs/clauses.md leaves no clause of the guide out, and what it points to is there."""

from __future__ import annotations

import re
from typing import NamedTuple

import pytest

from tests.conftest import REPOSITORY
from tests.test_every_door import DOORS

TABLE = REPOSITORY / "docs" / "clauses.md"
CLAUSES = [f"G{number}" for number in range(1, 46)]
# | G7 | what it says, in our words | screens | tests |
ROW = re.compile(r"^\| (G\d+) \| (.+?) \| (.+?) \| (.+?) \|$", re.MULTILINE)
QUOTED = re.compile(r"`([^`]+)`")


class Row(NamedTuple):
    screens: list[str]
    tests: list[str]


def rows() -> dict[str, Row]:
    found = ROW.findall(TABLE.read_text())
    return {
        clause: Row(QUOTED.findall(screens), QUOTED.findall(tests))
        for clause, _, screens, tests in found
    }


def test_no_clause_is_left_out():
    assert list(rows()) == CLAUSES


@pytest.mark.parametrize("clause", CLAUSES)
def test_a_clause_has_a_screen_that_is_there(clause):
    screens = rows()[clause].screens

    assert screens
    assert [screen for screen in screens if screen not in DOORS] == []


@pytest.mark.parametrize("clause", CLAUSES)
def test_a_clause_has_tests_that_name_it(clause):
    tests = rows()[clause].tests

    assert tests
    for test in tests:
        words = (REPOSITORY / "tests" / test).read_text()
        named = re.search(rf"\b{clause}\b|_{clause.lower()}_", words)
        assert named, f"{test} is silent on {clause}"
