"""Writing to a student's network: names, alumni, the log and its promises."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from contacts import actions
from contacts.models import Contact, Interaction
from reminders.models import Reminder
from tests.factories import AlumFactory, ContactFactory, InteractionFactory, UserFactory

NOON = datetime(2026, 3, 4, 17, 0, tzinfo=UTC)  # Noon in New York, March 4.


def log(contact, **fields) -> Interaction:
    said = {"happened_on": date(2026, 3, 4), "channel": "EMAIL", "direction": "OUT", **fields}
    return actions.log_interaction(contact, at=NOON, **said)


def test_add_names_skips_who_is_there_already(student):
    """G8: a name typed twice is one person, whatever its case."""
    ContactFactory(student=student, name="Wen Li")

    added, there = actions.add_names(student, names=["wen li", "Hal", "HAL"])

    assert [contact.name for contact in added] == ["Hal"]
    assert there == ["wen li", "HAL"]
    assert student.contacts.count() == 2


def test_add_from_alum_copies_what_the_directory_knows(student):
    alum = AlumFactory(
        employer="NEPM", job_title="Producer", email="i@nepm.example", phone="413 555 0119",
        fields_of_work=["Radio", "Theater"], city="Springfield", region="MA",
    )  # fmt: skip

    contact = actions.add_from_alum(student, alum=alum)

    assert (contact.name, contact.work) == (alum.name, "Producer at NEPM")
    assert (contact.email, contact.phone) == ("i@nepm.example", "413 555 0119")
    assert (contact.field, contact.address) == ("Radio, Theater", "Springfield, MA")
    assert contact.source == Contact.Source.ALUMNI


def test_add_from_alum_twice_is_one_contact(student):
    alum = AlumFactory()

    first, second = (actions.add_from_alum(student, alum=alum) for _ in range(2))

    assert first == second


def test_two_students_may_know_one_alum(student, other_student):
    alum = AlumFactory()

    contacts = {actions.add_from_alum(one, alum=alum) for one in (student, other_student)}

    assert len(contacts) == 2


def test_log_refuses_the_students_tomorrow(student):
    with pytest.raises(actions.NotYet):
        log(ContactFactory(student=student), happened_on=date(2026, 3, 5))


def test_log_knows_the_students_own_today():
    """It is still March 3 in Honolulu while Auckland has half of March 4 behind it."""
    at = datetime(2026, 3, 4, 9, 30, tzinfo=UTC)
    kiwi = ContactFactory(student=UserFactory(time_zone="Pacific/Auckland"))
    hawaiian = ContactFactory(student=UserFactory(time_zone="Pacific/Honolulu"))
    said = {"at": at, "happened_on": date(2026, 3, 4), "channel": "NOTE", "direction": "OUT"}

    actions.log_interaction(kiwi, **said)

    with pytest.raises(actions.NotYet):
        actions.log_interaction(hawaiian, **said)


def test_promised_call_writes_its_reminders_with_it(student):
    """G16: the promise and its reminders stand or fall together."""
    interaction = log(ContactFactory(student=student), promised_call_on=date(2026, 3, 9))

    assert Reminder.objects.pending().filter(interaction=interaction).exists()


def test_record_call_ends_the_promise_and_its_reminders(student):
    """G16"""
    interaction = log(ContactFactory(student=student), promised_call_on=date(2026, 3, 4))

    actions.record_call(interaction, on=date(2026, 3, 4), at=NOON)

    assert not interaction.is_awaiting_call
    assert not Reminder.objects.pending().exists()


def test_record_call_twice_is_refused(student):
    interaction = log(ContactFactory(student=student), promised_call_on=date(2026, 3, 4))
    actions.record_call(interaction, on=date(2026, 3, 4), at=NOON)

    with pytest.raises(actions.NoPromise):
        actions.record_call(interaction, on=date(2026, 3, 4), at=NOON)


def test_promise_before_the_letter_is_refused_by_the_database():
    with pytest.raises(IntegrityError):
        InteractionFactory(promised_call_on=date(2026, 3, 1))


def test_nobody_refers_themselves(student):
    contact = ContactFactory(student=student)
    contact.referred_by = contact

    with pytest.raises(ValidationError, match="Nobody can refer themselves"):
        contact.full_clean()


def test_last_talked_leaves_notes_to_oneself_aside(student):
    """G42"""
    contact = ContactFactory(student=student)
    log(contact, happened_on=date(2026, 2, 1))
    log(contact, happened_on=date(2026, 3, 1), channel="NOTE")

    found = Contact.objects.of(student).with_last_talked().get()

    assert found.last_talked_on == date(2026, 2, 1)
