"""The one way in to a letter, for each who may come in."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import PermissionDenied

from accounts.http import get_for
from accounts.models import User
from contacts.models import Contact
from core.localtime import local_date
from letters.models import Letter


def get_letter(user: User, pk: int) -> Letter:
    """The student's own; the advisor who was asked to read it gets 403 here, others 404."""
    visible = Letter.objects.visible_to(user).with_people().with_delivery()
    return get_for(user, visible, "letters.change_letter", pk)


def get_contact(user: User, pk: int) -> Contact:
    people = ("student__profile", "alum", "referred_by")
    visible = Contact.objects.visible_to(user).select_related(*people)
    return get_for(user, visible, "letters.write_to", pk)


def check_student(user: User) -> None:
    if not user.is_student:
        raise PermissionDenied


def today_of(user: User, *, at: datetime) -> date:
    return local_date(at, user.time_zone)
