"""Who looks after whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.models import TimeStampedModel

if TYPE_CHECKING:
    from accounts.models.people import User


class CaseloadQuerySet(models.QuerySet["Caseload"]):
    def visible_to(self, user: User) -> CaseloadQuerySet:
        """Staff see who looks after whom; advisors and students what concerns them."""
        return self if user.is_office_staff else self.filter(Q(advisor=user) | Q(student=user))

    def open(self) -> CaseloadQuerySet:
        return self.filter(until__isnull=True)

    def of(self, advisor: User) -> CaseloadQuerySet:
        return self.filter(advisor=advisor)


class Caseload(TimeStampedModel):
    """One student looked after by one advisor, from a day until another."""

    class Source(models.TextChoices):
        HAND = "HAND", "Chosen by hand"
        LIST = "LIST", "Named in the registrar’s list"
        RULE = "RULE", "By a rule"

    advisor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="caseloads_as_advisor"
    )
    student = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="caseloads_as_student"
    )
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=4, choices=Source, default=Source.HAND)

    objects = CaseloadQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="caseload_one_advisor_at_a_time",
                fields=["student"],
                condition=Q(until__isnull=True),
                violation_error_message="This student has an advisor already. End that first.",
            ),
            models.CheckConstraint(
                name="caseload_ends_after_it_began",
                condition=Q(until__isnull=True) | Q(until__gte=models.F("since")),
                violation_error_message="It cannot end before it began.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.student} with {self.advisor} since {self.since}"
