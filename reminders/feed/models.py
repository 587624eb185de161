"""The private address of a student's calendar; without its row there is none."""

from __future__ import annotations

from uuid import uuid4

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import models
from django.urls import reverse

from accounts.models import User
from core.models import TimeStampedModel


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
