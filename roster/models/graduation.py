"""A class that moved on, and what each of its members said of the directory."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.urls import reverse

from accounts.models import Caseload, User
from alumni.models import Alum
from core.models import TimeStampedModel


class GraduationQuerySet(models.QuerySet["Graduation"]):
    def visible_to(self, user: User) -> GraduationQuerySet:
        return self if user.is_office_staff else self.none()

    def with_answers(self) -> GraduationQuerySet:
        return self.annotate(
            people=Count("members"),
            agreed=Count("members", filter=Q(members__answer=Graduate.Answer.YES)),
            declined=Count("members", filter=Q(members__answer=Graduate.Answer.NO)),
        )


class Graduation(TimeStampedModel):
    """One step of the office; it can be taken back until somebody entered the directory."""

    class_year = models.PositiveSmallIntegerField()
    graduated_on = models.DateField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = GraduationQuerySet.as_manager()

    class Meta:
        ordering = ["-graduated_on", "-id"]

    def __str__(self) -> str:
        return f"Class of {self.class_year}, {self.graduated_on}"

    def get_absolute_url(self) -> str:
        return reverse("roster:graduation", args=[self.pk])

    @property
    def can_be_undone(self) -> bool:
        return self.undone_at is None and not self.members.exclude(alum=None).exists()


class GraduateQuerySet(models.QuerySet["Graduate"]):
    def visible_to(self, user: User) -> GraduateQuerySet:
        """Each their own answer; staff read it in the directory."""
        return self.filter(student=user, graduation__undone_at__isnull=True)


class Graduate(TimeStampedModel):
    """Who says nothing is in no directory."""

    class Answer(models.TextChoices):
        NONE = "", "Said nothing"
        YES = "YES", "In the directory"
        NO = "NO", "Does not want to be asked"

    graduation = models.ForeignKey(Graduation, on_delete=models.CASCADE, related_name="members")
    student = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="graduations"
    )
    # The caseload that ended with it.
    caseload = models.ForeignKey(Caseload, null=True, on_delete=models.SET_NULL, related_name="+")
    answer = models.CharField(max_length=3, choices=Answer, default=Answer.NONE, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    # Once they agreed, also after they changed their mind.
    alum = models.ForeignKey(
        Alum, null=True, blank=True, on_delete=models.SET_NULL, related_name="graduations"
    )

    objects = GraduateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="graduate_once", fields=["graduation", "student"])
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.answer}"
