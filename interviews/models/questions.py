"""What to ask: the office's bank of questions, and the list that a student ranks for one talk."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from accounts.models import User
from core.models import TimeStampedModel
from interviews.models.interview import Interview


class Topic(models.TextChoices):
    """What a talk can teach about a field (G4), in the order in which one asks."""

    PATH = "PATH", "How they got there"
    DAYS = "DAYS", "What the days are like"
    DEMANDS = "DEMANDS", "Demands"
    SATISFACTION = "SATISFACTION", "What is satisfying"
    PROS_CONS = "PROS_CONS", "The good and the bad"
    TRAINING = "TRAINING", "Training and study"
    OUTLOOK = "OUTLOOK", "Where the field is going"
    STARTING = "STARTING", "Getting started"
    PEOPLE = "PEOPLE", "People and places of work"
    CLOSING = "CLOSING", "To close with"
    OWN = "OWN", "My own"


class QuestionQuerySet(models.QuerySet["Question"]):
    def visible_to(self, user: User) -> QuestionQuerySet:
        """Everybody reads the bank; staff see what they retired, too."""
        return self if user.is_office_staff else self.filter(is_active=True)

    def in_order(self) -> QuestionQuerySet:
        return self.order_by("place", "id")


class Question(TimeStampedModel):
    """One question of the office's bank, kept by staff."""

    topic = models.CharField(max_length=12, choices=Topic)
    text = models.CharField(max_length=400)
    # Why it is worth asking, in a line.
    why = models.CharField(max_length=300, blank=True)
    # Retired questions stay for the lists that use them.
    is_active = models.BooleanField("offered to students", default=True)
    place = models.PositiveIntegerField("place within its topic", default=0)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="question_once",
                fields=["text"],
                violation_error_message="This question is in the bank already.",
            )
        ]

    def __str__(self) -> str:
        return self.text


class PreparedQuestionQuerySet(models.QuerySet["PreparedQuestion"]):
    def visible_to(self, user: User) -> PreparedQuestionQuerySet:
        """The list is the student's own."""
        return self.filter(interview__contact__student=user)

    def in_order(self) -> PreparedQuestionQuerySet:
        return self.order_by("rank", "id")


class PreparedQuestion(TimeStampedModel):
    """A question for one talk, in the student's order, and what was answered (G27, G33)."""

    interview = models.ForeignKey(Interview, on_delete=models.CASCADE, related_name="questions")
    # The words are copied: what the office edits later does not change a student's list.
    source = models.ForeignKey(
        Question, null=True, blank=True, on_delete=models.SET_NULL, related_name="uses"
    )
    topic = models.CharField(max_length=12, choices=Topic, default=Topic.OWN)
    text = models.CharField(max_length=400)
    rank = models.PositiveIntegerField()
    is_asked = models.BooleanField(default=False)
    answer = models.TextField(max_length=20000, blank=True)

    objects = PreparedQuestionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="preparedquestion_bank_question_once",
                fields=["interview", "source"],
                condition=Q(source__isnull=False),
                violation_error_message="This question is on your list already.",
            ),
        ]
        indexes = [
            # Serves the ranked list of one talk.
            models.Index(name="preparedquestion_in_order", fields=["interview", "rank"]),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} of interview {self.interview_id}"
