"""A file of one's own people: LinkedIn, Google, Outlook, vCards; every entry accounted for."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse

from accounts.models import User
from contacts.models.people import Contact
from core.models import TimeStampedModel


class ContactImportQuerySet(models.QuerySet["ContactImport"]):
    def visible_to(self, user: User) -> ContactImportQuerySet:
        """An address book is its owner's alone."""
        return self.filter(student=user)

    def newest_first(self) -> ContactImportQuerySet:
        return self.order_by("-id")


class ContactImport(TimeStampedModel):
    """An uploaded file, read and shown; nothing is added before the student says so."""

    student = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="contact_imports"
    )
    file_name = models.CharField(max_length=255)
    # In words, as the page says it: "LinkedIn connections", "vCards".
    kind = models.CharField(max_length=60)
    # What the reader noticed about the file as a whole, in sentences.
    remarks = models.JSONField(default=list, blank=True)
    added_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = ContactImportQuerySet.as_manager()

    def __str__(self) -> str:
        return f"#{self.pk} {self.kind}"

    def get_absolute_url(self) -> str:
        return reverse("contacts:import_detail", args=[self.pk])


class ContactImportEntry(models.Model):
    """One entry of the file: it ends in exactly one of the four standings."""

    class Standing(models.TextChoices):
        NEW = "NEW", "New"
        CHANGED = "CHANGED", "Adds to one you have"
        SAME = "SAME", "There already"
        LEFT_OUT = "LEFT_OUT", "Left out"

    file = models.ForeignKey(ContactImport, on_delete=models.CASCADE, related_name="entries")
    # Where it stands in the file, counted from 1: the row of a table, the number of a card.
    number = models.PositiveIntegerField()
    standing = models.CharField(max_length=8, choices=Standing)
    name = models.CharField(max_length=200, blank=True)
    # Clean values by the field of Contact that they go to.
    values = models.JSONField(default=dict)
    # Sentences: why it is left out, or what was noticed.
    remarks = models.JSONField(default=list)
    is_chosen = models.BooleanField(default=True)
    contact = models.ForeignKey(
        Contact, null=True, blank=True, on_delete=models.SET_NULL, related_name="import_entries"
    )
    # What the contact's fields held before this entry filled them, for the undo.
    before = models.JSONField(default=dict)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(name="contactimportentry_once", fields=["file", "number"])
        ]

    def __str__(self) -> str:
        return f"#{self.file_id}/{self.number} {self.standing}"
