"""A deed that somebody owes, and how it is said on Today, in the mail and to the advisor."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.urls import reverse

from accounts.models import User
from contacts.models import Interaction
from core.localtime import local_date
from core.templatetags.ui import day_in_words
from interviews.models import Interview
from reminders.models import Reminder

Kind = Reminder.Kind


class Words(NamedTuple):
    what: str
    headline: str
    advice: str
    todo: str
    action: str
    icon: str


WORDS = {
    Kind.PROMISED_CALL: Words(
        "The call you promised {name}",
        "Call {name}, as you promised",
        "Say who you are, and ask whether this is a good moment.",
        "Make the call you promised",
        "Write down your call",
        "phone",
    ),
    Kind.THANK_YOU: Words(
        "A thank-you to {name}",
        "Thank {name} for the talk",
        "Name a part of it that you liked, and the advice that you will use.",
        "Send a thank-you note",
        "Record the thank-you",
        "mail",
    ),
    Kind.FOLLOW_UP: Words(
        "A second letter to {name}",
        "Tell {name} how it is going",
        "Say what you did with their advice, and where your search stands now.",
        "Tell them how it is going",
        "Record the letter",
        "mail",
    ),
}


@dataclass(frozen=True)
class Obligation:
    """A deed that `student` owes; `today` is the student's local date when it was looked up."""

    student: User
    kind: Reminder.Kind
    subject: Interaction | Interview
    since: date
    opens_on: date
    due_on: date
    last_on: date
    today: date

    @property
    def contact_name(self) -> str:
        return self.subject.contact.name

    @property
    def what(self) -> str:
        return self._words.what.format(name=self.contact_name)

    @property
    def headline(self) -> str:
        return self._words.headline.format(name=self.contact_name)

    @property
    def advice(self) -> str:
        return self._words.advice

    @property
    def todo(self) -> str:
        """Said beside the name."""
        return self._words.todo

    @property
    def action(self) -> str:
        return self._words.action

    @property
    def icon(self) -> str:
        return self._words.icon

    @property
    def _words(self) -> Words:
        return WORDS[self.kind]

    @property
    def url(self) -> str:
        """The page on which the deed is written down."""
        match self.kind:
            case Kind.THANK_YOU:
                return reverse("interviews:thank", args=[self.subject.pk])
            case Kind.FOLLOW_UP:
                return reverse("interviews:follow_up", args=[self.subject.pk])
            case _:
                return reverse("contacts:detail", args=[self.subject.contact_id])

    @property
    def is_open(self) -> bool:
        """A thank-you is owed from the moment of the talk (G38); its first mail comes later."""
        return self.kind == Kind.THANK_YOU or self.opens_on <= self.today

    @property
    def days_late(self) -> int:
        """Counted from the last day; 0 as long as it is in time."""
        return max((self.today - self.last_on).days, 0)

    @property
    def is_late(self) -> bool:
        return self.days_late > 0

    @property
    def when(self) -> str:
        """“due tomorrow”, “the last day is today”, “3 days late”."""
        if self.is_late:
            return f"{self.days_late} {'day' if self.days_late == 1 else 'days'} late"
        if self.due_on < self.today:
            return f"the last day is {_on(self.last_on, self.today)}"
        return f"due {_on(self.due_on, self.today)}"

    @property
    def since_in_words(self) -> str:
        verb = "You wrote" if self.kind == Kind.PROMISED_CALL else "You met"
        return f"{verb} {_on(self.since, self.today)}"


def owed_for(owner: Interaction | Interview, *, student: User, at: datetime) -> list[Obligation]:
    """What one row owes, open or not."""
    today = local_date(at, student.time_zone)
    if isinstance(owner, Interaction):
        return [_call(owner, student, today)] if owner.is_awaiting_call else []
    found = []
    if owner.is_awaiting_thank_you:
        found.append(_letter(owner, student, today, Kind.THANK_YOU, "thank_you"))
    if owner.is_awaiting_follow_up:
        found.append(_letter(owner, student, today, Kind.FOLLOW_UP, "follow_up"))
    return found


def _call(interaction: Interaction, student: User, today: date) -> Obligation:
    on = interaction.promised_call_on
    assert on, "is_awaiting_call says so"  # noqa: S101 - for the type checker
    since = interaction.happened_on
    return Obligation(student, Kind.PROMISED_CALL, interaction, since, on, on, on, today)


def _letter(
    interview: Interview, student: User, today: date, kind: Reminder.Kind, prefix: str
) -> Obligation:
    # The database demands the due day alone; without the others the day itself is all there is.
    due_on = getattr(interview, f"{prefix}_due_on")
    opens_on = getattr(interview, f"{prefix}_opens_on") or due_on
    last_on = getattr(interview, f"{prefix}_last_on") or due_on
    held_on = interview.held_on
    assert held_on, "is_awaiting_thank_you and is_awaiting_follow_up say so"  # noqa: S101 - likewise
    return Obligation(student, kind, interview, held_on, opens_on, due_on, last_on, today)


def _on(on: date, today: date) -> str:
    """“tomorrow”, “on Thursday”."""
    words = day_in_words(on, today)
    return words if abs((on - today).days) < 2 else f"on {words}"
