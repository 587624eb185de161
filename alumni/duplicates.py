"""How likely two records of the directory are one person, and why, in words. Pure.

A name alone says little in a directory of a million: a class year, a number or a place of work must
speak for it. What speaks against it counts, too: years far apart, two numbers of the office.
"""

from __future__ import annotations

from typing import NamedTuple

from core.likeness import Likeness, alike
from core.names import Name, read_name
from core.phones import number_of

# Less than this is not worth anybody's time.
LEAST = 60
# Of what a name says by itself (0 to 95): the same one comes to 57.
WEIGHT_OF_NAME = 0.6
SAME_YEAR, NEAR_YEAR, FAR_YEAR = 15, 8, -30
SAME_PHONE, SAME_ADDRESS, SAME_MAILBOX, SAME_WORK, SAME_PLACE = 25, 30, 24, 10, 4
TWO_NUMBERS = -20
ANOTHER_FAMILY_NAME = Likeness(35, "The same first name, another family name")
# Too many people have one of these.
NOBODYS_OWN = frozenset(
    {"admin", "alumni", "contact", "email", "hello", "home", "info", "mail", "office", "sales"}
)
SHORTEST_MAILBOX = 5


class Person(NamedTuple):
    pk: int
    name: str
    class_year: int | None = None
    employer: str = ""
    email: str = ""
    phone: str = ""
    external_id: str = ""
    city: str = ""


class Found(NamedTuple):
    """0 to 100, and the reasons: those that speak for it first."""

    score: int
    reasons: tuple[str, ...]


def compare(one: Person, other: Person) -> Found | None:
    """None for two whom nobody would take for one."""
    reach = _reach(one, other)
    likeness = _likeness(one, other, is_reached=bool(reach))
    if likeness is None:
        return None
    evidence = [
        (round(likeness.score * WEIGHT_OF_NAME), likeness.reason),
        *reach,
        *_year(one, other),
        *_work(one, other),
    ]
    if one.external_id and other.external_id and one.external_id != other.external_id:
        evidence.append((TWO_NUMBERS, "But your office gave them two numbers"))
    score = sum(points for points, _ in evidence)
    if score < LEAST:
        return None
    return Found(min(score, 100), tuple(reason for _, reason in evidence))


def _likeness(one: Person, other: Person, *, is_reached: bool) -> Likeness | None:
    """Whoever is reached at one place may have changed the family name, and nothing else."""
    names = read_name(one.name), read_name(other.name)
    if names[0] is None or names[1] is None:
        return None
    found = alike(names[0], names[1])
    if found or not is_reached or _are_two_generations(names[0], names[1]):
        return found
    return ANOTHER_FAMILY_NAME if names[0].given == names[1].given else None


def _are_two_generations(one: Name, other: Name) -> bool:
    return bool(one.generation and other.generation and one.generation != other.generation)


def _reach(one: Person, other: Person) -> list[tuple[int, str]]:
    found = []
    number = number_of(one.phone)
    if number and number == number_of(other.phone):
        found.append((SAME_PHONE, "The same phone number"))
    mine, theirs = one.email.casefold(), other.email.casefold()
    mailbox = mine.partition("@")[0]
    if mine and mine == theirs:
        found.append((SAME_ADDRESS, "The same e-mail"))
    elif (
        len(mailbox) >= SHORTEST_MAILBOX
        and not _is_anybodys(mailbox, one.name)
        and mailbox == theirs.partition("@")[0]
    ):
        found.append((SAME_MAILBOX, "The same words before the @ of their e-mail"))
    return found


def _is_anybodys(mailbox: str, name: str) -> bool:
    """“info” and “maria” are at every provider."""
    known = read_name(name)
    return mailbox in NOBODYS_OWN or (known is not None and mailbox in known.given_names)


def _year(one: Person, other: Person) -> list[tuple[int, str]]:
    if not (one.class_year and other.class_year):
        return []
    apart = abs(one.class_year - other.class_year)
    if apart == 0:
        return [(SAME_YEAR, f"Both of the class of {one.class_year}")]
    years = " and ".join(str(year) for year in sorted((one.class_year, other.class_year)))
    if apart == 1:
        return [(NEAR_YEAR, f"Class years next to each other, {years}")]
    return [(FAR_YEAR, f"But their class years are {years}")]


def _work(one: Person, other: Person) -> list[tuple[int, str]]:
    found = []
    if one.employer and one.employer.casefold() == other.employer.casefold():
        found.append((SAME_WORK, f"Both at {one.employer}"))
    if one.city and one.city.casefold() == other.city.casefold():
        found.append((SAME_PLACE, f"Both in {one.city}"))
    return found
