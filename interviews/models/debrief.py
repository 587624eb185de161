"""What a talk left behind: insights by topic, advice, a changed interest, a decision."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from accounts.models import User
from core.models import TimeStampedModel
from interviews.models.interview import Interview
from interviews.models.questions import Topic


class DebriefQuerySet(models.QuerySet["Debrief"]):
    def visible_to(self, user: User) -> DebriefQuerySet:
        return self.filter(interview__contact__student=user)


class Debrief(TimeStampedModel):
    """Written down once after a talk, and correctable for ever (G5, G6, G36, G37)."""

    interview = models.OneToOneField(Interview, on_delete=models.CASCADE, related_name="debrief")
    enjoyed = models.TextField("what I enjoyed most", max_length=5000, blank=True)
    next_steps = models.TextField("what I will do next", max_length=5000, blank=True)
    interest_after = models.PositiveSmallIntegerField(null=True, blank=True)
    decision = models.TextField("what this means for me", max_length=5000, blank=True)
    asked_for_names = models.BooleanField("I asked whom else to talk with", null=True)
    resume_feedback = models.TextField("what they said of my résumé", max_length=5000, blank=True)
    # An unsolicited lead or recommendation (G37).
    lead = models.TextField("a lead or recommendation they offered", max_length=5000, blank=True)

    objects = DebriefQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="debrief_interest_from_1_to_5",
                condition=Q(interest_after__isnull=True) | Q(interest_after__range=(1, 5)),
                violation_error_message="Interest is a number from 1 to 5.",
            ),
        ]

    def __str__(self) -> str:
        return f"Debrief of interview {self.interview_id}"


class Insight(TimeStampedModel):
    """What was learned about one topic (G5)."""

    debrief = models.ForeignKey(Debrief, on_delete=models.CASCADE, related_name="insights")
    topic = models.CharField(max_length=12, choices=Topic)
    text = models.TextField(max_length=5000)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="insight_one_box_a_topic", fields=["debrief", "topic"])
        ]

    def __str__(self) -> str:
        return f"{self.topic} of debrief {self.debrief_id}"


class AdviceQuerySet(models.QuerySet["Advice"]):
    def visible_to(self, user: User) -> AdviceQuerySet:
        return self.filter(interview__contact__student=user)


class Advice(TimeStampedModel):
    """One piece of advice, and whether it was followed: the follow-up letter says so (G45)."""

    interview = models.ForeignKey(Interview, on_delete=models.CASCADE, related_name="advice")
    text = models.CharField(max_length=1000)
    done_on = models.DateField("did it on", null=True, blank=True)
    # How it went, or what stands in the way.
    note = models.CharField("how it went", max_length=1000, blank=True)

    objects = AdviceQuerySet.as_manager()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"#{self.pk} of interview {self.interview_id}"
