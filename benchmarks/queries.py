"""What people type into a directory's search box, drawn from those who stand in it."""

from __future__ import annotations

from random import Random
from string import ascii_lowercase
from typing import NamedTuple

from benchmarks.people import Person

COMMON = (
    "software engineer", "new york", "english massachusetts", "manager", "public health boston",
    "united states history", "teacher", "economics", "senior analyst", "massachusetts",
)  # fmt: skip
SHORTEST_WITH_SLIP = 4


class Asked(NamedTuple):
    words: tuple[str, ...]
    # The last word is the beginning of one.
    is_begun: bool
    # The number of the person whom the query was made from; 0 for no one's.
    of: int

    @property
    def text(self) -> str:
        return " ".join(self.words)


def drawn_from(people: list[Person]) -> dict[str, list[Asked]]:
    chance = Random(11)
    named = [(person, person.given.lower(), person.family.lower()) for person in people]
    slips = [
        (person, given, family)
        for person, given, family in named
        if min(len(given), len(family)) >= SHORTEST_WITH_SLIP
    ]
    return {
        "first and last name": [Asked((g, f), False, p.number) for p, g, f in named],
        "first name and three letters": [Asked((g, f[:3]), True, p.number) for p, g, f in named],
        "three letters": [Asked((f[:3],), True, p.number) for p, _, f in named],
        "employer": [Asked(_words(p.employer), False, p.number) for p, _, _ in named],
        "common words": [Asked(tuple(text.split()), False, 0) for text in COMMON],
        "a slip in each word": [
            Asked((_slip(g, chance), _slip(f, chance)), False, p.number) for p, g, f in slips
        ],
    }


def _words(text: str) -> tuple[str, ...]:
    letters = "".join(sign if sign.isalnum() else " " for sign in text.lower())
    return tuple(letters.split())


def _slip(word: str, chance: Random) -> str:
    """A letter too many, too few, wrong, or two swapped: one of these, anywhere."""
    at, letter = chance.randrange(len(word)), chance.choice(ascii_lowercase)
    match chance.randrange(4):
        case 0:
            return word[:at] + letter + word[at:]
        case 1:
            return word[:at] + word[at + 1 :]
        case 2:
            return word[:at] + letter + word[at + 1 :]
        case _:
            at = min(at, len(word) - 2)
            return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
