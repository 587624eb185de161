"""What an advisor has taken up with a student, so that the board is silent about it for a while."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models

from accounts.models import User
from core.models import TimeStampedModel

QUIET_FOR = timedelta(days=14)


class SpokenQuerySet(models.QuerySet["Spoken"]):
    def visible_to(self, user: User) -> SpokenQuerySet:
        """An advisor's own, about students of their present caseload."""
        return self.filter(advisor=user, student__in=User.objects.visible_to(user))

    def standing(self, *, at: datetime) -> SpokenQuerySet:
        return self.filter(spoken_at__gt=at - QUIET_FOR)


class Spoken(TimeStampedModel):
    """One reason to speak with a student, and when this advisor did.

    `about` names what the reason was made of: the talk, or how many noes. Something new gives the
    reason another name, and the board speaks of it again.
    """

    advisor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="spoken"
    )
    student = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="spoken_with"
    )
    about = models.CharField(max_length=60)
    spoken_at = models.DateTimeField()

    objects = SpokenQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="spoken_once", fields=["advisor", "student", "about"])
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.about}"
