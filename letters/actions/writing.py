"""A letter is begun, written, and ready. The clock is passed in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from contacts.models import Contact
from core.localtime import local_date
from letters import openings
from letters.actions.refusals import AlreadySent, Gone, NotReady, OnItsWay, WithAdvisor
from letters.blocks import BLOCKS, clean
from letters.facts import findings_of, opening_facts, text_of
from letters.models import Delivery, Letter

# A letter takes some days on its way; then one calls.
DAYS_UNTIL_CALL = 7
SATURDAY = 5


@dataclass(frozen=True)
class Words:
    """All that the builder's page asks. A block that is not among them stays as it is."""

    subject: str
    blocks: Mapping[str, str]
    objective: str = ""
    call_on: date | None = None
    with_resume: bool = False


@transaction.atomic
def draft(
    contact: Contact, *, kind: str, at: datetime, blocks: Mapping[str, str] | None = None
) -> Letter:
    """A letter with its first words from the record; `blocks` are words the caller knows better.

    A request that has not gone out is opened again: nobody is asked twice at once.
    """
    Contact.objects.select_for_update().get(pk=contact.pk)
    if kind == Letter.Kind.REQUEST:
        unsent = contact.letters.filter(kind=kind).exclude(state=Letter.State.SENT)
        if waiting := unsent.order_by("id").last():
            return waiting
    call_on = _likely_call(contact, at=at) if kind == Letter.Kind.REQUEST else None
    facts = opening_facts(contact, call_on=call_on, at=at)
    known_better = {name: clean(words) for name, words in (blocks or {}).items()}
    return Letter.objects.create(
        contact=contact,
        kind=kind,
        subject=_subject(kind, facts),
        blocks={**openings.openings(kind, facts), **known_better},
        call_on=call_on,
    )


@transaction.atomic
def save(letter: Letter, words: Words) -> bool:
    """Keep what was typed. Returns whether it took back a "ready" or a review."""
    lock(letter)
    if letter.is_sent:
        raise AlreadySent
    before = _asked(letter)
    letter.blocks = _followed(letter, words)
    letter.subject = " ".join(words.subject.split())
    letter.objective, letter.call_on = words.objective, words.call_on
    letter.with_resume = words.with_resume
    if before == _asked(letter):
        return False
    falls_back = letter.state != Letter.State.DRAFT
    if falls_back:
        letter.reviews.filter(answered_at__isnull=True).delete()
        letter.state = Letter.State.DRAFT
    letter.save()
    return falls_back


@transaction.atomic
def mark_ready(letter: Letter, *, at: datetime) -> None:
    lock(letter)
    check_may_go(letter, on=local_date(at, letter.student.time_zone), at=at)
    letter.state = Letter.State.READY
    letter.save(update_fields=["state", "updated_at"])


@transaction.atomic
def delete(letter: Letter) -> None:
    """The copy in the log of one that was sent stays there; one that is owed to the mail stays."""
    lock(letter)
    if Delivery.objects.select_for_update().filter(letter=letter).owed().exists():
        raise OnItsWay
    letter.delete()


def check_may_go(letter: Letter, *, on: date, at: datetime) -> None:
    """On the day `on`. Advice stops nobody; a blank, a wrong name, a name used without leave do."""
    if letter.is_sent:
        raise AlreadySent
    if letter.state == Letter.State.IN_REVIEW:
        raise WithAdvisor
    check_words(letter, at=at)
    if (call_on := promised_call(letter, at=at)) and call_on < on:
        day = f"{call_on:%B} {call_on.day}"
        raise NotReady(f"It promises a call on {day}, before it goes out. Choose a later day.")


def check_words(letter: Letter, *, at: datetime) -> None:
    if not text_of(letter):
        raise NotReady("There is nothing in this letter yet.")
    stops = [finding for finding in findings_of(letter, at=at) if finding.stops]
    if stops:
        one = stops[0]
        where = f" (“{one.found[:60]}”)" if one.found else ""
        more = f" And {len(stops) - 1} more." if len(stops) > 1 else ""
        raise NotReady(f"One thing first: {one.title}{where}.{more}")


def promised_call(letter: Letter, *, at: datetime) -> date | None:
    """The planned day, if the words do promise a call (G16)."""
    if letter.kind != Letter.Kind.REQUEST or letter.call_on is None:
        return None
    says_nothing = any(one.check == "call_promise" for one in findings_of(letter, at=at))
    return None if says_nothing else letter.call_on


def lock(letter: Letter) -> None:
    rows = Letter.objects.with_people().with_delivery().select_for_update(of=("self",))
    try:
        letter.refresh_from_db(from_queryset=rows)
    except Letter.DoesNotExist:
        raise Gone from None


def _asked(letter: Letter) -> tuple:
    return (
        letter.subject, letter.blocks, letter.objective, letter.call_on, letter.with_resume,
    )  # fmt: skip


def _followed(letter: Letter, words: Words) -> dict[str, str]:
    """What was typed; where nobody has written over our first words, they follow the choice."""
    names = [block.name for block in BLOCKS[letter.kind] if block.name in words.blocks]
    blocks = {**letter.blocks, **{name: clean(words.blocks[name]) for name in names}}
    if letter.kind != Letter.Kind.REQUEST:
        return blocks
    if words.objective != letter.objective:
        field = letter.contact.field
        ours = [openings.objective(way, field=field) for way in Letter.Objective.values]
        if blocks.get("objective", "") in ("", *ours):
            blocks["objective"] = openings.objective(words.objective, field=field)
    if blocks.get("close") == openings.close(letter.call_on):
        blocks["close"] = openings.close(words.call_on)
    return blocks


def _likely_call(contact: Contact, *, at: datetime) -> date:
    """A week on, and on a day on which offices are open."""
    on = local_date(at, contact.student.time_zone) + timedelta(days=DAYS_UNTIL_CALL)
    while on.weekday() >= SATURDAY:
        on += timedelta(days=1)
    return on


def _subject(kind: str, facts: openings.Facts) -> str:
    match kind:
        case Letter.Kind.REQUEST:
            who = "graduate" if facts.is_graduate else "student"
            return f"A short talk with a {facts.institution} {who}?"
        case Letter.Kind.THANK_YOU:
            return "Thank you for your time"
        case _:
            return "What became of your advice"
