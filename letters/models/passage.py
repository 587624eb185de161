"""What an advisor says about one passage of a letter that they read."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from accounts.models import User
from core.models import TimeStampedModel
from letters.models.review import LetterReview


class PassageQuerySet(models.QuerySet["Passage"]):
    def visible_to(self, user: User) -> PassageQuerySet:
        """A student reads them together with the answer, and not one by one as they are written."""
        reviews = LetterReview.objects.visible_to(user)
        if user.is_student:
            reviews = reviews.filter(answered_at__isnull=False)
        return self.filter(review__in=reviews)


class Passage(TimeStampedModel):
    """`review.text[start:end]`: those words never change, so neither does the place."""

    review = models.ForeignKey(LetterReview, on_delete=models.CASCADE, related_name="passages")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    comment = models.TextField(max_length=2000)

    objects = PassageQuerySet.as_manager()

    class Meta:
        ordering = ["start", "end", "id"]
        constraints = [
            models.CheckConstraint(
                name="passage_is_some_of_the_letter", condition=Q(end__gt=F("start"))
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} of review {self.review_id}"
