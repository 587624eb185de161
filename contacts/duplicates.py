"""Who may be on one list twice, and why it looks so. Pure but for pairs_of(), which reads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from itertools import combinations, pairwise
from typing import NamedTuple

from accounts.models import User
from contacts.models import Contact, NotTheSame
from core.likeness import alike, keys_of, keys_of_one_word
from core.names import Name, read_name
from core.phones import number_of

# More people with one number or address: it is an office's, and says nothing of who they are.
MOST_AT_ONE_ADDRESS = 4
# More who might be meant by one word, such as “Chris”: no guess is better than seven.
MOST_FOR_ONE_WORD = 3
# Beyond it each is held against the next alone, so that the work grows with the list.
LARGE_BLOCK = 25


class Person(NamedTuple):
    pk: int
    name: str
    email: str = ""
    phone: str = ""
    employer: str = ""
    alum_id: int | None = None


class Pair(NamedTuple):
    """The older one first; 0 to 100, and each reason in words that stand alone."""

    one: int
    other: int
    score: int
    reasons: tuple[str, ...]


def pairs_of(student: User, *, about: Collection[int] | None = None) -> list[Pair]:
    """What may be one person on this list, the likeliest first, in two queries."""
    rows = Contact.objects.of(student).values_list(*Person._fields)
    apart = NotTheSame.objects.filter(one__student=student).values_list("one_id", "other_id")
    return find_pairs([Person(*row) for row in rows], apart=frozenset(apart), about=about)


def find_pairs(
    people: Iterable[Person],
    *,
    apart: Collection[tuple[int, int]] = frozenset(),
    about: Collection[int] | None = None,
) -> list[Pair]:
    """`apart` are pairs known to be two people; `about`: only what concerns these."""
    by_pk = {person.pk: person for person in people}
    shared = _at_one_address(by_pk.values())
    wanted = {
        (one, other)
        for one, other in _candidates(by_pk) | shared
        if (one, other) not in apart and (about is None or one in about or other in about)
    }
    found = [
        _pair(by_pk[one], by_pk[other], is_shared=(one, other) in shared) for one, other in wanted
    ]
    pairs = _without_guesses([pair for pair in found if pair], by_pk)
    return sorted(pairs, key=lambda pair: (-pair.score, pair.one, pair.other))


def _candidates(people: dict[int, Person]) -> set[tuple[int, int]]:
    """Only those whose names share a key are held against each other."""
    names = list(_names(people))
    blocks = _blocks((pk, keys_of(name)) for pk, name in names)
    in_full = _blocks((pk, keys_of_one_word(name)) for pk, name in names if len(name.words) > 1)
    by_one_word = {
        _in_order(pk, other)
        for pk, name in names
        if len(name.words) == 1
        for key in keys_of(name)
        if len(in_full.get(key, [])) <= MOST_FOR_ONE_WORD
        for other in in_full.get(key, [])
    }
    return {pair for block in blocks.values() for pair in _within(block)} | by_one_word


def _blocks(keyed: Iterable[tuple[int, Iterable[tuple]]]) -> dict[tuple, list[int]]:
    blocks: dict[tuple, list[int]] = defaultdict(list)
    for pk, keys in keyed:
        for key in keys:
            blocks[key].append(pk)
    return blocks


def _names(people: dict[int, Person]) -> Iterator[tuple[int, Name]]:
    for pk, person in people.items():
        if name := read_name(person.name):
            yield pk, name


def _at_one_address(people: Iterable[Person]) -> set[tuple[int, int]]:
    blocks: dict[tuple[str, str], list[int]] = defaultdict(list)
    for person in people:
        if person.email:
            blocks["e-mail", person.email.casefold()].append(person.pk)
        if number := number_of(person.phone):
            blocks["phone", number].append(person.pk)
    few = (block for block in blocks.values() if len(block) <= MOST_AT_ONE_ADDRESS)
    return {pair for block in few for pair in _within(block)}


def _within(block: list[int]) -> Iterator[tuple[int, int]]:
    pairs = combinations(block, 2) if len(block) <= LARGE_BLOCK else pairwise(block)
    return (_in_order(one, other) for one, other in pairs if one != other)


def _in_order(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one < other else (other, one)


def _pair(one: Person, other: Person, *, is_shared: bool) -> Pair | None:
    names = read_name(one.name), read_name(other.name)
    likeness = alike(names[0], names[1]) if names[0] and names[1] else None
    if likeness is None and not is_shared:
        return None
    same_email = bool(one.email) and one.email.casefold() == other.email.casefold()
    if one.alum_id and other.alum_id and not same_email:
        return None  # The directory knows them as two.
    same_number = bool(number_of(one.phone)) and number_of(one.phone) == number_of(other.phone)
    same_work = bool(one.employer) and one.employer.casefold() == other.employer.casefold()
    evidence = [
        (90, "The same e-mail") if same_email else None,
        likeness,
        (55, "The same phone number") if same_number else None,
        (30, f"Both at {one.employer}") if same_work else None,
    ]
    found = [each for each in evidence if each]
    score = max(points for points, _ in found) + 5 * (len(found) - 1)
    return Pair(one.pk, other.pk, min(score, 100), tuple(reason for _, reason in found))


def _without_guesses(pairs: list[Pair], people: dict[int, Person]) -> list[Pair]:
    """Where one word might be any of many, and nothing else speaks for it, nothing is said."""
    guesses: dict[int, int] = defaultdict(int)
    for pair in pairs:
        for pk in _known_by_one_word(pair, people):
            guesses[pk] += 1
    return [
        pair
        for pair in pairs
        if all(guesses[pk] <= MOST_FOR_ONE_WORD for pk in _known_by_one_word(pair, people))
    ]


def _known_by_one_word(pair: Pair, people: dict[int, Person]) -> list[int]:
    if len(pair.reasons) > 1 or pair.score > 45:
        return []
    names = ((pk, read_name(people[pk].name)) for pk in (pair.one, pair.other))
    return [pk for pk, name in names if name and len(name.words) == 1]
