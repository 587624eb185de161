"""A letter that CareerHub mails for a student: owed until the mail server took it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from core.outbox import Outgoing, OutgoingQuerySet
from letters.models.letter import Letter


class DeliveryQuerySet(OutgoingQuerySet):
    """What the office's outbox asks of its rows."""


class Delivery(Outgoing):
    letter = models.OneToOneField(Letter, on_delete=models.CASCADE, related_name="delivery")

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "deliveries"
        indexes = [
            # Serves due(), which the worker asks every minute.
            models.Index(
                name="delivery_due",
                fields=["due_at"],
                condition=Q(sent_at__isnull=True, failed_at__isnull=True),
            ),
            # Serve how the post stands: what was sent today, and what was given up.
            models.Index(
                name="delivery_sent", fields=["sent_at"], condition=Q(sent_at__isnull=False)
            ),
            models.Index(
                name="delivery_given_up", fields=["failed_at"], condition=Q(failed_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} of letter {self.letter_id}"

    @property
    def in_log(self) -> str:
        return f"letter {self.letter_id}"
