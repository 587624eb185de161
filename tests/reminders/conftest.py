from datetime import UTC, date, datetime, time

import pytest
import time_machine

from core.localtime import moment
from interviews import actions as interviews
from interviews.models import Interview
from reminders import claims
from tests.factories import ContactFactory, UserFactory

# The talk took place on Monday, 2 March 2026, and was logged that evening in New York.
MET_ON = date(2026, 3, 2)
# Who are mailed one after the other.
PEOPLE = 8
THAT_EVENING = datetime(2026, 3, 2, 23, 0, tzinfo=UTC)


def march(day: int, clock: time = time(8), zone: str = "America/New_York") -> datetime:
    """A moment of March 2026; days beyond 31 run on into the months that follow."""
    return moment(date.fromordinal(date(2026, 3, 1).toordinal() + day - 1), clock, zone)


def talk_with(student, name: str = "Dana Whitcomb", *, on: date = MET_ON, at=None) -> Interview:
    interview = interviews.begin(
        ContactFactory(student=student, name=name), at=at or moment(on, time(18), student.time_zone)
    )
    interviews.hold(interview, held_on=on, at=at or moment(on, time(18), student.time_zone))
    return interview


def take_one(**about) -> claims.Claim | None:
    """What a worker holds that has only just begun."""
    found = claims.take(**about)
    assert len(found) <= 1
    return found[0] if found else None


@pytest.fixture
def talk(student) -> Interview:
    return talk_with(student)


@pytest.fixture
def people():
    found = [UserFactory(email=f"person{number}@example.edu") for number in range(PEOPLE)]
    for person in found:
        talk_with(person)
    return found


@pytest.fixture
def visit(client):
    """A page of a mail as somebody opens it on a day in March."""

    def visit(url, data=None, *, day=3):
        with time_machine.travel(march(day).replace(hour=15), tick=False):
            return client.get(url) if data is None else client.post(url, data)

    return visit
