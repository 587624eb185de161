"""Who comes onto a student's list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts.models import User
from alumni.availability import STANDING_WAYS, Reach, reach
from alumni.goodwill import Availability
from alumni.models import Alum
from contacts.actions.log import log_interaction
from contacts.models import Contact, Interaction
from contacts.whom import Origin
from core.localtime import local_date
from core.obligations import owner_leaves

UNKNOWN = Origin()


@transaction.atomic
def delete_contact(contact: Contact, *, at: datetime) -> None:
    """With every word about them; whom they named stays."""
    owner_leaves.send(sender=Contact, owner=contact, at=at)
    contact.delete()


def add_contact(student: User, *, name: str, **fields) -> Contact:
    return Contact.objects.create(student=student, name=name.strip(), **fields)


@transaction.atomic
def add_names(
    student: User, *, names: list[str], origin: Origin = UNKNOWN
) -> tuple[list[Contact], list[str]]:
    """One contact for each name that is not there yet (G8); the second list is what was.

    Who was there gains what was not known of where the name came from.
    """
    known = _known(student)
    added, there_already = [], []
    for name in names:
        contact = known.get(name.casefold())
        if contact:
            there_already.append(name)
            _tell_origin(contact, origin)
        else:
            known[name.casefold()] = contact = add_contact(student, name=name, **_fields(origin))
            added.append(contact)
    return added, there_already


@transaction.atomic
def log_know_nobody(
    student: User, *, names: list[str], meant: dict[str, int], circle: str, at: datetime
) -> list[Interaction]:
    """They were asked, and know nobody (G9). Who is not on the list yet comes onto it.

    `meant` says who of the list is meant by a name. The same answer is written once a day.
    """
    today = local_date(at, student.time_zone)
    add_names(student, names=[n for n in names if n not in meant], origin=Origin(source=circle))
    known, by_pk = _known(student), {contact.pk: contact for contact in student.contacts.all()}
    asked = [by_pk[meant[n]] if n in meant else known[n.casefold()] for n in names]
    nobody = Interaction.Outcome.KNOWS_NOBODY
    return [
        contact.interactions.filter(outcome=nobody, happened_on=today).first()
        or log_interaction(
            contact,
            at=at,
            happened_on=today,
            channel=Interaction.Channel.IN_PERSON,
            direction=Interaction.Direction.OUT,
            outcome=nobody,
        )
        for contact in dict.fromkeys(asked)
    ]


def _known(student: User) -> dict[str, Contact]:
    """By name, the oldest of namesakes. Locked, so that two taps add a name once."""
    User.objects.select_for_update(no_key=True).get(pk=student.pk)
    return {contact.name.casefold(): contact for contact in student.contacts.order_by("-id")}


def _fields(origin: Origin) -> dict:
    source = origin.source or (Contact.Source.REFERRAL if origin.referrer else "")
    return {"referred_by_id": origin.referrer, "source": source, "source_note": origin.note}


def _tell_origin(contact: Contact, origin: Origin) -> None:
    """Fills what is blank; what stands there stays, and the rest is kept beside it."""
    told = _fields(origin)
    if told["referred_by_id"] == contact.pk:
        return
    also = []
    for name, value in told.items():
        before = getattr(contact, name)
        if value and not before:
            setattr(contact, name, value)
        elif value and value != before and name != "source":
            also.append(value if name == "source_note" else _heard_from(value))
    lines = [line for line in also if line not in contact.other_details]
    contact.other_details = "\n".join(filter(None, [contact.other_details, *lines]))
    contact.save(update_fields=[*told, "other_details", "updated_at"])


def _heard_from(pk: int) -> str:
    return f"Heard of from {Contact.objects.get(pk=pk)}"


def add_from_alum(
    student: User, *, alum: Alum, ways: Availability | None = STANDING_WAYS
) -> Contact:
    """A contact with what the directory shows a student; the one that is there already, if any.

    E-mail and phone come along as far as `ways` allows, and none without it.
    """
    seen = alum.as_seen_by(student)
    reached = reach(alum, ways) if ways else Reach()
    contact, is_new = Contact.objects.get_or_create(
        student=student,
        alum=alum,
        defaults={
            "name": seen.name,
            "job_title": seen.job_title,
            "employer": seen.employer,
            "field": ", ".join(seen.fields_of_work)[:200],
            "email": reached.email,
            "phone": reached.phone,
            "address": seen.place,
            "source": Contact.Source.ALUMNI,
        },
    )
    if not is_new and (reached.email or reached.phone):
        contact.email = contact.email or reached.email
        contact.phone = contact.phone or reached.phone
        contact.save(update_fields=["email", "phone", "updated_at"])
    return contact


@transaction.atomic
def forget_alum(alum: Alum) -> None:
    """They left the directory: what it lent to contacts goes, what a student wrote stays."""
    ways = (("email", alum.email), ("phone", alum.phone), ("address", alum.place))
    for name, lent in (*ways, ("time_zone", alum.time_zone)):
        if lent:
            Contact.objects.filter(alum=alum, **{name: lent}).update(**{name: ""})
    Contact.objects.filter(alum=alum).update(alum=None)


@dataclass(frozen=True)
class Named:
    """Somebody whom a contact suggested, as far as one was told."""

    name: str
    phone: str = ""
    email: str = ""


@transaction.atomic
def add_referred(referrer: Contact, *, people: list[Named], permission: str) -> list[Contact]:
    """Whom `referrer` named (G22, G36); who is on the list already gains what was not known."""
    others = Contact.objects.of(referrer.student).exclude(pk=referrer.pk)
    known = {contact.name.casefold(): contact for contact in others.order_by("-id")}
    found: list[Contact] = []
    for person in people:
        contact = known.get(person.name.casefold()) or Contact(
            student=referrer.student, name=person.name, source=Contact.Source.REFERRAL
        )
        contact.phone = contact.phone or person.phone
        contact.email = contact.email or person.email
        if contact.referred_by is None:
            contact.referred_by, contact.name_permission = referrer, permission
        contact.save()
        known[person.name.casefold()] = contact
        found.append(contact)
    return list(dict.fromkeys(found))


def set_name_permission(contact: Contact, *, permission: str) -> None:
    """Whether the student may say who gave them the name (G22)."""
    contact.name_permission = permission
    contact.save(update_fields=["name_permission", "updated_at"])
