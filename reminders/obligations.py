"""A deed that somebody owes, and how it is said on Today, in the mail and to the advisor."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.formats import time_format
from django.utils.timezone import localtime

from accounts.models import User
from contacts.models import Interaction
from core.localtime import local_date
from core.templatetags.ui import day_in_words
from interviews.models import Interview
from reminders.models import Reminder

Kind, Channel = Reminder.Kind, Interaction.Channel


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
        "Get ready to call",
        "phone",
    ),
    Kind.THANK_YOU: Words(
        "A thank-you to {name}",
        "Thank {name} for the talk",
        "Name a part of it that you liked, and the advice that you will use.",
        "Send a thank-you note",
        "Send a thank-you",
        "mail",
    ),
    Kind.FOLLOW_UP: Words(
        "A second letter to {name}",
        "Tell {name} how it is going",
        "Say what you did with their advice, and where your search stands now.",
        "Tell them how it is going",
        "Write to them again",
        "mail",
    ),
    Kind.TALK: Words(
        "Your talk with {name}",
        "You meet {name}",
        "Look through your questions once more.",
        "Meet them",
        "Open your sheet for the day",
        "calendar",
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
            case Kind.TALK:
                return reverse("interviews:day", args=[self.subject.pk])
            case _:
                return reverse("interviews:call", args=[self.subject.contact_id])

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
        """“due tomorrow”, “the last day is today”, “3 days late”; “tomorrow at 10:30 a.m.”."""
        if self.starts_at:
            clock = time_format(localtime(self.starts_at, ZoneInfo(self.student.time_zone)))
            return f"{_on(self.due_on, self.today)} at {clock}"
        if self.is_late:
            return f"{self.days_late} {'day' if self.days_late == 1 else 'days'} late"
        if self.due_on < self.today:
            return f"the last day is {_on(self.last_on, self.today)}"
        return f"due {_on(self.due_on, self.today)}{self._hour}"

    @property
    def _hour(self) -> str:
        """The hour that they named for a call, by both clocks (G19)."""
        call = self.subject
        if not isinstance(call, Interaction) or call.call_back_at is None:
            return ""
        return f" at {call.call_back_in_words}"

    @property
    def starts_at(self) -> datetime | None:
        """The hour of a talk that is still ahead; deeds that are owed have none."""
        talk = self.subject
        is_ahead = self.kind == Kind.TALK and isinstance(talk, Interview)
        return talk.starts_at if is_ahead else None  # type: ignore[union-attr]

    @property
    def details(self) -> list[str]:
        """What one has to know on the way there (G28)."""
        talk = self.subject
        if self.kind != Kind.TALK or not isinstance(talk, Interview):
            return []
        facts = [
            (f"{talk.get_format_display()}, {talk.minutes} minutes", True),
            (talk.place, bool(talk.place)),
            (talk.get_who_dials_display(), bool(talk.who_dials)),
            (talk.number_or_link, bool(talk.number_or_link)),
            (f"Dress: {talk.attire}", bool(talk.attire)),
            (f"Parking: {talk.parking}", bool(talk.parking)),
        ]
        return [words for words, is_known in facts if is_known]

    @property
    def since_in_words(self) -> str:
        if self.kind == Kind.TALK:
            return self.advice.removesuffix(".")
        verb = "You met"
        if isinstance(self.subject, Interaction):
            called = self.subject.channel in (Channel.PHONE, Channel.VOICEMAIL)
            verb = "You called" if called else "You wrote"
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


def talk_ahead_of(
    owner: Interaction | Interview, *, student: User, at: datetime
) -> Obligation | None:
    """A talk that is agreed and has not begun: it is announced the day before (G28)."""
    if not isinstance(owner, Interview) or owner.starts_at is None:
        return None
    if not owner.has_agreed_time or owner.is_over(at=at):
        return None
    on = local_date(owner.starts_at, student.time_zone)
    before = on - timedelta(days=1)
    today = local_date(at, student.time_zone)
    return Obligation(student, Kind.TALK, owner, before, before, on, on, today)


def _call(interaction: Interaction, student: User, today: date) -> Obligation:
    on = interaction.promised_call_on
    assert on, "is_awaiting_call says so"  # noqa: S101 - for the type checker
    since = interaction.happened_on
    interaction.contact.student = student
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
