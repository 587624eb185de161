"""What alumni changed on their own desk."""

from __future__ import annotations

from typing import Self

from django.db import models

from accounts.models import User
from alumni.models.directory import Alum


class DeskChangeQuerySet(models.QuerySet["DeskChange"]):
    def visible_to(self, user: User) -> Self:
        return self if user.is_office_staff else self.none()

    def newest_first(self) -> Self:
        return self.order_by("-changed_at", "-id")


class DeskChange(models.Model):
    """One save on the desk: for each field [what it was, what it became]."""

    alum = models.ForeignKey(Alum, on_delete=models.CASCADE, related_name="desk_changes")
    changed_at = models.DateTimeField()
    changes = models.JSONField()

    objects = DeskChangeQuerySet.as_manager()

    class Meta:
        indexes = [
            # Serves the office's page of one alum.
            models.Index(name="deskchange_of_alum", fields=["alum", "-changed_at"]),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} of alum {self.alum_id}"
