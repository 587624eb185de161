"""Writes a plan: in bulk, inside the caller's transaction and turn."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.utils.crypto import get_random_string

from accounts.models import Role, StudentProfile, User
from roster.importing.changes import Changes
from roster.importing.people import OF_PROFILE, OF_USER
from roster.importing.plan import Outcome, Planned
from roster.importing.progress import Tell, silent
from roster.models import RosterMail, StudentList, StudentListRow

BATCH = 1000
# A mail server that gets a whole class in one minute takes us for somebody else.
BETWEEN_INVITATIONS = timedelta(seconds=2)


def store_rows(of_list: StudentList, plan: list[Planned]) -> None:
    StudentListRow.objects.filter(of_list=of_list).delete()
    StudentListRow.objects.bulk_create([_row(of_list, one) for one in plan], BATCH)


def apply_people(plan: list[Planned], *, at: datetime, tell: Tell = silent) -> None:
    """Accounts and profiles; each of the plan gets the key of its student."""
    _create([one for one in plan if one.outcome == Outcome.CREATED], at)
    _change([one for one in plan if one.outcome in (Outcome.UPDATED, Outcome.LEAVING)], at, tell)


def _create(plan: list[Planned], at: datetime) -> None:
    # One that nobody knows, hashed once: it stands until its owner chooses their own.
    password = make_password(get_random_string(40))
    users = [User(role=Role.STUDENT, password=password, **_becomes(one, OF_USER)) for one in plan]
    made = list(zip(plan, User.objects.bulk_create(users, BATCH), strict=True))
    for one, user in made:
        one.student_id = user.pk
    StudentProfile.objects.bulk_create(
        [StudentProfile(student=user, **_becomes(one, OF_PROFILE)) for one, user in made], BATCH
    )
    RosterMail.objects.bulk_create(
        [
            RosterMail(
                kind=RosterMail.Kind.INVITATION, student=user,
                due_at=at + BETWEEN_INVITATIONS * n,
            )
            for n, (_, user) in enumerate(made)
        ],
        BATCH,
    )  # fmt: skip


def _change(plan: list[Planned], at: datetime, tell: Tell) -> None:
    changed = {one.student_id: one for one in plan if one.changes and one.student_id}
    _make_profiles(changed)
    _keep_addresses(plan)
    changes = Changes()
    for pk, one in changed.items():
        for name, (_, becomes) in one.changes.items():
            changes.add(pk, name, becomes)
    changes.write(at=at, tell=tell)


def _make_profiles(students: Collection[int]) -> None:
    """Somebody whose account was made by hand may have none yet."""
    there = StudentProfile.objects.filter(student__in=students).values_list("student", flat=True)
    missing = set(students) - set(there)
    StudentProfile.objects.bulk_create([StudentProfile(student_id=pk) for pk in missing], BATCH)


def _keep_addresses(plan: list[Planned]) -> None:
    """The log-in keeps confirmed addresses of its own: an old one must not open the account."""
    for one in plan:
        if "email" in one.changes and one.student_id:
            was, becomes = one.changes["email"]
            known = EmailAddress.objects.filter(user=one.student_id)
            known.filter(email__iexact=was).update(email=becomes)


def _becomes(one: Planned, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: one.changes[name][1] for name in names if name in one.changes}


def _row(of_list: StudentList, one: Planned) -> StudentListRow:
    changes: dict[str, Any] = {
        name: [_plain(was), _plain(becomes)] for name, (was, becomes) in one.changes.items()
    }
    if one.to is not None:
        changes["advisor"] = list(one.advisors)
    if one.caseloads:
        changes["caseloads"] = one.caseloads
    return StudentListRow(
        of_list=of_list, number=one.number, outcome=one.outcome, name=one.name[:200],
        cells=one.cells, problems=one.problems, student_id=one.student_id, changes=changes,
        stays=one.stays,
    )  # fmt: skip


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
