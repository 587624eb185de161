"""What the directory keeps to be searched quickly, and who took which part of it along."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from accounts.models import User


class SearchTerm(models.Model):
    """A word that stands in somebody's record, or once stood there."""

    # In the order of bytes, so that the words with one beginning lie side by side.
    word = models.CharField(max_length=2048, primary_key=True, db_collation="C")
    # About how many people have it; a guide for the order of work, never shown.
    people = models.PositiveBigIntegerField(default=0)
    # The word itself and with each letter left out: two words that are one slip apart share a key.
    keys = ArrayField(models.TextField(), default=list)

    class Meta:
        indexes = [
            # Serves the search for what somebody may have meant.
            GinIndex(name="term_keys", fields=["keys"]),
        ]

    def __str__(self) -> str:
        return self.word


class FacetCounts(models.Model):
    """The counts of the whole directory, made ahead: counting a million people takes a second."""

    class Audience(models.TextChoices):
        OFFICE = "OFFICE", "The office"
        STUDENTS = "STUDENTS", "Students and advisors"

    audience = models.CharField(max_length=8, choices=Audience, primary_key=True)
    total = models.PositiveBigIntegerField()
    facets = models.JSONField()
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.audience} at {self.made_at}"


class ExportLogQuerySet(models.QuerySet["ExportLog"]):
    def visible_to(self, user: User) -> ExportLogQuerySet:
        return self if user.is_office_staff else self.none()


class ExportLog(models.Model):
    """Somebody took a part of the directory out of CareerHub.

    The words of the search are not kept, because they may be a name; that there were some is.
    """

    class Format(models.TextChoices):
        CSV = "CSV", "CSV"
        XLSX = "XLSX", "Excel"

    exported_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, related_name="alumni_exports"
    )
    exported_at = models.DateTimeField()
    format = models.CharField(max_length=4, choices=Format)
    row_count = models.PositiveBigIntegerField()
    had_words = models.BooleanField(default=False)
    filters = models.JSONField(default=dict)

    objects = ExportLogQuerySet.as_manager()

    class Meta:
        indexes = [
            # Serves the office's list, newest first.
            models.Index(name="exportlog_newest", fields=["-exported_at", "-id"]),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.format} of {self.row_count}"

    @property
    def part(self) -> str:
        """“by words, field: Law”, or everybody."""
        filters = [f"{name}: {value}" for name, value in self.filters.items()]
        return ", ".join([*(["by words"] if self.had_words else []), *filters]) or "Everybody"
