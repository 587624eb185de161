"""The post book: one row for each reminder owed, so that none is lost and none sent twice."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import User
from contacts.models import Interaction
from core.models import TimeStampedModel
from interviews.models import Interview

# By the class of the failure; anything else that failed ten times is named by its class alone.
FAILURES = {
    "SMTPRecipientsRefused": "The mail server does not take mail for this address.",
    "SMTPDataError": "The mail server refused this mail.",
    "ValueError": "This is not an address that mail can go to.",
    "HeaderParseError": "This is not an address that mail can go to.",
    "InvalidHeaderDefect": "This is not an address that mail can go to.",
}


class ReminderQuerySet(models.QuerySet["Reminder"]):
    def pending(self) -> ReminderQuerySet:
        return self.filter(state=Reminder.State.PENDING)

    def due(self, *, at: datetime) -> ReminderQuerySet:
        return self.pending().filter(due_at__lte=at)

    def not_held_back(self, *, now: datetime) -> ReminderQuerySet:
        """Nobody is sending it, and the wait after a failure is over."""
        return self.filter(Q(claimed_until__isnull=True) | Q(claimed_until__lte=now))

    def claimed(self, *, now: datetime) -> ReminderQuerySet:
        """A worker is sending it at this moment."""
        return self.pending().filter(claim__isnull=False, claimed_until__gt=now)

    def of(self, owner: Interaction | Interview) -> ReminderQuerySet:
        if isinstance(owner, Interaction):
            return self.filter(interaction=owner)
        return self.filter(interview=owner)

    def with_subjects(self) -> ReminderQuerySet:
        return self.select_related("interaction__contact", "interview__contact")

    def undeliverable(self) -> ReminderQuerySet:
        return self.filter(state=Reminder.State.DEAD)

    def visible_to(self, user: User) -> ReminderQuerySet:
        """Staff see what could not be delivered, to set an address right."""
        if user.is_office_staff:
            return self.undeliverable()
        return self.filter(recipient=user)


class Reminder(TimeStampedModel):
    class Kind(models.TextChoices):
        PROMISED_CALL = "PROMISED_CALL", "A call you promised"
        THANK_YOU = "THANK_YOU", "A thank-you"
        FOLLOW_UP = "FOLLOW_UP", "A second letter"
        TALK = "TALK", "A talk ahead"

    class Step(models.TextChoices):
        OPENS = "OPENS", "It can be done now"
        DUE = "DUE", "It is due"
        LAST = "LAST", "It is the last day"
        LATE = "LATE", "It is late"

    class State(models.TextChoices):
        PENDING = "PENDING", "Waiting"
        SENT = "SENT", "Sent"
        CANCELLED = "CANCELLED", "No longer owed"
        DEAD = "DEAD", "Undeliverable"

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reminders"
    )
    kind = models.CharField(max_length=16, choices=Kind)
    interaction = models.ForeignKey(
        Interaction, null=True, blank=True, on_delete=models.CASCADE, related_name="reminders"
    )
    interview = models.ForeignKey(
        Interview, null=True, blank=True, on_delete=models.CASCADE, related_name="reminders"
    )
    step = models.CharField(max_length=8, choices=Step)
    due_on = models.DateField()
    # The morning of due_on in the recipient's zone.
    due_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.PENDING)
    # Until when nobody may take the row: a worker is sending it (then `claim` is its token), or
    # the last try failed and the next one waits.
    claim = models.UUIDField(null=True, blank=True)
    claimed_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    # The class of the last failure and the server's code, never the text of a mail.
    failure = models.CharField(max_length=200, blank=True)
    message_id = models.CharField(max_length=255, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="reminder_has_one_subject",
                condition=Q(interaction__isnull=False, interview__isnull=True)
                | Q(interaction__isnull=True, interview__isnull=False),
            ),
            models.UniqueConstraint(
                name="reminder_once_per_obligation_step_and_day",
                fields=["recipient", "kind", "interaction", "interview", "step", "due_on"],
                nulls_distinct=False,
            ),
        ]
        indexes = [
            # Serves the claim: what is due, a person at a time.
            models.Index(
                name="reminder_pending",
                fields=["due_at", "recipient"],
                condition=Q(state="PENDING"),
            ),
            # Serves the deed that ends an obligation.
            models.Index(
                name="reminder_of_interview", fields=["interview"], condition=Q(state="PENDING")
            ),
            models.Index(
                name="reminder_of_interaction", fields=["interaction"], condition=Q(state="PENDING")
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.kind} {self.step} due {self.due_on}"

    @property
    def subject(self) -> Interaction | Interview:
        subject = self.interaction or self.interview
        assert subject, "reminder_has_one_subject holds"  # noqa: S101 - a constraint says so
        return subject

    @property
    def failure_in_words(self) -> str:
        kind = self.failure.partition(" ")[0]
        return FAILURES.get(kind, "It failed ten times.") + (
            f" ({self.failure})" if self.failure else ""
        )

    def is_still_owed(self, *, at: datetime) -> bool:
        """The deed may have been done, or its day moved, since this row was written."""
        match self.subject:
            case Interaction() as interaction:
                return interaction.is_awaiting_call
            case Interview() as interview if self.kind == self.Kind.TALK:
                return interview.has_agreed_time and not interview.is_over(at=at)
            case Interview() as interview if self.kind == self.Kind.THANK_YOU:
                return interview.is_awaiting_thank_you
            case Interview() as interview:
                return interview.is_awaiting_follow_up
