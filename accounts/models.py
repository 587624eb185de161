"""Who uses CareerHub, who looks after whom, who looked at whom, and the office's rules."""

from __future__ import annotations

from datetime import date
from zoneinfo import available_timezones

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Func, Q, Value
from django.db.models.functions import Lower
from django.utils.functional import cached_property

from core.addresses import mark_of
from core.models import MarkedAddress, TimeStampedModel


class Role(models.TextChoices):
    STUDENT = "STUDENT", "Student"
    ADVISOR = "ADVISOR", "Advisor"
    STAFF = "STAFF", "Staff"
    ADMINISTRATOR = "ADMINISTRATOR", "Administrator"


def validate_time_zone(name: str) -> None:
    if name not in available_timezones():
        raise ValidationError("Choose a time zone from the list, such as America/New_York.")


def default_time_zone() -> str:
    return settings.OFFICE_TIME_ZONE


def display_name(user: User) -> str:
    return user.name


class UserQuerySet(models.QuerySet["User"]):
    def visible_to(self, user: User) -> UserQuerySet:
        """The students that `user` may look at: oneself, or one's present caseload."""
        students = self.filter(role=Role.STUDENT)
        if user.is_advisor:
            return students.filter(caseloads_as_student__in=Caseload.objects.open().of(user))
        return students.filter(pk=user.pk)


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    def create_user(self, email: str, password: str | None = None, **fields) -> User:
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields) -> User:
        fields = {"role": Role.ADMINISTRATOR, "is_superuser": True, **fields}
        return self.create_user(email, password, **fields)

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin, TimeStampedModel):
    email = models.EmailField("e-mail")
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=16, choices=Role, default=Role.STUDENT)
    is_active = models.BooleanField("may log in", default=True)
    time_zone = models.CharField(
        max_length=64, default=default_time_zone, validators=[validate_time_zone]
    )

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_once",
                violation_error_message="Somebody has an account with this e-mail already.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs) -> None:
        # The log-in looks e-mails up in lower case.
        self.email = self.email.lower()
        super().save(*args, **kwargs)

    @property
    def is_student(self) -> bool:
        return self.role == Role.STUDENT

    @property
    def is_advisor(self) -> bool:
        return self.role == Role.ADVISOR

    @property
    def is_office_staff(self) -> bool:
        """Keeps the directory and the office's rules; administrators may do what staff do."""
        return self.role in (Role.STAFF, Role.ADMINISTRATOR)

    @property
    def is_staff(self) -> bool:
        """What Django's admin asks: administrators alone."""
        return self.role == Role.ADMINISTRATOR

    @cached_property
    def address_mark(self) -> MarkedAddress | None:
        """Why no mail goes to this person at present."""
        return mark_of(self.email)

    @property
    def first_name(self) -> str:
        return self.name.split()[0] if self.name.split() else self.email


class StudentProfile(TimeStampedModel):
    """What a student says of themselves when they ask to meet (G2, G13, G24)."""

    student = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="profile"
    )
    class_year = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        validators=[
            MinValueValidator(1900, "Write the year with four digits, such as 2027."),
            MaxValueValidator(2100, "Write the year with four digits, such as 2027."),
        ],
    )
    majors = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    fields_of_interest = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    background = models.TextField(max_length=600, blank=True)
    # Whoever calls back hears it first (G25).
    greeting_is_ready = models.BooleanField("my voicemail greeting is professional", default=False)
    # The registrar's, as text: zeros in front stay.
    student_number = models.CharField(max_length=64, blank=True)
    # The registrar's list no longer had them, and the office said that they have left.
    left_on = models.DateField(null=True, blank=True)
    # The office moved their class on. They keep their log, and nobody looks after them.
    graduated_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="studentprofile_number_once",
                fields=["student_number"],
                condition=~Q(student_number=""),
                violation_error_message="Another student has this number.",
            ),
        ]

    def is_graduate(self, *, on: date) -> bool:
        """A class leaves at the end of June; before that its members are students (G12).

        Whom the office moved on earlier is a graduate from that day.
        """
        if self.graduated_on is not None and on >= self.graduated_on:
            return True
        return self.class_year is not None and on >= date(self.class_year, 7, 1)

    def __str__(self) -> str:
        return f"Profile of {self.student}"


class CaseloadQuerySet(models.QuerySet["Caseload"]):
    def visible_to(self, user: User) -> CaseloadQuerySet:
        """Staff see who looks after whom; advisors and students what concerns them."""
        return self if user.is_office_staff else self.filter(Q(advisor=user) | Q(student=user))

    def open(self) -> CaseloadQuerySet:
        return self.filter(until__isnull=True)

    def of(self, advisor: User) -> CaseloadQuerySet:
        return self.filter(advisor=advisor)


class Caseload(TimeStampedModel):
    """One student looked after by one advisor, from a day until another."""

    class Source(models.TextChoices):
        HAND = "HAND", "Chosen by hand"
        LIST = "LIST", "Named in the registrar’s list"
        RULE = "RULE", "By a rule"

    advisor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="caseloads_as_advisor"
    )
    student = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="caseloads_as_student"
    )
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=4, choices=Source, default=Source.HAND)

    objects = CaseloadQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="caseload_one_advisor_at_a_time",
                fields=["student"],
                condition=Q(until__isnull=True),
                violation_error_message="This student has an advisor already. End that first.",
            ),
            models.CheckConstraint(
                name="caseload_ends_after_it_began",
                condition=Q(until__isnull=True) | Q(until__gte=models.F("since")),
                violation_error_message="It cannot end before it began.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.student} with {self.advisor} since {self.since}"


class RecordLookQuerySet(models.QuerySet["RecordLook"]):
    def visible_to(self, user: User) -> RecordLookQuerySet:
        """The list belongs to the student who was looked at."""
        return self.filter(student=user)


class RecordLook(models.Model):
    """Somebody else opened a page with a student's record; the student can read this list."""

    viewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="looks_made"
    )
    student = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="looks_received"
    )
    page = models.CharField(max_length=100)
    looked_at = models.DateTimeField()

    objects = RecordLookQuerySet.as_manager()

    class Meta:
        indexes = [
            # Serves the student's list of who looked, newest first.
            models.Index(name="recordlook_of_student", fields=["student", "-looked_at"]),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.page}"


class Term(models.Model):
    """A term of the college's year, from the first day to the last, both included."""

    name = models.CharField(max_length=60, unique=True)
    first_on = models.DateField("first day")
    last_on = models.DateField("last day")

    class Meta:
        ordering = ["-first_on"]
        constraints = [
            models.CheckConstraint(
                name="term_ends_after_it_began",
                condition=Q(last_on__gte=models.F("first_on")),
                violation_error_message="The last day comes before the first.",
            ),
            ExclusionConstraint(
                name="term_no_day_in_two",
                expressions=[
                    (
                        Func("first_on", "last_on", Value("[]"), function="DATERANGE"),
                        RangeOperators.OVERLAPS,
                    )
                ],
                violation_error_message="Another term has some of these days.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class OfficeSettings(models.Model):
    """The numbers of the guide, as this office sets them: one row, made with the database."""

    thank_you_nudge_days = models.PositiveSmallIntegerField(
        "first reminder of a thank-you, days after the talk", default=1
    )
    thank_you_due_days = models.PositiveSmallIntegerField("thank-you due, days", default=2)
    thank_you_last_days = models.PositiveSmallIntegerField("thank-you last day, days", default=3)
    follow_up_open_days = models.PositiveSmallIntegerField("follow-up opens, days", default=30)
    follow_up_due_days = models.PositiveSmallIntegerField("follow-up due, days", default=45)
    follow_up_last_days = models.PositiveSmallIntegerField("follow-up last day, days", default=60)
    reminder_hour = models.PositiveSmallIntegerField(
        "hour of the morning mail, in each student’s zone",
        default=8,
        validators=[MaxValueValidator(23, "An hour of the day is between 0 and 23.")],
    )
    quiet_from_hour = models.PositiveSmallIntegerField(
        "hour from which nobody is written to until the morning mail, in each student’s zone",
        default=21,
        validators=[MaxValueValidator(23, "An hour of the day is between 0 and 23.")],
    )
    minutes_in_person = models.PositiveSmallIntegerField(default=30)
    minutes_by_phone = models.PositiveSmallIntegerField(default=20)
    minutes_to_spare = models.PositiveSmallIntegerField(
        "to spare on the way to a talk, minutes", default=15
    )
    phone_alarm_minutes = models.PositiveSmallIntegerField(
        "alarm before a talk by phone or video, minutes", default=10
    )
    # For alumni who said nothing of their own.
    requests_per_month = models.PositiveSmallIntegerField(
        "requests to one alum in a month, at most", default=2
    )
    days_between_requests = models.PositiveSmallIntegerField(
        "days between two requests to one alum", default=7
    )
    request_expires_days = models.PositiveSmallIntegerField(
        "days after which a request without an answer is closed",
        default=14,
        validators=[MinValueValidator(1, "A request needs a day at least.")],
    )

    class Meta:
        verbose_name_plural = "office settings"
        constraints = [
            models.CheckConstraint(name="officesettings_one_row", condition=Q(pk=1)),
            models.CheckConstraint(
                name="officesettings_thank_you_in_order",
                condition=Q(thank_you_nudge_days__lte=models.F("thank_you_due_days"))
                & Q(thank_you_due_days__lte=models.F("thank_you_last_days")),
                violation_error_message="The first reminder, the due day and the last day of a "
                "thank-you must come in that order.",
            ),
            models.CheckConstraint(
                name="officesettings_follow_up_in_order",
                condition=Q(follow_up_open_days__lte=models.F("follow_up_due_days"))
                & Q(follow_up_due_days__lte=models.F("follow_up_last_days")),
                violation_error_message="A follow-up opens, falls due and has its last day in "
                "that order.",
            ),
        ]

    def __str__(self) -> str:
        return "Office settings"

    @classmethod
    def current(cls) -> OfficeSettings:
        settings_row, _ = cls.objects.get_or_create(pk=1)
        return settings_row
