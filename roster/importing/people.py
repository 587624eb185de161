"""Whom we know, as a list is held against them: four questions, however long the list."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from accounts.models import Caseload, Role, StudentProfile, User

OF_USER = ("name", "email", "is_active")
OF_PROFILE = (
    "student_number", "class_year", "majors", "fields_of_interest", "phone", "left_on",
)  # fmt: skip


@dataclass
class Known:
    """A student as they stand; `values` has the fields that a list may change."""

    pk: int
    values: dict[str, Any]
    graduated_on: date | None = None
    advisor_id: int | None = None
    source: str = ""
    # The row of this list that means them.
    row: int | None = None

    @property
    def is_present(self) -> bool:
        return self.values["is_active"] and self.graduated_on is None


@dataclass
class People:
    students: dict[int, Known] = field(default_factory=dict)
    by_number: dict[str, Known] = field(default_factory=dict)
    by_email: dict[str, Known] = field(default_factory=dict)
    # Addresses of people who work here.
    of_office: set[str] = field(default_factory=set)
    advisors: dict[str, User] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)

    @classmethod
    def now(cls) -> People:
        people = cls()
        for user in User.objects.exclude(role=Role.STUDENT):
            people.of_office.add(user.email.lower())
            people.names[user.pk] = user.name
            if user.is_advisor and user.is_active:
                people.advisors[user.email.lower()] = user
        for pk, *held in User.objects.filter(role=Role.STUDENT).values_list("pk", *OF_USER):
            blank: dict[str, Any] = {"student_number": "", "class_year": None, "majors": [],
                     "fields_of_interest": [], "phone": "", "left_on": None}  # fmt: skip
            known = Known(pk, dict(zip(OF_USER, held, strict=True)) | blank)
            people.students[pk] = known
            people.by_email[known.values["email"].lower()] = known
        people._add_profiles()
        people._add_caseloads()
        return people

    def _add_profiles(self) -> None:
        rows = StudentProfile.objects.values_list("student", "graduated_on", *OF_PROFILE)
        for pk, graduated_on, *held in rows:
            if (known := self.students.get(pk)) is not None:
                known.values |= dict(zip(OF_PROFILE, held, strict=True))
                known.graduated_on = graduated_on
                if known.values["student_number"]:
                    self.by_number[known.values["student_number"]] = known

    def _add_caseloads(self) -> None:
        rows = Caseload.objects.open().values_list("student", "advisor", "source")
        for pk, advisor, source in rows:
            if (known := self.students.get(pk)) is not None:
                known.advisor_id, known.source = advisor, source
