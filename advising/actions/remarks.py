"""Comments that a student reads, and notes that they do not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from accounts.models import User
from advising.models import Remark
from core.localtime import local_date
from core.obligations import obligations_changed
from reminders.mail_rules import MailRules

SECOND_CLICK = timedelta(minutes=2)


class AlreadyMailed(Exception):
    """It has gone out or was read, and cannot be called back."""


def remark(advisor: User, student: User, *, kind: str, text: str, at: datetime) -> Remark:
    """A second click writes nothing twice."""
    said = {"student": student, "author": advisor, "kind": kind, "text": text}
    just_now = Remark.objects.filter(**said, written_at__gt=at - SECOND_CLICK).first()
    return just_now or Remark.objects.create(**said, written_at=at)


def reword(written: Remark, *, text: str) -> None:
    """What a student has read is unread again in its new words."""
    if written.text != text:
        written.text, written.read_at = text, None
        written.save(update_fields=["text", "read_at", "updated_at"])


@transaction.atomic
def take_away(written: Remark, *, at: datetime) -> None:
    """A mail only as long as it waits for its morning."""
    waits = Remark.objects.to_be_mailed(at=at).filter(pk=written.pk).exists()
    if written.is_mail and not waits:
        raise AlreadyMailed
    student = written.student
    written.delete()
    obligations_changed.send(sender=Remark, owner=student, at=at)


@transaction.atomic
def nudge(
    advisor: User, students: Sequence[User], *, subject: str, text: str, at: datetime
) -> list[Remark]:
    """A mail to each, with their own next morning's; the same words again go out once."""
    rules, made = MailRules.current(), []
    again = Remark.objects.to_be_mailed(at=at).filter(author=advisor, subject=subject, text=text)
    have_it = set(again.values_list("student", flat=True))
    for student in students:
        if student.pk in have_it:
            continue
        morning = rules.next_morning(at, zone=student.time_zone)
        made.append(
            Remark.objects.create(
                student=student,
                author=advisor,
                kind=Remark.Kind.NUDGE,
                subject=subject,
                text=text,
                written_at=at,
                goes_out_on=local_date(morning, student.time_zone),
            )
        )
        obligations_changed.send(sender=Remark, owner=student, at=at)
    return made


def read(student: User, *, at: datetime) -> int:
    """All that stands on the student's page."""
    return Remark.objects.visible_to(student).unread().update(read_at=at)
