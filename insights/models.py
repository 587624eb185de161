"""Advice that a student lets others read, without a name."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from accounts.models import User
from core.models import TimeStampedModel
from interviews.models import Advice

LONGEST = 1000


class SharedAdviceQuerySet(models.QuerySet["SharedAdvice"]):
    def visible_to(self, user: User) -> SharedAdviceQuerySet:
        """Its giver, and staff what they have to read; what others read is `insights.shown`."""
        if user.is_office_staff:
            return self.exclude(state=SharedAdvice.State.SENT_BACK)
        return self.filter(advice__interview__contact__student=user)

    def waiting(self) -> SharedAdviceQuerySet:
        return self.filter(state=SharedAdvice.State.WAITING)

    def published(self) -> SharedAdviceQuerySet:
        """While its giver can log in, and so take it back."""
        return self.filter(
            state=SharedAdvice.State.PUBLISHED,
            advice__interview__contact__student__is_active=True,
        )


class SharedAdvice(TimeStampedModel):
    """It exists while the student wants it; taking it back deletes it."""

    class State(models.TextChoices):
        WAITING = "WAITING", "The office reads it first"
        PUBLISHED = "PUBLISHED", "Shared, and shown from five sources on"
        SENT_BACK = "SENT_BACK", "The office sent it back"

    advice = models.OneToOneField(Advice, on_delete=models.CASCADE, related_name="shared")
    # In the office's word for it, where there is one.
    field = models.CharField(max_length=200)
    # Names taken out, as the student saw it before it went.
    text = models.TextField(max_length=LONGEST)
    # What the office left of it; never a word more.
    published_text = models.TextField(max_length=LONGEST, blank=True)
    state = models.CharField(max_length=9, choices=State, default=State.WAITING)
    # Why it was sent back, for the student.
    office_word = models.CharField(max_length=500, blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = SharedAdviceQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "shared advice"
        indexes = [
            # Serves the office's queue, and what is shown by field.
            models.Index(name="sharedadvice_state_field", fields=["state", "field"]),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.state}"
