"""Five sources: five students and five people, each counted once."""

import pytest

from insights.sources import Talk, keys_of, number_of_sources
from insights.striking import NotAStrike, struck


def talk(student, name, *, alum=None, email=""):
    return Talk(student, keys_of(alum=alum, email=email, name=name))


@pytest.mark.parametrize(
    ("talks", "number"),
    [
        ([], 0),
        ([talk(n, f"Person {chr(65 + n)}lex") for n in range(5)], 5),
        ([talk(1, name) for name in ("Ann", "Ben", "Cem", "Dan", "Eve")], 1),
        ([talk(n, "Ann Lee") for n in range(5)], 1),
        # Five of each, and yet only two pairs
        ([*(talk(1, name) for name in ("Ann", "Ben", "Cem", "Dan", "Eve")),
          *(talk(n, "Ann") for n in (2, 3, 4, 5))], 2),
        # Somebody has to make room for another
        ([talk(1, "Ann"), talk(1, "Ben"), talk(2, "Ann")], 2),
        ([talk(1, "Dr. Ann Lee"), talk(2, "ann  lee")], 1),
        ([talk(1, "Ann Lee", alum=7), talk(2, "A. Lee", alum=7)], 1),
        ([talk(1, "Ann Lee", email="A@b.org"), talk(2, "Annie", email="a@b.org")], 1),
        # The same by two ways: one by name, one by address
        ([talk(1, "Ann Lee"), talk(2, "Ann Lee", email="a@b.org"), talk(3, "Al", email="a@b.org")],
         1),
    ],
)  # fmt: skip
def test_sources_are_pairs_of_which_neither_comes_twice(talks, number):
    assert number_of_sources(talks) == number
    assert number_of_sources(reversed(talks)) == number


@pytest.mark.parametrize(
    ("left", "wanted"),
    [
        ("Ask the desk in February", "Ask the desk in February"),
        ("Ask in February", "Ask […] in February"),
        ("the desk", "[…] the desk […]"),
        ("Ask […] in\nFebruary", "Ask […] in February"),
        ("", ""),
    ],
)
def test_words_that_were_struck_leave_a_gap(left, wanted):
    assert struck("Ask the desk in February", left) == wanted


@pytest.mark.parametrize("left", ["Ask my desk", "desk the", "Ask the desk in February soon", "as"])
def test_nobody_writes_words_into_the_mouth_of_another(left):
    with pytest.raises(NotAStrike):
        struck("Ask the desk in February", left)
