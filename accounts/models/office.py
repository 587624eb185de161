"""The office's terms and rules."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from functools import reduce
from itertools import pairwise
from operator import and_, le, lt
from typing import NamedTuple

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import DurationField, ExpressionWrapper, F, Func, Q, Subquery, Value


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
                condition=Q(last_on__gte=F("first_on")),
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


class Order(NamedTuple):
    """Numbers of the office that rise from one to the next."""

    fields: tuple[str, ...]
    sentence: str
    lookup: str = "lte"

    @property
    def condition(self) -> Q:
        pairs = pairwise(self.fields)
        return reduce(and_, (Q(**{f"{one}__{self.lookup}": F(other)}) for one, other in pairs))

    def holds(self, office: OfficeSettings) -> bool:
        """The same, without asking the database."""
        rises = {"lte": le, "lt": lt}[self.lookup]
        return all(rises(getattr(office, a), getattr(office, b)) for a, b in pairwise(self.fields))


ORDERS = {
    "thank_you": Order(
        ("thank_you_nudge_days", "thank_you_due_days", "thank_you_last_days"),
        "The first reminder, the due day and the last day of a thank-you must come in that order.",
    ),
    "follow_up": Order(
        ("follow_up_open_days", "follow_up_due_days", "follow_up_last_days"),
        "A follow-up opens, falls due and has its last day in that order.",
    ),
    "confirmation": Order(
        ("confirmation_last_days", "confirmation_first_days"),
        "Of a talk to confirm, the first reminder comes no later than the last: it is the one "
        "more days ahead.",
    ),
    "request": Order(
        ("request_reminder_days", "request_last_reminder_days"),
        "A request is repeated for the first time on an earlier day than for the last time.",
        "lt",
    ),
}


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
    confirmation_first_days = models.PositiveSmallIntegerField(
        "first reminder of a talk that is not confirmed, days before it",
        default=3,
        validators=[
            MaxValueValidator(14, "Two weeks before a talk is early enough to confirm it.")
        ],
    )
    confirmation_last_days = models.PositiveSmallIntegerField(
        "last reminder of a talk that is not confirmed, days before it",
        default=2,
        validators=[
            MinValueValidator(1, "A talk is confirmed on the day before it at the latest.")
        ],
    )
    promised_call_days = models.PositiveSmallIntegerField(
        "reminder of a promised call, days before it",
        default=1,
        validators=[MaxValueValidator(7, "A week before a promised call is early enough.")],
    )
    # At their hour, also where it is quiet: so never long before it.
    call_back_minutes = models.PositiveSmallIntegerField(
        "reminder of a call at an hour, minutes before it",
        default=15,
        validators=[
            MinValueValidator(5, "Leave students five minutes to get ready."),
            MaxValueValidator(60, "An hour before a call is early enough."),
        ],
    )
    talk_soon_minutes = models.PositiveSmallIntegerField(
        "reminder on the day of a talk, minutes before it",
        default=60,
        validators=[
            MinValueValidator(15, "Leave students a quarter of an hour to get there."),
            MaxValueValidator(120, "Two hours before a talk are early enough."),
        ],
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
    # None of them once the request is closed.
    request_reminder_days = models.PositiveSmallIntegerField(
        "days after which an alum is asked again",
        default=4,
        validators=[MinValueValidator(1, "Leave alumni a day at least.")],
    )
    request_last_reminder_days = models.PositiveSmallIntegerField(
        "days after which an alum is asked for the last time",
        default=9,
    )
    # When a student appears on the advisor's board.
    weeks_to_begin = models.PositiveSmallIntegerField(
        "weeks to add the first person, and to ask the first",
        default=2,
        validators=[MinValueValidator(1, "Leave students a week at least.")],
    )
    weeks_quiet = models.PositiveSmallIntegerField(
        "weeks without anything new",
        default=4,
        validators=[MinValueValidator(1, "Leave students a week at least.")],
    )
    noes_in_a_row = models.PositiveSmallIntegerField(
        default=3, validators=[MinValueValidator(2, "Two noes make a row.")]
    )
    talks_without_a_name = models.PositiveSmallIntegerField(
        "people met, and none asked for another name",
        default=3,
        validators=[MinValueValidator(1, "One talk at least.")],
    )

    class Meta:
        verbose_name_plural = "office settings"
        constraints = [
            models.CheckConstraint(name="officesettings_one_row", condition=Q(pk=1)),
            *(
                models.CheckConstraint(
                    name=f"officesettings_{name}_in_order",
                    condition=order.condition,
                    violation_error_message=order.sentence,
                )
                for name, order in ORDERS.items()
            ),
        ]

    def __str__(self) -> str:
        return "Office settings"

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        """As the table has them, each said at its last number, and without asking the database."""
        wrong = {
            order.fields[-1]: order.sentence
            for order in ORDERS.values()
            if not {*order.fields} & {*(exclude or ())} and not order.holds(self)
        }
        if wrong:
            raise ValidationError(wrong)

    @classmethod
    def current(cls) -> OfficeSettings:
        settings_row, _ = cls.objects.get_or_create(pk=1)
        return settings_row

    @classmethod
    def minutes(cls, name: str) -> Subquery:
        """One of its numbers as it stands when a statement runs: no query of its own."""
        minutes = ExpressionWrapper(
            F(name) * Value(timedelta(minutes=1)), output_field=DurationField()
        )
        return Subquery(cls.objects.filter(pk=1).values(as_minutes=minutes))
