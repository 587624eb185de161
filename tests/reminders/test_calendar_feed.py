"""A student's calendar at an address of its own: who opens it, what is in it, and what never is."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from accounts import actions as accounts
from accounts.models import OfficeSettings
from contacts import actions as contacts
from core.localtime import moment
from core.masking import masked
from interviews import actions as interviews
from reminders.feed import actions
from reminders.feed.calendar import calendar_of
from reminders.feed.entries import first_name
from reminders.feed.models import CalendarFeed
from tests.factories import CalendarFeedFactory, ContactFactory, PreparedQuestionFactory
from tests.reminders.conftest import march, talk_with

NOON = march(2, time(12))


@pytest.fixture
def feed(student):
    return CalendarFeedFactory(student=student)


def agreed(student, *, starts_at, name="Dana Whitcomb", at=NOON, **fields):
    talk = interviews.begin(ContactFactory(student=student, name=name), at=at)
    facts = {"minutes": 30, "format": "IN_PERSON", "place": "The bakery"}
    interviews.agree(talk, starts_at=starts_at, at=at, **facts | fields)
    return talk


def promised(student, *, on=date(2026, 3, 9), **fields):
    contact = ContactFactory(student=student, name="Dana Whitcomb")
    facts = {"channel": "EMAIL", "direction": "OUT", "promised_call_on": on, **fields}
    return contacts.log_interaction(contact, at=NOON, happened_on=date(2026, 3, 2), **facts)


def entries(student, *, at=NOON) -> list:
    return Calendar.from_ical(calendar_of(student, at=at)).events


def read(feed, **headers):
    return Client().get(f"/calendar/{feed.token}.ics", headers=headers)


# Who opens it


def test_the_address_opens_without_a_log_in(feed, student):
    agreed(student, starts_at=march(10))

    with time_machine.travel(NOON):
        answer = read(feed)

    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Cache-Control"] == "private, no-cache"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert not answer.cookies
    assert b"SUMMARY:Talk with Dana\r\n" in answer.content


def test_each_address_opens_one_calendar(feed, student, other_student):
    agreed(student, starts_at=march(10))
    theirs = CalendarFeedFactory(student=other_student)

    with time_machine.travel(NOON):
        answer = read(theirs)

    assert answer.status_code == 200
    assert b"Dana" not in answer.content


def forged(feed):
    key, signature = feed.token.split(".")
    return [
        "nothing", f"{key}.", key, f"{key}.{signature[:-1]}", f"{key}.{signature[::-1]}",
        f"{CalendarFeedFactory().key.hex}.{signature}",
    ]  # fmt: skip


def test_a_guess_opens_nothing(feed):
    answers = [Client().get(f"/calendar/{token}.ics") for token in forged(feed)]

    assert {answer.status_code for answer in answers} == {404}
    assert {answer["Cache-Control"] for answer in answers} == {"private, no-cache"}


def test_table_holds_no_address(feed):
    kept = " ".join(map(str, CalendarFeed.objects.values_list().get()))

    assert feed.token not in kept
    assert feed.token.split(".")[1] not in kept


def test_a_new_address_ends_the_old_one(feed, student, client):
    client.force_login(student)
    old = feed.token

    client.post(reverse("reminders:calendar_make"))

    feed.refresh_from_db()
    assert Client().get(f"/calendar/{old}.ics").status_code == 404
    assert read(feed).status_code == 200
    assert CalendarFeed.objects.count() == 1


def test_taken_back_it_opens_nothing(feed, student, client):
    client.force_login(student)

    answers = [client.post(reverse("reminders:calendar_stop")) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert read(feed).status_code == 404


def test_who_left_has_no_calendar(feed, student):
    student.is_active = False
    student.save()

    assert read(feed).status_code == 404


def test_reading_changes_nothing(feed):
    before = CalendarFeed.objects.values().get()

    read(feed)

    assert CalendarFeed.objects.values().get() == before
    assert Client().post(f"/calendar/{feed.token}.ics").status_code == 405


def test_no_log_holds_the_address(feed):
    line = masked(f"GET /calendar/{feed.token}.ics 200")

    assert line == "GET /calendar/… 200"
    assert masked("GET /today/calendar/new/") == "GET /today/calendar/new/"
    assert masked("GET /interviews/7/calendar.ics") == "GET /interviews/7/calendar.ics"


# Read again and again


def test_unchanged_it_is_not_sent_again(feed, student):
    talk = agreed(student, starts_at=march(10))
    with time_machine.travel(NOON):
        tag = read(feed)["ETag"]
        again = read(feed, if_none_match=tag)
    with time_machine.travel(NOON + timedelta(hours=20)):
        tomorrow = read(feed, if_none_match=tag)
        interviews.agree(
            talk, starts_at=march(11), minutes=30, format="IN_PERSON", place="", at=NOON
        )
        moved = read(feed, if_none_match=tag)

    assert [again.status_code, tomorrow.status_code, moved.status_code] == [304, 304, 200]
    assert (again.content, again["ETag"], again["Cache-Control"]) == (b"", tag, "private, no-cache")


def test_it_says_how_often_it_wants_to_be_read(student):
    lines = calendar_of(student, at=NOON).decode().split("\r\n")

    for line in (
        "METHOD:PUBLISH", "REFRESH-INTERVAL;VALUE=DURATION:PT1H", "X-PUBLISHED-TTL:PT1H",
        "NAME:CareerHub", "X-WR-CALNAME:CareerHub",
    ):  # fmt: skip
        assert line in lines


def test_with_nothing_in_it_it_is_a_calendar_all_the_same(student):
    calendar = Calendar.from_ical(calendar_of(student, at=NOON))

    assert [part.name for part in calendar.subcomponents] == ["VTIMEZONE"]


@pytest.mark.parametrize("count", [1, 40])
def test_as_many_queries_for_much_as_for_little(feed, student, count, django_assert_num_queries):
    OfficeSettings.current()
    for n in range(count):
        agreed(student, starts_at=march(10) + timedelta(hours=n), name=f"Ann {n}")
        talk_with(student, name=f"Bea {n}")
        promised(student)

    with time_machine.travel(NOON), django_assert_num_queries(7):
        answer = read(feed)

    assert answer.content.count(b"BEGIN:VEVENT") == 4 * count


# Talks


def test_a_talk_rings_when_to_leave_and_a_call_ten_minutes_ahead(student):
    """G30, G31"""
    talk = agreed(student, starts_at=march(10, time(10, 30)))
    interviews.count_the_way(talk, minutes=25, at=NOON)
    agreed(student, starts_at=march(11), format="PHONE")

    at_the_bakery, by_phone = entries(student)

    assert [alarm["TRIGGER"].dt for alarm in at_the_bakery.walk("VALARM")][1] == -timedelta(
        minutes=40
    )
    assert [alarm["TRIGGER"].dt for alarm in by_phone.walk("VALARM")][1] == -timedelta(minutes=10)


def test_what_lies_behind_rings_no_more(student):
    agreed(student, starts_at=march(10))

    (entry,) = entries(student, at=march(10) + timedelta(seconds=1))

    assert entry.walk("VALARM") == []


@pytest.mark.parametrize(("days", "is_there"), [(182, True), (184, False)])
def test_half_a_year_back(student, days, is_there):
    talk = agreed(student, starts_at=march(10))

    assert bool(entries(student, at=talk.starts_at + timedelta(days=days))) is is_there


def test_years_ahead_are_there(student):
    agreed(student, starts_at=march(10) + timedelta(days=900))

    assert len(entries(student)) == 1


def test_called_off_it_is_cancelled_and_not_just_gone(student):
    talk = agreed(student, starts_at=march(10))
    (before,) = entries(student)

    interviews.move(talk, to="CANCELLED", at=NOON)

    (after,) = entries(student)
    assert (after["UID"], after["STATUS"]) == (before["UID"], "CANCELLED")
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after.walk("VALARM") == []


def test_it_says_neither_whole_names_nor_anything_one_wrote(student):
    talk = agreed(student, starts_at=march(10), name="Whitcomb, Dana")
    PreparedQuestionFactory(interview=talk, text="Secret question?")
    promised(student, said="Secret words.")
    met = talk_with(student)
    for each in (talk, met):
        each.notes = "Secret notes."
        each.save()

    words = calendar_of(student, at=NOON).decode()

    assert "Secret" not in words
    assert "Whitcomb" not in words
    assert words.count("CLASS:PRIVATE") == 4


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("Dana Whitcomb", "Dana"), ("Whitcomb, Dana", "Dana"), ("Prof. Dana R. Whitcomb", "Dana"),
        ("Dana", "Dana"), ("Dr. Whitcomb", "Dr. Whitcomb"),
    ],
)  # fmt: skip
def test_people_are_called_by_their_first_name(name, called):
    assert first_name(ContactFactory.build(name=name)) == called


# What is owed


def test_a_thank_you_is_a_day_that_leaves_one_free(student):
    talk = talk_with(student)

    thanks, follow_up = entries(student)

    assert thanks["SUMMARY"] == "A thank-you to Dana"
    assert (thanks["DTSTART"].dt, thanks["DTEND"].dt) == (
        talk.thank_you_due_on,
        talk.thank_you_due_on + timedelta(days=1),
    )
    assert thanks["TRANSP"] == "TRANSPARENT"
    assert thanks["UID"] == f"thank-you-{talk.pk}@localhost"
    assert thanks["URL"].endswith(reverse("interviews:thank", args=[talk.pk]))
    assert (follow_up["SUMMARY"], follow_up["DTSTART"].dt) == (
        "A second letter to Dana", talk.follow_up_due_on,
    )  # fmt: skip


def test_done_it_is_cancelled_for_a_month_and_then_gone(student):
    """Some programs keep what only disappears."""
    talk = talk_with(student)
    before, other = entries(student)

    interviews.record_thank_you(talk, mailed_on=date(2026, 3, 4), at=march(4))

    still, after = entries(student, at=march(4))
    assert (after["UID"], after["STATUS"]) == (before["UID"], "CANCELLED")
    assert (after["SUMMARY"], after["DTSTART"]) == (before["SUMMARY"], before["DTSTART"])
    assert after["SEQUENCE"] == before["SEQUENCE"] + 1
    assert (still["UID"], still["STATUS"]) == (other["UID"], "CONFIRMED")
    assert still["SEQUENCE"] == other["SEQUENCE"]
    assert len(entries(student, at=march(33))) == 2
    assert len(entries(student, at=march(35))) == 1


def test_what_is_over_is_over_once_however_often_it_is_saved(student):
    talk = talk_with(student)
    interviews.record_thank_you(talk, mailed_on=date(2026, 3, 4), at=march(4))
    (_, once) = entries(student, at=march(4))

    interviews.record_thank_you(talk, mailed_on=date(2026, 3, 3), at=march(20))

    (_, again) = entries(student, at=march(20))
    assert again["SEQUENCE"] == once["SEQUENCE"]
    assert len(entries(student, at=march(35))) == 1


def test_owed_again_the_same_entry_is_back(student):
    call = promised(student)
    (first,) = entries(student)
    contacts.record_call(call, on=date(2026, 3, 2), at=NOON)
    (done,) = entries(student)

    call.called_on = None
    contacts.save_interaction(call, at=NOON)

    (back,) = entries(student)
    assert [entry["STATUS"] for entry in (first, done, back)] == [
        "CONFIRMED", "CANCELLED", "CONFIRMED",
    ]  # fmt: skip
    assert [entry["SEQUENCE"] for entry in (first, done, back)] == [0, 1, 2]
    assert len({entry["UID"] for entry in (first, done, back)}) == 1


def test_a_call_that_they_ask_for_is_no_promise_also_when_it_is_over(student):
    call = promised(student, direction="IN")
    (before,) = entries(student)

    contacts.record_call(call, on=NOON.date(), at=NOON)

    (after,) = entries(student)
    assert before["SUMMARY"] == after["SUMMARY"] == "Your call to Dana"


def test_a_promise_that_is_taken_back_is_cancelled_on_its_day(student):
    call = promised(student, call_back_at=march(9, time(16, 30)))
    call.promised_call_on = None

    contacts.save_interaction(call, at=NOON)

    (over,) = entries(student)
    assert (over["STATUS"], over["DTSTART"].dt) == ("CANCELLED", march(9, time(16, 30)))
    assert over.walk("VALARM") == []


def test_what_is_saved_without_a_new_day_is_no_news_for_calendars(student):
    call = promised(student)
    call.said = "They sounded glad."

    contacts.save_interaction(call, at=NOON)

    assert [entry["SEQUENCE"] for entry in entries(student)] == [0]


def test_a_day_that_is_corrected_moves_the_same_entry(student):
    talk = talk_with(student)
    before = entries(student)

    interviews.hold(talk, held_on=date(2026, 3, 1), at=NOON)

    after = entries(student)
    for old, new in zip(before, after, strict=True):
        assert new["UID"] == old["UID"]
        assert new["DTSTART"].dt == old["DTSTART"].dt - timedelta(days=1)
        assert new["SEQUENCE"] > old["SEQUENCE"]


def test_a_promised_call_is_its_day_and_moves_with_it(student):
    call = promised(student)
    (before,) = entries(student)

    call.promised_call_on = date(2026, 3, 11)
    contacts.save_interaction(call, at=NOON)

    (after,) = entries(student)
    assert (before["DTSTART"].dt, after["DTSTART"].dt) == (date(2026, 3, 9), date(2026, 3, 11))
    assert after["UID"] == before["UID"] == f"promised-call-{call.pk}@localhost"
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 1)


def test_a_call_at_an_hour_is_that_hour_and_rings(student):
    """G19, G31"""
    promised(student, call_back_at=march(9, time(16, 30)))

    (entry,) = entries(student)

    assert entry["DTSTART"].dt == march(9, time(16, 30))
    (alarm,) = entry.walk("VALARM")
    assert alarm["TRIGGER"].dt == -timedelta(minutes=10)


# Zones


@pytest.mark.parametrize(
    ("zone", "utc"),
    [
        ("America/New_York", datetime(2026, 3, 8, 13, tzinfo=UTC)),
        ("Europe/Berlin", datetime(2026, 3, 8, 8, tzinfo=UTC)),
        ("Pacific/Kiritimati", datetime(2026, 3, 7, 19, tzinfo=UTC)),
        ("Pacific/Pago_Pago", datetime(2026, 3, 8, 20, tzinfo=UTC)),
    ],
)
def test_a_talk_is_a_moment_and_a_debt_is_a_day_wherever_one_is(student, zone, utc):
    """On 8 March 2026 clocks go forward in New York; Kiritimati is a day ahead of Pago Pago."""
    student.time_zone = zone
    student.save()
    agreed(student, starts_at=moment(date(2026, 3, 8), time(9), zone))
    promised(student, on=date(2026, 3, 8))

    talk, call = entries(student)

    assert talk["DTSTART"].dt == utc
    evening = talk["DTSTART"].dt + talk.walk("VALARM")[0]["TRIGGER"].dt
    assert evening.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == datetime(2026, 3, 7, 18)  # noqa: DTZ001 - a wall clock
    assert call["DTSTART"].dt == date(2026, 3, 8)


@pytest.mark.parametrize("on", [date(2026, 3, 8), date(2026, 11, 1)])
def test_clock_changes_leave_the_hour_and_the_day(student, on):
    agreed(student, starts_at=moment(on, time(9), student.time_zone))
    promised(student, on=on)

    talk, call = entries(student)

    assert talk["DTSTART"].dt.astimezone(ZoneInfo(student.time_zone)).hour == 9
    assert call["DTEND"].dt - call["DTSTART"].dt == timedelta(days=1)


def test_who_moves_to_another_zone_keeps_moments_and_days(student):
    agreed(student, starts_at=march(10, time(10, 30)))
    talk_with(student)
    before = entries(student)

    student.time_zone = "Asia/Tokyo"
    accounts.save_account(student, profile=None, at=NOON)

    after = entries(student)
    assert [one["DTSTART"].dt for one in after] == [one["DTSTART"].dt for one in before]
    evening = after[0]["DTSTART"].dt + after[0].walk("VALARM")[0]["TRIGGER"].dt
    # 10:30 in New York is half past eleven at night in Tokyo.
    assert evening == moment(date(2026, 3, 9), time(18), "Asia/Tokyo")


# The page


def test_page_shows_the_address_to_its_student_alone(feed, student, client):
    client.force_login(student)

    answer = client.get(reverse("reminders:calendar"))

    assert f"/calendar/{feed.token}.ics</textarea>" in answer.content.decode()
    assert 'href="webcal:' in answer.content.decode()
    assert answer["Cache-Control"] == "private, no-store"


def test_without_an_address_the_page_offers_one(student, client):
    client.force_login(student)

    before = client.get(reverse("reminders:calendar")).content.decode()
    after = client.post(reverse("reminders:calendar_make"), follow=True).content.decode()

    assert "Make my address" in before
    assert CalendarFeed.objects.get().address in after


@pytest.mark.parametrize(
    ("site", "address"),
    [
        ("https://careers.example.edu", "webcals://careers.example.edu/calendar/"),
        ("http://localhost:8000", "webcal://localhost:8000/calendar/"),
    ],
)
def test_a_program_is_not_led_from_https_to_http(feed, settings, site, address):
    settings.SITE_URL = site

    assert feed.webcal_address == f"{address}{feed.token}.ics"


def test_two_clicks_make_one_address(student):
    first = actions.make_feed(student, at=NOON)

    second = actions.make_feed(student, at=NOON)

    assert first.pk == second.pk
    assert first.key != second.key
