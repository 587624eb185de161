"""The parts of a name, compared as people compare them: without marks, titles and capitals."""

from __future__ import annotations

import re
from functools import lru_cache

from nicknames import NickNamer

from letters.checks.reading import plain, unaccented
from letters.checks.words import words

TITLES = words(
    """
    mr mrs ms miss mx dr doctor prof professor judge justice hon honorable the rev reverend
    father fr rabbi imam sister brother pastor chef coach dean captain sir dame madam madame mme
    monsieur senor senora sr sra herr frau signora signor dona don uncle aunt cousin provost
    president sgt sergeant lt lieutenant cpl corporal maj major col colonel gen general commander
    san sama sensei
    """
)
_SUFFIXES = words(
    """
    jr sr ii iii iv phd md esq jd
    """
)
_PART = re.compile(r"[^\W\d_]+(?:['.-](?=[^\W\d_])[^\W\d_]+)*")


def parts(name: str) -> list[str]:
    """Plain small letters, titles and suffixes left out: “Hon. José Núñez Jr.” is jose, nunez."""
    return [plain(part) for part in spelled(name)]


def spelled(name: str) -> list[str]:
    """The parts as they are written."""
    found = (name[slice(*part.span())] for part in _PART.finditer(unaccented(name)))
    return [part for part in found if plain(part) not in TITLES | _SUFFIXES]


@lru_cache(maxsize=1)
def _nicknames() -> NickNamer:
    return NickNamer()


def is_called(short: str, name: str) -> bool:
    """Bob is Robert, and Tanya may be Tatiana."""
    known = _nicknames()
    return short in known.nicknames_of(name) or name in known.nicknames_of(short)
