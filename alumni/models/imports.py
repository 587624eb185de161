"""Lists that were uploaded, and what became of each row."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse

from accounts.models import User
from alumni.models.directory import Alum
from core.models import TimeStampedModel


class ImportQuerySet(models.QuerySet["Import"]):
    def visible_to(self, user: User) -> ImportQuerySet:
        return self if user.is_office_staff else self.none()


class Import(TimeStampedModel):
    """One uploaded list: its mapping, its counts, its outcome."""

    class State(models.TextChoices):
        UPLOADED = "UPLOADED", "Columns to be matched"
        CHECKED = "CHECKED", "Checked, not imported yet"
        RUNNING = "RUNNING", "Importing"
        DONE = "DONE", "Imported"
        FAILED = "FAILED", "Stopped by an error"
        UNDONE = "UNDONE", "Undone"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="imports"
    )
    file_name = models.CharField(max_length=255)
    # In the database, so that web and worker need no shared disk and one backup holds all.
    content = models.BinaryField()
    # Which sheet, header row, columns and consent: see alumni/importing/mapping.py.
    mapping = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State, default=State.UPLOADED)
    row_count = models.PositiveIntegerField(default=0)
    rows_done = models.PositiveIntegerField(default=0)
    created_count = models.PositiveIntegerField(default=0)
    updated_count = models.PositiveIntegerField(default=0)
    unchanged_count = models.PositiveIntegerField(default=0)
    rejected_count = models.PositiveIntegerField(default=0)
    # A sentence for the person who uploaded it, when the file as a whole could not be imported.
    problem = models.TextField(blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = ImportQuerySet.as_manager()

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        return reverse("alumni:import_detail", args=[self.pk])


class ImportRow(models.Model):
    """What became of one row of a list: none is left out."""

    class Outcome(models.TextChoices):
        CREATED = "CREATED", "New"
        UPDATED = "UPDATED", "Changed"
        UNCHANGED = "UNCHANGED", "The same"
        REJECTED = "REJECTED", "Left out"

    of_import = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="rows")
    # As the file counts its records, the header included, so that a person finds it again.
    number = models.PositiveIntegerField()
    outcome = models.CharField(max_length=10, choices=Outcome)
    cells = models.JSONField(default=list)
    problems = models.JSONField(default=list)
    alum = models.ForeignKey(
        Alum, null=True, blank=True, on_delete=models.SET_NULL, related_name="import_rows"
    )
    # For each changed field [what it was, what it became]: what undoing puts back.
    replaced = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="importrow_once", fields=["of_import", "number"]),
        ]

    def __str__(self) -> str:
        return f"Row {self.number}"
