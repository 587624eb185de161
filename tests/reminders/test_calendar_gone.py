"""What a student deletes is cancelled in calendars, and nothing of it is kept."""

from datetime import UTC, date, time, timedelta

import pytest
from django.urls import reverse
from icalendar import Calendar

from contacts import actions as contacts
from interviews import actions as interviews
from letters import actions as letters
from letters.models import Letter
from reminders.feed import actions
from reminders.feed.calendar import calendar_of
from reminders.models import GoneEntry
from tests.factories import CalendarFeedFactory, ContactFactory, LetterFactory
from tests.reminders.conftest import march

NOON = march(2, time(12))


@pytest.fixture(autouse=True)
def feed(student):
    return CalendarFeedFactory(student=student)


@pytest.fixture
def dana(student):
    return ContactFactory(student=student, name="Dana Whitcomb")


def agreed(contact, *, starts_at):
    talk = interviews.begin(contact, at=NOON)
    where = {"minutes": 30, "format": "IN_PERSON", "place": "The bakery on Foundry Street"}
    interviews.agree(talk, starts_at=starts_at, at=NOON, **where)
    return talk


def promised(contact, **fields):
    facts = {"channel": "EMAIL", "direction": "OUT", "promised_call_on": date(2026, 3, 9)}
    return contacts.log_interaction(
        contact, at=NOON, happened_on=date(2026, 3, 2), **facts | fields
    )


def entries(student, *, at=NOON) -> dict:
    return {entry["UID"]: entry for entry in Calendar.from_ical(calendar_of(student, at=at)).events}


def facts(entry) -> tuple:
    return (entry["STATUS"], entry["SEQUENCE"], entry["DTSTART"].dt, entry["DTEND"].dt)


def test_what_goes_with_a_contact_is_cancelled_where_it_stood(student, dana):
    """A talk, a promise of a day, one of an hour, a thank-you and a second letter."""
    agreed(dana, starts_at=march(10, time(10, 30)))
    promised(dana)
    promised(dana, call_back_at=march(12, time(15)))
    interviews.hold(interviews.begin(dana, at=NOON), held_on=date(2026, 3, 2), at=NOON)
    agreed(dana, starts_at=march(20))
    before = entries(student)
    assert len(before) == 6

    contacts.delete_contact(dana, at=NOON)

    after = entries(student)
    assert {uid: facts(entry) for uid, entry in after.items()} == {
        uid: ("CANCELLED", entry["SEQUENCE"] + 1, entry["DTSTART"].dt, entry["DTEND"].dt)
        for uid, entry in before.items()
    }
    assert all(entry["DTSTAMP"].dt == NOON.astimezone(UTC) for entry in after.values())
    assert all(entry.walk("VALARM") == [] for entry in after.values())


def test_nothing_is_kept_of_whom_or_what_it_was(student, dana):
    agreed(dana, starts_at=march(10))
    promised(dana, said="Dear Dana")

    contacts.delete_contact(dana, at=NOON)

    words = calendar_of(student, at=NOON).decode()
    kept = " ".join(str(value) for row in GoneEntry.objects.values_list() for value in row)
    for word in ("Dana", "Whitcomb", "bakery", "Foundry", "LOCATION", "DESCRIPTION", "URL:"):
        assert word not in words
        assert word not in kept
    assert words.count("CLASS:PRIVATE") == 2


def test_others_stay_as_they_are(student, dana):
    agreed(ContactFactory(student=student, name="Wen Li"), starts_at=march(11))
    agreed(dana, starts_at=march(10))
    kept = promised(dana)
    (talk, *_) = entries(student).values()
    assert "Dana" in talk["SUMMARY"]

    contacts.delete_interaction(promised(dana), at=NOON)

    stays = {uid: entry["STATUS"] for uid, entry in entries(student).items()}
    assert sorted(stays.values()) == ["CANCELLED", "CONFIRMED", "TENTATIVE", "TENTATIVE"]
    assert stays[f"promised-call-{kept.pk}@localhost"] == "CONFIRMED"


def test_letter_taken_back_takes_its_promise_out_of_calendars(student, dana):
    copy, state, by = promised(dana), Letter.State.SENT, Letter.SentBy.OWN
    letter = LetterFactory(
        contact=dana, state=state, sent_by=by, sent_on=copy.happened_on, interaction=copy
    )
    uid = f"promised-call-{copy.pk}@localhost"

    letters.take_back(letter, at=NOON)

    assert facts(entries(student)[uid])[:2] == ("CANCELLED", 1)


def test_both_doors_of_a_student_lead_there(student, dana, client, visit):
    client.force_login(student)
    call, talk = promised(dana), agreed(dana, starts_at=march(10))

    visit(reverse("contacts:delete_interaction", args=[call.pk]), {})
    visit(reverse("contacts:delete", args=[dana.pk]), {})

    uids = set(GoneEntry.objects.values_list("uid", flat=True))
    assert uids == {f"promised-call-{call.pk}@localhost", f"talk-{talk.pk}@localhost"}


def test_talk_in_the_past_and_one_called_off_lose_their_words_too(student, dana):
    interviews.move(agreed(dana, starts_at=march(10)), to="CANCELLED", at=NOON)
    agreed(dana, starts_at=march(20))

    contacts.delete_contact(dana, at=march(40))

    called_off, behind = entries(student, at=march(40)).values()
    assert facts(called_off)[:3] == ("CANCELLED", 3, march(10))
    assert facts(behind)[:3] == ("CANCELLED", 2, march(20))


def test_it_is_said_for_a_month_and_then_forgotten(student, dana):
    agreed(dana, starts_at=march(10))
    contacts.delete_contact(dana, at=NOON)
    last = NOON + timedelta(days=30)

    assert len(entries(student, at=last - timedelta(seconds=1))) == 1
    assert entries(student, at=last) == {}
    assert actions.forget_gone(at=last - timedelta(seconds=1)) == 0
    assert actions.forget_gone(at=last) == 1
    assert not GoneEntry.objects.exists()


def test_where_nobody_reads_nothing_is_written(student, dana, feed):
    feed.delete()
    agreed(dana, starts_at=march(10))

    contacts.delete_contact(dana, at=NOON)

    assert not GoneEntry.objects.exists()


def test_it_goes_with_the_account(student, dana):
    agreed(dana, starts_at=march(10))
    contacts.delete_contact(dana, at=NOON)

    student.delete()

    assert not GoneEntry.objects.exists()


def test_nobody_elses_calendar_hears_of_it(student, dana, other_student):
    CalendarFeedFactory(student=other_student)
    agreed(dana, starts_at=march(10))

    contacts.delete_contact(dana, at=NOON)

    assert entries(other_student) == {}


def test_deletion_that_fails_cancels_nothing(student, dana, monkeypatch):
    agreed(dana, starts_at=march(10))
    monkeypatch.setattr(type(dana), "delete", lambda self: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        contacts.delete_contact(dana, at=NOON)

    assert not GoneEntry.objects.exists()


def test_two_that_are_merged_keep_their_entries(student, dana):
    """Nothing is deleted: the talk has another contact."""
    agreed(dana, starts_at=march(10))
    kept = ContactFactory(student=student, name="Dana R. Whitcomb")

    contacts.merge(kept, dana, choices={}, at=NOON)

    (entry,) = entries(student).values()
    assert entry["STATUS"] == "TENTATIVE"
