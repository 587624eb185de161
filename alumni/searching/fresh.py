"""The one call after an import."""

from __future__ import annotations

from datetime import datetime

from alumni.models import Alum, Import, ImportRow
from alumni.searching import summary, terms


def after_import(of_import: Import, *, at: datetime) -> None:
    """Take in the words of whom the list brought or changed, and count the directory anew."""
    brought = of_import.rows.filter(
        outcome__in=[ImportRow.Outcome.CREATED, ImportRow.Outcome.UPDATED], alum__isnull=False
    )
    terms.learn(Alum.objects.filter(pk__in=brought.values("alum_id")))
    summary.count_ahead(at=at)
