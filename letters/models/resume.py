"""A student's résumé: to get advice on, never to ask for a job with (G32)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import User
from core.models import TimeStampedModel


def resume_path(resume: Resume, file_name: str) -> str:
    """The name on the disk says nothing about the person; the extension is one that was checked."""
    return f"resumes/{resume.student_id}.{file_name.rpartition('.')[2].lower()}"


class ResumeQuerySet(models.QuerySet["Resume"]):
    def visible_to(self, user: User) -> ResumeQuerySet:
        return self.filter(student__in=User.objects.visible_to(user))


class Resume(TimeStampedModel):
    """No row: the student has none yet."""

    class Status(models.TextChoices):
        DRAFT = "DRAFT", "A draft"
        REVIEWED = "REVIEWED", "Reviewed by an advisor"

    student = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="resume"
    )
    file = models.FileField(upload_to=resume_path, max_length=200)
    file_name = models.CharField(max_length=255)
    status = models.CharField(max_length=8, choices=Status, default=Status.DRAFT)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="resumes_reviewed",
    )
    reviewed_on = models.DateField(null=True, blank=True)
    comment = models.TextField(max_length=5000, blank=True)

    objects = ResumeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="resume_reviewed_has_its_day",
                condition=~Q(status="REVIEWED") | Q(reviewed_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Résumé of user {self.student_id}"
