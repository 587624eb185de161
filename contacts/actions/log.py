"""What is written into the log, and the calls promised in it. The clock is passed in."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from accounts.models import User
from contacts.models import Contact, Interaction
from core.localtime import local_date, moment
from core.obligations import obligations_changed, owner_leaves


class NotYet(Exception):
    """A deed is dated after the student's today."""


class NoPromise(Exception):
    """There is no promised call to keep, or it is kept already."""


@transaction.atomic
def log_interaction(
    contact: Contact,
    *,
    at: datetime,
    happened_on: date,
    channel: str,
    direction: str,
    outcome: str = "",
    said: str = "",
    promised_call_on: date | None = None,
    call_back_at: datetime | None = None,
    is_shared: bool = False,
) -> Interaction:
    """A dated entry in the log (G10); a promised call is owed from now on (G16).

    With the hour that they named (G19), the call is owed on its day by the student's calendar.
    """
    if call_back_at:
        promised_call_on = local_date(call_back_at, contact.student.time_zone)
    interaction = Interaction(
        contact=contact,
        happened_on=happened_on,
        channel=channel,
        direction=direction,
        outcome=outcome,
        said=said,
        promised_call_on=promised_call_on,
        call_back_at=call_back_at,
        is_shared=is_shared,
    )
    save_interaction(interaction, at=at)
    return interaction


@transaction.atomic
def save_interaction(interaction: Interaction, *, at: datetime) -> None:
    """Raises NotYet for an entry dated after the student's today."""
    if interaction.happened_on > local_date(at, interaction.contact.student.time_zone):
        raise NotYet
    interaction.call_back_at = _hour_on_its_day(interaction)
    if interaction.promised_call_on is None:
        interaction.called_on = None  # No promise, none kept.
    interaction.save()
    _announce(interaction, at=at)


@transaction.atomic
def delete_interaction(interaction: Interaction, *, at: datetime) -> None:
    """Its reminders go with it."""
    owner_leaves.send(sender=Interaction, owner=interaction, at=at)
    interaction.delete()


@transaction.atomic
def record_call(interaction: Interaction, *, on: date, at: datetime) -> None:
    """The promised call was made on the day `on`: it is owed no longer (G16)."""
    rows = Interaction.objects.select_related("contact__student").select_for_update(of=("self",))
    interaction.refresh_from_db(from_queryset=rows)
    if not interaction.is_awaiting_call:
        raise NoPromise
    if on > local_date(at, interaction.contact.student.time_zone):
        raise NotYet
    interaction.called_on = on
    interaction.save(update_fields=["called_on", "updated_at"])
    _announce(interaction, at=at)


def follow_clock(student: User) -> None:
    """By the calendar of where they are now, the hour that was named may fall on another day."""
    waiting = Interaction.objects.awaiting_call().filter(contact__student=student)
    for interaction in waiting.filter(call_back_at__isnull=False):
        on = local_date(interaction.call_back_at, student.time_zone)  # type: ignore[arg-type]  # filtered
        # A promise does not come before its letter, which keeps the day that it was given.
        interaction.promised_call_on = max(on, interaction.happened_on)
        interaction.save(update_fields=["promised_call_on", "updated_at"])


def _hour_on_its_day(interaction: Interaction) -> datetime | None:
    """The hour they named goes with the promise, and moves by the days that the promise moves."""
    called_for, on = interaction.call_back_at, interaction.promised_call_on
    if called_for is None or on is None:
        return None
    moved = on - local_date(called_for, interaction.contact.student.time_zone)
    if not moved:
        return called_for
    there = called_for.astimezone(ZoneInfo(interaction.contact.zone))
    return moment(there.date() + moved, there.time(), interaction.contact.zone)


def _announce(interaction: Interaction, *, at: datetime) -> None:
    obligations_changed.send(sender=Interaction, owner=interaction, at=at)
