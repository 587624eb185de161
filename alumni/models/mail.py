"""What goes out by mail to alumni, and to students about them."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.models import User
from alumni.models.campaigns import Campaign
from alumni.models.directory import Alum
from alumni.models.requests import Request
from core.outbox import Outgoing, OutgoingQuerySet


class AlumniMailQuerySet(OutgoingQuerySet):
    def visible_to(self, user: User) -> Self:
        return self if user.is_office_staff else self.none()

    def with_subjects(self) -> Self:
        return self.select_related(
            "alum", "campaign", "student", "request__alum", "request__student__profile"
        ).defer("alum__search", "request__alum__search")

    def free(self) -> Self:
        """Not held back by a campaign that pauses."""
        return self.filter(Q(campaign__isnull=True) | Q(campaign__state=Campaign.State.RUNNING))

    def most_urgent_first(self) -> Self:
        """What somebody waits for goes before what was queued by the thousand."""
        return self.order_by(F("campaign_id").asc(nulls_first=True), "due_at", "id")

    def of_campaigns_since(self, since: datetime) -> Self:
        """Campaign mails that were sent or came back since then, or are owed."""
        owed = Q(sent_at__isnull=True, failed_at__isnull=True)
        recent = Q(sent_at__gte=since) | Q(failed_at__gte=since)
        return self.filter(owed | recent, campaign__isnull=False)


class AlumniMail(Outgoing):
    class Kind(models.TextChoices):
        # To the alum
        REQUEST = "REQUEST", "A student’s request"
        REMINDER = "REMINDER", "First reminder of a request"
        LAST_REMINDER = "LAST", "Last reminder of a request"
        ANSWER_KEPT = "KEPT", "Confirmation of an answer"
        WITHDRAWN = "WITHDRAWN", "A request was withdrawn"
        TIME_TAKEN = "TAKEN", "A time was taken"
        LINK = "LINK", "A fresh link to the desk"
        REMOVED = "REMOVED", "Confirmation of a removal"
        CAMPAIGN = "CAMPAIGN", "May students ask?"
        # To the student
        ALUM_LEFT = "LEFT", "The alum has left"

    kind = models.CharField(max_length=9, choices=Kind)
    alum = models.ForeignKey(
        Alum, null=True, blank=True, on_delete=models.CASCADE, related_name="mails"
    )
    request = models.ForeignKey(
        Request, null=True, blank=True, on_delete=models.CASCADE, related_name="mails"
    )
    campaign = models.ForeignKey(
        Campaign, null=True, blank=True, on_delete=models.CASCADE, related_name="mails"
    )
    # Only where no request is left to say whom it is for.
    student = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    # The day of a request that went with its alum, for the student's mail.
    asked_on = models.DateField(null=True, blank=True)
    # Of somebody who was removed, until the confirmation is out; then it is wiped.
    address = models.EmailField(blank=True)

    forgets = ("address",)

    objects = AlumniMailQuerySet.as_manager()

    class Meta:
        verbose_name = "alumni mail"
        verbose_name_plural = "alumni mail"
        constraints = [
            models.UniqueConstraint(
                name="alumnimail_once_per_request",
                fields=["request", "kind"],
                condition=Q(request__isnull=False),
            ),
            models.UniqueConstraint(
                name="alumnimail_once_per_campaign",
                fields=["campaign", "alum"],
                condition=Q(campaign__isnull=False),
            ),
        ]
        indexes = [
            # Serves due(), which the worker asks every minute.
            models.Index(
                name="alumnimail_due",
                fields=["due_at"],
                condition=Q(sent_at__isnull=True, failed_at__isnull=True),
            ),
            # Serve how the post stands: what was sent today, and what was given up.
            models.Index(
                name="alumnimail_sent", fields=["sent_at"], condition=Q(sent_at__isnull=False)
            ),
            models.Index(
                name="alumnimail_given_up",
                fields=["failed_at"],
                condition=Q(failed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.get_kind_display()}"

    @property
    def about(self) -> Alum | None:
        """Whose record holds the address, or led to the mail; nobody once they are removed."""
        return self.request.alum if self.request else self.alum
