"""An informational interview: its states, its time and place, and what is owed afterwards."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Case, F, Q, When
from django.urls import reverse

from accounts.models import User
from contacts.models import Contact
from core.models import TimeStampedModel
from letters.models import Letter


class State(models.TextChoices):
    IDEA = "IDEA", "An idea"
    ASKED = "ASKED", "Asked"
    ACCEPTED = "ACCEPTED", "Said yes"
    CONFIRMED = "CONFIRMED", "Confirmed"
    HELD = "HELD", "Met"
    DEBRIEFED = "DEBRIEFED", "Written up"
    CLOSED = "CLOSED", "Closed"
    DECLINED = "DECLINED", "Declined"
    NO_RESPONSE = "NO_RESPONSE", "No answer"
    CANCELLED = "CANCELLED", "Called off"
    NO_SHOW = "NO_SHOW", "They did not come"
    WITHDRAWN = "WITHDRAWN", "Withdrawn"


# Which state may follow which. A spontaneous talk on the phone goes from an idea or a request
# straight to held; who called off or did not come may be asked again. A confirmed time that moves
# must be confirmed anew, and a click on the wrong word has a way back.
ALLOWED_MOVES: dict[State, frozenset[State]] = {
    State.IDEA: frozenset({State.ASKED, State.ACCEPTED, State.HELD, State.WITHDRAWN}),
    State.ASKED: frozenset(
        {
            State.IDEA,
            State.ACCEPTED,
            State.HELD,
            State.DECLINED,
            State.NO_RESPONSE,
            State.WITHDRAWN,
        }
    ),
    State.ACCEPTED: frozenset(
        {State.CONFIRMED, State.HELD, State.CANCELLED, State.NO_SHOW, State.WITHDRAWN}
    ),
    State.CONFIRMED: frozenset(
        {State.ACCEPTED, State.HELD, State.CANCELLED, State.NO_SHOW, State.WITHDRAWN}
    ),
    State.HELD: frozenset({State.DEBRIEFED, State.CLOSED}),
    State.DEBRIEFED: frozenset({State.HELD, State.CLOSED}),
    State.CLOSED: frozenset({State.HELD}),
    State.DECLINED: frozenset({State.ASKED}),
    State.NO_RESPONSE: frozenset({State.ASKED, State.ACCEPTED}),
    State.CANCELLED: frozenset({State.ASKED, State.ACCEPTED}),
    State.NO_SHOW: frozenset({State.ASKED, State.ACCEPTED}),
    State.WITHDRAWN: frozenset({State.ASKED}),
}

MET = (State.HELD, State.DEBRIEFED, State.CLOSED)
AHEAD = (State.ACCEPTED, State.CONFIRMED)
UNDERWAY = (State.IDEA, State.ASKED, *AHEAD)

# What is settled before a talk counts as confirmed, beside its day and hour (G26): each has a value
# or does not apply. Nobody asks for a parking place at the end of a telephone.
TO_SETTLE: dict[str, tuple[str, ...]] = {
    "IN_PERSON": ("place", "attire", "parking"),
    "PHONE": ("who_dials", "number_or_link"),
    "VIDEO": ("who_dials", "number_or_link"),
}


class Section(models.IntegerChoices):
    """The parts of a student's list, in the order in which they matter."""

    AHEAD = 1, "Ahead"
    WAITING = 2, "Waiting for you"
    OPEN = 3, "Not agreed yet"
    PAST = 4, "Behind you"


class InterviewQuerySet(models.QuerySet["Interview"]):
    def visible_to(self, user: User) -> InterviewQuerySet:
        """Students see their own; advisors those of their caseload; nobody else any."""
        return self.filter(contact__student__in=User.objects.visible_to(user))

    def of(self, student: User) -> InterviewQuerySet:
        return self.filter(contact__student=student)

    def ahead(self, *, at: datetime) -> InterviewQuerySet:
        return self.filter(state__in=AHEAD, starts_at__gte=at)

    def held(self) -> InterviewQuerySet:
        return self.filter(held_on__isnull=False)

    def awaiting_thank_you(self) -> InterviewQuerySet:
        """Held, and no date of mailing written down (G38)."""
        return self.held().filter(thanked_on__isnull=True)

    def awaiting_follow_up(self) -> InterviewQuerySet:
        """Held, and no second letter written yet (G45)."""
        return self.held().filter(followed_up_on__isnull=True)

    def with_people(self) -> InterviewQuerySet:
        return self.select_related("contact__student", "contact__alum")

    def in_sections(self, *, at: datetime, today: date) -> InterviewQuerySet:
        """What is ahead by its time, the rest newest first; `today` is the student's local date."""
        is_owed = Q(held_on__isnull=False) & (
            Q(thanked_on__isnull=True)
            | Q(followed_up_on__isnull=True, follow_up_opens_on__lte=today)
        )
        section = Case(
            When(Q(state__in=AHEAD, starts_at__gte=at), then=Section.AHEAD),
            When(Q(state__in=AHEAD) | is_owed, then=Section.WAITING),
            When(state__in=UNDERWAY, then=Section.OPEN),
            default=Section.PAST,
            output_field=models.IntegerField(),
        )
        return self.annotate(section=section).order_by(
            "section",
            Case(When(section=Section.AHEAD, then=F("starts_at"))),
            F("held_on").desc(nulls_last=True),
            "-id",
        )

    def newest_first(self) -> InterviewQuerySet:
        return self.order_by(F("starts_at").desc(nulls_first=True), "-id")


class Interview(TimeStampedModel):
    class Format(models.TextChoices):
        IN_PERSON = "IN_PERSON", "In person"
        PHONE = "PHONE", "By phone"
        VIDEO = "VIDEO", "By video"

    class WhoDials(models.TextChoices):
        """A talk by phone or video begins when somebody calls (G31)."""

        ME = "ME", "I call them"
        THEM = "THEM", "They call me"

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="interviews")
    state = models.CharField(max_length=12, choices=State, default=State.IDEA, editable=False)
    format = models.CharField(
        "how you meet", max_length=10, choices=Format, default=Format.IN_PERSON
    )
    starts_at = models.DateTimeField("when", null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(
        "how long, in minutes",
        default=30,
        validators=[
            MinValueValidator(5, "Give it five minutes at least."),
            MaxValueValidator(240, "That is more than four hours. Ask for less."),
        ],
    )
    place = models.CharField("where, or the number or link", max_length=500, blank=True)
    # What is asked when a talk is confirmed (G26); what does not apply is named in the list.
    attire = models.CharField("how people dress there", max_length=300, blank=True)
    parking = models.CharField("parking, or the way there", max_length=500, blank=True)
    who_dials = models.CharField("who calls whom", max_length=8, choices=WhoDials, blank=True)
    number_or_link = models.CharField("number or link", max_length=500, blank=True)
    not_applicable = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    travel_minutes = models.PositiveSmallIntegerField(
        "minutes to get there",
        null=True,
        blank=True,
        validators=[MaxValueValidator(24 * 60, "Write the minutes of the way, at most a day.")],
    )

    # How often calendars had to be told of something new: their SEQUENCE (RFC 5545, 3.8.7.4).
    calendar_sequence = models.PositiveIntegerField(default=0, editable=False)

    # From 1 to 5; asked before the talk, and again in the debrief (G6).
    interest_before = models.PositiveSmallIntegerField(null=True, blank=True)
    live_started_at = models.DateTimeField(null=True, blank=True, editable=False)
    notes = models.TextField("notes", max_length=50000, blank=True)
    is_shared = models.BooleanField("my advisor may read my notes", default=False)

    # Local dates in the student's zone, set from the office's days when the talk is held; the
    # dates of a deed end the obligation.
    held_on = models.DateField(null=True, blank=True, editable=False)
    thank_you_opens_on = models.DateField(null=True, blank=True, editable=False)
    thank_you_due_on = models.DateField(null=True, blank=True, editable=False)
    thank_you_last_on = models.DateField(null=True, blank=True, editable=False)
    thanked_on = models.DateField("date mailed", null=True, blank=True, editable=False)
    follow_up_opens_on = models.DateField(null=True, blank=True, editable=False)
    follow_up_due_on = models.DateField(null=True, blank=True, editable=False)
    follow_up_last_on = models.DateField(null=True, blank=True, editable=False)
    followed_up_on = models.DateField(null=True, blank=True, editable=False)

    thank_you_letter = models.OneToOneField(
        Letter, null=True, blank=True, on_delete=models.SET_NULL, related_name="thanks_for"
    )
    follow_up_letter = models.OneToOneField(
        Letter, null=True, blank=True, on_delete=models.SET_NULL, related_name="follows_up"
    )

    objects = InterviewQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="interview_held_has_its_dates",
                condition=Q(held_on__isnull=True)
                | Q(thank_you_due_on__isnull=False, follow_up_due_on__isnull=False),
            ),
            models.CheckConstraint(
                name="interview_thanked_after_it",
                condition=Q(thanked_on__isnull=True) | Q(thanked_on__gte=F("held_on")),
                violation_error_message="A thank-you cannot be mailed before the talk.",
            ),
            models.CheckConstraint(
                name="interview_followed_up_after_it",
                condition=Q(followed_up_on__isnull=True) | Q(followed_up_on__gte=F("held_on")),
                violation_error_message="A follow-up cannot be mailed before the talk.",
            ),
            models.CheckConstraint(
                name="interview_interest_from_1_to_5",
                condition=Q(interest_before__isnull=True) | Q(interest_before__range=(1, 5)),
                violation_error_message="Interest is a number from 1 to 5.",
            ),
        ]
        indexes = [
            # Serves a contact's timeline.
            models.Index(name="interview_of_contact", fields=["contact", "-starts_at"]),
            # Serves awaiting_thank_you(), which reminders and caseload ask.
            models.Index(
                name="interview_open_thank_yous",
                fields=["thank_you_due_on"],
                condition=Q(held_on__isnull=False, thanked_on__isnull=True),
            ),
            # Serves awaiting_follow_up(), which reminders and caseload ask.
            models.Index(
                name="interview_open_follow_ups",
                fields=["follow_up_due_on"],
                condition=Q(held_on__isnull=False, followed_up_on__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"Talk with {self.contact}"

    def get_absolute_url(self) -> str:
        return reverse("interviews:detail", args=[self.pk])

    @property
    def student(self) -> User:
        return self.contact.student

    @property
    def ends_at(self) -> datetime | None:
        return self.starts_at + timedelta(minutes=self.minutes) if self.starts_at else None

    @property
    def is_held(self) -> bool:
        return self.held_on is not None

    @property
    def is_awaiting_thank_you(self) -> bool:
        return self.held_on is not None and self.thanked_on is None

    @property
    def is_awaiting_follow_up(self) -> bool:
        return self.held_on is not None and self.followed_up_on is None

    @property
    def has_agreed_time(self) -> bool:
        """A time that was called off stays on the row, and is no longer shown."""
        return self.state in AHEAD and self.starts_at is not None

    @property
    def to_settle(self) -> tuple[str, ...]:
        return TO_SETTLE[self.format]

    @property
    def unsettled(self) -> list[str]:
        """What stands between a time agreed and a time confirmed (G26)."""
        return [
            field
            for field in self.to_settle
            if not getattr(self, field) and field not in self.not_applicable
        ]

    def is_over(self, *, at: datetime) -> bool:
        """The agreed time has come; whether they met is still to be said."""
        return self.has_agreed_time and self.starts_at is not None and self.starts_at <= at

    def may_become(self, state: State) -> bool:
        return state in ALLOWED_MOVES[State(self.state)]
