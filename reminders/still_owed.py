"""What a row was about is looked at anew whenever something is to be said of it."""

from __future__ import annotations

from datetime import datetime

from accounts.models import User
from reminders import kinds
from reminders.models import Subject
from reminders.obligations import Obligation


def owed(kind: str, subject: Subject, *, recipient: User, at: datetime) -> Obligation | None:
    """Asked again just before the mail: the deed may have been done, or its day moved, since the
    row was written."""
    found = current(kind, subject, recipient=recipient, at=at)
    return found if found and found.declared.is_worth_sending(found) else None


def current(kind: str, subject: Subject, *, recipient: User, at: datetime) -> Obligation | None:
    """Nothing for what has ended, and for a kind that this release no longer has."""
    declared = kinds.get(kind)
    return declared.obligation(subject, recipient=recipient, at=at) if declared else None
