"""What people choose to hear, and what they put off."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from django.db import transaction

from accounts.models import User
from core.localtime import local_date
from reminders import kinds
from reminders.actions.writing import write_anew
from reminders.kinds.declaration import Kind
from reminders.kinds.steps import SNOOZED
from reminders.mail_rules import MailRules
from reminders.models import OWNERS, Reminder, ReminderChoice, Way

LONGEST_SNOOZE = timedelta(days=7)


class NotOffered(Exception):
    """The guide does not let this kind be chosen away, or it cannot wait so long."""


@transaction.atomic
def choose(user: User, ways: Mapping[str, str]) -> None:
    """For each kind of `ways` one of those that it offers."""
    for key, way in ways.items():
        kind = kinds.get(key)
        if kind is None or way not in kind.ways:
            raise NotOffered
        if way == Way.MAIL:
            ReminderChoice.objects.filter(user=user, kind=key).delete()
        else:
            ReminderChoice.objects.update_or_create(user=user, kind=key, defaults={"way": way})


@transaction.atomic
def unsubscribe(user: User, declared: Iterable[Kind]) -> None:
    """No more mail about these; what may be switched off altogether is."""
    choose(user, {kind.key: Way.OFF for kind in declared if Way.OFF in kind.ways})


@transaction.atomic
def snooze(reminder: Reminder, *, until: date, at: datetime) -> date:
    """Say nothing more about it before the morning of `until`, and then say it again.

    Returns the day on which it is said: a term break may follow.
    """
    zone = reminder.recipient.time_zone
    today = local_date(at, zone)
    kind = kinds.get(reminder.kind)
    if kind is None or not kind.can_be_settled or not today < until <= today + LONGEST_SNOOZE:
        raise NotOffered
    about = {f"{name}_id": getattr(reminder, f"{name}_id") for name in OWNERS}
    this = {"recipient": reminder.recipient, "kind": reminder.kind, "step": SNOOZED, **about}
    snoozes = Reminder.objects.filter(**this)
    snoozes.pending().update(state=Reminder.State.CANCELLED)
    due_at = MailRules.current().morning(until, zone)
    fresh = {"state": Reminder.State.PENDING, "due_at": due_at, "attempts": 0}
    row, _ = Reminder.objects.update_or_create(**this, due_on=until, defaults=fresh)
    write_anew([reminder.subject], at=at)
    row.refresh_from_db(fields=["due_at"])
    return local_date(row.due_at, zone)
