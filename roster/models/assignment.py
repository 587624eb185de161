"""Who goes to whom by rule: the first rule that fits decides."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.models import User
from core.models import TimeStampedModel

YEAR = "Write the year with four digits, such as 2027."
YEARS = [MinValueValidator(1900, YEAR), MaxValueValidator(2100, YEAR)]


class AssignmentRuleQuerySet(models.QuerySet["AssignmentRule"]):
    def visible_to(self, user: User) -> AssignmentRuleQuerySet:
        return self if user.is_office_staff else self.none()

    def in_order(self) -> AssignmentRuleQuerySet:
        return self.order_by("rank", "id")

    def in_force(self) -> AssignmentRuleQuerySet:
        """A rule waits while its advisor cannot log in, or is no advisor any more."""
        return self.filter(advisor__is_active=True, advisor__role="ADVISOR")


class AssignmentRule(TimeStampedModel):
    """All that is said must fit; what is left open fits everybody."""

    rank = models.PositiveIntegerField()
    advisor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="assignment_rules"
    )
    majors = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    interests = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    from_year = models.PositiveSmallIntegerField(null=True, blank=True, validators=YEARS)
    to_year = models.PositiveSmallIntegerField(null=True, blank=True, validators=YEARS)

    objects = AssignmentRuleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="assignmentrule_years_in_order",
                condition=Q(from_year__isnull=True)
                | Q(to_year__isnull=True)
                | Q(from_year__lte=F("to_year")),
                violation_error_message="The first class comes after the last.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.who} to {self.advisor}"

    def get_absolute_url(self) -> str:
        return reverse("roster:rule", args=[self.pk])

    @property
    def who(self) -> str:
        """“English or Film, class of 2027”; “Everybody else” where nothing is said."""
        said = [" or ".join(self.majors), self._years()]
        if self.interests:
            said.append(f"interested in {' or '.join(self.interests)}")
        words = ", ".join(filter(None, said))
        return words[:1].upper() + words[1:] if words else "Everybody else"

    def _years(self) -> str:
        match self.from_year, self.to_year:
            case None, None:
                return ""
            case first, None:
                return f"class of {first} and later"
            case None, last:
                return f"class of {last} and earlier"
            case first, last if first == last:
                return f"class of {first}"
            case first, last:
                return f"classes of {first} to {last}"
