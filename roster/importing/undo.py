"""Takes back what a list wrote, and nothing that happened since."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import ManyToManyRel

from accounts.models import Caseload, StudentProfile, User
from roster.importing.changes import Changes
from roster.importing.people import OF_PROFILE, OF_USER
from roster.importing.progress import Tell, silent
from roster.models import RosterMail, StudentList, StudentListRow

Outcome = StudentListRow.Outcome
# What the list itself made for somebody new.
OWN = {StudentProfile, Caseload, RosterMail, StudentListRow, EmailAddress}
DAYS = {"left_on"}


def take_back(of_list: StudentList, *, at: datetime, tell: Tell = silent) -> None:
    """Those whom it brought go again; who has logged in, or was changed or noted since, stays."""
    rows = of_list.rows.exclude(changes={}).exclude(student=None)
    by_student = {row.student_id: row for row in rows if row.student_id}
    users = User.objects.select_for_update(of=("self",)).in_bulk(by_student)
    profiles = {one.student_id: one for one in StudentProfile.objects.filter(student__in=users)}
    brought = {pk: row for pk, row in by_student.items() if row.outcome == Outcome.CREATED}
    going = []
    in_use = _in_use(list(brought)) | _given_since(brought)
    for pk, row in brought.items():
        user = users[pk]
        is_used = pk in in_use or user.last_login is not None
        if not is_used and _is_as_left(row, user, profiles.get(pk)):
            going.append(pk)
    RosterMail.objects.owed().filter(student__in=brought).delete()
    User.objects.filter(pk__in=going).delete()
    rest = {pk: row for pk, row in by_student.items() if pk not in brought}
    changes = Changes()
    for pk, row in rest.items():
        for name, was in _put_back(row, users[pk], profiles.get(pk)):
            changes.add(pk, name, was)
    changes.write(at=at, tell=tell)
    _put_caseloads_back(rest.values(), at)


def _put_back(
    row: StudentListRow, user: User, profile: StudentProfile | None
) -> Iterator[tuple[str, Any]]:
    """Each field that still holds what the list wrote, and what it held before."""
    for name, (was, became) in _fields(row).items():
        holder: Any = user if name in OF_USER else profile
        if holder is None or getattr(holder, name) != _value(name, became):
            continue
        if name == "email":
            if User.objects.filter(email__iexact=was).exclude(pk=user.pk).exists():
                continue
            EmailAddress.objects.filter(user=user, email__iexact=became).update(email=was)
        yield name, _value(name, was)


def _is_as_left(row: StudentListRow, user: User, profile: StudentProfile | None) -> bool:
    return all(
        getattr(user if name in OF_USER else profile, name, None) == _value(name, became)
        for name, (_, became) in _fields(row).items()
    )


def _fields(row: StudentListRow) -> dict[str, list[Any]]:
    return {name: row.changes[name] for name in (*OF_USER, *OF_PROFILE) if name in row.changes}


def _value(name: str, stored: Any) -> Any:
    return date.fromisoformat(stored) if name in DAYS and stored else stored


def _given_since(brought: dict[int, StudentListRow]) -> set[int]:
    """Who was given to somebody after the list had its say."""
    ours = [row.changes.get("caseloads", {}).get("began") for row in brought.values()]
    others = Caseload.objects.filter(student__in=brought).exclude(pk__in=filter(None, ours))
    return set(others.values_list("student", flat=True))


def _in_use(ids: list[int]) -> set[int]:
    """To whom anything of any app points: a contact, a letter, a caseload of another making."""
    used: set[int] = set()
    for relation in User._meta.related_objects:
        model = relation.related_model
        if model in OWN or isinstance(relation, ManyToManyRel):
            continue
        name = relation.field.attname
        rows = model._base_manager.filter(**{f"{name}__in": ids})  # type: ignore[union-attr]
        used.update(rows.values_list(name, flat=True))
    return used


def _put_caseloads_back(rows: Iterable[StudentListRow], at: datetime) -> None:
    """Only where nobody was given to anybody else since."""
    for row in rows:
        said = row.changes.get("caseloads")
        if not said:
            continue
        if "kept" in said:
            kept = Caseload.objects.open().filter(pk=said["kept"], source=Caseload.Source.LIST)
            kept.update(source=said["source"], updated_at=at)
        if "began" in said:
            Caseload.objects.open().filter(pk=said["began"]).delete()
        is_alone = not Caseload.objects.open().filter(student=row.student_id).exists()
        if "ended" in said and is_alone:
            Caseload.objects.filter(pk=said["ended"]).update(until=None, updated_at=at)
