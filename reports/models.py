"""Counts made ahead: what each student did in each part of the calendar, and what may be said.

Nothing here is a record of anything: it can be thrown away and counted again.
"""

from __future__ import annotations

from django.db import models

from accounts.models import User


class Fact(models.Model):
    """The sums of one student over one part of the calendar (periods.cuts)."""

    # Not a foreign key: a student who is removed is counted out like any other change.
    student_id = models.BigIntegerField()
    part_on = models.DateField()
    is_active = models.BooleanField()
    asked = models.IntegerField()
    replied = models.IntegerField()
    reply_days = models.IntegerField()
    held = models.IntegerField()
    thanked = models.IntegerField()
    kept = models.IntegerField()
    named = models.IntegerField()
    rated = models.IntegerField()
    interest_before = models.IntegerField()
    interest_after = models.IntegerField()
    reviews = models.IntegerField()
    answered = models.IntegerField()
    review_seconds = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="fact_once", fields=["student_id", "part_on"]),
        ]
        indexes = [
            # Serves counting a year: its parts are neighbours.
            models.Index(name="fact_of_part", fields=["part_on", "student_id"]),
        ]

    def __str__(self) -> str:
        return f"User {self.student_id} from {self.part_on}"


class Stale(models.Model):
    """Something of this student changed since the facts were made.

    No student stands for everybody, and 0 for the directory of alumni.

    The database writes these rows itself (migration 0002), whoever changes what and how.
    """

    student_id = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return f"User {self.student_id}"


class Sheet(models.Model):
    """What may be said of one period: the numbers that are hidden are not in it."""

    period = models.CharField(max_length=30, primary_key=True)
    first_on = models.DateField()
    last_on = models.DateField()
    content = models.JSONField()
    # How many alumni met students, and how often.
    alumni = models.JSONField(default=dict)
    # What was done before this moment is counted.
    as_of = models.DateTimeField()

    def __str__(self) -> str:
        return self.period


class ReportExportQuerySet(models.QuerySet["ReportExport"]):
    def visible_to(self, user: User) -> ReportExportQuerySet:
        return self if user.is_office_staff else self.none()


class ReportExport(models.Model):
    """Somebody took a report out of CareerHub."""

    class Format(models.TextChoices):
        CSV = "CSV", "CSV"
        PDF = "PDF", "Evidence pack"

    taken_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, related_name="reports_taken"
    )
    taken_at = models.DateTimeField()
    format = models.CharField(max_length=4, choices=Format)
    # In words, as the page says it: “Fall 2026, by class”.
    part = models.CharField(max_length=120)

    objects = ReportExportQuerySet.as_manager()

    class Meta:
        indexes = [
            # Serves the office's list, newest first.
            models.Index(name="reportexport_newest", fields=["-taken_at", "-id"]),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.format}"
