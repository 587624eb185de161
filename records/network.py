"""A student's people as a network: who they are, how far one got with each, who led to whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from accounts.models import User
from contacts.models import Contact, Interaction
from interviews.models import Interview, State
from letters.models import Letter
from records import tree

UNKNOWN = "Not written down how"


class Reach(StrEnum):
    MET = "Met"
    ASKED = "Asked"
    NEW = "Not asked yet"


@dataclass(frozen=True)
class Person:
    pk: int
    name: str
    work: str
    reach: Reach
    source: str

    @property
    def url(self) -> str:
        return reverse("contacts:detail", args=[self.pk])


@dataclass(frozen=True)
class Branch:
    """Somebody who led to others, and all whom that led to, as far as they are shown."""

    root: int
    size: int
    shown: tuple[int, ...]


@dataclass(frozen=True)
class Network:
    people: dict[int, Person]
    children: tree.Children

    def led_to(self, pk: int) -> list[Person]:
        return [self.people[child] for child in self.children.get(pk, ())]

    def branch(self, root: int, *, most: int) -> Branch:
        everybody = list(tree.downward(root, self.children))
        return Branch(root, len(everybody), tuple(everybody[:most]))

    def branches(self, *, most: int) -> list[Branch]:
        """Those whom a source led to and who led on, the largest source and branch first."""
        roots = [pk for pk in self.children.get(None, ()) if self.children.get(pk)]
        branches = [self.branch(pk, most=most) for pk in roots]
        weight: dict[str, int] = {}
        for branch in branches:
            source = self.people[branch.root].source
            weight[source] = weight.get(source, 0) + branch.size
        return sorted(
            branches,
            key=lambda one: (
                -weight[self.people[one.root].source],
                self.people[one.root].source,
                -one.size,
                one.root,
            ),
        )

    def singles(self) -> list[tuple[str, int]]:
        """How many people each source led to who have named nobody yet."""
        counts: dict[str, int] = {}
        for pk in self.children.get(None, ()):
            if not self.children.get(pk):
                source = self.people[pk].source
                counts[source] = counts.get(source, 0) + 1
        return sorted(counts.items(), key=lambda one: (-one[1], one[0]))

    def sentences(self, shown: Iterable[int]) -> Iterator[str]:
        """“Dana Whitcomb led you to Wen Li and Omar Haddad.”"""
        for pk in shown:
            if names := [person.name for person in self.led_to(pk)]:
                yield f"{self.people[pk].name} led you to {in_a_row(names)}."

    def longest_chain(self) -> list[Person]:
        return [self.people[pk] for pk in tree.longest_chain(self.children)]

    def most_generous(self) -> tuple[Person, int] | None:
        """Who named the most people; on a tie, whom the student knew first."""
        counts = {pk: len(names) for pk, names in self.children.items() if pk is not None}
        if not counts:
            return None
        best = max(counts, key=lambda pk: (counts[pk], -pk))
        return self.people[best], counts[best]


def in_a_row(names: Sequence[str]) -> str:
    """“Wen Li”, “Wen Li and Omar Haddad”, “Wen Li, Omar Haddad and Rosa”."""
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]])) if names else ""


def network_of(reader: User, *, student: User | None = None) -> Network:
    """Everybody on the student's list, whom `reader` may see: one query. No student is oneself."""
    talks = Interview.objects.filter(contact=OuterRef("pk"))
    log = Interaction.objects.filter(contact=OuterRef("pk"))
    letters = Letter.objects.filter(contact=OuterRef("pk"))
    asked = Q(Exists(talks.exclude(state=State.IDEA)))
    asked |= Q(Exists(log.filter(outcome=Interaction.Outcome.ASKED)))
    asked |= Q(Exists(letters.filter(kind=Letter.Kind.REQUEST, state=Letter.State.SENT)))
    contacts = (
        Contact.objects.visible_to(reader)
        .of(student or reader)
        .annotate(is_met=Exists(talks.filter(held_on__isnull=False)), is_asked=asked)
    )
    rows = list(contacts.order_by("id"))
    parents = {contact.pk: contact.referred_by_id for contact in rows}
    return Network({contact.pk: _person(contact) for contact in rows}, tree.children_of(parents))


def _person(contact) -> Person:
    reach = Reach.MET if contact.is_met else Reach.ASKED if contact.is_asked else Reach.NEW
    source = contact.get_source_display() if contact.source else UNKNOWN
    return Person(contact.pk, contact.name, contact.work, reach, source)
