"""What the search knows ahead, made anew after many people came or changed at once."""

from __future__ import annotations

from datetime import datetime

from alumni.models import Alum, AlumQuerySet, Import, ImportRow
from alumni.searching import summary, terms


def after_import(of_import: Import, *, at: datetime) -> None:
    """Take in the words of whom the list brought or changed, and count the directory anew."""
    brought = of_import.rows.filter(
        outcome__in=[ImportRow.Outcome.CREATED, ImportRow.Outcome.UPDATED], alum__isnull=False
    )
    if brought.exists():
        _take_in(Alum.objects.filter(pk__in=brought.values("alum_id")), at=at)


def after_filling(*, at: datetime) -> None:
    """The same for a directory that was filled from scratch."""
    _take_in(Alum.objects.all(), at=at)


def _take_in(people: AlumQuerySet, *, at: datetime) -> None:
    terms.learn(people)
    summary.count_ahead(at=at)
