"""How often an alum may be asked, at every border of the rules."""

from datetime import date, timedelta

import pytest

from alumni.goodwill import (
    KEPT_DAYS,
    Reason,
    Terms,
    availability,
    free_again_on,
    places_left,
    wear,
)

TODAY = date(2026, 3, 16)


def on(month: int, day: int, year: int = 2026) -> date:
    return date(year, month, day)


def standing(asked_on=(), *, per_month=2, between=0, paused_until=None, today=TODAY, first=True):
    found = availability(
        Terms(per_month, between, paused_until), asked_on, today=today, is_first=first
    )
    return found.on, found.reason


@pytest.mark.parametrize(
    ("asked", "free"),
    [
        (on(3, 2), on(4, 2)),
        (on(12, 15), on(1, 15, 2027)),
        (on(12, 31), on(1, 31, 2027)),
        (on(1, 28), on(2, 28)),
        (on(1, 29), on(3, 1)),
        (on(1, 31), on(3, 1)),
        (on(2, 28), on(3, 28)),
        (on(3, 31), on(5, 1)),
        (on(1, 29, 2028), on(2, 29, 2028)),
        (on(1, 30, 2028), on(3, 1, 2028)),
        (on(2, 29, 2028), on(3, 29, 2028)),
    ],
)
def test_place_is_free_a_month_later_and_never_sooner(asked, free):
    assert free_again_on(asked) == free


def test_place_is_free_after_a_month_on_every_day_of_a_leap_cycle():
    day = on(1, 1, 2027)
    while day < on(1, 1, 2031):
        free = free_again_on(day)
        assert free.day in (day.day, 1)
        assert 28 <= (free - day).days <= 31
        assert free <= free_again_on(day + timedelta(days=1))
        day += timedelta(days=1)


def test_whom_nobody_asked_is_open_today():
    assert standing() == (TODAY, Reason.NONE)


def test_cap_counts_the_days_of_the_last_month():
    asked = [on(2, 16), on(2, 17), on(3, 1)]

    assert places_left(Terms(3, 0), asked, on=on(3, 15)) == 0
    assert places_left(Terms(3, 0), asked, on=on(3, 16)) == 1
    assert places_left(Terms(3, 0), asked, on=on(3, 17)) == 2


@pytest.mark.parametrize(
    ("today", "free_on", "reason"),
    [
        (on(4, 1), on(4, 2), Reason.AT_CAP),
        (on(4, 2), on(4, 2), Reason.NONE),
    ],
)
def test_cap_is_over_on_the_day_and_not_before(today, free_on, reason):
    assert standing([on(3, 2), on(3, 9)], today=today) == (free_on, reason)


def test_cap_that_was_lowered_waits_until_enough_places_are_free():
    asked = [on(3, 2), on(3, 5), on(3, 9)]

    assert standing(asked, per_month=1) == (on(4, 9), Reason.AT_CAP)
    assert standing(asked, per_month=2) == (on(4, 5), Reason.AT_CAP)
    assert standing(asked, per_month=3) == (on(4, 2), Reason.AT_CAP)
    assert standing(asked, per_month=4) == (TODAY, Reason.NONE)


def test_cap_of_none_is_open_on_no_day():
    assert standing(per_month=0) == (None, Reason.NEVER)


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (on(3, 8), (on(3, 9), Reason.RESTING)),
        (on(3, 9), (on(3, 9), Reason.NONE)),
    ],
)
def test_days_between_two_requests_end_on_the_day(today, expected):
    assert standing([on(3, 2)], between=7, today=today) == expected


def test_days_between_count_from_the_last_request():
    assert standing([on(3, 10), on(2, 1)], between=7) == (on(3, 17), Reason.RESTING)


@pytest.mark.parametrize(
    ("asked", "between", "again"),
    [
        (on(2, 27, 2028), 2, on(2, 29, 2028)),
        (on(2, 28, 2028), 2, on(3, 1, 2028)),
        (on(2, 27, 2027), 2, on(3, 1, 2027)),
    ],
)
def test_days_between_know_leap_years(asked, between, again):
    assert standing([asked], between=between, today=asked) == (again, Reason.RESTING)


def test_nobody_between_two_requests_of_one_day_where_no_days_are_asked_for():
    assert standing([TODAY], between=0) == (TODAY, Reason.NONE)


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (on(3, 31), (on(4, 1), Reason.PAUSED)),
        (on(4, 1), (on(4, 1), Reason.NONE)),
        (on(4, 2), (on(4, 2), Reason.NONE)),
    ],
)
def test_break_ends_on_its_day(today, expected):
    assert standing(paused_until=on(4, 1), today=today) == expected


def test_break_until_the_end_of_time_is_a_day_like_any_other():
    last = date.max

    assert standing([TODAY], paused_until=last, first=False) == (last, Reason.PAUSED)


@pytest.mark.parametrize(
    ("paused_until", "between", "expected"),
    [
        (on(4, 20), 10, (on(4, 20), Reason.PAUSED)),
        (on(4, 1), 10, (on(4, 2), Reason.AT_CAP)),
        (on(4, 1), 60, (on(5, 8), Reason.RESTING)),
        (None, 60, (on(5, 8), Reason.RESTING)),
    ],
)
def test_strictest_rule_wins(paused_until, between, expected):
    asked = [on(3, 2), on(3, 9)]

    assert standing(asked, between=between, paused_until=paused_until) == expected


def test_last_place_is_kept_for_a_week_for_who_never_asked():
    """Two a month: the first request makes the other place the last one."""
    asked = [on(3, 16)]

    assert standing(asked, first=True) == (on(3, 16), Reason.NONE)
    assert standing(asked, first=False) == (on(3, 23), Reason.KEPT)
    assert standing(asked, first=False, today=on(3, 22)) == (on(3, 23), Reason.KEPT)
    assert standing(asked, first=False, today=on(3, 23)) == (on(3, 23), Reason.NONE)


def test_week_of_the_last_place_begins_when_it_may_be_taken():
    asked = [on(3, 16)]

    assert standing(asked, between=7, first=False) == (on(3, 30), Reason.KEPT)
    assert standing(asked, between=7, first=True) == (on(3, 23), Reason.RESTING)


def test_only_place_of_a_month_is_kept_when_it_is_free_again():
    asked = [on(3, 2)]

    assert standing(asked, per_month=1, first=True) == (on(4, 2), Reason.AT_CAP)
    assert standing(asked, per_month=1, first=False) == (on(4, 9), Reason.KEPT)
    assert standing(asked, per_month=1, first=False, today=on(4, 9)) == (on(4, 9), Reason.NONE)


def test_only_place_of_whom_nobody_asked_is_kept_for_nobody():
    assert standing(per_month=1, first=False) == (TODAY, Reason.NONE)


def test_place_is_no_longer_kept_when_another_is_free():
    """The last place of March 10; on the 12th the place of February 12 is free, too."""
    asked = [on(2, 12), on(3, 10)]

    assert standing(asked, per_month=3, today=on(3, 10), first=False) == (on(3, 12), Reason.KEPT)


def test_no_place_is_kept_for_ever():
    """Whatever the days of asking: a week after an alum is open to one, they are open to all."""
    for per_month in (1, 2, 3):
        for between in (0, 3, 7, 20):
            for gap in range(0, 40, 3):
                asked = [TODAY - timedelta(days=gap), TODAY - timedelta(days=gap + 5)]
                newcomer, _ = standing(asked, per_month=per_month, between=between)
                other, _ = standing(asked, per_month=per_month, between=between, first=False)
                assert newcomer <= other <= newcomer + timedelta(days=KEPT_DAYS)


def test_available_day_is_open_when_it_comes():
    """What a page promises today, the deed keeps on that day; the day before it is closed."""
    for first in (True, False):
        for per_month in (1, 2, 3):
            for gap in range(45):
                asked = [TODAY - timedelta(days=gap), TODAY - timedelta(days=gap // 2)]
                terms = {"per_month": per_month, "between": 4, "first": first}
                free_on, _ = standing(asked, **terms)
                assert standing(asked, **terms, today=free_on) == (free_on, Reason.NONE)
                if free_on > TODAY:
                    before = standing(asked, **terms, today=free_on - timedelta(days=1))
                    assert before[0] == free_on


def days_of(*numbers):
    return [(TODAY - timedelta(days=number), None) for number in numbers]


def test_worn_out_is_who_was_asked_to_the_limit_three_months_running():
    full = days_of(1, 9, 35, 40, 62, 70)

    assert wear(Terms(2, 0), full, today=TODAY).months_at_cap == 3
    assert wear(Terms(2, 0), full, today=TODAY).is_worn_out
    assert not wear(Terms(2, 0), full[:-1], today=TODAY).is_worn_out
    assert not wear(Terms(3, 0), full, today=TODAY).is_worn_out


def test_months_of_wear_end_where_a_day_is_free_again():
    """February 16 is free again on March 16, so it belongs to the month before."""
    month = [(on(2, 17), None)]

    assert wear(Terms(1, 0), month, today=TODAY).months_at_cap == 1
    assert wear(Terms(1, 0), [(on(2, 16), None)], today=TODAY).months_at_cap == 0


@pytest.mark.parametrize(
    ("answers", "refusals"),
    [
        ([True, True, True], 3),
        ([True, True, False], 2),
        ([False, True, True], 0),
        ([None, True, None, True, True], 3),
        ([], 0),
    ],
)
def test_refusals_in_a_row_are_counted_from_the_newest(answers, refusals):
    told = [(TODAY - timedelta(days=40 * n), was) for n, was in enumerate(answers)]

    assert wear(Terms(5, 0), told, today=TODAY).refusals == refusals


def test_cap_of_none_wears_nobody_out():
    assert not wear(Terms(0, 0), days_of(1, 2, 3), today=TODAY).is_worn_out
