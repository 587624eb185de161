"""What was typed, and what it may stand for."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Any, NamedTuple

from nicknames import NickNamer

from alumni.searching.built import Slot
from alumni.searching.terms import Word, look_up, meanings

MOST_WORDS = 12
# With fewer people than this, the other words of a search are checked person by person.
FEW = 4000
# A word that so many times more people share is left to that. A beginning is gathered as a whole,
# a word that the index knows as it is need not be.
TIMES_AS_MANY_BEGINNINGS, TIMES_AS_MANY_WORDS = 4, 25
# How well a record fits is weighed in full among so many. Among more, the words as typed count,
# and whether one of them begins a name.
MOST_WEIGHED = 1000


class Query(NamedTuple):
    """Queries of PostgreSQL's text search, as text; or, as a shape, a slot for each of them."""

    # Read from the index.
    wide: str = ""
    # Looked at person by person: beginnings that half of the directory shares.
    besides: tuple[str, ...] = ()
    # Both together: whom it finds.
    whole: str = ""
    # Of all whom it finds those who have the commonest forms of each word: many of a multitude.
    common: str = ""
    # Any of the words just as typed: who has them comes first.
    exactly: str = ""
    # All of them just as typed, where each is a word that somebody has.
    typed: str = ""
    # About how many people have the rarest of them so.
    typed_by: int = 0
    # Any of the words as a beginning of somebody's name.
    names: str = ""
    # The one word that was typed, and nothing where there are several.
    word: str = ""
    # Behind every word that begins with it.
    beyond: str = ""
    # About how many people it finds.
    guess: int = 0
    # So many that they are not weighed in full.
    is_many: bool = False

    def shape(self) -> Query:
        """What a statement is built of. Two searches of one shape differ in their values()."""
        slots: dict[str, Any] = {name: Slot(name) for name in TEXTS if getattr(self, name)}
        slots["besides"] = tuple(Slot(f"beside_{n}") for n in range(len(self.besides)))
        return Query(**slots, is_many=self.is_many)

    def values(self) -> dict[str, Any]:
        besides = {f"beside_{n}": beside for n, beside in enumerate(self.besides)}
        return {name: getattr(self, name) for name in TEXTS} | besides


TEXTS = ("wide", "whole", "common", "exactly", "typed", "names", "word", "beyond")
# Behind every letter.
LAST = chr(1114111)


@lru_cache
def _nicknames() -> NickNamer:
    return NickNamer()


def words_of(text: str) -> list[Word]:
    chunks = unicodedata.normalize("NFC", text).replace("\0", "").split()
    return look_up(chunks[:MOST_WORDS])[:MOST_WORDS]


def as_typed(words: list[Word]) -> Query:
    """Every word begins a word of the record, or is another form of somebody's first name."""
    drivers: list[str] = []
    besides: list[str] = []
    rarest = min((word.beginning for word in words), default=0)
    for word in words:
        times = TIMES_AS_MANY_WORDS if word.forms else TIMES_AS_MANY_BEGINNINGS
        is_common = word.beginning > FEW > rarest and word.beginning > rarest * times
        names = [f"{_quoted(name)}:A" for name in names_of(word.spelling)]
        (besides if is_common else drivers).append(_any_of([*_begun_by(word), *names]))
    return _query(words, drivers, besides)._replace(common=_common(words))


def _common(words: list[Word]) -> str:
    """Nothing where each word is asked for as it is already."""
    if not any(word.commonest for word in words):
        return ""
    groups = ([_quoted(word.commonest)] if word.commonest else _begun_by(word) for word in words)
    return " & ".join(map(_any_of, groups))


def _begun_by(word: Word) -> list[str]:
    """A rare word is cheap as a beginning, which finds what nobody has learned yet, too."""
    if word.forms and word.beginning > FEW:
        return list(map(_quoted, word.forms))
    return [f"{_quoted(word.spelling)}:*"]


def as_meant(words: list[Word]) -> Query:
    """The same, and every word may have one slip in it."""
    near = meanings([word.spelling for word in words])
    groups = [
        _any_of([f"{_quoted(word.spelling)}:*", *map(_quoted, near[word.spelling])])
        for word in words
    ]
    return _query(words, groups, [])._replace(word="", beyond="", typed="")


def beginnings(words: list[Word]) -> str:
    return " & ".join(f"{_quoted(word.spelling)}:*" for word in words)


def names_of(spelling: str) -> list[str]:
    """Bob is Robert, and Robert is Bob."""
    if not spelling.isalpha():
        return []
    names = _nicknames().nicknames_of(spelling) | _nicknames().canonicals_of(spelling)
    return sorted(names - {spelling})


def _query(words: list[Word], drivers: list[str], besides: list[str]) -> Query:
    spelled = [_quoted(word.spelling) for word in words]
    # Where many words begin with this one, it is known whether it is a word itself.
    exact = [_quoted(one.spelling) for one in words if one.exactly or one.beginning <= MOST_WEIGHED]
    word = words[0].spelling if len(words) == 1 else ""
    guess = min((word.beginning for word in words), default=0)
    return Query(
        wide=" & ".join(drivers),
        besides=tuple(besides),
        whole=" & ".join([*drivers, *besides]),
        exactly=_any_of(exact) if exact else "",
        typed=" & ".join(spelled) if all(word.exactly for word in words) else "",
        typed_by=min((word.exactly for word in words), default=0),
        names=_any_of([f"{word}:*A" for word in spelled]) if spelled else "",
        word=word,
        beyond=word and word + LAST,
        guess=guess,
        is_many=guess > MOST_WEIGHED,
    )


def _any_of(parts: list[str]) -> str:
    return f"({' | '.join(parts)})"


def _quoted(word: str) -> str:
    return "'{}'".format(word.replace("\\", "\\\\").replace("'", "''"))
