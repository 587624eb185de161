"""What other apps show of a talk."""

import re

import pytest
import time_machine
from django.template import Context, Template

from contacts.models import Contact
from interviews import actions
from tests.interviews.conftest import NOW, TODAY, agreed, days


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


def rendered(source: str, **context) -> str:
    text = Template("{% load interviews_tags %}" + source).render(Context(context))
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", text)).strip()


def met(contact, *, held_on=TODAY):
    interview = actions.begin(contact, at=NOW)
    actions.hold(interview, held_on=held_on, at=NOW)
    return interview


@pytest.mark.parametrize("item_count", [1, 3])
def test_interviews_of_takes_one_query(contact, item_count, django_assert_num_queries):
    for _ in range(item_count):
        met(contact)
    contact = Contact.objects.with_people().get(pk=contact.pk)

    with django_assert_num_queries(1):
        text = rendered("{% interviews_of contact today %}", contact=contact, today=TODAY)

    assert text.count("You met today") == item_count


@pytest.mark.parametrize("item_count", [1, 3])
def test_next_step_of_takes_one_query(contact, item_count, django_assert_num_queries):
    for _ in range(item_count):
        met(contact)
    contact = Contact.objects.with_people().get(pk=contact.pk)

    with django_assert_num_queries(1):
        text = rendered("{% next_step_of contact as step %}{{ step.label }}", contact=contact)

    assert text == "Write it up"


def test_interviews_of_a_contact_without_any_teaches(contact):
    assert "None yet." in rendered("{% interviews_of contact %}", contact=contact)


def test_interviews_of_leaves_notes_out(contact, held):
    held.notes = "Private words"
    held.save()

    assert "Private words" not in rendered("{% interviews_of contact %}", contact=contact)


def test_interviews_of_shows_time_and_place(contact, accepted):
    text = rendered("{% interviews_of contact %}", contact=contact)

    assert "Thursday, 9:00 to 9:30 a.m." in text
    assert "In person: Café" in text


def test_interviews_of_does_not_show_a_time_that_was_called_off(contact, accepted):
    actions.move(accepted, to="CANCELLED", at=NOW)

    assert "Thursday" not in rendered("{% interviews_of contact %}", contact=contact)


def test_when_is_the_students_clock_and_not_the_readers(student, idea):
    student.time_zone = "Pacific/Auckland"
    agreed(idea, starts_at=NOW + days(1))
    idea.contact.student = student

    text = rendered("{{ interview|when:today }}", interview=idea, today=TODAY + days(1))

    assert text == "Tomorrow, 3:00 to 3:30 a.m."


def test_zone_is_in_words():
    assert rendered("{{ 'America/New_York'|zone_in_words }}") == "New York time"
