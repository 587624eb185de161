"""Who in the directory, or earlier in the list, a row speaks of.

By the office's number, then by e-mail, then by name and class year when that can mean one person
only. A row finds nobody, one person, or a conflict that a person must settle.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import connection

from alumni.importing.names import words_of
from alumni.importing.staged_line import FIELDS

# The database folds case on both sides: its rules and Python's differ outside ASCII.
_BY_NUMBER = "a.external_id = k.key AND a.external_id <> ''"
_BY_EMAIL = "lower(a.email) = lower(k.key) AND a.email <> ''"
_BY_NAME = "lower(a.name) = lower(k.key)"


class Conflict(Exception):
    """The row contradicts the directory or an earlier row; the message says how."""


class Known:
    """A person of the directory, or one whom an earlier row of this list is to create."""

    __slots__ = ("id", "row", "said", "updated_at", "values")

    def __init__(
        self, values: dict[str, Any], id: int | None = None, updated_at: datetime | None = None
    ) -> None:
        self.values = values
        self.id = id
        self.updated_at = updated_at
        # The row of this list that speaks of them, and what it says.
        self.row: int | None = None
        self.said: dict[str, Any] = {}


class Directory:
    def __init__(self, rows: Iterable[dict[str, Any]]) -> None:
        """Read those whom these values can mean: three queries, whatever the number of rows."""
        values = list(rows)
        self._people: dict[int, Known] = {}
        self.by_number: dict[str, Known] = {}
        self.by_email: dict[str, Known] = {}
        self.by_name: dict[tuple[str, int | None], list[Known]] = {}
        for key, known in self._read(
            _BY_NUMBER, {v["external_id"] for v in values if "external_id" in v}
        ):
            self.by_number[key] = known
        for key, known in self._read(_BY_EMAIL, {v["email"] for v in values if "email" in v}):
            self.by_email[key] = known
        # Names are asked only of those who are not known by a better key.
        rest = {v["name"].lower() for v in values if self._by_key(v) is None}
        for key, known in self._read(_BY_NAME, rest):
            self.by_name.setdefault((key, known.values["class_year"]), []).append(known)

    def find(self, values: dict[str, Any]) -> Known | None:
        known = self._by_key(values)
        if known is not None:
            self._refuse_contradiction(values, known)
            return known
        return self._by_name(values)

    def add(self, values: dict[str, Any]) -> Known:
        """Somebody new, whom later rows of this list may mean as well."""
        known = Known(values)
        self.by_name.setdefault((values["name"].lower(), values.get("class_year")), []).append(
            known
        )
        self.note_keys(known, values)
        return known

    def note_keys(self, known: Known, values: dict[str, Any]) -> None:
        """From now on the person is known by this number and e-mail, too."""
        if values.get("external_id"):
            self.by_number[values["external_id"]] = known
        if values.get("email"):
            self.by_email[values["email"]] = known

    def _by_key(self, values: dict[str, Any]) -> Known | None:
        known = self.by_number.get(values.get("external_id", ""))
        return known or self.by_email.get(values.get("email", ""))

    def _by_name(self, values: dict[str, Any]) -> Known | None:
        namesakes = [
            known
            for known in self.by_name.get((values["name"].lower(), values.get("class_year")), [])
            if not _contradicts(known, values, "email")
            and not _contradicts(known, values, "external_id")
        ]
        if len(namesakes) == 1:
            return namesakes[0]
        if namesakes and not ("email" in values or "external_id" in values):
            raise Conflict(
                f"{len(namesakes)} people are called {values['name']} and have the same class "
                "year. Add an e-mail or your office’s number to this row to say who is meant."
            )
        return None

    def _refuse_contradiction(self, values: dict[str, Any], known: Known) -> None:
        by_email = self.by_email.get(values.get("email", ""))
        if by_email is not None and by_email is not known:
            raise Conflict(
                f"The number {values['external_id']} belongs to {known.values['name']}, but the "
                f"e-mail {values['email']} to {by_email.values['name']}. Correct one of them."
            )
        if _contradicts(known, values, "external_id"):
            raise Conflict(
                f"The e-mail {values['email']} belongs to {known.values['name']}, whose number is "
                f"{known.values['external_id']} and not {values['external_id']}."
            )
        if words_of(known.values["name"]).isdisjoint(words_of(values["name"])):
            key = (
                "number" if known is self.by_number.get(values.get("external_id", "")) else "e-mail"
            )
            where = f"row {known.row}" if known.row else "the directory"
            raise Conflict(
                f"This row has the same {key} as {known.values['name']} in {where}, but another "
                "name. Correct one of them: two people cannot share it."
            )

    def _read(self, condition: str, keys: set[str]) -> Iterable[tuple[str, Known]]:
        if not keys:
            return
        ordered = sorted(keys)
        columns = ", ".join(f"a.{name}" for name in FIELDS)
        # Nothing in this statement comes from outside; the keys travel as a parameter.
        query = (
            f"SELECT k.position, a.id, a.updated_at, {columns} FROM unnest(%s::text[]) "  # noqa: S608
            f"WITH ORDINALITY AS k(key, position) JOIN alumni_alum a ON {condition} ORDER BY a.id"
        )
        with connection.cursor() as cursor:
            cursor.execute(query, [ordered])
            for position, id, updated_at, *values in cursor:
                known = self._people.get(id)
                if known is None:
                    known = Known(dict(zip(FIELDS, values, strict=True)), id, updated_at)
                    self._people[id] = known
                yield ordered[position - 1], known


def _contradicts(known: Known, values: dict[str, Any], key: str) -> bool:
    ours, theirs = known.values.get(key, ""), values.get(key, "")
    return bool(ours and theirs) and ours.lower() != theirs.lower()
