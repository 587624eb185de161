"""What an advisor writes to a student, or about one."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from accounts.models import User
from core.models import TimeStampedModel
from reminders.models import Reminder

NUDGE_KEY = "ADVISOR_WROTE"
# What could not be mailed for so long is no news any more.
FRESH = timedelta(days=14)


class RemarkQuerySet(models.QuerySet["Remark"]):
    def visible_to(self, user: User) -> RemarkQuerySet:
        """Advisors see all about their present students; a student what is for them; nobody else
        anything: notes are not for the office."""
        if user.is_advisor:
            return self.filter(student__in=User.objects.visible_to(user))
        return self.filter(student=user).exclude(kind=Remark.Kind.NOTE)

    def unread(self) -> RemarkQuerySet:
        return self.filter(read_at__isnull=True)

    def fresh_mails(self, *, at: datetime) -> RemarkQuerySet:
        """Written by mail, and not read yet."""
        return self.unread().filter(kind=Remark.Kind.NUDGE, written_at__gt=at - FRESH)

    def to_be_mailed(self, *, at: datetime) -> RemarkQuerySet:
        """Those that were written after the last mail went out."""
        sent = Reminder.objects.filter(recipient=OuterRef("student"), kind=NUDGE_KEY)
        later = sent.filter(sent_at__gt=OuterRef("written_at"))
        return self.fresh_mails(at=at).filter(~Exists(later))

    def newest_first(self) -> RemarkQuerySet:
        return self.order_by("-written_at", "-id")


class Remark(TimeStampedModel):
    class Kind(models.TextChoices):
        COMMENT = "COMMENT", "Comment"
        NOTE = "NOTE", "Note"
        # A comment that goes out by mail as well.
        NUDGE = "NUDGE", "Mail"

    student = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="remarks_received"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="remarks_made",
    )
    kind = models.CharField(max_length=8, choices=Kind)
    subject = models.CharField(max_length=120, blank=True)
    text = models.TextField(max_length=3000)
    written_at = models.DateTimeField()
    # The morning of a mail, in the student's calendar.
    goes_out_on = models.DateField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)

    objects = RemarkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="remark_mail_has_its_morning",
                condition=Q(kind="NUDGE", goes_out_on__isnull=False) & ~Q(subject="")
                | ~Q(kind="NUDGE"),
            ),
        ]
        indexes = [
            # Serves the pages of a student and of their advisor.
            models.Index(name="remark_of_student", fields=["student", "-written_at"]),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.kind}"

    @property
    def is_note(self) -> bool:
        return self.kind == self.Kind.NOTE

    @property
    def is_mail(self) -> bool:
        return self.kind == self.Kind.NUDGE

    @property
    def author_name(self) -> str:
        return self.author.name if self.author else "An advisor"
