"""Whether two names may be one person's, and why. Pure."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple

from nicknames import NickNamer
from rapidfuzz.distance import OSA

from core.names import Name

SHORTEST_TYPO = 5


class Likeness(NamedTuple):
    """0 to 100, and why, in words that stand alone."""

    score: int
    reason: str


def alike(one: Name, other: Name) -> Likeness | None:
    """None for two names that nobody would take for one person's."""
    if one.generation and other.generation and one.generation != other.generation:
        return None
    if len(one.words) > len(other.words):
        one, other = other, one
    if len(one.words) == 1:
        return _alike_in_one_word(one, other)
    if one.words == other.words:
        return Likeness(95, "The same name")
    if sorted(one.words) == sorted(other.words):
        return Likeness(90, "The same name, the other way around")
    return _alike_in_parts(one, other)


@lru_cache(maxsize=20_000)
def keys_of(name: Name) -> tuple[tuple[str, ...], ...]:
    """Two names that are alike share one of these: so that not each is held against each."""
    forms = {form for given in name.given_names for form in {given, *_long_forms(given)}}
    if len(name.words) == 1:
        if name.is_family_name:
            return (("one family", name.family), ("one given", name.family))
        return tuple(("one given", form) for form in sorted(forms))
    rest = sorted(set(name.words[1:]))
    return (
        ("all", *sorted(name.words)),
        ("first letter", name.given[0], name.family),
        *(("given", form, word) for form in sorted(forms) for word in rest),
        *(("last letter", given, name.family[0]) for given in name.given_names),
    )


def forms_of(given: str) -> frozenset[str]:
    """The name itself and those that it may be short for; two forms in common: one name."""
    return frozenset({given, *_long_forms(given)})


@lru_cache(maxsize=20_000)
def keys_of_one_word(name: Name) -> tuple[tuple[str, ...], ...]:
    """Under which a full name is found by somebody known by one word alone."""
    forms = {form for given in name.given_names for form in {given, *_long_forms(given)}}
    return (("one family", name.family), *(("one given", form) for form in sorted(forms)))


def _alike_in_one_word(one: Name, other: Name) -> Likeness | None:
    if len(other.words) == 1 and one.words == other.words:
        return Likeness(75, "The same name")
    if one.is_family_name:
        is_theirs = one.family == other.family and not other.is_family_name
        return Likeness(45, "Only a family name on one of them") if is_theirs else None
    if other.is_family_name:
        return None
    if len(other.words) > 1 and set(one.given_names) & set(other.given_names):
        return Likeness(45, "Only a first name on one of them")
    reason = _can_be_one_name(one, other)
    return Likeness(40, reason) if reason else None


def _alike_in_parts(one: Name, other: Name) -> Likeness | None:
    if one.family != other.family:
        shares_given = set(one.given_names) & set(other.given_names)
        return _alike_in_family_name(one, other) if shares_given else None
    if not _middles_fit(one, other):
        return None
    if set(one.given_names) & set(other.given_names):
        also = _can_be_one_name(one, other)
        return Likeness(85, also or "One of them has a middle name")
    if 1 in (len(one.given), len(other.given)) and one.given[0] == other.given[0]:
        return Likeness(60, _stands_for(one.given, other.given))
    if also := _can_be_one_name(one, other):
        return Likeness(80, also)
    if _is_slip(one.given, other.given) and one.given[:-1] != other.given[:-1]:
        return Likeness(65, "Spelled almost the same")
    return None


def _alike_in_family_name(one: Name, other: Name) -> Likeness | None:
    if 1 in (len(one.family), len(other.family)) and one.family[0] == other.family[0]:
        return Likeness(60, _stands_for(one.family, other.family))
    if len(one.words) != len(other.words) and one.family in other.words[1:]:
        return Likeness(60, "One of them has a name more")
    if _is_slip(one.family, other.family) and _middles_fit(one, other):
        return Likeness(75, "Spelled almost the same")
    return None


def _stands_for(one: str, other: str) -> str:
    initial, full = sorted((one, other), key=len)
    return f"{initial.upper()}. may stand for {full.title()}"


def _middles_fit(one: Name, other: Name) -> bool:
    pairs = zip(one.words[1:-1], other.words[1:-1], strict=False)
    return all(a == b or (1 in (len(a), len(b)) and a[0] == b[0]) for a, b in pairs)


def _is_slip(one: str, other: str) -> bool:
    """One letter wrong, or two in a long name. In a short one, or a number, it is another name."""
    shortest = min(len(one), len(other))
    if shortest < SHORTEST_TYPO or not (one.isalpha() and other.isalpha()):
        return False
    most = 1 if shortest < 9 else 2
    return OSA.distance(one, other, score_cutoff=most) <= most


def _can_be_one_name(one: Name, other: Name) -> str:
    """The list of short forms knows some both ways, so that no direction is claimed."""
    for a in one.given_names:
        for b in other.given_names:
            if a != b and {a, *_long_forms(a)} & {b, *_long_forms(b)}:
                return f"{a.title()} and {b.title()} can be one name"
    return ""


@lru_cache(maxsize=20_000)
def _long_forms(given: str) -> frozenset[str]:
    return frozenset(_nick_namer().canonicals_of(given))


@cache
def _nick_namer() -> NickNamer:
    return NickNamer()
