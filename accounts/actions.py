"""Accounts, and who looked at whom. The clock is passed in."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import OfficeSettings, RecordLook, StudentProfile, User
from core.localtime import local_date, moment
from core.obligations import obligations_changed


@transaction.atomic
def save_account(user: User, *, at: datetime, profile: StudentProfile | None = None) -> None:
    """Store what a person says of themselves; in a new zone, mornings come at other moments."""
    before = User.objects.select_for_update().get(pk=user.pk)
    user.save(update_fields=["name", "time_zone", "updated_at"])
    if profile is not None:
        profile.student = user
        profile.save()
    if before.time_zone != user.time_zone:
        announce_zone(user, at=at)


def announce_zone(user: User, *, at: datetime) -> None:
    """Whoever stores a new zone says so, in the same transaction."""
    obligations_changed.send(sender=User, owner=user, at=at)


@transaction.atomic
def save_office(office: OfficeSettings, *, at: datetime) -> None:
    """What is still owed follows the new days and hours, and so do the mails that wait."""
    office.save()
    obligations_changed.send(sender=OfficeSettings, owner=office, at=at)


def note_look(viewer: User, student: User, *, page: str, at: datetime) -> None:
    """One row for a viewer, a page and a day of the student's calendar is enough."""
    if viewer == student:
        return
    midnight = moment(local_date(at, student.time_zone), datetime.min.time(), student.time_zone)
    looks = RecordLook.objects.filter(viewer=viewer, student=student, page=page)
    if not looks.filter(looked_at__gte=midnight, looked_at__lte=at).exists():
        RecordLook.objects.create(viewer=viewer, student=student, page=page, looked_at=at)
