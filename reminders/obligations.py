"""A deed that somebody owes, or news for them, and how it is said on Today and in the mail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.utils.functional import cached_property  # Python 3.11's takes a lock each time.

from accounts.models import User
from core.localtime import local_date
from core.templatetags.ui import day_in_words, full_stop

if TYPE_CHECKING:
    from reminders.kinds.declaration import Kind


@dataclass(frozen=True)
class Dates:
    """What hangs on the calendar of one obligation, all of it in the recipient's zone."""

    since: date
    opens_on: date
    due_on: date
    last_on: date
    # The hour of a talk or a call that is still ahead.
    starts_at: datetime | None = None
    # The moment of what is only news.
    happened_at: datetime | None = None

    @classmethod
    def from_the_day_before(cls, starts_at: datetime, zone: str) -> Dates:
        """Said on the day before something begins, and on that day at the latest."""
        on = local_date(starts_at, zone)
        before = on - timedelta(days=1)
        return cls(before, before, on, on, starts_at=starts_at)


@dataclass(frozen=True)
class Obligation:
    """What `declared` has to say to `recipient` about `subject`; `today` is the recipient's local
    date when it was looked up, `at` that moment."""

    declared: Kind
    recipient: User
    subject: Any
    dates: Dates
    today: date
    at: datetime

    @property
    def kind(self) -> str:
        return self.declared.key

    @property
    def student(self) -> User:
        """Who owes it; a student, where it is a deed of the guide."""
        return self.recipient

    @property
    def zone(self) -> str:
        return self.recipient.time_zone

    @property
    def since(self) -> date:
        return self.dates.since

    @property
    def opens_on(self) -> date:
        return self.dates.opens_on

    @property
    def due_on(self) -> date:
        return self.dates.due_on

    @property
    def last_on(self) -> date:
        return self.dates.last_on

    @property
    def starts_at(self) -> datetime | None:
        return self.dates.starts_at

    @property
    def happened_at(self) -> datetime | None:
        return self.dates.happened_at

    @property
    def contact_name(self) -> str:
        return self.declared.name_of(self.subject)

    @cached_property
    def what(self) -> str:
        return self.declared.words.what.format(name=self.contact_name)

    @cached_property
    def headline(self) -> str:
        return self.declared.words.headline.format(name=self.contact_name)

    @property
    def advice(self) -> str:
        return self.declared.words.advice

    @property
    def todo(self) -> str:
        """Said beside the name."""
        return self.declared.words.todo

    @property
    def action(self) -> str:
        return self.declared.action(self)

    @property
    def icon(self) -> str:
        return self.declared.words.icon

    @cached_property
    def url(self) -> str:
        """The page on which the deed is written down."""
        return self.declared.url(self)

    @property
    def is_open(self) -> bool:
        return self.declared.opens_at_once or self.opens_on <= self.today

    @property
    def days_late(self) -> int:
        """Counted from the last day; 0 as long as it is in time."""
        return max((self.today - self.last_on).days, 0)

    @property
    def is_late(self) -> bool:
        return self.declared.is_deed and self.days_late > 0

    @cached_property
    def when(self) -> str:
        return self.declared.when(self)

    @cached_property
    def when_as_sentence(self) -> str:
        """“Tomorrow at 10:30 a.m.” has its full stop already."""
        return full_stop(self.when[:1].upper() + self.when[1:])

    @cached_property
    def details(self) -> list[str]:
        """Facts that one has to have at hand, a line each."""
        return self.declared.details(self)

    @cached_property
    def lists(self) -> list[tuple[str, list[str]]]:
        """A heading each, and lines below it."""
        return self.declared.lists(self)

    @property
    def template(self) -> str:
        """Its part of a mail, but for the ending."""
        return self.declared.template

    @cached_property
    def since_in_words(self) -> str:
        return self.declared.since_in_words(self)

    @property
    def when_owed(self) -> str:
        """“due tomorrow”, “the last day is today”, “3 days late”."""
        if self.days_late:
            return f"{self.days_late} {'day' if self.days_late == 1 else 'days'} late"
        if self.due_on < self.today:
            return f"the last day is {on_day(self.last_on, self.today)}"
        return f"due {on_day(self.due_on, self.today)}"


def on_day(on: date, today: date) -> str:
    """“tomorrow”, “on Thursday”."""
    words = day_in_words(on, today)
    return words if abs((on - today).days) < 2 else f"on {words}"
