"""The letters that a talk owes: begun with what the write-up knows, heard of when they go out."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from contacts.models import Contact
from core.localtime import local_date
from interviews import drafts
from interviews.actions.talks import (
    NotAllowed,
    Refused,
    begin,
    lock,
    move,
    record_follow_up,
    record_thank_you,
    take_back_follow_up,
    take_back_thank_you,
)
from interviews.models import UNDERWAY, Debrief, Interview, PreparedQuestion, State
from letters import actions as letters
from letters.models import Letter

Kind = Letter.Kind
# Where a talk keeps each of its letters.
PLACES = {Kind.THANK_YOU: "thank_you_letter", Kind.FOLLOW_UP: "follow_up_letter"}


@transaction.atomic
def write_letter(interview: Interview, *, kind: str, at: datetime) -> Letter:
    """The letter of that kind about this talk, begun from the write-up; once, then the same."""
    lock(interview)
    if not interview.is_held:
        raise NotAllowed("Say first that you met. A letter about a talk comes after it.")
    place = PLACES[Kind(kind)]
    if there := getattr(interview, place):
        return there
    words = drafts.thank_you if kind == Kind.THANK_YOU else drafts.follow_up
    blocks = words(facts_of(interview, at=at))
    letter = letters.draft(interview.contact, kind=kind, at=at, blocks=blocks)
    setattr(interview, place, letter)
    interview.save(update_fields=[place, "updated_at"])
    return letter


def facts_of(interview: Interview, *, at: datetime) -> drafts.Facts:
    """What the write-up knows, in three queries."""
    debrief = Debrief.objects.filter(interview=interview).first() or Debrief()
    today = local_date(at, interview.student.time_zone)
    return drafts.Facts(
        met_on=interview.held_on or today,
        today=today,
        enjoyed=debrief.enjoyed,
        next_steps=debrief.next_steps,
        advice=tuple(
            drafts.Piece(one.text, one.done_on is not None, one.note)
            for one in interview.advice.all()
        ),
        met=tuple(_met_since(interview.contact)),
    )


def hear_sent(letter: Letter, *, at: datetime) -> str:
    """A letter went out: the talk it is about moves on. A refusal comes back as its sentence."""
    try:
        with transaction.atomic():
            _follow(letter, at=at)
    except Refused as refusal:
        return str(refusal)
    return ""


def hear_taken_back(letter: Letter, *, at: datetime) -> str:
    """It did not go out after all: what followed from it is undone, and nothing else."""
    try:
        with transaction.atomic():
            _unfollow(letter, at=at)
    except Refused as refusal:
        return str(refusal)
    return ""


def questions_for(contact: Contact) -> list[str]:
    """What the student means to ask this person, whichever talk it is listed for (G17)."""
    listed = PreparedQuestion.objects.filter(interview__contact=contact)
    return list(dict.fromkeys(listed.in_order().values_list("text", flat=True)))


def _follow(letter: Letter, *, at: datetime) -> None:
    if letter.sent_on is None:
        return
    if letter.kind == Kind.REQUEST:
        talk = talk_to_ask_for(letter.contact, at=at)
        if talk.may_become(State.ASKED):
            move(talk, to=State.ASKED, at=at)
        return
    talk_about = _talk_about(letter)
    if talk_about is None:
        return
    if letter.kind == Kind.THANK_YOU:
        record_thank_you(talk_about, mailed_on=letter.sent_on, at=at)
    else:
        record_follow_up(talk_about, written_on=letter.sent_on, at=at)


def _unfollow(letter: Letter, *, at: datetime) -> None:
    talk = _linked_talk(letter)
    if letter.kind == Kind.REQUEST or talk is None:
        return
    if letter.kind == Kind.THANK_YOU and talk.thanked_on == letter.sent_on:
        take_back_thank_you(talk, at=at)
    elif letter.kind == Kind.FOLLOW_UP and talk.followed_up_on == letter.sent_on:
        take_back_follow_up(talk, at=at)


def talk_to_ask_for(contact: Contact, *, at: datetime) -> Interview:
    """The talk under way; the last one, where they have not answered; or a new one."""
    talks = Interview.objects.filter(contact=contact)
    if not talks.filter(state__in=UNDERWAY).exists():
        last = talks.order_by("-id").first()
        if last is not None and last.may_become(State.ASKED):
            return last
    return begin(contact, at=at)


def _talk_about(letter: Letter) -> Interview | None:
    """The talk that the letter was begun from; else the last that still owes such a letter.

    That one is linked now, so that taking the letter back finds it.
    """
    if talk := _linked_talk(letter):
        return talk
    place = PLACES[Kind(letter.kind)]
    owed = (
        Interview.objects.awaiting_thank_you()
        if letter.kind == Kind.THANK_YOU
        else Interview.objects.awaiting_follow_up()
    )
    unlinked = owed.filter(contact=letter.contact, held_on__lte=letter.sent_on, **{place: None})
    talk = unlinked.order_by("-held_on", "-id").first()
    if talk is not None:
        lock(talk)
        setattr(talk, place, letter)
        talk.save(update_fields=[place, "updated_at"])
    return talk


def _linked_talk(letter: Letter) -> Interview | None:
    if letter.kind not in PLACES:
        return None
    return Interview.objects.filter(**{PLACES[Kind(letter.kind)]: letter}).first()


def _met_since(contact: Contact) -> list[str]:
    """Whom they named, and the student has met (G40)."""
    met = Contact.objects.filter(referred_by=contact, interviews__held_on__isnull=False)
    return list(met.distinct().by_name().values_list("name", flat=True))
