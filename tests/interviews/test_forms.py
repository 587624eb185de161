"""A time is read by the student's clock, and a clock has strange nights."""

from datetime import UTC, date, datetime

import pytest

from accounts.models import OfficeSettings
from interviews.forms import AgreeForm
from tests.factories import UserFactory
from tests.interviews.conftest import NOW


def agree_form(*, zone="America/New_York", at=NOW, **data) -> AgreeForm:
    data = {"on": "2026-03-05", "clock": "10:30", "format": "IN_PERSON", "place": "", **data}
    return AgreeForm(data, student=UserFactory.build(time_zone=zone), at=at)


@pytest.mark.parametrize(
    ("zone", "starts_at"),
    [
        ("America/New_York", datetime(2026, 3, 5, 15, 30, tzinfo=UTC)),
        ("Pacific/Honolulu", datetime(2026, 3, 5, 20, 30, tzinfo=UTC)),
        ("Pacific/Auckland", datetime(2026, 3, 4, 21, 30, tzinfo=UTC)),
        ("Pacific/Apia", datetime(2026, 3, 4, 21, 30, tzinfo=UTC)),
        ("Asia/Kathmandu", datetime(2026, 3, 5, 4, 45, tzinfo=UTC)),
    ],
)
def test_time_is_meant_where_the_student_is(zone, starts_at):
    form = agree_form(zone=zone)

    assert form.is_valid()
    assert form.cleaned_data["starts_at"] == starts_at


@pytest.mark.parametrize(
    ("on", "clock", "hour"),
    [("2026-03-07", "10:30", 15), ("2026-03-08", "10:30", 14), ("2026-11-01", "10:30", 15)],
    ids=["winter", "the day the clocks jump", "the day they fall back"],
)
def test_time_follows_the_clock_changes(on, clock, hour):
    form = agree_form(on=on, clock=clock)

    assert form.is_valid()
    assert form.cleaned_data["starts_at"].hour == hour


@pytest.mark.parametrize(
    ("zone", "on", "at"),
    [
        ("America/New_York", "2026-03-08", NOW),
        ("Pacific/Auckland", "2026-09-27", datetime(2026, 9, 1, tzinfo=UTC)),
    ],
)
def test_time_that_the_clocks_jump_over_gets_a_sentence(zone, on, at):
    form = agree_form(zone=zone, on=on, clock="02:30", at=at)

    assert not form.is_valid()
    assert "jump over that time" in form.errors["clock"][0]
    assert "3 a.m." in form.errors["clock"][0] or "3:00 a.m." in form.errors["clock"][0]


def test_day_that_a_country_skipped_gets_a_sentence():
    at = datetime(2011, 12, 1, tzinfo=UTC)

    form = agree_form(zone="Pacific/Apia", on="2011-12-30", at=at)

    assert "Saturday, December 31" in form.errors["clock"][0]


@pytest.mark.parametrize(
    ("clock", "comes_twice"), [("00:59", False), ("01:00", True), ("01:59", True), ("02:00", False)]
)
def test_time_that_comes_twice_is_the_earlier(clock, comes_twice):
    form = agree_form(on="2026-11-01", clock=clock)

    assert form.is_valid()
    assert form.comes_twice is comes_twice
    assert form.cleaned_data["starts_at"].hour == int(clock[:2]) + (4 if clock < "02" else 5)


@pytest.mark.parametrize(
    ("zone", "today"),
    [
        ("America/New_York", "2026-03-02"),
        ("Pacific/Honolulu", "2026-03-02"),
        ("Pacific/Auckland", "2026-03-03"),
    ],
)
def test_day_may_be_the_students_today_and_not_before(zone, today):
    yesterday = date.fromisoformat(today).replace(day=int(today[-2:]) - 1).isoformat()

    assert agree_form(zone=zone, on=today, clock="23:59").is_valid()
    assert "say that you met" in agree_form(zone=zone, on=yesterday).errors["on"][0]


@pytest.mark.parametrize("on", ["0001-01-01", "0189-03-05", "9999-12-31", "2027-03-05"])
@pytest.mark.parametrize("zone", ["Pacific/Honolulu", "Pacific/Kiritimati"])
def test_year_mistyped_gets_a_sentence(zone, on):
    form = agree_form(zone=zone, on=on, clock="23:59")

    assert list(form.errors) == ["on"]


@pytest.mark.parametrize("on", ["", "tomorrow", "2026-02-29", "\x00", "5" * 5000])
def test_day_that_is_none_gets_a_sentence(on):
    assert list(agree_form(on=on).errors) == ["on"]


def test_leap_day_is_a_day():
    at = datetime(2028, 2, 1, tzinfo=UTC)

    assert agree_form(on="2028-02-29", at=at).is_valid()


@pytest.mark.parametrize(
    ("clock", "is_valid"),
    [("00:00", True), ("23:59", True), ("24:00", False), ("2:30 pm", True), ("9\x00", False)],
)
def test_time_from_midnight_to_midnight(clock, is_valid):
    assert agree_form(clock=clock).is_valid() is is_valid


@pytest.mark.parametrize(("format", "minutes"), [("IN_PERSON", 30), ("VIDEO", 30), ("PHONE", 20)])
def test_minutes_left_empty_are_the_offices(format, minutes):
    """G3"""
    form = agree_form(format=format, minutes="")

    assert form.is_valid()
    assert form.cleaned_data["minutes"] == minutes


def test_minutes_left_empty_follow_the_settings():
    OfficeSettings.objects.update_or_create(pk=1, defaults={"minutes_by_phone": 15})

    form = agree_form(format="PHONE")

    assert form.is_valid()
    assert form.cleaned_data["minutes"] == 15


@pytest.mark.parametrize(
    ("minutes", "is_valid"),
    [("4", False), ("5", True), ("240", True), ("241", False), ("ten", False), ("9" * 5000, False)],
)
def test_minutes_have_bounds(minutes, is_valid):
    assert agree_form(minutes=minutes).is_valid() is is_valid


def test_place_with_a_null_character_gets_a_sentence():
    assert "place" in agree_form(place="Caf\x00é").errors
