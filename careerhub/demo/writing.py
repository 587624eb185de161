"""What Maya wrote: questions before a talk, write-ups after it, and her letters at every stage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from careerhub.demo.life import Channel, Life
from contacts.models import Contact, Interaction
from interviews.actions import letters as letters_of_talks
from interviews.actions.debrief import WriteUp, record_advice, write_up
from interviews.actions.questions import add_from_bank, add_own
from interviews.models import Interview, Question, Topic
from letters import actions as letters
from letters.models import Letter

# One of the office's questions for each of these, in the order in which she ranks them.
TOPICS = (Topic.DAYS, Topic.PATH, Topic.STARTING, Topic.PROS_CONS, Topic.CLOSING)


@dataclass(frozen=True)
class Learned:
    """What she keeps of a talk; interest in the field runs from 1 to 5."""

    before: int
    after: int
    insights: Mapping[Topic, str]
    advice: Sequence[str]
    fields: Mapping[str, Any] = field(default_factory=dict)


def ranks_questions(talk: Interview, *, own: str) -> None:
    bank = Question.objects.filter(is_active=True).in_order()
    by_topic = {question.topic: question for question in reversed(bank)}
    add_own(talk, text=own)
    add_from_bank(talk, picked=[by_topic[topic] for topic in TOPICS if topic in by_topic])


def writes_up(life: Life, talk: Interview, learned: Learned, *, ago: int) -> None:
    """As far as she got; the talk waits for her last word."""
    written = WriteUp(
        fields={"interest_after": learned.after, "asked_for_names": True, **learned.fields},
        insights=learned.insights,
        interest_before=learned.before,
        new_advice=learned.advice,
    )
    write_up(talk, written, at=life.at(ago))


def followed(life: Life, talk: Interview, *, ago: int, note: str) -> None:
    """She did the first thing they advised."""
    first = talk.advice.all()[0]
    record_advice(talk, became={first.pk: (life.on(ago), note)})


def asks_by_post(
    life: Life, contact: Contact, *, ago: int, blocks: Mapping[str, str], call_in: int
) -> None:
    """A letter on paper that promises a call `call_in` days after it went."""
    letter = letters.draft(contact, kind=Letter.Kind.REQUEST, at=life.at(ago), blocks=blocks)
    call_on = life.on(ago - call_in)
    words = letters.Words(subject=letter.subject, blocks=blocks, call_on=call_on)
    letters.save(letter, words)
    _goes_out(life, letter, ago=ago, channel=Channel.LETTER)
    Interaction.objects.filter(letter=letter).update(is_shared=True)


def thanks_by_mail(life: Life, talk: Interview, *, ago: int) -> None:
    """The builder's own first words, drawn from the write-up, are good enough to go."""
    letter = letters_of_talks.write_letter(talk, kind=Letter.Kind.THANK_YOU, at=life.at(ago))
    _goes_out(life, letter, ago=ago, channel=Channel.EMAIL)


def begins_a_letter(life: Life, contact: Contact, *, ago: int, blocks: Mapping[str, str]) -> Letter:
    letter = letters.draft(contact, kind=Letter.Kind.REQUEST, at=life.at(ago), blocks=blocks)
    _dated(life, letter, ago)
    return letter


def asks_her_advisor(life: Life, letter: Letter, *, ago: int, question: str) -> None:
    letters.ask_review(letter, question=question, at=life.at(ago))
    _dated(life, letter, ago)


def _goes_out(life: Life, letter: Letter, *, ago: int, channel: Interaction.Channel) -> None:
    letters.send(letter, by=Letter.SentBy.OWN, on=life.on(ago), channel=channel, at=life.at(ago))
    _dated(life, letter, ago)


def _dated(life: Life, letter: Letter, ago: int) -> None:
    """The clock of the row itself cannot be passed in, and the list of letters reads it."""
    at = life.at(ago)
    Letter.objects.filter(pk=letter.pk).update(created_at=at, updated_at=at)
