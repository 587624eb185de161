"""A written piece: a request to meet, a thank-you, a follow-up."""

from __future__ import annotations

from django.db import models
from django.db.models import Case, Q, When
from django.urls import reverse

from accounts.models import User
from contacts.models import Contact, Interaction
from core.models import TimeStampedModel


class LetterQuerySet(models.QuerySet["Letter"]):
    def visible_to(self, user: User) -> LetterQuerySet:
        """Students see their own; an advisor sees what a student of theirs sent for review."""
        if user.is_advisor:
            mine = User.objects.visible_to(user)
            return self.filter(contact__student__in=mine, reviews__isnull=False).distinct()
        return self.filter(contact__student=user)

    def with_people(self) -> LetterQuerySet:
        return self.select_related(
            "contact__student__profile", "contact__alum", "contact__referred_by"
        )

    def with_delivery(self) -> LetterQuerySet:
        """What became of it in the mail, and its copy in the log."""
        return self.select_related("delivery", "interaction")

    def unsent_requests(self) -> LetterQuerySet:
        """What was begun to ask somebody, and has not gone out; the newest comes first."""
        return self.filter(kind="REQUEST").exclude(state="SENT").order_by("-id")

    def newest_first(self) -> LetterQuerySet:
        return self.order_by("-updated_at", "-id")

    def in_sections(self) -> LetterQuerySet:
        """What is still to be written or sent comes first, then what went out, newest first."""
        is_sent = Case(When(state="SENT", then=1), default=0, output_field=models.IntegerField())
        return self.annotate(is_gone=is_sent).order_by("is_gone", "-updated_at", "-id")


class Letter(TimeStampedModel):
    class Kind(models.TextChoices):
        REQUEST = "REQUEST", "Request to meet"
        THANK_YOU = "THANK_YOU", "Thank-you"
        FOLLOW_UP = "FOLLOW_UP", "Follow-up"

    class State(models.TextChoices):
        DRAFT = "DRAFT", "Draft"
        IN_REVIEW = "IN_REVIEW", "With your advisor"
        READY = "READY", "Ready"
        SENT = "SENT", "Sent"

    class SentBy(models.TextChoices):
        OWN = "OWN", "From my own mail program, or by post"
        CAREERHUB = "CAREERHUB", "By CareerHub, with replies to me"

    class Objective(models.TextChoices):
        """Four ways to say what one is after (G14)."""

        READ_ABOUT = "READ_ABOUT", "I have read about the field, and want to see it as it is"
        MOVING = "MOVING", "I am moving to a place"
        STARTING = "STARTING", "I want to know how people get started"
        EXPLORING = "EXPLORING", "I am exploring several fields"

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="letters")
    kind = models.CharField(max_length=10, choices=Kind)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT, editable=False)
    subject = models.CharField(max_length=200, blank=True)
    # The words of each block by its name; the builder knows which there are, and their order.
    blocks = models.JSONField(default=dict)
    objective = models.CharField(max_length=10, choices=Objective, blank=True)
    # The call that the close promises (G16).
    call_on = models.DateField("I will call on", null=True, blank=True)
    with_resume = models.BooleanField("my résumé goes with it", default=False)
    channel = models.CharField(
        max_length=10, choices=Interaction.Channel, default=Interaction.Channel.EMAIL
    )
    sent_on = models.DateField(null=True, blank=True)
    sent_by = models.CharField(max_length=10, choices=SentBy, blank=True)
    # The copy in the log (G10).
    interaction = models.OneToOneField(
        Interaction, null=True, blank=True, on_delete=models.SET_NULL, related_name="letter"
    )

    objects = LetterQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="letter_sent_has_its_day",
                condition=Q(state="SENT", sent_on__isnull=False)
                | (~Q(state="SENT") & Q(sent_on__isnull=True)),
            ),
        ]
        indexes = [
            # Serves a student's list of letters and a contact's timeline.
            models.Index(name="letter_of_contact", fields=["contact", "-updated_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} to {self.contact}"

    def get_absolute_url(self) -> str:
        return reverse("letters:detail", args=[self.pk])

    @property
    def student(self) -> User:
        return self.contact.student

    @property
    def is_sent(self) -> bool:
        return self.state == self.State.SENT
