"""Whom a search finds among some people: the shape of it, without what was typed."""

from __future__ import annotations

from typing import NamedTuple

from django.db.models import Q

from alumni.models import AlumQuerySet
from alumni.searching.built import Among
from alumni.searching.finds import finding, found_by
from alumni.searching.typed import Query


class Crowd(NamedTuple):
    among: Among
    query: Query
    sees_hidden: bool

    @property
    def people(self) -> AlumQuerySet:
        return self.among.people

    def found(self) -> AlumQuerySet:
        return found_by(self.people, self.query, sees_hidden=self.sees_hidden)

    def is_found(self) -> Q:
        """Asked of one after another, along an index that knows no words."""
        one_by_one = (self.query.wide, *self.query.besides)
        besides = self.query._replace(wide="", besides=one_by_one)
        return finding(besides, sees_hidden=self.sees_hidden)

    def is_as_typed(self) -> Q:
        query = Query(besides=(self.query.typed,), whole=self.query.typed)
        return finding(query, sees_hidden=self.sees_hidden)

    def as_typed(self) -> AlumQuerySet:
        """By the index: all of them are among those who are found."""
        query = Query(wide=self.query.typed, whole=self.query.typed)
        return found_by(self.people, query, sees_hidden=self.sees_hidden)

    def common(self) -> Crowd:
        """Some of those who are found, where it is known that they are a multitude."""
        common = self.query.common
        return self._replace(query=Query(wide=common, whole=common))
