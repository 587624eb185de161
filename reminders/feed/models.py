"""The private address of a student's calendar, and what was said there of each deed."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import uuid4

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import models
from django.urls import reverse

from accounts.models import User
from contacts.models import Interaction
from core.models import TimeStampedModel
from interviews.models import Interview

# What is done or deleted stays in the feed as cancelled: also programs that are off for a holiday
# see it.
SAID_TO_BE_OVER_FOR = timedelta(days=30)


def _signer() -> Signer:
    return Signer(sep=".", salt="reminders.feed")


class CalendarFeedQuerySet(models.QuerySet["CalendarFeed"]):
    def visible_to(self, user: User) -> CalendarFeedQuerySet:
        """One's own; nobody else gets to see an address, advisors and the office neither."""
        return self.filter(student=user)

    def opened_by(self, token: str) -> CalendarFeedQuerySet:
        """The feed at this address, unless it was taken back or its student left."""
        try:
            key = _signer().unsign(token)
        except BadSignature:
            return self.none()
        return self.filter(key=key, student__is_active=True).select_related("student")


class CalendarFeed(TimeStampedModel):
    student = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_feed"
    )
    # Half of the address. The other half is its signature, so who reads the table, or a backup of
    # it, can open no feed.
    key = models.UUIDField(default=uuid4, unique=True, editable=False)

    objects = CalendarFeedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"Calendar feed #{self.pk}"

    @property
    def token(self) -> str:
        return _signer().sign(self.key.hex)

    @property
    def address(self) -> str:
        """Where CareerHub is known from outside."""
        return settings.SITE_URL + reverse("calendar_feed", args=[self.token])

    @property
    def webcal_address(self) -> str:
        """The same address, by the scheme for which programs ask whether to subscribe.

        Of https comes webcals: plain webcal would send the address unencrypted once.
        """
        return "webcal" + self.address.removeprefix("http")


class FeedEntryQuerySet(models.QuerySet["FeedEntry"]):
    def visible_to(self, user: User) -> FeedEntryQuerySet:
        """One's own, as the feed itself."""
        return self.filter(student=user)

    def of(self, owner: Interaction | Interview) -> FeedEntryQuerySet:
        column = "interview" if isinstance(owner, Interview) else "interaction"
        return self.filter(**{column: owner})

    def to_be_said(self, *, at: datetime) -> FeedEntryQuerySet:
        """Owed, or over not long ago."""
        is_new = models.Q(ended_at__isnull=True) | models.Q(ended_at__gt=at - SAID_TO_BE_OVER_FOR)
        return self.filter(is_new).select_related("interview__contact", "interaction__contact")


class FeedEntry(TimeStampedModel):
    """One deed, as calendars know it. A deed without a row has not changed since it was owed."""

    student = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="feed_entries"
    )
    # A key of reminders/kinds.
    kind = models.CharField(max_length=24)
    interaction = models.ForeignKey(
        Interaction, null=True, blank=True, on_delete=models.CASCADE, related_name="feed_entries"
    )
    interview = models.ForeignKey(
        Interview, null=True, blank=True, on_delete=models.CASCADE, related_name="feed_entries"
    )
    on = models.DateField()
    starts_at = models.DateTimeField(null=True, blank=True)
    # Done, or no longer owed.
    ended_at = models.DateTimeField(null=True, blank=True)
    # How often it became something else (RFC 5545, 3.8.7.4).
    sequence = models.PositiveIntegerField(default=0)

    objects = FeedEntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "feed entries"
        constraints = [
            models.UniqueConstraint(
                name="feedentry_once",
                fields=["interaction", "interview", "kind"],
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.kind} on {self.on}, told {self.sequence + 1} times"

    @property
    def subject(self) -> Interaction | Interview:
        found = self.interview or self.interaction
        assert found is not None, "a deed is about one of them"  # noqa: S101 - for the type checker
        return found

    def tell(self, *, on: date, starts_at: datetime | None, ended_at: datetime | None) -> None:
        """Saved only when it is something else than before."""
        said = {"on": on, "starts_at": starts_at, "ended_at": ended_at}
        if self.pk and all(getattr(self, name) == value for name, value in said.items()):
            return
        for name, value in said.items():
            setattr(self, name, value)
        self.sequence += 1 if self.pk else 0
        self.save()


class GoneEntryQuerySet(models.QuerySet["GoneEntry"]):
    def visible_to(self, user: User) -> GoneEntryQuerySet:
        """One's own, as the feed itself."""
        return self.filter(student=user)

    def to_be_said(self, *, at: datetime) -> GoneEntryQuerySet:
        return self.filter(gone_at__gt=at - SAID_TO_BE_OVER_FOR)

    def said_long_enough(self, *, at: datetime) -> GoneEntryQuerySet:
        return self.filter(gone_at__lte=at - SAID_TO_BE_OVER_FOR)


class GoneEntry(models.Model):
    """An entry whose talk or promise was deleted: what a program needs to take it out, and no more.

    No name, no place, no word of what it was about: what was deleted stays deleted.
    """

    student = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="gone_entries"
    )
    uid = models.CharField(max_length=300, unique=True)
    sequence = models.PositiveIntegerField()
    # A whole day, or hours.
    on = models.DateField(null=True, blank=True)
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    gone_at = models.DateTimeField(db_index=True)

    objects = GoneEntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "gone entries"
        constraints = [
            models.CheckConstraint(
                name="goneentry_is_a_day_or_hours",
                condition=models.Q(on__isnull=False, starts_at=None, ends_at=None)
                | models.Q(on=None, starts_at__isnull=False, ends_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} gone at {self.gone_at}"
