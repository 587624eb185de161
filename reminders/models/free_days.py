"""Days on which the office sends no mail, and how far a change of its rules has been followed."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from accounts.models import User


class TermBreakQuerySet(models.QuerySet["TermBreak"]):
    def visible_to(self, user: User) -> TermBreakQuerySet:
        """The office's calendar is kept by staff."""
        return self if user.is_office_staff else self.none()


class TermBreak(models.Model):
    """From the first day to the last, both included, by each recipient's own calendar."""

    name = models.CharField(max_length=100)
    first_on = models.DateField("first day")
    last_on = models.DateField("last day")

    objects = TermBreakQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="termbreak_ends_after_it_began",
                condition=Q(last_on__gte=F("first_on")),
                violation_error_message="The last day comes before the first.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Reckoning(models.Model):
    """One row: the office's rules changed, and pending reminders are reckoned again by their
    key; None when all of them follow the rules of today."""

    after_pk = models.BigIntegerField(null=True, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(name="reckoning_one_row", condition=Q(pk=1))]

    def __str__(self) -> str:
        return f"After {self.after_pk}"
