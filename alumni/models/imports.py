"""Lists that were uploaded, and what became of each row."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

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
        CHECKING = "CHECKING", "Being checked"
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
    # Which sheet, header row, columns and consent: see alumni/importing/mapping.py.
    mapping = models.JSONField(default=dict)
    # By row: the cells that somebody corrected on the page, or null for a row to leave out.
    corrections = models.JSONField(default=dict)
    # The first people and the first changes, as they will look: what the check page shows.
    preview = models.JSONField(default=dict)
    # Of a list that is in and left rows out: what the file called its columns.
    headings = models.JSONField(default=list)
    # What is to be said about the list as a whole: that rows of its sheet are hidden.
    remarks = models.JSONField(default=list)
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
    # When its newcomers were held against the directory, as people who may stand there twice.
    compared_at = models.DateTimeField(null=True, blank=True)
    # Somebody asked it to stop; the database's process that is at work on it can be told so.
    stop_wanted = models.BooleanField(default=False)
    backend_pid = models.IntegerField(null=True, blank=True)

    objects = ImportQuerySet.as_manager()

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        return reverse("alumni:import_detail", args=[self.pk])

    @property
    def outcome_in_words(self) -> str:
        """“1,200 new, 3 left out”."""
        counts = [
            (self.created_count, "new"),
            (self.updated_count, "changed"),
            (self.unchanged_count, "the same"),
            (self.rejected_count, "left out"),
        ]
        return ", ".join(f"{count:,} {what}" for count, what in counts if count)

    def pieces(self) -> Iterator[bytes]:
        """The file as it was uploaded, some of it at a time."""
        parts = self.parts.order_by("position").values_list("content", flat=True)
        return (bytes(content) for content in parts.iterator(chunk_size=4))


class ImportPart(models.Model):
    """A piece of the uploaded file: a long one is never in memory as a whole.

    In the database, so that web and worker need no shared disk and one backup holds all.
    """

    BYTES = 1 << 20

    of_import = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="parts")
    position = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="importpart_once", fields=["of_import", "position"]),
        ]

    def __str__(self) -> str:
        return f"Part {self.position}"


class ImportRow(models.Model):
    """What became of one row of a list: none is left out."""

    class Outcome(models.TextChoices):
        CREATED = "CREATED", "New"
        UPDATED = "UPDATED", "Changed"
        UNCHANGED = "UNCHANGED", "The same"
        REJECTED = "REJECTED", "Left out"

    # Without an index of its own: importrow_once begins with it.
    of_import = models.ForeignKey(
        Import,
        on_delete=models.CASCADE,
        related_name="rows",
        db_constraint=False,
        db_index=False,
    )
    # As the file counts its records, the header included, so that a person finds it again.
    number = models.PositiveIntegerField()
    outcome = models.CharField(max_length=10, choices=Outcome)
    # Name and cells are kept of rows with a problem: of the others the person is kept.
    name = models.CharField(max_length=200, blank=True)
    cells = models.JSONField(default=list)
    # By field, the cell as it was written where its value was put into another form.
    originals = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    # A million rows come at once: each check of a foreign key would cost more than the row. Django
    # keeps the promise when an alum goes.
    alum = models.ForeignKey(
        Alum,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="import_rows",
        db_constraint=False,
    )
    # For each changed field [what it was, what it became]: what undoing puts back.
    replaced = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="importrow_once", fields=["of_import", "number"]),
        ]

    def __str__(self) -> str:
        return f"Row {self.number}"

    @property
    def who(self) -> str:
        """The name; of a row left out, what stands in its columns of names."""
        if self.name:
            return self.name
        matched = self.of_import.mapping.get("columns", {})
        said = {
            field: self.cells[int(index)]
            for index, field in matched.items()
            if int(index) < len(self.cells)
        }
        parts = (said.get("given_name"), said.get("family_name"))
        return said.get("full_name") or " ".join(filter(None, parts)) or "(no name)"
