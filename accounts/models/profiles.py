"""What is known of a student."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from core.models import TimeStampedModel


class StudentProfile(TimeStampedModel):
    """What a student says of themselves when they ask to meet (G2, G13, G24)."""

    student = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="profile"
    )
    class_year = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        validators=[
            MinValueValidator(1900, "Write the year with four digits, such as 2027."),
            MaxValueValidator(2100, "Write the year with four digits, such as 2027."),
        ],
    )
    majors = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    fields_of_interest = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    background = models.TextField(max_length=600, blank=True)
    # Whoever calls back hears it first (G25).
    greeting_is_ready = models.BooleanField("my voicemail greeting is professional", default=False)
    # The registrar's, as text: zeros in front stay.
    student_number = models.CharField(max_length=64, blank=True)
    # The registrar's list no longer had them, and the office said that they have left.
    left_on = models.DateField(null=True, blank=True)
    # The office moved their class on. They keep their log, and nobody looks after them.
    graduated_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="studentprofile_number_once",
                fields=["student_number"],
                condition=~Q(student_number=""),
                violation_error_message="Another student has this number.",
            ),
        ]

    def is_graduate(self, *, on: date) -> bool:
        """A class leaves at the end of June; before that its members are students (G12).

        Whom the office moved on earlier is a graduate from that day.
        """
        if self.graduated_on is not None and on >= self.graduated_on:
            return True
        return self.class_year is not None and on >= date(self.class_year, 7, 1)

    def __str__(self) -> str:
        return f"Profile of {self.student}"
