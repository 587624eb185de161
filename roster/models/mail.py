"""What goes out by mail to students about their account."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import User
from core.outbox import Outgoing, OutgoingQuerySet


class RosterMailQuerySet(OutgoingQuerySet):
    def visible_to(self, user: User) -> Self:
        return self if user.is_office_staff else self.none()

    def in_turn(self) -> Self:
        return self.select_related("student__profile").order_by("due_at", "id")


class RosterMail(Outgoing):
    class Kind(models.TextChoices):
        INVITATION = "INVITATION", "Choose a password"
        GRADUATION = "GRADUATION", "Take your record along"

    kind = models.CharField(max_length=10, choices=Kind)
    student = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="roster_mails"
    )

    objects = RosterMailQuerySet.as_manager()

    class Meta:
        verbose_name = "roster mail"
        verbose_name_plural = "roster mail"
        constraints = [
            models.UniqueConstraint(
                name="rostermail_owed_once",
                fields=["student", "kind"],
                condition=Q(sent_at__isnull=True, failed_at__isnull=True),
            ),
        ]
        indexes = [
            # Serves due(), which the worker asks every minute.
            models.Index(
                name="rostermail_due",
                fields=["due_at"],
                condition=Q(sent_at__isnull=True, failed_at__isnull=True),
            ),
            # Serve how the post stands: what was sent today, and what was given up.
            models.Index(
                name="rostermail_sent", fields=["sent_at"], condition=Q(sent_at__isnull=False)
            ),
            models.Index(
                name="rostermail_given_up",
                fields=["failed_at"],
                condition=Q(failed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.get_kind_display()}"
