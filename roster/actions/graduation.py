"""A class moves on in one step, and each of its members says whether students may ask them.

A graduate logs in as before, keeps the whole log, and is reminded of what they still owe: the
people they met wait for a word whatever the college calls them. Nobody looks after them any more.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from accounts.models import Caseload, StudentProfile, User
from alumni.actions import desk, save_alum
from alumni.importing.cells import BadCell
from alumni.importing.names import from_full
from alumni.models import Alum, Consent
from roster.actions.caseloads import end
from roster.importing.apply import BATCH, BETWEEN_INVITATIONS
from roster.models import Graduate, Graduation, RosterMail
from roster.people import present_students
from roster.turns import office_day, take_turn

Answer = Graduate.Answer


class GraduationRefused(Exception):
    """The text is for whoever pressed the button."""


class NobodyLeft(GraduationRefused):
    def __init__(self) -> None:
        super().__init__("Nobody of this class is a student any more: somebody moved it on.")


class TooEarly(GraduationRefused):
    def __init__(self, year: int) -> None:
        super().__init__(f"The class of {year} cannot move on before {year}.")


class SomebodyAgreed(GraduationRefused):
    def __init__(self) -> None:
        super().__init__("Somebody of this class is in the directory by now, so it stays as it is.")


class AddressTaken(GraduationRefused):
    def __init__(self) -> None:
        super().__init__(
            "Another record in the directory has this e-mail. Use the one you log in with, or "
            "write to the career office."
        )


class BadName(GraduationRefused):
    pass


def members_of(year: int) -> QuerySet[User]:
    return present_students().filter(profile__class_year=year)


@transaction.atomic
def graduate_class(year: int, *, by: User, at: datetime) -> Graduation:
    """Raises NobodyLeft, TooEarly. Two who press at once: the second is told."""
    take_turn()
    on = office_day(at)
    if year > on.year:
        raise TooEarly(year)
    students = list(members_of(year).order_by("name", "pk"))
    if not students:
        raise NobodyLeft
    graduation = Graduation.objects.create(class_year=year, graduated_on=on, made_by=by)
    StudentProfile.objects.filter(student__in=students).update(graduated_on=on, updated_at=at)
    open_now = Caseload.objects.open().filter(student__in=students)
    caseloads = dict(open_now.values_list("student", "pk"))
    Graduate.objects.bulk_create(
        [
            Graduate(graduation=graduation, student=one, caseload_id=caseloads.get(one.pk))
            for one in students
        ],
        BATCH,
    )
    end([one.pk for one in students], at=at)
    RosterMail.objects.bulk_create(
        [
            RosterMail(
                kind=RosterMail.Kind.GRADUATION, student=one, due_at=at + BETWEEN_INVITATIONS * n
            )
            for n, one in enumerate(students)
        ],
        BATCH,
        ignore_conflicts=True,
    )
    return graduation


@transaction.atomic
def undo_graduation(graduation: Graduation, *, at: datetime) -> None:
    """They are students again, with the advisor they had. Raises SomebodyAgreed."""
    take_turn()
    locked = Graduation.objects.select_for_update().get(pk=graduation.pk)
    members = list(Graduate.objects.select_for_update().filter(graduation=locked))
    if any(one.alum_id for one in members):
        raise SomebodyAgreed
    if locked.undone_at is not None:
        return
    students = [one.student_id for one in members]
    profiles = StudentProfile.objects.filter(student__in=students)
    profiles.filter(graduated_on=locked.graduated_on).update(graduated_on=None, updated_at=at)
    busy = Caseload.objects.open().filter(student__in=students).values_list("student", flat=True)
    taken = set(busy)
    back = [one.caseload_id for one in members if one.caseload_id and one.student_id not in taken]
    Caseload.objects.filter(pk__in=back).update(until=None, updated_at=at)
    mails = RosterMail.objects.owed().filter(student__in=students)
    mails.filter(kind=RosterMail.Kind.GRADUATION).delete()
    locked.undone_at = at
    locked.save(update_fields=["undone_at", "updated_at"])


def own_record(graduate: Graduate) -> Alum:
    """What the directory has of them already, or what it would have; nothing is stored.

    By the address they log in with: any other may be somebody else's.
    """
    student = graduate.student
    known = (
        graduate.alum or Alum.objects.without_search().filter(email__iexact=student.email).first()
    )
    if known is not None:
        return known
    profile = student.profile
    return Alum(
        name=student.name, email=student.email, phone=profile.phone,
        class_year=profile.class_year, majors=list(profile.majors), time_zone=student.time_zone,
    )  # fmt: skip


@transaction.atomic
def agree(
    graduate: Graduate, *, record: dict[str, Any], terms: dict[str, Any], at: datetime
) -> Alum:
    """Into the directory, as they say it. Raises AddressTaken, BadName."""
    locked = _locked(graduate)
    alum = own_record(locked)
    said = record | terms | {"consent": Consent.YES}
    try:
        with transaction.atomic():
            if alum.pk is None:
                alum = _enter(alum, said, at=at)
            else:
                desk.change(alum, to=said, at=at)
    except (IntegrityError, desk.AddressTaken):
        raise AddressTaken from None
    except (BadCell, desk.NoName) as reason:
        raise BadName(str(reason)) from reason
    _answer(locked, Answer.YES, alum=Alum.objects.without_search().get(pk=alum.pk), at=at)
    return alum


@transaction.atomic
def decline(graduate: Graduate, *, at: datetime) -> None:
    """Whoever had agreed leaves the students' sight at once; whoever waits for them is told."""
    locked = _locked(graduate)
    if locked.alum is not None:
        desk.say_consent(locked.alum, consent=Consent.NO, at=at)
    _answer(locked, Answer.NO, alum=locked.alum, at=at)


def _enter(alum: Alum, said: dict[str, Any], *, at: datetime) -> Alum:
    for name, value in said.items():
        setattr(alum, name, value)
    alum.name, alum.given_name, alum.family_name = from_full(alum.name)
    save_alum(alum, at=at)
    return alum


def _answer(graduate: Graduate, answer: str, *, alum: Alum | None, at: datetime) -> None:
    graduate.answer, graduate.alum, graduate.answered_at = answer, alum, at
    graduate.save(update_fields=["answer", "alum", "answered_at", "updated_at"])


def _locked(graduate: Graduate) -> Graduate:
    """An undo of the class waits here, or was first: then there is nothing to answer."""
    Graduation.objects.select_for_update().get(pk=graduate.graduation_id, undone_at=None)
    rows = Graduate.objects.select_related("student__profile", "alum").defer("alum__search")
    return rows.select_for_update(of=("self",)).get(pk=graduate.pk)


def follow_merge(kept: Alum, merged: Alum) -> list[int]:
    """Whose record is now `kept`; the keys of their rows, for the way back."""
    moved = list(Graduate.objects.filter(alum=merged).values_list("pk", flat=True))
    Graduate.objects.filter(pk__in=moved).update(alum=kept)
    return moved


def follow_parting(kept: Alum, back: Alum, moved: list[int]) -> None:
    Graduate.objects.filter(pk__in=moved, alum=kept).update(alum=back)
