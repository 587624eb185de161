"""What a group of students sets out to do, from one day to another."""

from __future__ import annotations

from datetime import date, timedelta

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.formats import date_format

from accounts.models import Role, StudentProfile, User
from core.models import TimeStampedModel

# It stays in sight for a while after its last day.
STAYS_FOR = timedelta(days=14)


class GoalQuerySet(models.QuerySet["Goal"]):
    def visible_to(self, user: User) -> GoalQuerySet:
        """The office's goals are everybody's; an advisor's are for them and for their students,
        as long as they are theirs."""
        if user.is_advisor:
            return self.filter(Q(advisor=user) | Q(advisor__isnull=True))
        if user.is_student:
            own = Q(
                advisor__caseloads_as_advisor__student=user,
                advisor__caseloads_as_advisor__until__isnull=True,
            )
            return self.filter(own | Q(advisor__isnull=True)).filter(_including(user))
        return self.filter(advisor__isnull=True)

    def in_sight(self, *, on: date) -> GoalQuerySet:
        """Not over for long on the day `on`, or still to begin."""
        return self.filter(until_on__gte=on - STAYS_FOR)

    def by_day(self) -> GoalQuerySet:
        return self.order_by("until_on", "from_on", "id")


class Goal(TimeStampedModel):
    class Metric(models.TextChoices):
        TALKS = "TALKS", "talks held"
        MET = "MET", "people met"
        ASKED = "ASKED", "people asked"
        THANKED = "THANKED", "thank-yous mailed"

    name = models.CharField(max_length=100, blank=True)
    metric = models.CharField("what counts", max_length=8, choices=Metric, default=Metric.TALKS)
    target = models.PositiveSmallIntegerField(
        "how many, each student",
        default=3,
        validators=[
            MinValueValidator(1, "A goal is at least one."),
            MaxValueValidator(100, "That is more than a hundred. Set a goal that can be reached."),
        ],
    )
    # Days of each student's own calendar, both included.
    from_on = models.DateField("from")
    until_on = models.DateField("until")
    # Empty: the office set it, for students of all advisors.
    advisor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="goals",
    )
    # What is empty leaves nobody out.
    class_year = models.PositiveSmallIntegerField("class", null=True, blank=True)
    major = models.CharField(max_length=100, blank=True)
    field = models.CharField("field of interest", max_length=100, blank=True)
    # Keys of students whom an advisor picked; who is gone since is in no group.
    picked = ArrayField(models.BigIntegerField(), default=list, blank=True)

    objects = GoalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="goal_ends_after_it_began",
                condition=Q(until_on__gte=F("from_on")),
                violation_error_message="The last day comes before the first.",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.in_words

    @property
    def in_words(self) -> str:
        """“3 talks held by March 12”."""
        until = date_format(self.until_on, "F j")
        return f"{self.target} {self.get_metric_display()} by {until}"

    @property
    def is_of_the_office(self) -> bool:
        return self.advisor_id is None

    @property
    def group_in_words(self) -> str:
        if self.picked:
            return f"{len(self.picked)} students, picked"
        said = [
            f"class of {self.class_year}" if self.class_year else "",
            self.major,
            f"interested in {self.field}" if self.field else "",
        ]
        everybody = "all students" if self.is_of_the_office else "the whole caseload"
        return ", ".join(filter(None, said)) or everybody

    def students(self) -> QuerySet[User]:
        """Who is in the group now."""
        group = User.objects.filter(role=Role.STUDENT, is_active=True)
        if self.advisor is not None:
            group = User.objects.visible_to(self.advisor).filter(is_active=True)
        if self.picked:
            group = group.filter(pk__in=self.picked)
        if self.class_year:
            group = group.filter(profile__class_year=self.class_year)
        if self.major:
            group = group.filter(profile__majors__contains=[self.major])
        if self.field:
            group = group.filter(profile__fields_of_interest__contains=[self.field])
        return group


def _including(student: User) -> Q:
    """The goals whose group has the student; the database looks into the profile."""
    profile = StudentProfile.objects.filter(student=student)
    of_class = profile.filter(class_year=OuterRef("class_year"))
    of_major = profile.filter(majors__contains=[OuterRef("major")])
    of_field = profile.filter(fields_of_interest__contains=[OuterRef("field")])
    return (
        (Q(picked=[]) | Q(picked__contains=[student.pk]))
        & (Q(class_year__isnull=True) | Q(Exists(of_class)))
        & (Q(major="") | Q(Exists(of_major)))
        & (Q(field="") | Q(Exists(of_field)))
    )
