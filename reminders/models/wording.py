"""How the office says what a mail is about, where it does not say it as we do."""

from __future__ import annotations

from django.db import models

from accounts.models import User


class WordingQuerySet(models.QuerySet["Wording"]):
    def visible_to(self, user: User) -> WordingQuerySet:
        """The office's words are kept by staff."""
        return self if user.is_office_staff else self.none()


class Wording(models.Model):
    """Plain text, each on one line; “{name}” stands for whom or what it is about."""

    # A key of reminders/kinds.
    kind = models.CharField(max_length=24, unique=True)
    subject = models.CharField(max_length=120)
    opening = models.CharField(max_length=200)

    objects = WordingQuerySet.as_manager()

    def __str__(self) -> str:
        return self.kind
