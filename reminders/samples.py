"""A mail as it would come, about people who do not exist."""

from __future__ import annotations

from copy import copy
from datetime import datetime, time, timedelta
from typing import Any

from accounts.models import User
from core.alternatives import Alternatives
from core.localtime import local_date, moment
from reminders.emails import Part, morning_mail
from reminders.kinds.declaration import Kind
from reminders.kinds.steps import Rhythm
from reminders.models import Wording
from reminders.obligations import Dates, Obligation
from reminders.wording import said

NAME, RECIPIENT = "Dana Whitcomb", "Maya Oyelaran"
# Who tries words in the evening reads the mail as it comes.
MORNING = time(8)


def sample_mail(kind: Kind, wording: Wording, *, at: datetime) -> Alternatives:
    if kind.rhythm is Rhythm.MORNING:
        at = moment(local_date(at, User().time_zone), MORNING, User().time_zone)
    owed = said(_sample(kind, at=at), wording)
    return morning_mail(owed.recipient, [Part(owed)], message_id="<sample@localhost>", at=at)


def _sample(kind: Kind, *, at: datetime) -> Obligation:
    person = User(name=RECIPIENT, email="maya@example.edu", role=kind.roles[0])
    today = local_date(at, person.time_zone)
    tomorrow = today + timedelta(days=1)
    dates = Dates(today - timedelta(days=1), today, tomorrow, tomorrow)
    return Obligation(_stand_in(kind), person, None, dates, today, at)  # type: ignore[arg-type]


def _stand_in(kind: Kind) -> Kind:
    """The kind with everything that it would read from a row said beforehand."""
    sample: Any = copy(kind)
    sample.name_of = lambda subject: NAME
    sample.when = lambda owed: kind.example or owed.when_owed
    sample.action = lambda owed: kind.words.action
    sample.since_in_words = lambda owed: "" if kind.is_deed else owed.advice.removesuffix(".")
    sample.details = lambda owed: [owed.advice] if kind.is_deed else []
    sample.lists = lambda owed: []
    sample.url = lambda owed: "/"
    return sample
