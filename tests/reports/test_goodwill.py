"""How alumni stand today equals a count by hand, and nothing is said of one to four of them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from alumni.availability import office_day
from alumni.models import Consent, Request
from benchmarks.database import fetch
from reports import actions
from reports.periods import year_of
from tests.factories import AlumFactory, RequestFactory

NOW = timezone.now()
TODAY = office_day(NOW)
# Three times no in a row wears an alum out; the rest is what the directory itself says.
BY_HAND = {
    "agreed": "SELECT count(*) FROM alumni_alum WHERE consent = 'YES'",
    "never": """SELECT count(*) FROM alumni_alum WHERE consent = 'YES' AND id NOT IN
        (SELECT alum_id FROM alumni_request)""",
    "worn": """SELECT count(*) FROM (SELECT alum_id FROM alumni_request JOIN alumni_alum
        ON alumni_alum.id = alum_id AND consent = 'YES' WHERE state = 'DECLINED'
        GROUP BY alum_id HAVING count(*) >= 3) x""",
    "paused": """SELECT count(*) FROM alumni_alum
        WHERE consent = 'YES' AND paused_until > current_date""",
}


def fill(*, fresh: int, asked: int, worn: int, paused: int) -> None:
    AlumFactory.create_batch(fresh)
    AlumFactory.create_batch(9, consent=Consent.NO)
    AlumFactory.create_batch(paused, paused_until=TODAY + timedelta(days=90))
    for alum in AlumFactory.create_batch(asked):
        RequestFactory(alum=alum, asked_at=NOW - timedelta(days=99), state=Request.State.ACCEPTED)
    for alum in AlumFactory.create_batch(worn):
        for ago in (200, 150, 99):
            asked_at = NOW - timedelta(days=ago)
            RequestFactory(alum=alum, asked_at=asked_at, state=Request.State.DECLINED)


@pytest.mark.parametrize(
    "numbers",
    [
        {"fresh": 12, "asked": 6, "worn": 5, "paused": 7},
        {"fresh": 5, "asked": 0, "worn": 4, "paused": 4},
        {"fresh": 0, "asked": 0, "worn": 0, "paused": 0},
    ],
    ids=["many", "few", "nobody"],
)
def test_goodwill_is_as_counted_by_hand(staff, numbers):
    fill(**numbers)

    said = actions.alumni_of(year_of(TODAY), staff, at=NOW).goodwill

    counted = {name: fetch(statement)[0][0] for name, statement in BY_HAND.items()}
    assert {name: said.get(name) for name in BY_HAND} == {
        name: number if number >= 5 else None for name, number in counted.items()
    }


def test_goodwill_is_counted_anew_on_another_day(staff):
    fill(fresh=5, asked=0, worn=0, paused=9)
    before = actions.alumni_of(year_of(TODAY), staff, at=NOW).goodwill

    later = actions.alumni_of(year_of(TODAY), staff, at=NOW + timedelta(days=91)).goodwill

    assert (before.get("paused"), later.get("paused")) == (9, None)
