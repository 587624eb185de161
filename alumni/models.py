"""The people in the office's directory, and the lists they came from."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Func, GeneratedField, Q
from django.db.models.functions import Lower
from django.urls import reverse

from accounts.models import User
from core.models import TimeStampedModel


class Consent(models.TextChoices):
    """Whether an alum said that students may write to them; unknown is seen by staff only."""

    UNKNOWN = "UNKNOWN", "Not asked yet"
    YES = "YES", "Students may ask"
    NO = "NO", "Does not want to be asked"


class AlumQuerySet(models.QuerySet["Alum"]):
    def visible_to(self, user: User) -> AlumQuerySet:
        """Staff keep the whole directory; students and advisors see those who agreed."""
        if user.is_office_staff:
            return self
        return self.filter(consent=Consent.YES)

    def without_search(self) -> AlumQuerySet:
        """The search document is for the database; nobody reads it."""
        return self.defer("search")

    def by_name(self) -> AlumQuerySet:
        return self.order_by("family_name", "given_name", "id")


class Alum(TimeStampedModel):
    name = models.CharField(max_length=200)
    given_name = models.CharField(max_length=100, blank=True)
    family_name = models.CharField(max_length=100, blank=True)
    # The office's own number for this person, kept as text: 00123456 is not 123456.
    external_id = models.CharField(max_length=64, blank=True)
    email = models.EmailField("e-mail", blank=True)
    phone = models.CharField(max_length=40, blank=True)
    class_year = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        validators=[MinValueValidator(1800), MaxValueValidator(2100)],
    )
    majors = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    fields_of_work = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    employer = models.CharField(max_length=200, blank=True)
    job_title = models.CharField(max_length=200, blank=True)
    city = models.CharField(max_length=100, blank=True)
    region = models.CharField(max_length=100, blank=True)
    country = models.CharField(max_length=100, blank=True)
    # In the alum's own words, for students to read.
    note_to_students = models.TextField(max_length=1000, blank=True)
    consent = models.CharField(max_length=8, choices=Consent, default=Consent.UNKNOWN)

    # Name and employer weigh most; accents and case fold away. The function is in migration 0001.
    search = GeneratedField(
        expression=Func(
            F("name"), F("employer"), F("job_title"), F("majors"), F("fields_of_work"),
            F("city"), F("region"), F("country"), F("class_year"),
            function="alum_search_document",
        ),
        output_field=SearchVectorField(),
        db_persist=True,
    )  # fmt: skip

    objects = AlumQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "alumni"
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="alum_email_once",
                condition=~Q(email=""),
                violation_error_message="Another alum has this e-mail.",
            ),
            models.UniqueConstraint(
                name="alum_external_id_once",
                fields=["external_id"],
                condition=~Q(external_id=""),
                violation_error_message="Another alum has this number.",
            ),
            models.CheckConstraint(name="alum_has_a_name", condition=~Q(name="")),
        ]
        indexes = [
            # Serves the directory's search box.
            GinIndex(name="alum_search", fields=["search"]),
            # Serves the directory's pages in the order of names.
            models.Index(name="alum_by_name", fields=["family_name", "given_name", "id"]),
            # Serves the importer, which finds people without an e-mail by name and class year.
            models.Index(Lower("name"), "class_year", name="alum_by_name_and_year"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.class_year})" if self.class_year else self.name

    def get_absolute_url(self) -> str:
        return reverse("alumni:detail", args=[self.pk])

    @property
    def work(self) -> str:
        """What they do and where, in one line: “Producer at NEPM”."""
        return " at ".join(part for part in (self.job_title, self.employer) if part)

    @property
    def place(self) -> str:
        return ", ".join(part for part in (self.city, self.region, self.country) if part)


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
