"""The words that the office uses for majors, fields and employers, and how its lists looked."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse

from accounts.models import User
from core.models import TimeStampedModel


class Kind(models.TextChoices):
    """Named as the field of Alum that holds the word."""

    MAJOR = "majors", "Majors"
    FIELD = "fields_of_work", "Fields of work"
    EMPLOYER = "employer", "Employers"


class WordQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> WordQuerySet:
        return self if user.is_office_staff else self.none()


class Term(TimeStampedModel):
    """One word as the office writes it, and the spellings that lists have for it."""

    kind = models.CharField(max_length=14, choices=Kind)
    name = models.CharField(max_length=200)
    spellings = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    # Counted when words change and after each import: counting a million people takes a second.
    used_by = models.PositiveIntegerField(default=0, editable=False)

    objects = WordQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "kind",
                Lower("name"),
                name="term_once",
                violation_error_message="This word is in the vocabulary already.",
            ),
            models.CheckConstraint(name="term_has_a_name", condition=~models.Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("alumni:term", args=[self.pk])


class UnknownWord(models.Model):
    """A word of imported lists that the vocabulary does not know, with how many rows say it."""

    kind = models.CharField(max_length=14, choices=Kind)
    word = models.CharField(max_length=200)
    count = models.PositiveIntegerField(default=0)
    last_seen_at = models.DateTimeField()
    # The office looked at it and lets it be.
    is_dismissed = models.BooleanField(default=False)

    objects = WordQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="unknownword_once", fields=["kind", "word"]),
        ]
        indexes = [
            # Serves the words to look at, those of most people first.
            models.Index(
                name="unknownword_open",
                fields=["kind", "-count"],
                condition=models.Q(is_dismissed=False),
            ),
        ]

    def __str__(self) -> str:
        return self.word


class ListSource(TimeStampedModel):
    """How staff matched the columns of lists with these headings the last time."""

    fingerprint = models.CharField(max_length=64, unique=True)
    # Heading to field. What a list says as a whole, consent above all, is asked anew each time.
    columns = models.JSONField(default=dict)
    country = models.CharField(max_length=2, blank=True)
    confirmed_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.fingerprint[:8]
