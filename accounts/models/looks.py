"""Who looked at whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

if TYPE_CHECKING:
    from accounts.models.people import User


class RecordLookQuerySet(models.QuerySet["RecordLook"]):
    def visible_to(self, user: User) -> RecordLookQuerySet:
        """The list belongs to the student who was looked at."""
        return self.filter(student=user)


class RecordLook(models.Model):
    """Somebody else opened a page with a student's record; the student can read this list."""

    viewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="looks_made"
    )
    student = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="looks_received"
    )
    page = models.CharField(max_length=100)
    looked_at = models.DateTimeField()

    objects = RecordLookQuerySet.as_manager()

    class Meta:
        indexes = [
            # Serves the student's list of who looked, newest first.
            models.Index(name="recordlook_of_student", fields=["student", "-looked_at"]),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.page}"
