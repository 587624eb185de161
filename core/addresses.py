"""Addresses that get no more mail, and the way back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from core.mail import one_line
from core.models import MarkedAddress

Reason = MarkedAddress.Reason


@transaction.atomic
def mark(email: str, *, reason: str, said: str, at: datetime) -> None:
    """News may come twice, late, or in the wrong order: a complaint outlives a bounce, and what
    happened before an address was cleared changes nothing."""
    fresh = {"reason": reason, "said": one_line(said, most=500), "marked_at": at}
    row, is_new = MarkedAddress.objects.select_for_update().get_or_create(
        email=email.lower(), defaults=fresh
    )
    is_over = row.cleared_at is not None and at <= row.cleared_at
    if is_new or is_over or (row.cleared_at is None and row.is_complaint):
        return
    for name, value in {**fresh, "cleared_at": None}.items():
        setattr(row, name, value)
    row.save()


def clear(marked: MarkedAddress, *, at: datetime) -> None:
    """Its owner, or the office for them, says that mail arrives there."""
    marked.cleared_at = at
    marked.save(update_fields=["cleared_at", "updated_at"])


def mark_of(email: str) -> MarkedAddress | None:
    return MarkedAddress.objects.standing().of(email).first() if email else None
