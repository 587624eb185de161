from datetime import UTC, date, datetime, timedelta

import pytest

from core.obligations import obligations_changed
from interviews import actions
from interviews.models import Interview
from tests.factories import ContactFactory

# A Monday, nine in the morning in New York.
NOW = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)


def days(number: int) -> timedelta:
    return timedelta(days=number)


@pytest.fixture
def contact(student):
    return ContactFactory(student=student, name="Dana Whitcomb")


@pytest.fixture
def idea(contact):
    return actions.begin(contact, at=NOW)


IN_THREE_DAYS = NOW + days(3)
# What a talk in person needs before it counts as confirmed (G26).
ARRANGED = {"place": "Café", "attire": "As one likes", "parking": "Behind the house"}


def agreed(interview, *, starts_at=IN_THREE_DAYS, at=NOW, **fields) -> Interview:
    fields = {"minutes": 30, "format": Interview.Format.IN_PERSON, "place": "Café", **fields}
    actions.agree(interview, starts_at=starts_at, at=at, **fields)
    return interview


@pytest.fixture
def accepted(idea):
    return agreed(idea)


@pytest.fixture
def held(idea):
    actions.hold(idea, held_on=TODAY, at=NOW)
    return idea


@pytest.fixture
def announced():
    """The owners of obligations that were announced as changed, in order."""
    owners = []

    def hear(owner, **kwargs):
        owners.append(owner)

    obligations_changed.connect(hear)
    yield owners
    obligations_changed.disconnect(hear)
