"""Who uses CareerHub."""

from __future__ import annotations

from zoneinfo import available_timezones

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.utils.functional import cached_property

from accounts.models.caseloads import Caseload
from core.addresses import mark_of
from core.models import MarkedAddress, TimeStampedModel
from core.names import spoken_to


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
        return spoken_to(self.name) or self.email
