"""Hours by somebody else's clock."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django import template
from django.utils import timezone
from django.utils.formats import date_format

from accounts.models import User

register = template.Library()


@register.filter
def clock_of(at: datetime, person: User) -> str:
    """“March 4, 8 a.m.” as the person who gets the mail reads it."""
    return date_format(timezone.localtime(at, ZoneInfo(person.time_zone)), "F j, P")
