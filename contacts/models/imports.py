"""A file of one's own people: LinkedIn, Google, Outlook, vCards; every entry accounted for."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.urls import reverse

from accounts.models import User
from contacts.models.people import Contact
from core.models import TimeStampedModel

# The standings in which an entry has something to add.
CHOOSABLE = ("NEW", "CHANGED")


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


class ContactImportEntryQuerySet(models.QuerySet["ContactImportEntry"]):
    def choosable(self) -> ContactImportEntryQuerySet:
        """Whom the student may still add."""
        return self.filter(standing__in=CHOOSABLE, before={})

    def added(self) -> ContactImportEntryQuerySet:
        return self.exclude(before={})

    def still_here(self) -> ContactImportEntryQuerySet:
        """Whom the file brought and who is on the list, also after it was undone."""
        brought = self.filter(before__has_key="created", contact__isnull=False)
        return brought.select_related("contact").order_by("contact__name", "contact_id")

    def search(self, words: str) -> ContactImportEntryQuerySet:
        """Every word stands in the name, the work or the e-mail."""
        found = self
        for word in words.split():
            found = found.filter(
                Q(name__icontains=word)
                | Q(values__employer__icontains=word)
                | Q(values__job_title__icontains=word)
                | Q(values__email__icontains=word)
            )
        return found

    def standing(self, standing: str) -> ContactImportEntryQuerySet:
        """Of one standing; all of them where none is given."""
        return self.filter(standing=standing) if standing else self

    def tallies(self) -> dict[str, int]:
        """How many ended where. All but the last of these add up to the entries of the file."""
        choosable, added = Q(standing__in=CHOOSABLE, before={}), ~Q(before={})
        kinds = {
            "added_new": Q(standing="NEW") & added,
            "added_to": Q(standing="CHANGED") & added,
            "new": Q(standing="NEW", before={}),
            "changed": Q(standing="CHANGED", before={}),
            "same": Q(standing="SAME"),
            "left_out": Q(standing="LEFT_OUT"),
            "chosen": choosable & Q(is_chosen=True),
        }
        counts = {name: Count("id", filter=condition) for name, condition in kinds.items()}
        return self.aggregate(**counts)


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

    objects = ContactImportEntryQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(name="contactimportentry_once", fields=["file", "number"])
        ]

    def __str__(self) -> str:
        return f"#{self.file_id}/{self.number} {self.standing}"

    @property
    def is_choosable(self) -> bool:
        return self.standing in CHOOSABLE and not self.before

    @property
    def work(self) -> str:
        parts = (self.values.get("job_title"), self.values.get("employer"))
        return " at ".join(part for part in parts if part)
