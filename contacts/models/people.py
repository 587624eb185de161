"""The people in a student's own network."""

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
        exchanges = ~Q(interactions__channel="NOTE")
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
    website = models.URLField("web page or LinkedIn", max_length=300, blank=True)
    # A second number, a birthday: what an import brought along and no other field holds.
    other_details = models.TextField("more about them", max_length=5000, blank=True)
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
