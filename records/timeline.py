"""All that happened with one person, from the log, letters and talks, newest first (G42)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.urls import reverse

from contacts.models import Contact, Interaction
from core.localtime import local_date
from interviews.models import Interview, State
from records.whole import TIMELINE, load


class Detail(NamedTuple):
    label: str
    words: str


@dataclass(frozen=True)
class Happening:
    """One entry: a day, what it was, and the student's own words about it."""

    on: date
    icon: str
    title: str
    url: str = ""
    line: str = ""
    words: str = ""
    details: tuple[Detail, ...] = ()
    # Whether the advisor may read the words; None where there are none that could be shared.
    is_shared: bool | None = None
    # The entry of the log whose promised call is told of.
    promise: Interaction | None = None
    # "meet" or "todo": the paint of the mark, which words say as well.
    mark: str = ""
    # Within one day: what comes of a thing stands above the thing.
    rank: int = 5


ICONS = {
    Interaction.Channel.EMAIL: "mail",
    Interaction.Channel.LETTER: "mail",
    Interaction.Channel.PHONE: "phone",
    Interaction.Channel.VOICEMAIL: "phone",
    Interaction.Channel.NOTE: "pencil",
}
TALKS = {
    State.IDEA: "An idea to meet",
    State.ASKED: "You asked to meet",
    State.ACCEPTED: "They said yes to a talk",
    State.CONFIRMED: "A talk, confirmed",
    State.DECLINED: "They declined to meet",
    State.NO_RESPONSE: "No answer to your request",
    State.CANCELLED: "A talk that was called off",
    State.NO_SHOW: "A talk that they did not come to",
    State.WITHDRAWN: "You took your request back",
}


def timeline_of(contact: Contact, *, zone: str, in_full: bool = False) -> list[Happening]:
    """Newest first. `zone` is the student's; `in_full` adds what was written down about each talk.

    In full, the caller has loaded EVERYTHING.
    """
    load([contact], TIMELINE)
    happenings = [
        *map(_of_log, contact.interactions.all()),
        *_of_letters(contact, zone),
        *(one for talk in contact.interviews.all() for one in _of_talk(talk, zone, in_full)),
        *(_of_referral(person, zone) for person in contact.referrals.all()),
        _beginning(contact, zone),
    ]
    return sorted(happenings, key=lambda one: (one.on, one.rank), reverse=True)


def _of_log(entry: Interaction) -> Happening:
    letter = getattr(entry, "letter", None)
    if letter is not None:
        title, url = f"{letter.get_kind_display()} sent", letter.get_absolute_url()
    else:
        title, url = _how(entry), reverse("contacts:edit_interaction", args=[entry.pk])
    return Happening(
        on=entry.happened_on,
        icon=ICONS.get(Interaction.Channel(entry.channel), "message-circle"),
        title=title,
        url=url,
        line=f"{entry.get_outcome_display()}." if entry.outcome else "",
        words=entry.said,
        is_shared=entry.is_shared if entry.said else None,
        promise=entry if entry.promised_call_on else None,
        mark="todo" if entry.is_awaiting_call else "",
    )


def _how(entry: Interaction) -> str:
    if entry.channel == Interaction.Channel.NOTE:
        return entry.get_channel_display()
    return f"{entry.get_channel_display()}: {entry.get_direction_display()}"


def _of_letters(contact: Contact, zone: str) -> Iterator[Happening]:
    """Those whose copy stands in the log are told there."""
    for letter in contact.letters.all():
        if letter.interaction_id:
            continue
        on = letter.sent_on or local_date(letter.updated_at, zone)
        state = "sent" if letter.is_sent else letter.get_state_display().lower()
        title = f"{letter.get_kind_display()}: {state}"
        url = letter.get_absolute_url()
        yield Happening(on=on, icon="mail", title=title, url=url, line=letter.subject)


def _of_talk(talk: Interview, zone: str, in_full: bool) -> Iterator[Happening]:
    yield _the_talk_itself(talk, zone, in_full)
    sent = {letter.pk for letter in talk.contact.letters.all() if letter.is_sent}
    if talk.thanked_on and talk.thank_you_letter_id not in sent:
        yield _written(talk, "Thank-you mailed", talk.thanked_on, "thank")
    if talk.followed_up_on and talk.follow_up_letter_id not in sent:
        yield _written(talk, "Follow-up written", talk.followed_up_on, "follow_up")


def _the_talk_itself(talk: Interview, zone: str, in_full: bool) -> Happening:
    how = talk.get_format_display().lower()
    url = talk.get_absolute_url()
    if talk.held_on:
        details = tuple(_details(talk)) if in_full else _advice(talk)
        return Happening(talk.held_on, "message-circle", f"You met, {how}", url, mark="meet",
                         details=details, rank=4)  # fmt: skip
    agreed = talk.starts_at if talk.has_agreed_time else None
    on = local_date(agreed or talk.created_at, zone)
    where = f"{talk.get_format_display()}: {talk.place}" if agreed and talk.place else ""
    mark = "todo" if agreed else ""
    return Happening(on, "calendar", TALKS[State(talk.state)], url, line=where, mark=mark, rank=3)


def _advice(talk: Interview) -> tuple[Detail, ...]:
    return tuple(Detail("Their advice", advice.text) for advice in talk.advice.all())


def _details(talk: Interview) -> Iterator[Detail]:
    """Whatever the student wrote about it, in the order in which it was lived."""
    asked = [one for one in talk.questions.all() if one.answer]
    yield from (Detail(one.text, one.answer) for one in asked)
    if talk.notes:
        yield Detail("Notes", talk.notes)
    debrief = getattr(talk, "debrief", None)
    if debrief is not None:
        yield from (Detail(one.get_topic_display(), one.text) for one in debrief.insights.all())
        told = ("enjoyed", "decision", "resume_feedback", "lead", "next_steps")
        for name in told:
            if getattr(debrief, name):
                label = str(debrief._meta.get_field(name).verbose_name)
                yield Detail(label[:1].upper() + label[1:], getattr(debrief, name))
    yield from _advice(talk)


def _written(talk: Interview, title: str, on: date, page: str) -> Happening:
    return Happening(on, "mail", title, reverse(f"interviews:{page}", args=[talk.pk]), rank=6)


def _of_referral(person: Contact, zone: str) -> Happening:
    on = local_date(person.created_at, zone)
    return Happening(on, "user-plus", f"They named {person.name}", person.get_absolute_url())


def _beginning(contact: Contact, zone: str) -> Happening:
    return Happening(local_date(contact.created_at, zone), "user-plus", "On your list", rank=0)
