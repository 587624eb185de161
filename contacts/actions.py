"""What happens to a student's network and its log. The clock is passed in."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from accounts.models import User
from alumni.models import Alum
from contacts.models import Contact, Interaction
from core.localtime import local_date
from core.obligations import obligations_changed


class NotYet(Exception):
    """A deed is dated after the student's today."""


class NoPromise(Exception):
    """There is no promised call to keep, or it is kept already."""


def add_contact(student: User, *, name: str, **fields) -> Contact:
    return Contact.objects.create(student=student, name=name.strip(), **fields)


@transaction.atomic
def add_names(student: User, *, names: list[str]) -> tuple[list[Contact], list[str]]:
    """One contact for each name that is not there yet (G8); the second list is what was."""
    known = {name.casefold() for name in student.contacts.values_list("name", flat=True)}
    added, there_already = [], []
    for name in names:
        if name.casefold() in known:
            there_already.append(name)
        else:
            known.add(name.casefold())
            added.append(add_contact(student, name=name))
    return added, there_already


def add_from_alum(student: User, *, alum: Alum) -> Contact:
    """A contact with what the directory knows; the one that is there already, if there is one."""
    contact, _ = Contact.objects.get_or_create(
        student=student,
        alum=alum,
        defaults={
            "name": alum.name,
            "job_title": alum.job_title,
            "employer": alum.employer,
            "field": ", ".join(alum.fields_of_work)[:200],
            "email": alum.email,
            "phone": alum.phone,
            "address": alum.place,
            "source": Contact.Source.ALUMNI,
        },
    )
    return contact


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
    is_shared: bool = False,
) -> Interaction:
    """A dated entry in the log (G10); a promised call is owed from now on (G16)."""
    interaction = Interaction(
        contact=contact,
        happened_on=happened_on,
        channel=channel,
        direction=direction,
        outcome=outcome,
        said=said,
        promised_call_on=promised_call_on,
        is_shared=is_shared,
    )
    save_interaction(interaction, at=at)
    return interaction


@transaction.atomic
def save_interaction(interaction: Interaction, *, at: datetime) -> None:
    """Raises NotYet for an entry dated after the student's today."""
    if interaction.happened_on > local_date(at, interaction.contact.student.time_zone):
        raise NotYet
    interaction.save()
    _announce(interaction, at=at)


@transaction.atomic
def delete_interaction(interaction: Interaction) -> None:
    """Its reminders go with it."""
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


def _announce(interaction: Interaction, *, at: datetime) -> None:
    obligations_changed.send(sender=Interaction, owner=interaction, at=at)
