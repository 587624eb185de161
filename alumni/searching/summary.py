"""The counts of the whole directory, made ahead while it is large."""

from __future__ import annotations

from datetime import datetime

from django.db import connection

from accounts.models import User
from alumni.models import FacetCounts
from alumni.searching import facets
from alumni.searching.hits import MOST_COUNTED

Audience = FacetCounts.Audience


def of(user: User) -> tuple[int, facets.Counts] | None:
    """None while the directory is so small that it is counted as it is."""
    audience = Audience.OFFICE if user.is_office_staff else Audience.STUDENTS
    made = FacetCounts.objects.filter(audience=audience, total__gt=MOST_COUNTED).first()
    return (made.total, facets.made_ahead(made.facets)) if made else None


def count_ahead(*, at: datetime) -> None:
    """Count everything anew: about two seconds for a million people."""
    with connection.cursor() as cursor:
        cursor.execute(*facets.counted_ahead())
        counted = cursor.fetchall()
    for audience, total, listed in counted:
        FacetCounts.objects.update_or_create(
            audience=audience, defaults={"total": total, "facets": listed or {}, "made_at": at}
        )
