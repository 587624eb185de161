"""The post book: one row for each reminder owed, so that none is lost and none sent twice."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Func, Q
from django.db.models.functions import Now
from django.db.models.lookups import LessThanOrEqual

from accounts.models import User
from alumni.models import Import, Request
from contacts.models import Interaction
from core.models import TimeStampedModel
from interviews.models import Interview
from letters.models import LetterReview

Subject = Interaction | Interview | LetterReview | Import | Request | User
# The column of each; what is about no row but about a person and a day, is about its recipient.
COLUMNS: dict[type[models.Model], str] = {
    Interaction: "interaction",
    Interview: "interview",
    LetterReview: "review",
    Import: "imported",
    Request: "request",
    User: "recipient",
}
# From each, the way to whom it is about.
PATHS = {
    "interaction": ("contact",),
    "interview": ("contact",),
    "review": ("letter", "contact"),
    "imported": ("uploaded_by",),
    "request": ("alum",),
}
OWNERS = tuple(PATHS)


def column_of(subject: type[models.Model]) -> str:
    return COLUMNS[subject]


LONGEST_WORDS = 500
# By the class of the failure; anything else that failed ten times is named by its class alone.
FAILURES = {
    "SMTPRecipientsRefused": "The mail server does not take mail for this address.",
    "AddressMarked": "Mail to this address came back, or was called unwanted.",
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

    def not_held_back(self) -> ReminderQuerySet:
        """Nobody is sending it, and the wait after a failure is over, by the database's clock."""
        return self.filter(Q(claimed_until__isnull=True) | Q(claimed_until__lte=Now()))

    def claimed(self) -> ReminderQuerySet:
        """A worker is sending it at this moment."""
        return self.pending().filter(claim__isnull=False, claimed_until__gt=Now())

    def of(self, owner: Subject) -> ReminderQuerySet:
        """The rows about `owner`; for a user, those that are about no other row."""
        others = dict.fromkeys(OWNERS) if isinstance(owner, User) else {}
        return self.filter(**{column_of(owner.__class__): owner}, **others)

    def with_subjects(self) -> ReminderQuerySet:
        paths = ("__".join((owner, *path)) for owner, path in PATHS.items())
        return self.select_related(*paths).defer("request__alum__search")

    def undeliverable(self) -> ReminderQuerySet:
        return self.filter(state=Reminder.State.DEAD)

    def visible_to(self, user: User) -> ReminderQuerySet:
        """Staff see what could not be delivered, to set an address right."""
        if user.is_office_staff:
            return self.undeliverable()
        return self.filter(recipient=user)


class Reminder(TimeStampedModel):
    class State(models.TextChoices):
        PENDING = "PENDING", "Waiting"
        SENT = "SENT", "Sent"
        CANCELLED = "CANCELLED", "No longer owed"
        DEAD = "DEAD", "Undeliverable"
        # Its recipient does not want to be mailed about this kind.
        WITHHELD = "WITHHELD", "Not mailed, as they chose"

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reminders", db_index=False
    )
    # A key of reminders/kinds, and the name of one of its steps.
    kind = models.CharField(max_length=24)
    step = models.CharField(max_length=12)
    interaction = models.ForeignKey(
        Interaction,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="reminders",
        db_index=False,
    )
    interview = models.ForeignKey(
        Interview,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="reminders",
        db_index=False,
    )
    review = models.ForeignKey(
        LetterReview,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="reminders",
        db_index=False,
    )
    imported = models.ForeignKey(
        Import,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="reminders",
        db_index=False,
    )
    request = models.ForeignKey(
        Request,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="reminders",
        db_index=False,
    )
    due_on = models.DateField()
    # The hour of the step in the recipient's zone, on due_on or on the next morning that is free.
    due_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.PENDING)
    # Until when nobody may take the row: a worker is sending it (then `claim` is its token), or
    # the last try failed and the next one waits.
    claim = models.UUIDField(null=True, blank=True)
    claimed_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    # The class of the last failure and the server's code, never the text of a mail.
    failure = models.CharField(max_length=200, blank=True)
    # What the mail server said, for staff to read: it may quote an address, and stays out of logs.
    server_words = models.CharField(max_length=LONGEST_WORDS, blank=True)
    message_id = models.CharField(max_length=255, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="reminder_has_one_subject_at_most",
                condition=LessThanOrEqual(
                    Func(*OWNERS, function="num_nonnulls", output_field=models.IntegerField()),
                    1,
                ),
            ),
            models.UniqueConstraint(
                name="reminder_once_per_obligation_step_and_day",
                fields=["recipient", "kind", *OWNERS, "step", "due_on"],
                nulls_distinct=False,
            ),
        ]
        # A row is written into each of them when it goes out: none holds what it is not about.
        indexes = [
            *(
                models.Index(
                    name=f"reminder_{owner}",
                    fields=[owner],
                    condition=Q(**{f"{owner}__isnull": False}),
                )
                for owner in OWNERS
            ),
            # Tells by itself, without the rows, when somebody got a mail of some kinds. That it was
            # sent is said otherwise than below: through all mails of a day is a long way to theirs.
            models.Index(
                name="reminder_last_mail",
                fields=["recipient", "kind", "sent_at"],
                condition=Q(state="SENT"),
            ),
            # Serve how the post stands: what was sent today, and what was given up.
            models.Index(
                name="reminder_sent", fields=["sent_at"], condition=Q(sent_at__isnull=False)
            ),
            models.Index(name="reminder_dead", fields=["recipient"], condition=Q(state="DEAD")),
            # Serve the claim: who has waited longest, and what else is due for them.
            models.Index(
                name="reminder_pending",
                fields=["due_at", "recipient"],
                condition=Q(state="PENDING"),
            ),
            models.Index(
                name="reminder_pending_of",
                fields=["recipient", "due_at"],
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
    def subject(self) -> Subject:
        for name in OWNERS:
            if getattr(self, f"{name}_id") is not None:
                return getattr(self, name)
        return self.recipient

    @property
    def failure_in_words(self) -> str:
        kind = self.failure.partition(" ")[0]
        return FAILURES.get(kind, "It failed ten times.") + (
            f" ({self.failure})" if self.failure else ""
        )
