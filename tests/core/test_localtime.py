"""Where moments and local days meet: midnight, both clock changes, the date line."""

from datetime import UTC, date, datetime, time

import pytest

from core.localtime import local_date, moment


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "on"),
    [
        ("America/New_York", date(2026, 3, 2)),
        ("Pacific/Honolulu", date(2026, 3, 2)),
        ("Pacific/Auckland", date(2026, 3, 3)),
        ("Pacific/Kiritimati", date(2026, 3, 3)),
    ],
)
def test_local_date_is_the_day_on_the_wall(zone, on):
    assert local_date(utc(2026, 3, 2, 23, 30), zone) == on


@pytest.mark.parametrize(
    ("at", "on"),
    [
        (utc(2026, 3, 3, 4, 59, 59), date(2026, 3, 2)),
        (utc(2026, 3, 3, 5, 0), date(2026, 3, 3)),
    ],
    ids=["a second before midnight", "midnight"],
)
def test_local_date_changes_at_local_midnight(at, on):
    assert local_date(at, "America/New_York") == on


@pytest.mark.parametrize(
    ("zone", "at"),
    [
        ("America/New_York", utc(2026, 11, 23, 13, 0)),
        ("Pacific/Honolulu", utc(2026, 11, 23, 18, 0)),
        ("Pacific/Auckland", utc(2026, 11, 22, 19, 0)),
    ],
)
def test_moment_is_eight_in_the_morning_where_the_student_is(zone, at):
    assert moment(date(2026, 11, 23), time(8), zone) == at


@pytest.mark.parametrize(
    ("zone", "on", "clock", "at"),
    [
        ("America/New_York", date(2026, 3, 8), time(2, 30), utc(2026, 3, 8, 7, 0)),
        ("Pacific/Auckland", date(2026, 9, 27), time(2, 30), utc(2026, 9, 26, 14, 0)),
        ("Australia/Lord_Howe", date(2026, 10, 4), time(2, 10), utc(2026, 10, 3, 15, 30)),
    ],
    ids=["an hour", "an hour in the south", "half an hour"],
)
def test_moment_in_a_skipped_hour_is_the_first_after_it(zone, on, clock, at):
    assert moment(on, clock, zone) == at


def test_moment_in_a_repeated_hour_is_the_earlier_one():
    at = moment(date(2026, 11, 1), time(1, 30), "America/New_York")

    assert at == utc(2026, 11, 1, 5, 30)


def test_moment_on_a_day_that_a_country_skipped_is_the_first_after_it():
    """Samoa had no December 30, 2011: it moved across the date line."""
    at = moment(date(2011, 12, 30), time(8), "Pacific/Apia")

    assert at == utc(2011, 12, 30, 10, 0)
