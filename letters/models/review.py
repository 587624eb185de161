"""A letter that a student asked their advisor to read."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import User
from core.models import TimeStampedModel
from letters.models.letter import Letter


class LetterReviewQuerySet(models.QuerySet["LetterReview"]):
    def visible_to(self, user: User) -> LetterReviewQuerySet:
        return self.filter(letter__contact__student__in=User.objects.visible_to(user))

    def waiting(self) -> LetterReviewQuerySet:
        return self.filter(answered_at__isnull=True)


class LetterReview(TimeStampedModel):
    class Verdict(models.TextChoices):
        APPROVED = "APPROVED", "Good to go"
        CHANGES = "CHANGES", "Please change something"

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="reviews")
    asked_at = models.DateTimeField()
    # What the student wants to know.
    question = models.TextField(max_length=1000, blank=True)
    # The words as they were sent for review: an answer is about these.
    text = models.TextField()
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="letter_reviews",
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    verdict = models.CharField(max_length=10, choices=Verdict, blank=True)
    comment = models.TextField(max_length=5000, blank=True)

    objects = LetterReviewQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="letterreview_one_waiting",
                fields=["letter"],
                condition=Q(answered_at__isnull=True),
                violation_error_message="Your advisor has this letter already.",
            ),
            models.CheckConstraint(
                name="letterreview_answer_has_a_verdict",
                condition=Q(answered_at__isnull=True) | ~Q(verdict=""),
            ),
        ]

    @property
    def is_open(self) -> bool:
        return self.answered_at is None

    def __str__(self) -> str:
        return f"#{self.pk} of letter {self.letter_id}"
