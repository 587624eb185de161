"""What students ask of alumni through CareerHub."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, FilteredRelation, Q

from accounts.models import User
from alumni.models.directory import Alum
from core.models import TimeStampedModel

# No alum offers a time that lies further ahead.
FURTHEST_OFFER = timedelta(days=120)


class RequestQuerySet(models.QuerySet["Request"]):
    def visible_to(self, user: User) -> RequestQuerySet:
        """A student sees their own; staff see that one was made, never its words."""
        return self if user.is_office_staff else self.filter(student=user)

    def pending(self) -> RequestQuerySet:
        return self.filter(state=Request.State.PENDING)

    def with_return(self) -> RequestQuerySet:
        """Each with `returned_at`: when the one mail that asks came back."""
        asking = FilteredRelation("mails", condition=Q(mails__kind="REQUEST"))
        return self.annotate(asking=asking, returned_at=F("asking__failed_at"))


class Request(TimeStampedModel):
    """One student asks one alum to meet; the alum answers on a signed link."""

    class State(models.TextChoices):
        PENDING = "PENDING", "Waiting for an answer"
        ACCEPTED = "ACCEPTED", "They said yes"
        CALL_INSTEAD = "CALL", "They would rather be called"
        DECLINED = "DECLINED", "They cannot"
        EXPIRED = "EXPIRED", "No answer"
        WITHDRAWN = "WITHDRAWN", "Withdrawn"

    class Medium(models.TextChoices):
        VIDEO = "VIDEO", "By video"
        PHONE = "PHONE", "By phone"
        IN_PERSON = "IN_PERSON", "In person"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    alum = models.ForeignKey(Alum, on_delete=models.CASCADE, related_name="requests")
    student = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="requests"
    )
    words = models.TextField(max_length=4000)
    medium = models.CharField(max_length=9, choices=Medium, default=Medium.VIDEO)
    minutes = models.PositiveSmallIntegerField(default=20)
    state = models.CharField(max_length=9, choices=State, default=State.PENDING)
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    # Moments the alum offered; the student takes one of them.
    offered_times = ArrayField(models.DateTimeField(), default=list, blank=True)
    taken_time = models.DateTimeField(null=True, blank=True)
    # What the alum wrote back, and where to call them if they would rather be called.
    reply = models.TextField(max_length=2000, blank=True)
    call_number = models.CharField(max_length=40, blank=True)
    # Whom the alum named instead, and whether their own name may be used.
    named_name = models.CharField(max_length=200, blank=True)
    named_email = models.EmailField(blank=True)
    named_about = models.CharField(max_length=300, blank=True)
    may_use_name = models.BooleanField(default=False)

    objects = RequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="request_one_pending",
                fields=["alum", "student"],
                condition=Q(state="PENDING"),
                violation_error_message="You asked them already, and they have not answered yet.",
            ),
            models.CheckConstraint(
                name="request_expires_later", condition=Q(expires_at__gt=models.F("asked_at"))
            ),
        ]
        indexes = [
            # Serves the count of an alum's requests in the last weeks.
            models.Index(name="request_of_alum", fields=["alum", "asked_at"]),
            # Serves the search for requests to remind of or to close.
            models.Index(name="request_open", fields=["expires_at"], condition=Q(state="PENDING")),
            # Serve the search for what students have not been told yet.
            models.Index(
                name="request_answered",
                fields=["answered_at"],
                condition=Q(answered_at__isnull=False),
            ),
            models.Index(
                name="request_expired", fields=["expires_at"], condition=Q(state="EXPIRED")
            ),
        ]

    def __str__(self) -> str:
        return f"Request {self.pk}"

    @property
    def came_back(self) -> bool:
        """The mail that asked them never arrived: they know nothing of it.

        One query, unless it was loaded with_return().
        """
        if not hasattr(self, "returned_at"):
            return Request.objects.with_return().get(pk=self.pk).came_back
        return self.returned_at is not None

    @property
    def standing(self) -> str:
        """In words for its student: nobody thinks over what never arrived."""
        is_unread = self.state in (self.State.PENDING, self.State.EXPIRED) and self.came_back
        return "The mail came back" if is_unread else self.get_state_display()

    def times_ahead(self, *, at: datetime) -> list[datetime]:
        """Those offered that can still be taken."""
        return sorted(moment for moment in self.offered_times if moment > at)


class Removal(models.Model):
    """Somebody asked to be removed. Only digests are kept, so that no later list brings them back.

    Two rows for a person with an e-mail and a number.
    """

    digest = models.CharField(max_length=64, unique=True)
    removed_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.digest
