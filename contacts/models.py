"""A student's own network: the people in it and the dated log of every exchange."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.models import User, validate_time_zone
from alumni.models import Alum
from core.models import TimeStampedModel


class ContactQuerySet(models.QuerySet["Contact"]):
    def visible_to(self, user: User) -> ContactQuerySet:
        """Students see their own; advisors those of their caseload; nobody else any."""
        return self.filter(student__in=User.objects.visible_to(user))

    def of(self, student: User) -> ContactQuerySet:
        return self.filter(student=student)

    def with_people(self) -> ContactQuerySet:
        return self.select_related("student", "alum", "referred_by")

    def with_last_talked(self) -> ContactQuerySet:
        """Adds `last_talked_on`: the newest exchange in the log, notes to oneself aside (G42)."""
        exchanges = ~Q(interactions__channel=Interaction.Channel.NOTE)
        newest = models.Max("interactions__happened_on", filter=exchanges)
        return self.annotate(last_talked_on=newest)

    def search(self, words: str) -> ContactQuerySet:
        """Every word stands in the name, the work, the field or the place."""
        found = self
        for word in words.split():
            found = found.filter(
                Q(name__icontains=word)
                | Q(employer__icontains=word)
                | Q(job_title__icontains=word)
                | Q(field__icontains=word)
                | Q(address__icontains=word)
            )
        return found

    def by_name(self) -> ContactQuerySet:
        return self.order_by("name", "id")


class Contact(TimeStampedModel):
    class Source(models.TextChoices):
        """The circles to think through (G9), and where a name may come from (G11)."""

        FAMILY = "FAMILY", "Family"
        FRIEND = "FRIEND", "A friend"
        PEER = "PEER", "Another student"
        PROFESSOR = "PROFESSOR", "A professor"
        EMPLOYER = "EMPLOYER", "A boss or colleague"
        DOCTOR = "DOCTOR", "My doctor or dentist"
        FAITH = "FAITH", "My faith community"
        HAIRDRESSER = "HAIRDRESSER", "Whoever cuts my hair"
        TRAVEL = "TRAVEL", "Someone I sat beside"
        ALUMNI = "ALUMNI", "The alumni directory"
        REFERRAL = "REFERRAL", "Someone I talked with sent me"
        EVENT = "EVENT", "An event"
        ONLINE = "ONLINE", "Something I read or saw"
        OTHER = "OTHER", "Another way"

    class NamePermission(models.TextChoices):
        """Whether the referrer's name may be used (G22)."""

        NOT_ASKED = "NOT_ASKED", "I have not asked"
        YES = "YES", "Yes, I may use their name"
        NO = "NO", "No, better not"

    student = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="contacts"
    )
    alum = models.ForeignKey(
        Alum, null=True, blank=True, on_delete=models.SET_NULL, related_name="contacts"
    )
    name = models.CharField(max_length=200)
    job_title = models.CharField("what they do", max_length=200, blank=True)
    employer = models.CharField("where they work", max_length=200, blank=True)
    field = models.CharField("career field", max_length=200, blank=True)
    email = models.EmailField("e-mail", blank=True)
    phone = models.CharField(max_length=40, blank=True)
    address = models.TextField(max_length=500, blank=True)
    # Blank: the student's own zone is meant.
    time_zone = models.CharField(max_length=64, blank=True, validators=[validate_time_zone])
    source = models.CharField("how I got the name", max_length=16, choices=Source, blank=True)
    source_note = models.CharField("a word about that", max_length=300, blank=True)
    referred_by = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="referrals"
    )
    name_permission = models.CharField(
        "may I use the referrer’s name?",
        max_length=10,
        choices=NamePermission,
        default=NamePermission.NOT_ASKED,
    )
    # For the student alone.
    why = models.TextField("why this person?", max_length=2000, blank=True)

    objects = ContactQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="contact_once_per_alum",
                fields=["student", "alum"],
                condition=Q(alum__isnull=False),
                violation_error_message="This alum is among your contacts already.",
            ),
            models.CheckConstraint(name="contact_has_a_name", condition=~Q(name="")),
            models.CheckConstraint(
                name="contact_not_referred_by_self",
                condition=Q(referred_by__isnull=True) | ~Q(referred_by=F("id")),
                violation_error_message="Nobody can refer themselves. Choose another person.",
            ),
        ]
        indexes = [
            # Serves a student's list of contacts.
            models.Index(name="contact_of_student", fields=["student", "name"]),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("contacts:detail", args=[self.pk])

    @property
    def work(self) -> str:
        return " at ".join(part for part in (self.job_title, self.employer) if part)

    @property
    def zone(self) -> str:
        return self.time_zone or self.student.time_zone


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
        REFERRED = "REFERRED", "They named someone else"
        KNOWS_NOBODY = "KNOWS_NOBODY", "They know nobody"
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
    def is_awaiting_call(self) -> bool:
        return self.promised_call_on is not None and self.called_on is None
