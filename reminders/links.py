"""Links in a mail that need no log-in: to say that something is done or can wait, and to be
written to no more.

In the signed words stand numbers and the keys of kinds, never a name. A page is shown on GET; a
POST acts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.core.signing import BadSignature

from accounts.models import User
from core.paths import path_to
from core.pen import Pen
from reminders import kinds
from reminders.kinds.declaration import Kind
from reminders.models import Reminder, Way

LIFETIME = timedelta(days=30)
# Mail programs offer it for as long as they keep the mail.
LIFETIME_OF_UNSUBSCRIBING = timedelta(days=365)

_to_act = Pen(sep=".", salt="reminders.act")
_to_unsubscribe = Pen(sep=".", salt="reminders.unsubscribe")


@dataclass(frozen=True)
class ActLink:
    reminder: Reminder
    is_current: bool


@dataclass(frozen=True)
class UnsubscribeLink:
    user: User
    kinds: list[Kind]
    is_current: bool


def sign_to_act(reminder: Reminder, *, at: datetime) -> str:
    return _to_act.sign(f"{reminder.pk}-{_minute(at)}")


def sign_to_unsubscribe(user: User, declared: Iterable[Kind], *, at: datetime) -> str:
    keys = "+".join(sorted(kind.key for kind in declared))
    return _to_unsubscribe.sign(f"{user.pk}-{_minute(at)}-{keys}")


def to_act(reminder: Reminder, *, at: datetime) -> str:
    """For a mail: where CareerHub is known from outside."""
    return settings.SITE_URL + path_to("post:act", sign_to_act(reminder, at=at))


def to_unsubscribe(user: User, declared: Iterable[Kind], *, at: datetime) -> str:
    """Empty when the mail is only about what nobody unsubscribes from."""
    may_end = [kind for kind in declared if Way.OFF in kind.ways]
    if not may_end:
        return ""
    token = sign_to_unsubscribe(user, may_end, at=at)
    return settings.SITE_URL + path_to("post:unsubscribe", token)


def read_act(token: str, *, at: datetime) -> ActLink | None:
    """Nothing for a link that nobody signed, or about something that is gone."""
    try:
        pk, minute = _to_act.unsign(token).split("-")
    except BadSignature:
        return None
    rows = Reminder.objects.with_subjects().select_related("recipient")
    reminder = rows.filter(pk=int(pk), recipient__is_active=True).first()
    if reminder is None:
        return None
    return ActLink(reminder, is_current=at < _moment(minute) + LIFETIME)


def read_unsubscribe(token: str, *, at: datetime) -> UnsubscribeLink | None:
    try:
        pk, minute, keys = _to_unsubscribe.unsign(token).split("-")
    except BadSignature:
        return None
    user = User.objects.filter(pk=int(pk)).first()
    if user is None:
        return None
    known = [kind for key in keys.split("+") if (kind := kinds.get(key))]
    is_current = at < _moment(minute) + LIFETIME_OF_UNSUBSCRIBING
    return UnsubscribeLink(user, known, is_current)


def _minute(at: datetime) -> int:
    return int(at.timestamp()) // 60


def _moment(minute: str) -> datetime:
    return datetime.fromtimestamp(int(minute) * 60, tz=UTC)
