"""A student's record as the advisor may read it: what happened always, the words if shared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from accounts.models import User
from advising.board import Row
from contacts.models import Interaction
from core.localtime import local_date
from interviews.letters import Letter, letters
from interviews.models import Interview

Channel = Interaction.Channel
# Icon, what happened, and the word that leads on to the person; blank: by who wrote or called.
SHAPES = {
    Channel.EMAIL: ("mail", "E-mail", ""),
    Channel.LETTER: ("mail", "Letter", ""),
    Channel.PHONE: ("phone", "Call", ""),
    Channel.VOICEMAIL: ("voicemail", "Voicemail", ""),
    Channel.IN_PERSON: ("message-circle", "Spoke in person", "with"),
    Channel.VIDEO: ("video", "Video call", "with"),
    Channel.LINKEDIN: ("link", "LinkedIn message", ""),
    Channel.NOTE: ("pencil", "A note", "about"),
}


Outcome = Interaction.Outcome
# The log speaks for the student: “I asked to meet”.
OUTCOMES = {
    Outcome.NONE: "",
    Outcome.ASKED: "Asked to meet",
    Outcome.AGREED: "They said yes",
    Outcome.DECLINED: "They cannot",
    Outcome.NO_ANSWER: "Nobody answered",
    Outcome.LEFT_MESSAGE: "Left a message",
    Outcome.TALKED_NOW: "Talked right away",
    Outcome.BAD_TIME: "A bad time; will call again",
    Outcome.LEAD: "They offered a lead",
    Outcome.REFERRED: "They named someone else",
    Outcome.KNOWS_NOBODY: "They know nobody",
    Outcome.THANKED: "Thanked them",
}


@dataclass(frozen=True)
class Entry:
    """One dated thing. `words` is empty where there are none, or where they are not shared."""

    on: date
    icon: str
    what: str
    whom: str
    outcome: str = ""
    words: str = ""
    is_private: bool = False
    is_talk: bool = False


@dataclass(frozen=True)
class Record:
    row: Row
    talks: list[Interview]
    entries: list[Entry]

    @property
    def today(self) -> date:
        return self.row.today

    @property
    def student(self) -> User:
        return self.row.student

    @property
    def headline(self) -> str:
        """What the advisor does first on this page."""
        if self.row.is_late:
            return f"Ask {self.student.name} what is in the way"
        if not self.entries:
            return f"Help {self.student.name} begin"
        return f"Read how {self.student.name} is doing"

    @property
    def summary(self) -> str:
        if self.row.owed:
            return f"{self.row.owed[0].what}: {self.row.owed[0].when}."
        if not self.entries:
            return "Nothing is written down yet."
        return "Everything that was due is done."

    @property
    def held(self) -> list[Interview]:
        return [talk for talk in self.talks if talk.is_held]

    @property
    def thank_yous_due(self) -> int:
        """Those that were mailed, or whose last day has passed (G39)."""
        return sum(
            letter.done_on is not None or letter.last_on < self.today for letter in self._thank_yous
        )

    @property
    def thank_yous_on_time(self) -> int:
        """Mailed on the last day at the latest (G38)."""
        return sum(
            letter.done_on is not None and letter.done_on <= letter.last_on
            for letter in self._thank_yous
        )

    @property
    def _thank_yous(self) -> list[Letter]:
        return [letters(talk)[0] for talk in self.held]


def record_of(row: Row, *, reader: User) -> Record:
    """Built from what visible_to(reader) shows, so a stranger's record is an empty one."""
    student = row.student
    talks = list(
        Interview.objects.visible_to(reader).of(student).select_related("contact").newest_first()
    )
    log = (
        Interaction.objects.visible_to(reader)
        .filter(contact__student=student)
        .select_related("contact")
    )
    entries = [entry for interaction in log.newest_first() for entry in _logged(interaction)]
    entries += [entry for talk in talks for entry in _deeds(talk, student.time_zone)]
    return Record(row, talks, sorted(entries, key=lambda entry: entry.on, reverse=True))


def _logged(interaction: Interaction) -> Iterator[Entry]:
    icon, what, leads_on = SHAPES[Channel(interaction.channel)]
    came_in = interaction.direction == Interaction.Direction.IN
    whom = interaction.contact.name
    yield Entry(
        interaction.happened_on,
        icon,
        f"{what} {leads_on or ('from' if came_in else 'to')}",
        whom,
        outcome=OUTCOMES[Outcome(interaction.outcome)],
        **_words(interaction.said, interaction.is_shared),
    )
    if interaction.called_on:
        yield Entry(interaction.called_on, "phone", "Made the promised call to", whom)


def _deeds(talk: Interview, zone: str) -> Iterator[Entry]:
    whom = talk.contact.name
    if talk.held_on:
        words = _words(talk.notes, talk.is_shared)
        yield Entry(talk.held_on, "coffee", "Met", whom, is_talk=True, **words)
    elif talk.starts_at:
        on = local_date(talk.starts_at, zone)
        yield Entry(on, "calendar", "A talk with", whom, outcome=talk.get_state_display())
    if talk.thanked_on:
        yield Entry(talk.thanked_on, "mail-check", "Mailed the thank-you to", whom)
    if talk.followed_up_on:
        yield Entry(talk.followed_up_on, "mail-check", "Wrote again to", whom)


def _words(text: str, is_shared: bool) -> dict[str, Any]:
    return {"words": text if is_shared else "", "is_private": bool(text) and not is_shared}
