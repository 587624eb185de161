"""The dated log of every exchange with a contact (G10)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from accounts.models import User
from contacts.models.people import Contact
from core.localtime import hour_in_words
from core.models import TimeStampedModel


class InteractionQuerySet(models.QuerySet["Interaction"]):
    def visible_to(self, user: User) -> InteractionQuerySet:
        return self.filter(contact__student__in=User.objects.visible_to(user))

    def awaiting_call(self) -> InteractionQuerySet:
        """Calls promised at the close of a letter and not made yet (G16)."""
        return self.filter(promised_call_on__isnull=False, called_on__isnull=True)

    def newest_first(self) -> InteractionQuerySet:
        return self.order_by("-happened_on", "-id")


class Interaction(TimeStampedModel):
    """One dated entry in a contact's log (G10)."""

    class Channel(models.TextChoices):
        EMAIL = "EMAIL", "E-mail"
        LETTER = "LETTER", "Letter"
        PHONE = "PHONE", "Phone"
        VOICEMAIL = "VOICEMAIL", "Voicemail"
        IN_PERSON = "IN_PERSON", "In person"
        VIDEO = "VIDEO", "Video"
        LINKEDIN = "LINKEDIN", "LinkedIn"
        NOTE = "NOTE", "A note to myself"

    class Direction(models.TextChoices):
        OUT = "OUT", "I wrote or called"
        IN = "IN", "They wrote or called"

    class Outcome(models.TextChoices):
        NONE = "", "Nothing yet"
        ASKED = "ASKED", "I asked to meet"
        AGREED = "AGREED", "They said yes"
        DECLINED = "DECLINED", "They cannot"
        NO_ANSWER = "NO_ANSWER", "Nobody answered"
        LEFT_MESSAGE = "LEFT_MESSAGE", "I left a message"
        TALKED_NOW = "TALKED_NOW", "We talked right away"
        BAD_TIME = "BAD_TIME", "It was a bad time"
        REFERRED = "REFERRED", "They named someone else"
        KNOWS_NOBODY = "KNOWS_NOBODY", "They know nobody"
        LEAD = "LEAD", "They offered a lead or a recommendation"
        THANKED = "THANKED", "I thanked them"

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="interactions")
    happened_on = models.DateField("on")
    channel = models.CharField("how", max_length=10, choices=Channel)
    direction = models.CharField("who", max_length=3, choices=Direction, default=Direction.OUT)
    outcome = models.CharField(
        "what came of it", max_length=12, choices=Outcome, blank=True, default=Outcome.NONE
    )
    said = models.TextField("what was said", max_length=20000, blank=True)
    # The words are the student's own until they share them; that it happened is not hidden.
    is_shared = models.BooleanField("my advisor may read this", default=False)
    promised_call_on = models.DateField("I promised to call on", null=True, blank=True)
    # The hour of a promised call, where they named one (G19).
    call_back_at = models.DateTimeField("they asked me to call at", null=True, blank=True)
    called_on = models.DateField(null=True, blank=True, editable=False)

    objects = InteractionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="interaction_promise_not_before_it",
                condition=Q(promised_call_on__isnull=True)
                | Q(promised_call_on__gte=F("happened_on")),
                violation_error_message="The call you promised cannot come before the letter.",
            ),
            models.CheckConstraint(
                name="interaction_call_needs_a_promise",
                condition=Q(called_on__isnull=True) | Q(promised_call_on__isnull=False),
            ),
            models.CheckConstraint(
                name="interaction_hour_needs_a_promise",
                condition=Q(call_back_at__isnull=True) | Q(promised_call_on__isnull=False),
            ),
        ]
        indexes = [
            # Serves a contact's timeline and the "last talked" of lists.
            models.Index(name="interaction_of_contact", fields=["contact", "-happened_on"]),
            # Serves awaiting_call(), which reminders and caseload ask.
            models.Index(
                name="interaction_open_promises",
                fields=["promised_call_on"],
                condition=Q(promised_call_on__isnull=False, called_on__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.channel} on {self.happened_on}"

    @property
    def call_back_in_words(self) -> str:
        """By both clocks; empty without an hour."""
        if self.call_back_at is None:
            return ""
        whose, zone = self.contact, self.contact.student.time_zone
        return hour_in_words(self.call_back_at, zone, there=whose.zone, name=whose.name)

    @property
    def is_awaiting_call(self) -> bool:
        return self.promised_call_on is not None and self.called_on is None
