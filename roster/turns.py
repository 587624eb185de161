"""One at a time: two who change the roster at one moment wait for each other here."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings

from accounts.models import OfficeSettings
from core.localtime import local_date


def take_turn() -> None:
    """Until the end of the transaction."""
    OfficeSettings.current()
    OfficeSettings.objects.select_for_update(no_key=True).get(pk=1)


def office_day(at: datetime) -> date:
    return local_date(at, settings.OFFICE_TIME_ZONE)
