"""How a person wants to hear of a kind of reminder."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from accounts.models import User


class Way(models.TextChoices):
    MAIL = "MAIL", "By mail"
    IN_APP = "IN_APP", "In CareerHub only"
    OFF = "OFF", "Not at all"


class ReminderChoiceQuerySet(models.QuerySet["ReminderChoice"]):
    def visible_to(self, user: User) -> ReminderChoiceQuerySet:
        return self.filter(user=user)

    def by_kind(self) -> dict[str, Way]:
        return {kind: Way(way) for kind, way in self.values_list("kind", "way")}


class ReminderChoice(models.Model):
    """No row: by mail."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reminder_choices"
    )
    # A key of reminders/kinds.
    kind = models.CharField(max_length=24)
    way = models.CharField(max_length=8, choices=Way)

    objects = ReminderChoiceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="reminderchoice_once", fields=["user", "kind"]),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.kind} {self.way}"
