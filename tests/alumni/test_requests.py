"""Asking an alum, taking it back, taking a time: the deeds, and what they refuse."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from threading import Barrier
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from accounts.models import OfficeSettings
from alumni import actions
from alumni.actions import requests
from alumni.announcements import request_made, request_withdrawn, time_taken
from alumni.availability import STANDING_WAYS, availability_of, reach, why_not
from alumni.goodwill import Reason
from alumni.models import Alum, AskBy, Consent, Request
from alumni.models.directory import HasBlanks
from tests.factories import AlumFactory, RequestFactory, UserFactory

# A Monday, noon in New York, where the office is.
AT = datetime(2026, 3, 16, 16, 0, tzinfo=UTC)
OFFICE = ZoneInfo("America/New_York")


@pytest.fixture(autouse=True)
def _office(settings):
    settings.OFFICE_TIME_ZONE = "America/New_York"
    office = OfficeSettings.current()
    office.requests_per_month, office.days_between_requests = 2, 0
    office.save()


@pytest.fixture
def alum():
    return AlumFactory(name="Imani Brooks", email="imani@example.org", phone="413 555 0119")


def ask(student, alum, at=AT, **said) -> Request:
    said = {"words": "May we talk?", "medium": "VIDEO", "minutes": 20, **said}
    return actions.ask_alum(student, alum=alum, at=at, **said)


def asked_at(alum, *moments) -> None:
    for at in moments:
        RequestFactory(alum=alum, asked_at=at)


@pytest.fixture
def heard():
    found = []

    def hear(name):
        def receive(*, request, at, **kwargs):
            found.append((name, request.pk, request.state, at, connection.in_atomic_block))

        return receive

    receivers = {request_made: hear("made"), request_withdrawn: hear("withdrawn"),
                 time_taken: hear("time")}  # fmt: skip
    for signal, receiver in receivers.items():
        signal.connect(receiver, weak=False)
    yield found
    for signal, receiver in receivers.items():
        signal.disconnect(receiver)


def test_request_is_made_and_announced_in_its_transaction(student, alum, heard):
    made = ask(student, alum, words="  May we talk?  ")

    made.refresh_from_db()
    assert (made.words, made.medium, made.minutes) == ("May we talk?", "VIDEO", 20)
    assert (made.state, made.asked_at, made.expires_at) == (
        Request.State.PENDING, AT, AT + timedelta(days=14),
    )  # fmt: skip
    assert heard == [("made", made.pk, "PENDING", AT, True)]


@pytest.mark.parametrize("consent", [Consent.UNKNOWN, Consent.NO])
def test_nobody_asks_who_did_not_agree(student, alum, consent):
    Alum.objects.filter(pk=alum.pk).update(consent=consent)

    with pytest.raises(requests.NotToBeAsked):
        ask(student, alum)

    assert Request.objects.count() == 0


def test_nobody_asks_who_has_left(student, alum):
    Alum.objects.all().delete()

    with pytest.raises(requests.NotToBeAsked):
        ask(student, alum)


def test_one_student_asks_once_while_it_is_open(student, alum):
    first = ask(student, alum)

    with pytest.raises(requests.AskedAlready):
        ask(student, alum)
    actions.withdraw(first, at=AT)
    ask(student, alum, at=AT + timedelta(days=8))

    assert Request.objects.count() == 2


@pytest.mark.parametrize("words", ["", "  \n", "x" * 4001])
def test_request_needs_words_that_fit(student, alum, words):
    with pytest.raises(requests.NoWords):
        ask(student, alum, words=words)


@pytest.mark.parametrize("state", Request.State)
def test_every_request_counts_whatever_became_of_it(student, alum, state):
    """A pending one and one taken back, too: each was a mail to answer."""
    RequestFactory.create_batch(2, alum=alum, state=state, asked_at=AT - timedelta(days=20))

    with pytest.raises(requests.NotAvailable) as refusal:
        ask(student, alum)

    assert str(refusal.value).endswith("Available again on March 24.")


def test_other_alumni_do_not_count(student, alum):
    RequestFactory.create_batch(3, asked_at=AT)

    assert ask(student, alum)


def test_refusal_names_the_year_where_it_is_another(student, alum):
    alum.paused_until = date(2027, 2, 1)
    alum.save()

    with pytest.raises(requests.NotAvailable) as refusal:
        ask(student, alum)

    expected = "Imani Brooks takes a break, and is available again on February 1, 2027."
    assert str(refusal.value) == expected


@pytest.mark.parametrize(
    ("own", "places"),
    [(None, 2), (0, 0), (1, 1), (5, 5)],
)
def test_own_number_counts_and_the_offices_where_there_is_none(alum, own, places):
    alum.requests_per_month = own

    assert availability_of(alum, at=AT).places_left == places


@pytest.mark.parametrize(("own", "again"), [(None, 20), (0, 16), (7, 23)])
def test_own_days_between_count_and_the_offices_where_there_are_none(alum, own, again):
    OfficeSettings.objects.update(days_between_requests=4)
    alum.days_between_requests = own
    asked_at(alum, AT)

    assert availability_of(alum, at=AT).on == date(2026, 3, again)


def test_days_between_reach_back_beyond_a_month(alum):
    alum.days_between_requests = 200
    asked_at(alum, AT - timedelta(days=150))

    standing = availability_of(alum, at=AT)

    assert (standing.on, standing.reason) == (date(2026, 5, 5), Reason.RESTING)


@pytest.mark.parametrize(
    ("at", "is_open"),
    [
        # The break ends on April 1, which begins at four in the morning of UTC.
        (datetime(2026, 4, 1, 3, 59, 59, tzinfo=UTC), False),
        (datetime(2026, 4, 1, 4, 0, tzinfo=UTC), True),
    ],
)
def test_break_ends_at_midnight_of_the_office(alum, at, is_open):
    alum.paused_until = date(2026, 4, 1)

    assert availability_of(alum, at=at).is_open is is_open


@pytest.mark.parametrize(
    ("local", "day"),
    [
        # Night of spring: two o'clock does not exist; night of autumn: one o'clock comes twice.
        (datetime(2026, 3, 8, 0, 0, tzinfo=OFFICE), date(2026, 3, 15)),
        (datetime(2026, 3, 7, 23, 59, tzinfo=OFFICE), date(2026, 3, 14)),
        (datetime(2026, 3, 8, 23, 59, tzinfo=OFFICE), date(2026, 3, 15)),
        (datetime(2026, 3, 9, 0, 0, tzinfo=OFFICE), date(2026, 3, 16)),
        (datetime(2026, 11, 1, 0, 0, tzinfo=OFFICE), date(2026, 11, 8)),
        (datetime(2026, 11, 1, 1, 30, tzinfo=OFFICE, fold=1), date(2026, 11, 8)),
        (datetime(2026, 11, 1, 23, 59, tzinfo=OFFICE), date(2026, 11, 8)),
        (datetime(2026, 10, 31, 23, 59, tzinfo=OFFICE), date(2026, 11, 7)),
    ],
)
def test_days_are_those_of_the_office_when_the_clocks_change(alum, local, day):
    alum.days_between_requests = 7
    asked_at(alum, local.astimezone(UTC))

    assert availability_of(alum, at=local.astimezone(UTC)).on == day


def test_student_far_away_asks_on_the_offices_day(alum):
    """It is Tuesday in Auckland when the office still has Monday."""
    student = UserFactory(time_zone="Pacific/Auckland")
    alum.paused_until = date(2026, 3, 17)
    alum.save()

    with pytest.raises(requests.NotAvailable):
        ask(student, alum)


def test_last_place_is_kept_for_who_has_never_asked(alum, student, other_student):
    ask(UserFactory(), alum)
    ask(student, AlumFactory(email="other@example.org"))

    with pytest.raises(requests.NotAvailable) as refusal:
        ask(student, alum)

    assert "Until March 23 it is kept" in str(refusal.value)
    assert availability_of(alum, at=AT, student=student).reason == Reason.KEPT
    assert ask(other_student, alum)


def test_place_that_is_not_free_yet_is_kept_from_the_day_it_is(alum, student):
    """The place of March 10 is the last one until that of March 12 is free, too."""
    asked_at(alum, AT - timedelta(days=6), AT - timedelta(days=4))
    RequestFactory(student=student)

    standing = availability_of(alum, at=AT, student=student)

    assert why_not("Imani Brooks", standing) == (
        "Imani Brooks can be asked again from April 10. Until April 12 that place is kept for a "
        "student who has never asked anyone; from then on it is yours to take."
    )


def test_last_place_is_for_all_after_a_week(alum, student):
    ask(UserFactory(), alum)
    ask(student, AlumFactory(email="other@example.org"))

    with pytest.raises(requests.NotAvailable):
        ask(student, alum, at=AT + timedelta(days=6))
    assert ask(student, alum, at=AT + timedelta(days=7))


def test_page_and_deed_give_the_same_answer(alum, student):
    """On sixty days, with a request on each of the days that allow one."""
    said, done = [], []
    for day in range(60):
        at = AT + timedelta(days=day)
        said.append(why_not(alum.name, availability_of(alum, at=at, student=student)))
        try:
            ask(student, alum, at=at)
            done.append("")
        except requests.NotAvailable as refusal:
            done.append(str(refusal))
        Request.objects.update(state=Request.State.DECLINED)

    assert said == done
    assert {bool(words) for words in said} == {True, False}


@pytest.mark.parametrize(
    ("ask_by", "hidden", "expected"),
    [
        (AskBy.ANY, [], ("imani@example.org", "413 555 0119", True)),
        (AskBy.ANY, ["email"], ("", "413 555 0119", True)),
        (AskBy.ANY, ["email", "phone"], ("", "", True)),
        (AskBy.CAREERHUB, [], ("", "", True)),
        (AskBy.EMAIL, [], ("imani@example.org", "", True)),
        (AskBy.EMAIL, ["email"], ("", "", True)),
        (AskBy.PHONE, [], ("", "413 555 0119", False)),
        (AskBy.PHONE, ["phone"], ("", "", False)),
    ],
)
def test_ways_are_those_that_the_alum_wants_and_shows(alum, ask_by, hidden, expected):
    alum.ask_by, alum.hidden_fields = ask_by, hidden

    assert reach(alum, STANDING_WAYS) == expected


def test_no_way_leads_to_who_is_on_a_break(alum):
    alum.paused_until = date(2026, 4, 1)

    assert reach(alum, availability_of(alum, at=AT)) == ("", "", False)


@pytest.mark.parametrize("changes", [{"ask_by": AskBy.PHONE}, {"email": ""}])
def test_request_needs_a_mail_that_the_alum_wants(student, alum, changes):
    Alum.objects.filter(pk=alum.pk).update(**changes)

    with pytest.raises(requests.NotThisWay):
        ask(student, alum)


def test_request_taken_back_is_announced_and_keeps_its_place(student, alum, heard):
    made = ask(student, alum)
    heard.clear()

    actions.withdraw(made, at=AT)

    assert heard == [("withdrawn", made.pk, "WITHDRAWN", AT, True)]
    assert availability_of(alum, at=AT).places_left == 1


@pytest.mark.parametrize("state", [one for one in Request.State if one != "PENDING"])
def test_only_an_open_request_is_taken_back(state):
    made = RequestFactory(state=state)

    with pytest.raises(requests.Answered):
        actions.withdraw(made, at=AT)

    made.refresh_from_db()
    assert made.state == state


TIMES = [AT + timedelta(days=2), AT + timedelta(days=3)]


@pytest.fixture
def accepted(student, alum):
    return RequestFactory(student=student, alum=alum, state="ACCEPTED", offered_times=TIMES)


def test_student_takes_one_of_the_times(accepted, heard):
    actions.take_time(accepted, starts_at=TIMES[1], at=AT)
    actions.take_time(accepted, starts_at=TIMES[1], at=AT)

    accepted.refresh_from_db()
    assert accepted.taken_time == TIMES[1]
    assert heard == [("time", accepted.pk, "ACCEPTED", AT, True)]


def test_time_that_was_taken_stands(accepted):
    actions.take_time(accepted, starts_at=TIMES[1], at=AT)

    with pytest.raises(requests.Answered):
        actions.take_time(accepted, starts_at=TIMES[0], at=AT)


def test_time_that_was_not_offered_is_refused(accepted):
    with pytest.raises(requests.NotOffered):
        actions.take_time(accepted, starts_at=TIMES[0] + timedelta(minutes=1), at=AT)


@pytest.mark.parametrize(("late", "is_taken"), [(-1, True), (0, False), (1, False)])
def test_time_that_has_come_is_refused(accepted, late, is_taken):
    at = TIMES[0] + timedelta(seconds=late)
    if is_taken:
        actions.take_time(accepted, starts_at=TIMES[0], at=at)
    else:
        with pytest.raises(requests.TimeHasPassed):
            actions.take_time(accepted, starts_at=TIMES[0], at=at)


@pytest.mark.parametrize("state", [one for one in Request.State if one != "ACCEPTED"])
def test_time_is_taken_of_a_yes_alone(state):
    made = RequestFactory(state=state, offered_times=TIMES)

    with pytest.raises(requests.Answered):
        actions.take_time(made, starts_at=TIMES[0], at=AT)


def test_copy_with_blanks_is_never_saved(alum, student):
    alum.hidden_fields = ["employer"]
    alum.employer = "Mapworks"

    seen = alum.as_seen_by(student)

    assert (seen.employer, alum.employer) == ("", "Mapworks")
    with pytest.raises(HasBlanks):
        seen.save()


def at_once(work, people):
    barrier = Barrier(len(people))

    def run(person):
        try:
            barrier.wait(20)
            return work(person)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(people)) as pool:
        return list(pool.map(run, people))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("attempt", range(3))
def test_last_place_goes_to_one_of_twenty_who_ask_at_once(attempt):
    OfficeSettings.current()
    OfficeSettings.objects.update(requests_per_month=2, days_between_requests=0)
    alum = AlumFactory(email="imani@example.org")
    RequestFactory(alum=alum, asked_at=AT - timedelta(days=1))
    students = UserFactory.create_batch(20)

    def try_it(student):
        try:
            return ask(student, alum).student_id
        except requests.NotAvailable:
            return None

    got = [pk for pk in at_once(try_it, students) if pk]

    assert len(got) == 1
    assert list(alum.requests.filter(asked_at=AT).values_list("student_id", flat=True)) == got


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_make_one_request():
    OfficeSettings.current()
    OfficeSettings.objects.update(requests_per_month=9, days_between_requests=0)
    alum, student = AlumFactory(email="imani@example.org"), UserFactory()

    def try_it(one):
        try:
            return ask(one, alum)
        except requests.AskedAlready:
            return None

    assert len([made for made in at_once(try_it, [student] * 4) if made]) == 1
    assert Request.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_times_taken_at_once_leave_one():
    made = RequestFactory(state="ACCEPTED", offered_times=TIMES)

    def try_it(starts_at):
        try:
            actions.take_time(Request.objects.get(pk=made.pk), starts_at=starts_at, at=AT)
        except requests.Answered:
            return None
        return starts_at

    (taken,) = (one for one in at_once(try_it, TIMES) if one)

    made.refresh_from_db()
    assert made.taken_time == taken
