"""The people in the office's directory, and what they agreed to."""

from __future__ import annotations

from copy import copy
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Func, GeneratedField, Q
from django.db.models.functions import Collate, Lower
from django.urls import reverse

from accounts.models import User, validate_time_zone
from core.addresses import mark_of
from core.models import MarkedAddress, TimeStampedModel


class Consent(models.TextChoices):
    """Whether an alum said that students may write to them; unknown is seen by staff only."""

    UNKNOWN = "UNKNOWN", "Not asked yet"
    YES = "YES", "Students may ask"
    NO = "NO", "Does not want to be asked"


class AskBy(models.TextChoices):
    """How an alum wants to be asked; nothing said leaves the way to the student."""

    ANY = "", "In any way"
    CAREERHUB = "CAREERHUB", "Through CareerHub only"
    EMAIL = "EMAIL", "By e-mail"
    PHONE = "PHONE", "By phone"


# What an alum may keep from students, in the order of the form. A name cannot be hidden.
HIDEABLE = {
    "email": "E-mail",
    "phone": "Phone",
    "class_year": "Class year",
    "majors": "Majors",
    "fields_of_work": "Fields of work",
    "job_title": "Job title",
    "employer": "Employer",
    "city": "City",
    "region": "Region",
    "country": "Country",
}


# Whom students and advisors see.
OPEN = Q(consent=Consent.YES)


class HasBlanks(Exception):
    """A record as students see it is for reading: saved, it would erase what they do not see."""


class AlumQuerySet(models.QuerySet["Alum"]):
    def visible_to(self, user: User) -> AlumQuerySet:
        """Staff keep the whole directory; students and advisors see those who agreed."""
        if user.is_office_staff:
            return self
        return self.filter(OPEN)

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
    ask_by = models.CharField(
        "how to ask",
        max_length=9,
        choices=AskBy,
        default=AskBy.ANY,
        db_default=AskBy.ANY,
        blank=True,
    )
    # What students do not see of this record: names of fields.
    hidden_fields = ArrayField(
        models.CharField(max_length=20), default=list, db_default=[], blank=True
    )
    # No student asks before this day.
    paused_until = models.DateField(null=True, blank=True)
    # Nothing said: as the office's settings say.
    requests_per_month = models.PositiveSmallIntegerField(null=True, blank=True)
    days_between_requests = models.PositiveSmallIntegerField(null=True, blank=True)
    # By whose clock they name times and are reminded; blank: the college's.
    time_zone = models.CharField(
        max_length=64, default="", db_default="", blank=True, validators=[validate_time_zone]
    )
    # Signed into every link to the alum's desk; one more makes the links sent so far useless.
    desk_version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    # Name and employer weigh most; accents and case fold away. The function is in migration 0015.
    search = GeneratedField(
        expression=Func(
            F("name"), F("employer"), F("job_title"), F("majors"), F("fields_of_work"),
            F("city"), F("region"), F("country"), F("class_year"),
            function="alum_search_document",
        ),
        output_field=SearchVectorField(),
        db_persist=True,
    )  # fmt: skip

    # True of a copy that as_seen_by() made.
    has_blanks = False
    # What a list says of somebody who cannot be asked today; no column.
    unavailable = ""

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
            # Serves the same pages for students, also while few have agreed.
            models.Index(
                name="alum_open_by_name",
                fields=["family_name", "given_name", "id"],
                condition=Q(consent="YES"),
            ),
            # Serves the best of a search that finds thousands.
            models.Index(
                Collate(
                    Func(F("family_name"), function="alum_folded", output_field=models.TextField()),
                    "C",
                ),
                Collate("given_name", "C"),
                "id",
                name="alum_by_family_name",
            ),
            # Serves the pages in the order of class years, the youngest first.
            models.Index(
                F("class_year").desc(nulls_last=True),
                "family_name",
                "given_name",
                "id",
                name="alum_by_class_year",
            ),
            # Serves the importer, which finds people without an e-mail by name and class year.
            models.Index(Lower("name"), "class_year", name="alum_by_name_and_year"),
        ]

    def save(self, *args, **kwargs) -> None:
        if self.has_blanks:
            raise HasBlanks
        super().save(*args, **kwargs)

    def __str__(self) -> str:
        return f"{self.name} ({self.class_year})" if self.class_year else self.name

    def get_absolute_url(self) -> str:
        return reverse("alumni:detail", args=[self.pk])

    def as_seen_by(self, user: User) -> Alum:
        """Staff see the record; anybody else a copy with blanks for what its owner hides."""
        if user.is_office_staff or not self.hidden_fields:
            return self
        seen = copy(self)
        for name in HIDEABLE:
            if name in self.hidden_fields:
                value = getattr(self, name)
                blank: Any = (
                    [] if isinstance(value, list) else "" if isinstance(value, str) else None
                )
                setattr(seen, name, blank)
        seen.has_blanks = True
        return seen

    @property
    def work(self) -> str:
        """What they do and where, in one line: “Producer at NEPM”."""
        return " at ".join(part for part in (self.job_title, self.employer) if part)

    @property
    def zone(self) -> str:
        return self.time_zone or settings.OFFICE_TIME_ZONE

    @property
    def address_mark(self) -> MarkedAddress | None:
        """Why no mail goes to them at present; staff see it."""
        return mark_of(self.email)

    @property
    def place(self) -> str:
        return ", ".join(part for part in (self.city, self.region, self.country) if part)
