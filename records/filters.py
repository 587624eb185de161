"""Whose cards or pages are wanted, and on which paper. What is tampered with means the usual."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, TextChoices
from django.http import QueryDict

from contacts.models import ContactQuerySet
from interviews.models import Interview

# As many numbers as an address carries through any server.
MOST_TICKED = 200
# No key of the database is longer.
KEY_DIGITS = 19


class Who(TextChoices):
    ALL = "all", "Everybody"
    MET = "met", "Those I have met"
    FIELD = "field", "One career field"
    TICKED = "ticked", "Only those I tick"


class Paper(TextChoices):
    CARD = "card", "Index cards, 3 × 5 inches"
    LETTER = "letter", "US Letter, four to a sheet, with cut marks"
    A4 = "a4", "A4, four to a sheet, with cut marks"


@dataclass(frozen=True)
class Choice:
    who: Who = Who.ALL
    field: str = ""
    words: str = ""
    paper: Paper = Paper.CARD
    ticked: tuple[int, ...] = ()

    @classmethod
    def read(cls, data: QueryDict) -> Choice:
        who, paper = data.get("who", ""), data.get("paper", "")
        keys = [one for one in data.getlist("one") if one.isascii() and one.isdecimal()]
        return cls(
            who=Who(who) if who in Who.values else Who.ALL,
            field=_clean(data.get("field", "")),
            words=_clean(data.get("q", "")),
            paper=Paper(paper) if paper in Paper.values else Paper.CARD,
            ticked=tuple(int(key) for key in keys[:MOST_TICKED] if len(key) < KEY_DIGITS),
        )

    def apply(self, people: ContactQuerySet) -> ContactQuerySet:
        if self.who == Who.MET:
            talks = Interview.objects.filter(contact=OuterRef("pk"), held_on__isnull=False)
            people = people.filter(Exists(talks))
        elif self.who == Who.FIELD:
            people = people.filter(field__unaccent__iexact=self.field)
        elif self.who == Who.TICKED:
            people = people.filter(pk__in=self.ticked)
        return people.by_name()

    @property
    def query(self) -> str:
        """For the links to the file and to the next page."""
        said = [("who", self.who.value), ("paper", self.paper.value)]
        if self.who == Who.FIELD:
            said.append(("field", self.field))
        if self.who == Who.TICKED:
            said += [("one", str(key)) for key in self.ticked]
        return urlencode(said)


def _clean(words: str) -> str:
    return words.replace("\x00", "").strip()[:200]
