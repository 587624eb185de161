"""What narrows a search: one value of a facet, a span of class years, an answer about consent."""

from __future__ import annotations

from dataclasses import dataclass, fields

from django.contrib.postgres.search import SearchQuery
from django.db.models import F, Func, Q, TextField, Value
from django.db.models.lookups import IContains

from alumni.models import AlumQuerySet
from alumni.searching.finds import Finds, TsQuery, shown
from alumni.searching.terms import look_up
from alumni.searching.typed import beginnings

# The columns behind each filter, and the list or lists among them.
COLUMNS = {
    "field": ("fields_of_work",),
    "major": ("majors",),
    "employer": ("employer",),
    "place": ("region", "country", "city"),
}
LISTS = ("fields_of_work", "majors")


@dataclass(frozen=True)
class Filters:
    field: str = ""
    major: str = ""
    employer: str = ""
    place: str = ""
    since: int | None = None
    until: int | None = None
    consent: str = ""

    def in_use(self) -> dict[str, object]:
        return {f.name: value for f in fields(self) if (value := getattr(self, f.name))}

    def narrow(self, people: AlumQuerySet, *, sees_hidden: bool) -> AlumQuerySet:
        for name, columns in COLUMNS.items():
            if value := getattr(self, name):
                openly = people.filter(shown(*columns, sees_hidden=sees_hidden))
                exactly = openly.filter(_exactly(name, value))
                people = exactly if exactly.exists() else openly.filter(*_loosely(name, value))
        if self.since or self.until:
            people = people.filter(shown("class_year", sees_hidden=sees_hidden))
        if self.since:
            people = people.filter(class_year__gte=self.since)
        if self.until:
            people = people.filter(class_year__lte=self.until)
        return people.filter(consent=self.consent) if self.consent else people


def _exactly(name: str, value: str) -> Q:
    """As the list of a facet has it. The index finds the words, the column says the rest."""
    if name == "place":
        is_it = Q(region=value) | Q(region="", country=value)
    else:
        (column,) = COLUMNS[name]
        is_it = Q(**{f"{column}__contains": [value]} if column in LISTS else {column: value})
    folded = Func(Value(value), function="unaccent", output_field=TextField())
    has_words = Finds(F("search"), SearchQuery(folded, config="simple"))
    return Q(has_words) & is_it


def _loosely(name: str, value: str) -> list[object]:
    """For a value that nobody has word for word: those who have it among their words."""
    words = look_up(value.split())
    said = Func(Value(value), function="unaccent", output_field=TextField())
    anywhere = Q()
    for column in COLUMNS[name]:
        text = (
            Func(F(column), Value(" · "), function="array_to_string")
            if column in LISTS
            else F(column)
        )
        anywhere |= Q(IContains(Func(text, function="unaccent", output_field=TextField()), said))
    return [*([Finds(F("search"), TsQuery(beginnings(words)))] if words else []), anywhere]
