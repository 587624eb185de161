"""Asking many alumni, slowly, whether students may write to them."""

from __future__ import annotations

from datetime import timedelta
from typing import Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Count, Q
from django.urls import reverse

from accounts.models import User
from core.models import TimeStampedModel

MOST_PEOPLE = 20_000
YEAR = [
    MinValueValidator(1800, "Write the year with four digits, such as 1998."),
    MaxValueValidator(2100, "Write the year with four digits, such as 1998."),
]


class CampaignQuerySet(models.QuerySet["Campaign"]):
    def visible_to(self, user: User) -> Self:
        return self if user.is_office_staff else self.none()

    def with_counts(self) -> Self:
        sent = Q(mails__sent_at__isnull=False)
        failed = Q(mails__failed_at__isnull=False)
        return self.annotate(
            total=Count("mails"),
            sent=Count("mails", filter=sent),
            failed=Count("mails", filter=failed),
            said_yes=Count("mails", filter=sent & Q(mails__alum__consent="YES")),
            said_no=Count("mails", filter=sent & Q(mails__alum__consent="NO")),
        )


class Campaign(TimeStampedModel):
    class State(models.TextChoices):
        DRAFT = "DRAFT", "Not started"
        RUNNING = "RUNNING", "Going out"
        PAUSED = "PAUSED", "Paused"
        STOPPED = "STOPPED", "Stopped"

    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    from_year = models.PositiveSmallIntegerField(null=True, blank=True, validators=YEAR)
    to_year = models.PositiveSmallIntegerField(null=True, blank=True, validators=YEAR)
    field = models.CharField(max_length=200, blank=True)
    most = models.PositiveIntegerField(
        default=200,
        validators=[
            MinValueValidator(1, "Write to one person at least."),
            MaxValueValidator(MOST_PEOPLE, f"At most {MOST_PEOPLE:,} people at a time."),
        ],
    )
    # As many as the mail server bears.
    per_minute = models.PositiveSmallIntegerField(
        default=20,
        validators=[
            MinValueValidator(1, "One mail a minute at least."),
            MaxValueValidator(600, "At most 600 mails a minute."),
        ],
    )
    # Nobody who had such a mail in so many months gets another.
    months_apart = models.PositiveSmallIntegerField(
        default=12,
        validators=[
            MinValueValidator(1, "Leave people alone for a month at least."),
            MaxValueValidator(120, "Ten years are enough."),
        ],
    )
    # The office's own paragraph.
    words = models.TextField(max_length=1000, blank=True)
    state = models.CharField(max_length=7, choices=State, default=State.DRAFT)
    started_at = models.DateTimeField(null=True, blank=True)

    objects = CampaignQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="campaign_years_in_order",
                condition=Q(from_year__isnull=True)
                | Q(to_year__isnull=True)
                | Q(from_year__lte=models.F("to_year")),
                violation_error_message="The first class year must come before the last.",
            ),
        ]

    def __str__(self) -> str:
        return f"Campaign {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("alumni:campaign_detail", args=[self.pk])

    @property
    def gap(self) -> timedelta:
        """Between two of its mails."""
        return timedelta(seconds=60 / self.per_minute)

    @property
    def whom(self) -> str:
        """“Classes 1990 to 2005, in journalism”."""
        years = {
            (True, True): f"Classes {self.from_year} to {self.to_year}",
            (True, False): f"Classes from {self.from_year} on",
            (False, True): f"Classes up to {self.to_year}",
            (False, False): "All classes",
        }[self.from_year is not None, self.to_year is not None]
        return f"{years}, in {self.field}" if self.field else years
