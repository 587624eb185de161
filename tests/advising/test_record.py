"""A student's record: one list of what happened, newest first, and how the talks stand."""

from datetime import UTC, date, datetime

import pytest

from advising.record import record_of
from contacts.models import Interaction
from interviews.models import State
from tests.advising.deeds import hold_talk, row_of, thank, write_again
from tests.factories import ContactFactory, InteractionFactory, InterviewFactory

AT = datetime(2026, 3, 10, 16, 0, tzinfo=UTC)


def entries_of(student, reader) -> list[tuple[date, str]]:
    record = record_of(row_of(student), reader=reader)
    return [(entry.on, f"{entry.what} {entry.whom}") for entry in record.entries]


def test_entries_are_one_list_newest_first(student, advisor):
    contact = ContactFactory(student=student, name="Dana Whitcomb")
    InteractionFactory(contact=contact, happened_on=date(2026, 1, 5))
    talk = hold_talk(contact, on=date(2026, 1, 20))
    thank(talk, on=date(2026, 1, 22))
    write_again(talk, on=date(2026, 3, 1))

    assert entries_of(student, advisor) == [
        (date(2026, 3, 1), "Wrote again to Dana Whitcomb"),
        (date(2026, 1, 22), "Mailed the thank-you to Dana Whitcomb"),
        (date(2026, 1, 20), "Met Dana Whitcomb"),
        (date(2026, 1, 5), "E-mail to Dana Whitcomb"),
    ]


def test_entry_of_a_kept_promise_stands_on_the_day_of_the_call(student, advisor):
    InteractionFactory(
        contact=ContactFactory(student=student, name="Dana Whitcomb"),
        channel=Interaction.Channel.LETTER,
        promised_call_on=date(2026, 3, 6),
        called_on=date(2026, 3, 7),
    )

    assert entries_of(student, advisor) == [
        (date(2026, 3, 7), "Made the promised call to Dana Whitcomb"),
        (date(2026, 3, 2), "Letter to Dana Whitcomb"),
    ]


@pytest.mark.parametrize(
    ("channel", "direction", "words"),
    [
        ("EMAIL", "IN", "E-mail from Dana"),
        ("PHONE", "OUT", "Call to Dana"),
        ("IN_PERSON", "IN", "Spoke in person with Dana"),
        ("NOTE", "OUT", "A note about Dana"),
    ],
)
def test_entry_says_who_wrote_to_whom(student, advisor, channel, direction, words):
    InteractionFactory(
        contact=ContactFactory(student=student, name="Dana"), channel=channel, direction=direction
    )

    assert entries_of(student, advisor) == [(date(2026, 3, 2), words)]


def test_every_channel_has_its_words(student, advisor):
    for channel in Interaction.Channel:
        InteractionFactory(contact__student=student, channel=channel)

    assert len(entries_of(student, advisor)) == len(Interaction.Channel)


def test_every_outcome_has_its_words(student, advisor):
    for outcome in Interaction.Outcome:
        InteractionFactory(contact__student=student, outcome=outcome)

    record = record_of(row_of(student), reader=advisor)

    assert len({entry.outcome for entry in record.entries}) == len(Interaction.Outcome)


def test_entry_of_a_talk_ahead_stands_on_the_students_day(student, advisor):
    """Two in the morning in London on the thirteenth is still the twelfth in New York."""
    InterviewFactory(
        contact=ContactFactory(student=student, name="Dana"),
        state=State.CONFIRMED,
        starts_at=datetime(2026, 3, 13, 2, 0, tzinfo=UTC),
    )

    assert entries_of(student, advisor) == [(date(2026, 3, 12), "A talk with Dana")]


@pytest.mark.parametrize("who", ["other_advisor", "other_student", "staff", "administrator"])
def test_record_for_a_stranger_is_empty(request, advisor, student, who):
    contact = ContactFactory(student=student)
    InteractionFactory(contact=contact)
    hold_talk(contact, on=date(2026, 3, 2))

    record = record_of(row_of(student), reader=request.getfixturevalue(who))

    assert (record.entries, record.talks) == ([], [])


@pytest.mark.parametrize(
    ("met_on", "mailed_on", "on_time", "due"),
    [
        (date(2026, 3, 1), date(2026, 3, 4), 1, 1),
        (date(2026, 3, 1), date(2026, 3, 5), 0, 1),
        (date(2026, 3, 6), None, 0, 1),
        (date(2026, 3, 7), None, 0, 0),
    ],
    ids=["on the last day", "a day after it", "never, too late", "not yet, still in time"],
)
def test_thank_yous_on_time(student, advisor, met_on, mailed_on, on_time, due):
    """G38, G39: the last day is the third after the talk."""
    talk = hold_talk(ContactFactory(student=student), on=met_on)
    if mailed_on:
        thank(talk, on=mailed_on)

    record = record_of(row_of(student), reader=advisor)

    assert (record.thank_yous_on_time, record.thank_yous_due) == (on_time, due)


def test_headline_asks_about_what_is_late(student, advisor):
    hold_talk(ContactFactory(student=student, name="Dana Whitcomb"), on=date(2026, 3, 2))

    record = record_of(row_of(student), reader=advisor)

    assert record.headline == "Ask Maya Oyelaran what is in the way"
    assert record.summary == "Thank-you to Dana Whitcomb: 5 days late."


def test_headline_helps_to_begin(student, advisor):
    record = record_of(row_of(student), reader=advisor)

    assert record.headline == "Help Maya Oyelaran begin"
