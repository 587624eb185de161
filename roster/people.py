"""Students and advisors as the office counts them: who, with whom, since when. No log, no note."""

from __future__ import annotations

from typing import NamedTuple

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery

from accounts.models import Caseload, Role, User

# As many as one person can look after, and know.
CAPACITY = 400


class Advisor(NamedTuple):
    user: User
    size: int

    @property
    def over(self) -> int:
        return max(self.size - CAPACITY, 0)


class Counts(NamedTuple):
    students: int
    alone: int
    graduates: int


def students_for(user: User) -> QuerySet[User]:
    """Those who may log in and have not graduated, for staff; each with who looks after them."""
    return anyone_for(user).filter(is_active=True, profile__graduated_on__isnull=True)


def anyone_for(user: User) -> QuerySet[User]:
    """Also who left or graduated."""
    if not user.is_office_staff:
        return User.objects.none()
    return with_advisor(User.objects.filter(role=Role.STUDENT).select_related("profile"))


def with_advisor(students: QuerySet[User]) -> QuerySet[User]:
    now = Caseload.objects.open().filter(student=OuterRef("pk"))
    return students.annotate(
        advisor_id=Subquery(now.values("advisor")[:1]),
        advisor_name=Subquery(now.values("advisor__name")[:1]),
        advisor_source=Subquery(now.values("source")[:1]),
    )


def without_advisor(students: QuerySet[User]) -> QuerySet[User]:
    return students.exclude(pk__in=Caseload.objects.open().values("student"))


def looked_after_by(advisor: int, students: QuerySet[User]) -> QuerySet[User]:
    return students.filter(pk__in=Caseload.objects.open().filter(advisor=advisor).values("student"))


def present_students() -> QuerySet[User]:
    return User.objects.filter(
        role=Role.STUDENT, is_active=True, profile__graduated_on__isnull=True
    )


def advisors() -> list[Advisor]:
    """With the size of the caseload, the largest first; who does not advise any more only while
    somebody is left with them."""
    has_open = Caseload.objects.open().filter(advisor=OuterRef("pk"))
    people = User.objects.filter(
        Q(role=Role.ADVISOR, is_active=True) | Q(Exists(has_open))
    ).annotate(
        size=Count("caseloads_as_advisor", filter=Q(caseloads_as_advisor__until__isnull=True))
    )
    return [Advisor(user, user.size) for user in people.order_by(F("size").desc(), "name", "pk")]


def who_may_advise() -> QuerySet[User]:
    return User.objects.filter(role=Role.ADVISOR, is_active=True).order_by("name", "pk")


def counts() -> Counts:
    has_advisor = Exists(Caseload.objects.open().filter(student=OuterRef("pk")))
    present = Q(is_active=True, profile__graduated_on__isnull=True)
    found = User.objects.filter(role=Role.STUDENT).alias(has_advisor=has_advisor)
    return Counts(
        **found.aggregate(
            students=Count("pk", filter=present),
            alone=Count("pk", filter=present & Q(has_advisor=False)),
            graduates=Count("pk", filter=Q(profile__graduated_on__isnull=False)),
        )
    )
