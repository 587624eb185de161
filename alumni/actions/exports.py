"""Taking a part of the directory along is written down."""

from __future__ import annotations

from array import array
from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import User
from alumni.exports import MOST_IN_A_WORKBOOK
from alumni.models import Alum, ExportLog
from alumni.searching.search import Wish, everybody

Format = ExportLog.Format


class TooLongForAWorkbook(Exception):
    def __str__(self) -> str:
        return (
            f"A workbook takes up to {MOST_IN_A_WORKBOOK:,} people. Export as CSV, which every "
            "spreadsheet opens, or narrow the search first."
        )


class Export(NamedTuple):
    # Eight bytes for each person: a million of them fit anywhere.
    ids: array[int]
    log: ExportLog


@transaction.atomic
def export_alumni(*, by: User, wish: Wish, format: str, at: datetime) -> Export:
    """Whom the search finds, in the order of names; the list is made and logged in one go."""
    people, _ = everybody(by, wish)
    return _export(
        people,
        exported_by=by,
        exported_at=at,
        format=format,
        had_words=bool(wish.words.strip()),
        filters=wish.filters.in_use(),
    )


@transaction.atomic
def export_everybody(*, format: str, at: datetime) -> Export:
    """From a shell, which knows nobody's name."""
    return _export(Alum.objects.order_by("pk"), exported_at=at, format=format)


def _export(people: QuerySet[Alum], *, format: str, **said: Any) -> Export:
    ids = array("q", people.values_list("pk", flat=True).iterator(chunk_size=10_000))
    if format == Format.XLSX and len(ids) > MOST_IN_A_WORKBOOK:
        raise TooLongForAWorkbook
    return Export(ids, ExportLog.objects.create(format=format, row_count=len(ids), **said))
