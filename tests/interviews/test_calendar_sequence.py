"""Calendars learn by a rising SEQUENCE that a talk was moved or called off, and by nothing else."""

from datetime import UTC, date, datetime, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.urls import reverse

from alumni.models import Request
from interviews import actions
from interviews.actions.live import finish_live, start_live
from interviews.actions.requests import hear_time_taken
from interviews.models import Interview, State
from tests.factories import ContactFactory, InterviewFactory, RequestFactory

AT = datetime(2026, 3, 2, 15, tzinfo=UTC)
STARTS_AT = AT + timedelta(days=3)
AGREED = {"starts_at": STARTS_AT, "minutes": 30, "format": "IN_PERSON", "place": "Bakery"}
SETTLED = {"place": "Bakery", "attire": "Jackets", "parking": "Lot B"}


@pytest.fixture
def talk(student):
    contact = ContactFactory(student=student, name="Dana Whitcomb")
    return InterviewFactory(contact=contact, state=State.CONFIRMED, **AGREED, **{
        name: value for name, value in SETTLED.items() if name != "place"
    })  # fmt: skip


def agree(talk, **changes):
    actions.agree(talk, **AGREED | changes, at=AT)


def hold(talk):
    actions.hold(talk, held_on=date(2026, 3, 5), at=STARTS_AT + timedelta(hours=2))


@pytest.mark.parametrize(
    ("deed", "steps"),
    [
        (lambda talk: agree(talk), 0),
        (lambda talk: agree(talk, starts_at=STARTS_AT + timedelta(minutes=5)), 1),
        (lambda talk: agree(talk, minutes=45), 1),
        (lambda talk: agree(talk, place="Library"), 1),
        (lambda talk: agree(talk, format="PHONE"), 1),
        (lambda talk: actions.move(talk, to=State.CANCELLED, at=AT), 1),
        (lambda talk: actions.move(talk, to=State.WITHDRAWN, at=AT), 1),
        (lambda talk: actions.move(talk, to=State.ACCEPTED, at=AT), 1),
        (lambda talk: actions.keep_arrangements(talk, **SETTLED, at=AT), 0),
        (lambda talk: actions.keep_arrangements(talk, parking="Lot C", at=AT), 1),
        (lambda talk: actions.count_the_way(talk, minutes=25, at=AT), 1),
        (lambda talk: actions.count_the_way(talk, minutes=None, at=AT), 0),
        (hold, 1),
        (lambda talk: [hold(talk), hold(talk)], 1),
        (lambda talk: [hold(talk), actions.take_back_hold(talk, at=AT)], 2),
        (lambda talk: [start_live(talk, at=STARTS_AT), finish_live(talk, at=STARTS_AT)], 1),
        (lambda talk: actions.get_a_no(talk.contact, people=[], at=AT), 1),
    ],
    ids=[
        "the same again", "another hour", "longer", "another place", "by phone", "called off",
        "withdrawn", "to be confirmed anew", "arranged as it was", "another way to park",
        "the way counted", "no way to count", "met", "met, said twice", "not met after all",
        "met, live", "declined on the phone",
    ],
)  # fmt: skip
def test_sequence_rises_when_calendars_have_to_change(talk, deed, steps):
    deed(talk)

    assert Interview.objects.get().calendar_sequence == steps


def test_a_thank_you_moves_nothing(talk):
    hold(talk)

    actions.record_thank_you(talk, mailed_on=date(2026, 3, 6), at=STARTS_AT + timedelta(days=2))

    assert Interview.objects.get().calendar_sequence == 1


def test_a_talk_without_a_time_is_in_no_calendar_yet(student):
    talk = InterviewFactory(contact__student=student)

    actions.ask(talk, at=AT)

    assert Interview.objects.get().calendar_sequence == 0


def test_a_time_from_the_alums_desk_counts_too(student):
    request = RequestFactory(student=student, state=Request.State.ACCEPTED, taken_time=STARTS_AT)

    hear_time_taken(request, at=AT)

    assert Interview.objects.get().calendar_sequence == 1


def test_the_page_of_the_day_moves_the_alarm(talk, client, student):
    """G30"""
    client.force_login(student)

    client.post(reverse("interviews:day", args=[talk.pk]), {"travel_minutes": "25"})

    talk.refresh_from_db()
    assert (talk.travel_minutes, talk.calendar_sequence) == (25, 1)


def test_who_called_off_finds_the_file_that_takes_it_out(talk, client, student):
    actions.move(talk, to=State.CANCELLED, at=AT)
    client.force_login(student)

    page = client.get(talk.get_absolute_url()).content.decode()
    file = client.get(reverse("interviews:calendar", args=[talk.pk])).content.decode()

    assert "Save the cancelled entry" in page
    assert "STATUS:CANCELLED\r\n" in file
    assert "SEQUENCE:1\r\n" in file
    assert "METHOD:PUBLISH\r\n" in file


def test_files_saved_before_there_was_a_count_are_overtaken(talk, student):
    """They carry the minutes from 2026 to the last change."""
    idea = InterviewFactory(contact__student=student)
    Interview.objects.update(updated_at=datetime(2026, 3, 2, 15, 0, 30, tzinfo=UTC))

    import_module("interviews.migrations.0005_sequences_go_on").go_on(apps, None)

    talk.refresh_from_db()
    idea.refresh_from_db()
    minutes = (datetime(2026, 3, 2, 15, tzinfo=UTC) - datetime(2026, 1, 1, tzinfo=UTC)).days * 1440
    assert minutes + 15 * 60 < talk.calendar_sequence <= minutes + 15 * 60 + 2
    assert idea.calendar_sequence == 0
