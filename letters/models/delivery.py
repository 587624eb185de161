"""A letter that CareerHub mails for a student: owed until the mail server took it."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q

from core.models import TimeStampedModel
from letters.models.letter import Letter


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def owed(self) -> DeliveryQuerySet:
        """Neither taken yet nor given up."""
        return self.filter(sent_at__isnull=True, failed_at__isnull=True)

    def due(self, *, at: datetime) -> DeliveryQuerySet:
        """Owed, and its turn has come (or its sender died on it)."""
        return self.owed().filter(due_at__lte=at)


class Delivery(TimeStampedModel):
    letter = models.OneToOneField(Letter, on_delete=models.CASCADE, related_name="delivery")
    # Pushed ahead by the lease of whoever is sending, and by each refusal.
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    # What the mail server said last, for the student to read.
    server_words = models.CharField(max_length=500, blank=True)

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
        ]

    def __str__(self) -> str:
        return f"#{self.pk} of letter {self.letter_id}"
