"""A talk in one's calendar, read back by the library (G30, G31)."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse
from icalendar import Calendar

from accounts.models import OfficeSettings
from core.localtime import moment
from interviews import actions
from interviews.calendar_file import calendar_file
from interviews.models import Interview, State
from tests.factories import ContactFactory, InterviewFactory, PreparedQuestionFactory

NEW_YORK = "America/New_York"


@pytest.fixture
def talk(student):
    contact = ContactFactory(student=student, name="Dana Whitcomb", time_zone="America/Los_Angeles")
    return InterviewFactory(
        contact=contact, state=State.CONFIRMED, place="Café; “Noir”, 2nd floor", minutes=30,
        attire="Like a newsroom", parking="Behind the library", travel_minutes=25,
        starts_at=moment(date(2026, 3, 5), time(10, 30), NEW_YORK),
    )  # fmt: skip


def read(talk):
    file = Calendar.from_ical(calendar_file(talk, office=OfficeSettings.current()))
    (entry,) = file.walk("VEVENT")
    return entry


def alarms(talk) -> list[datetime]:
    """The moments at which they ring."""
    entry = read(talk)
    triggers = [alarm["TRIGGER"].dt for alarm in entry.walk("VALARM")]
    return [entry["DTSTART"].dt + trigger for trigger in triggers]


def test_the_entry_has_time_place_and_what_was_agreed(talk):
    entry = read(talk)

    assert entry["SUMMARY"] == "Talk with Dana Whitcomb"
    assert entry["DTSTART"].dt == datetime(2026, 3, 5, 15, 30, tzinfo=UTC)
    assert entry["DTEND"].dt == datetime(2026, 3, 5, 16, 0, tzinfo=UTC)
    assert entry["LOCATION"] == "Café; “Noir”, 2nd floor"
    assert entry["DESCRIPTION"].splitlines() == [
        "In person, 30 minutes.",
        "For Dana Whitcomb: 7:30 to 8:00 a.m. (Los Angeles time).",
        "Where: Café; “Noir”, 2nd floor",
        "Wear: Like a newsroom",
        "Parking, the way: Behind the library",
        "Leave by 9:50 a.m.",
    ]
    assert entry["STATUS"] == "CONFIRMED"


def test_what_the_student_means_to_ask_stays_out_of_it(talk):
    PreparedQuestionFactory(interview=talk, text="Private question?")
    talk.notes = "Private notes."

    words = calendar_file(talk, office=OfficeSettings.current()).decode()

    assert "Private" not in words


def test_in_person_it_rings_the_evening_before_and_when_to_leave(talk):
    """G30"""
    assert alarms(talk) == [
        moment(date(2026, 3, 4), time(18), NEW_YORK),
        talk.starts_at - timedelta(minutes=40),
    ]


def test_an_unknown_way_rings_an_hour_ahead(talk):
    talk.travel_minutes = None

    assert alarms(talk)[1] == talk.starts_at - timedelta(hours=1)


@pytest.mark.parametrize("format", [Interview.Format.PHONE, Interview.Format.VIDEO])
def test_by_phone_or_video_it_rings_shortly_before_and_says_who_dials(talk, format):
    """G31: the minutes are the office's."""
    OfficeSettings.current()
    OfficeSettings.objects.update(phone_alarm_minutes=12)
    talk.format, talk.who_dials, talk.number_or_link = format, "ME", "+1 413 555 0133"

    assert alarms(talk)[1] == talk.starts_at - timedelta(minutes=12)
    entry = read(talk)
    assert "I call them." in entry["DESCRIPTION"]
    assert entry["LOCATION"] == "+1 413 555 0133"


@pytest.mark.parametrize(
    ("on", "clock", "utc"),
    [
        # The night before, the clocks went forward: the evening is an hour nearer.
        (date(2026, 3, 8), time(9), datetime(2026, 3, 8, 13, tzinfo=UTC)),
        # They went back: the evening is an hour farther away.
        (date(2026, 11, 1), time(9), datetime(2026, 11, 1, 14, tzinfo=UTC)),
        # The hour that comes twice: the earlier one is meant.
        (date(2026, 11, 1), time(1, 30), datetime(2026, 11, 1, 5, 30, tzinfo=UTC)),
        # The hour that is skipped: the first moment after it.
        (date(2026, 3, 8), time(2, 30), datetime(2026, 3, 8, 7, tzinfo=UTC)),
    ],
)
def test_clock_changes_move_neither_the_talk_nor_the_evening_before(talk, on, clock, utc):
    talk.starts_at = moment(on, clock, NEW_YORK)

    assert read(talk)["DTSTART"].dt == utc
    evening = alarms(talk)[0].astimezone(ZoneInfo(NEW_YORK))
    assert (evening.date(), evening.time()) == (on - timedelta(days=1), time(18))


def test_a_later_file_replaces_the_entry_instead_of_adding_one(talk):
    before = read(talk)
    with time_machine.travel(talk.updated_at + timedelta(minutes=1)):
        actions.agree(
            talk, starts_at=talk.starts_at + timedelta(days=1), minutes=30, format="IN_PERSON",
            place=talk.place, at=talk.starts_at - timedelta(days=9),
        )  # fmt: skip
    after = read(talk)

    assert after["UID"] == before["UID"] == f"talk-{talk.pk}@localhost"
    assert after["SEQUENCE"] == before["SEQUENCE"] + 1
    assert after["LAST-MODIFIED"].dt > before["LAST-MODIFIED"].dt
    assert after["LAST-MODIFIED"].dt == after["DTSTAMP"].dt


@pytest.mark.parametrize(
    ("state", "status", "rings"),
    [
        (State.ACCEPTED, "TENTATIVE", 2),
        (State.CONFIRMED, "CONFIRMED", 2),
        (State.HELD, "CONFIRMED", 2),
        (State.CANCELLED, "CANCELLED", 0),
    ],
)
def test_the_calendar_knows_how_sure_it_is(talk, state, status, rings):
    talk.state = state

    entry = read(talk)
    assert (entry["STATUS"], len(entry.walk("VALARM"))) == (status, rings)


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("student", 200), ("advisor", 403), ("other_student", 404), ("other_advisor", 404),
        ("staff", 404),
    ],
)  # fmt: skip
def test_the_file_is_the_owners_alone(client, request, talk, who, status):
    client.force_login(request.getfixturevalue(who))

    response = client.get(reverse("interviews:calendar", args=[talk.pk]))

    assert response.status_code == status
    if status == 200:
        assert response["Content-Type"] == "text/calendar; charset=utf-8"
        assert response["Content-Disposition"] == 'attachment; filename="talk.ics"'
        assert response["Cache-Control"] == "private, no-store"


def test_a_talk_without_a_time_has_no_file(client, student):
    client.force_login(student)
    idea = InterviewFactory(contact__student=student)

    assert client.get(reverse("interviews:calendar", args=[idea.pk])).status_code == 404
