"""Made-up alumni: pools of words drawn once, and people drawn from them, the same for a seed.

A few words are common and most are rare, as in a real directory: a million people have about
185,000 different words, most of them in family names, employers and titles.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate
from random import Random
from typing import NamedTuple

from alumni.importing.cells import NOTHING
from alumni.importing.names import NOT_PEOPLE
from careerhub.demo.words import FAMILY_NAMES, GIVEN_NAMES, PLACES, TRADES

ONSETS = ("b", "br", "d", "dr", "f", "g", "gr", "h", "k", "kl", "l", "m", "n", "p", "r", "s", "st",
          "t", "tr", "v", "w", "z")  # fmt: skip
VOWELS = ("a", "e", "i", "o", "u", "ai", "ea", "ou")
ENDS = (
    "",
    "l",
    "n",
    "r",
    "s",
    "t",
    "ck",
    "ld",
    "nd",
    "rn",
    "sh",
    "th",
    "sen",
    "ton",
    "ski",
    "well",
)
KINDS_OF_FIRM = ("Group", "Partners", "Systems", "Hospital", "Schools", "Labs", "Press", "Bank")
RANKS = ("", "Senior ", "Associate ", "Assistant ", "Lead ", "Director, ")
# As the directory has what the demo's people say.
MAJORS = {"Theatre": "Theater"}
REGIONS = {"Maharashtra": "Mahārāshtra"}
FIELDS = {"Conservation": "Environment", "Architecture": "Architecture and Planning"}
# A list means nothing by them, or nobody.
NO_NAMES = NOTHING | NOT_PEOPLE
HOUSES = ("alumni.example.edu", "mail.example.com", "post.example.org", "example.net")


class Person(NamedTuple):
    """In the form that the directory keeps. How a list writes it is for lists.py."""

    number: int
    given: str
    family: str
    email: str
    local_phone: str
    class_year: int
    majors: tuple[str, ...]
    field: str
    employer: str
    title: str
    city: str
    region: str
    country: str
    consent: str


class _Pool:
    """Words of which the first are common and the last are rare."""

    def __init__(self, words: Sequence[str], *, steepness: float) -> None:
        self.words = words
        self._weights = list(accumulate(1 / (rank + 8) ** steepness for rank in range(len(words))))

    def draw(self, random: Random, count: int) -> list[str]:
        return random.choices(self.words, cum_weights=self._weights, k=count)


AT_ONCE = 20_000


def people(first: int, count: int, *, seed: int = 1) -> Iterator[Person]:
    """Numbered from `first`, so that two lists share nobody. The pools are those of the seed."""
    drawn = Random(seed)
    given = _Pool([*GIVEN_NAMES, *_words(drawn, 2_000, syllables=(1, 2))], steepness=0.9)
    family = _Pool([*FAMILY_NAMES, *_words(drawn, 120_000, syllables=(2, 3))], steepness=0.75)
    firms = [f"{word} {drawn.choice(KINDS_OF_FIRM)}" for word in _words(drawn, 60_000)]
    known_firms = [firm for trade in TRADES for firm in trade.employers]
    employer = _Pool([*known_firms, *firms], steepness=0.9)
    random = Random(seed * 1_000_003 + first)
    for start in range(first, first + count, AT_ONCE):
        few = min(AT_ONCE, first + count - start)
        columns = (given, family, employer)
        drawn_names = zip(*(pool.draw(random, few) for pool in columns), strict=True)
        for number, (first_name, last_name, firm) in enumerate(drawn_names, start):
            yield _person(random, number, first_name, last_name, firm)


def _person(random: Random, number: int, given: str, family: str, employer: str) -> Person:
    trade = TRADES[int(random.random() * len(TRADES))]
    place = PLACES[int(random.random() * len(PLACES))]
    chance = random.random()
    majors = tuple(MAJORS.get(major, major.title()) for major in trade.majors)
    return Person(
        number=number,
        given=given,
        family=family,
        email=f"{_plain(given)}.{_plain(family)}.{number}@{HOUSES[number % len(HOUSES)]}",
        local_phone=f"{200 + number // 10_000 % 800:03}{number % 10_000:04}",
        class_year=1960 + int(random.random() * 64),
        majors=majors[:1] if chance < 0.7 else majors[:2],
        field=FIELDS.get(trade.field, trade.field.title()),
        employer=employer,
        title=RANKS[int(chance * len(RANKS))] + trade.titles[int(chance * 997) % len(trade.titles)],
        city=place.city,
        region=REGIONS.get(place.region, place.region),
        country=place.country,
        consent="YES" if chance < 0.7 else "NO" if chance < 0.8 else "UNKNOWN",
    )


def _words(random: Random, count: int, *, syllables: tuple[int, int] = (2, 3)) -> list[str]:
    """Names that nobody bears, each once."""
    words: dict[str, None] = {}
    while len(words) < count:
        parts = [
            random.choice(ONSETS) + random.choice(VOWELS) for _ in range(random.randint(*syllables))
        ]
        word = "".join([*parts, random.choice(ENDS)])
        if word not in NO_NAMES:
            words[word.capitalize()] = None
    return list(words)


@lru_cache(maxsize=200_000)
def _plain(name: str) -> str:
    return unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
