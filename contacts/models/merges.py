"""Two contacts that turned out to be one person, and two that did not."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.models import User
from contacts.models.people import Contact
from core.models import TimeStampedModel


class ContactMergeQuerySet(models.QuerySet["ContactMerge"]):
    def visible_to(self, user: User) -> ContactMergeQuerySet:
        """Merging is the student's own affair."""
        return self.filter(student=user)

    def standing(self) -> ContactMergeQuerySet:
        """Not taken back, the newest first: they come apart in this order."""
        return self.filter(undone_at__isnull=True).order_by("-id")


class ContactMerge(TimeStampedModel):
    """One contact went into another; what each was before, so that it can be undone."""

    student = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="contact_merges"
    )
    kept = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="merges")
    # As they stood: {"kept": {…}, "merged": {…}, "moved": {"app.Model.field": [pk, …]}}, with what
    # the kept one became ("after") and which pairs of NotTheSame gave way ("apart", "made_apart").
    before = models.JSONField()
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = ContactMergeQuerySet.as_manager()

    def __str__(self) -> str:
        return f"#{self.pk} into contact {self.kept_id}"

    @property
    def merged_name(self) -> str:
        return self.before["merged"]["name"]


class NotTheSameQuerySet(models.QuerySet["NotTheSame"]):
    def visible_to(self, user: User) -> NotTheSameQuerySet:
        return self.filter(one__student=user)


class NotTheSame(TimeStampedModel):
    """Looked alike, and the student said that they are two people."""

    one = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="+")

    objects = NotTheSameQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="notthesame_once", fields=["one", "other"]),
            # Each pair has one order, so that it is found whichever way it is asked.
            models.CheckConstraint(name="notthesame_in_order", condition=Q(one__lt=F("other"))),
        ]

    def __str__(self) -> str:
        return f"{self.one_id} is not {self.other_id}"
