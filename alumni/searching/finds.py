"""Conditions on the search document.

Students look into the same index as the office, and whoever hides a part of their record is looked
at once more without it. A second document for everybody would double the index for the few who
hide something, and would have to be kept fresh.
"""

from __future__ import annotations

from django.contrib.postgres.search import SearchVectorField
from django.db.models import BooleanField, F, Func, Q, Value

from alumni.models import AlumQuerySet
from alumni.searching.typed import Query

PARTS = (
    "employer", "job_title", "majors", "fields_of_work", "city", "region", "country", "class_year",
)  # fmt: skip


class TsQuery(Value):
    """A query written here, of quoted words."""

    def as_sql(self, compiler, connection):
        return "%s::tsquery", [self.value]


class Finds(Func):
    template = "%(expressions)s"
    arg_joiner = " @@ "
    output_field = BooleanField()


class FindsOneByOne(Finds):
    """The same, kept away from the index."""

    template = "(CASE WHEN %(expressions)s THEN TRUE ELSE FALSE END)"


def open_document() -> Func:
    return Func(
        F("hidden_fields"), F("name"), *map(F, PARTS),
        function="alum_open_document", output_field=SearchVectorField(),
    )  # fmt: skip


def found_by(people: AlumQuerySet, query: Query, *, sees_hidden: bool) -> AlumQuerySet:
    return people.filter(finding(query, sees_hidden=sees_hidden))


def finding(query: Query, *, sees_hidden: bool) -> Q:
    is_found = Q(Finds(F("search"), TsQuery(query.wide))) if query.wide else Q()
    for besides in filter(None, query.besides):
        is_found &= Q(FindsOneByOne(F("search"), TsQuery(besides)))
    if query.whole and not sees_hidden:
        openly = FindsOneByOne(open_document(), TsQuery(query.whole))
        is_found &= Q(hidden_fields=[]) | Q(openly)
    return is_found


def shown(*parts: str, sees_hidden: bool) -> Q:
    """Nobody finds by what is hidden from them."""
    return Q() if sees_hidden else ~Q(hidden_fields__overlap=list(parts))
