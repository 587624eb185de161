"""The write-up of a talk: what was learned, whom they named, and what became of their advice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction

from contacts import actions as contacts
from contacts.models import Contact, Interaction
from interviews.actions.questions import same
from interviews.actions.talks import NotAllowed, lock, move
from interviews.models import Advice, Debrief, Insight, Interview, State, Topic


@dataclass(frozen=True)
class WriteUp:
    """All that the page asks."""

    fields: Mapping[str, Any]
    insights: Mapping[Topic, str]
    interest_before: int | None = None
    # By the key of the row; an empty one is to go.
    advice: Mapping[int, str] = field(default_factory=dict)
    new_advice: Sequence[str] = ()
    people: Sequence[contacts.Named] = ()
    permission: str = Contact.NamePermission.NOT_ASKED


class NotHeld(NotAllowed):
    def __init__(self) -> None:
        super().__init__("Say first on which day you met. What you typed is still here.")


@transaction.atomic
def write_up(
    interview: Interview, written: WriteUp, *, finish: bool = False, at: datetime
) -> list[Contact]:
    """Keep it as it stands; `finish` moves a talk that was held on. Returns whom they named.

    Saved twice, nothing doubles: names and advice that are there already are left as they are.
    """
    lock(interview)
    if not interview.is_held:
        raise NotHeld
    if interview.interest_before != written.interest_before:
        interview.interest_before = written.interest_before
        interview.save(update_fields=["interest_before", "updated_at"])
    debrief, _ = Debrief.objects.get_or_create(interview=interview)
    lead_before = debrief.lead
    for name, value in written.fields.items():
        setattr(debrief, name, value)
    debrief.save()
    _keep_insights(debrief, written.insights)
    _keep_advice(interview, written.advice, written.new_advice)
    _keep_lead_in_log(interview, before=lead_before, now=debrief.lead, at=at)
    named = contacts.add_referred(
        interview.contact, people=list(written.people), permission=written.permission
    )
    if finish and interview.may_become(State.DEBRIEFED):
        move(interview, to=State.DEBRIEFED, at=at)
    return named


@transaction.atomic
def record_advice(interview: Interview, *, became: Mapping[int, tuple[date | None, str]]) -> None:
    """Whether each piece was followed, and how that went (G45)."""
    lock(interview)
    for advice in interview.advice.all():
        if advice.pk in became and (advice.done_on, advice.note) != became[advice.pk]:
            advice.done_on, advice.note = became[advice.pk]
            advice.save(update_fields=["done_on", "note", "updated_at"])


def _keep_insights(debrief: Debrief, insights: Mapping[Topic, str]) -> None:
    kept = [
        Insight(debrief=debrief, topic=topic, text=text) for topic, text in insights.items() if text
    ]
    debrief.insights.exclude(topic__in=[one.topic for one in kept]).delete()
    Insight.objects.bulk_create(
        kept, update_conflicts=True, unique_fields=["debrief", "topic"],
        update_fields=["text", "updated_at"],
    )  # fmt: skip


def _keep_advice(interview: Interview, texts: Mapping[int, str], new: Sequence[str]) -> None:
    there = []
    for advice in interview.advice.all():
        text = texts.get(advice.pk, advice.text)
        if not text and not advice.done_on and not advice.note:
            advice.delete()
            continue
        if text and text != advice.text:
            advice.text = text
            advice.save(update_fields=["text", "updated_at"])
        there.append(advice.text)
    for text in new:
        if not any(same(text, one) for one in there):
            Advice.objects.create(interview=interview, text=text)
            there.append(text)


def _keep_lead_in_log(interview: Interview, *, before: str, now: str, at: datetime) -> None:
    """One entry in the log for what they offered unasked (G37), in the words of the write-up."""
    if before == now:
        return
    entries = Interaction.objects.filter(
        contact=interview.contact, outcome=Interaction.Outcome.LEAD, said=before
    )
    entry = entries.newest_first().first() if before else None
    if entry is not None and now:
        entry.said = now
        contacts.save_interaction(entry, at=at)
    elif entry is not None:
        contacts.delete_interaction(entry, at=at)
    elif now and interview.held_on:
        contacts.log_interaction(
            interview.contact,
            at=at,
            happened_on=interview.held_on,
            # The formats of a talk are channels, too.
            channel=interview.format,
            direction=Interaction.Direction.IN,
            outcome=Interaction.Outcome.LEAD,
            said=now,
        )
