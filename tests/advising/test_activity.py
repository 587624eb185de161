"""Days of a student's own calendar, in weeks and in terms."""

from datetime import UTC, date, datetime, timedelta

import pytest

from accounts.models import Term
from advising.activity import WEEKS, active_in, in_words, weeks_of
from contacts.models import Contact
from tests.advising.deeds import AT, hold_talk, thank, write_again
from tests.factories import ContactFactory, InteractionFactory, UserFactory

LONG_AGO = datetime(2025, 1, 1, tzinfo=UTC)


@pytest.fixture
def known(student):
    """Somebody whom the student has known for long."""
    contact = ContactFactory(student=student)
    Contact.objects.update(created_at=LONG_AGO)
    return contact


def weeks(student, at=AT) -> list[int]:
    return weeks_of([student], at=at)[student.pk]


@pytest.mark.parametrize(
    ("ago", "place"),
    [(0, -1), (6, -1), (7, -2), (83, 0), (84, None), (-1, None)],
    ids=["today", "six days", "a week", "the first day", "a day before it", "tomorrow"],
)
def test_weeks_are_seven_days_and_end_today(student, known, ago, place):
    InteractionFactory(contact=known, happened_on=date(2026, 3, 10) - timedelta(days=ago))

    wanted = [0] * WEEKS
    if place is not None:
        wanted[place] = 1
    assert weeks(student) == wanted


def test_weeks_count_every_deed(student, known):
    """Wrote, called, met, thanked, wrote again, and added somebody."""
    InteractionFactory(
        contact=known, happened_on=date(2026, 3, 9), promised_call_on=date(2026, 3, 9),
        called_on=date(2026, 3, 9),
    )  # fmt: skip
    talk = hold_talk(known, on=date(2026, 3, 5))
    thank(talk, on=date(2026, 3, 6))
    write_again(talk, on=date(2026, 3, 7))
    added = ContactFactory(student=student)
    Contact.objects.filter(pk=added.pk).update(created_at=AT)

    assert weeks(student)[-1] == 6


@pytest.mark.parametrize(
    ("zone", "count"),
    [("Pacific/Honolulu", 0), ("America/New_York", 1), ("Pacific/Auckland", 0)],
)
def test_weeks_of_an_added_person_follow_the_students_own_calendar(zone, count):
    """Added at eight in the morning of the fourth in London, in Honolulu still on the third. Seven
    days end on the tenth, and in Auckland on the eleventh already."""
    student = UserFactory(time_zone=zone)
    ContactFactory(student=student)
    Contact.objects.update(created_at=datetime(2026, 3, 4, 8, 0, tzinfo=UTC))

    assert weeks(student)[-1] == count


@pytest.mark.parametrize(
    ("on", "is_active"),
    [
        (date(2026, 1, 11), False), (date(2026, 1, 12), True),
        (date(2026, 5, 8), True), (date(2026, 5, 9), False),
    ],
    ids=["the day before", "first day", "last day", "the day after"],
)  # fmt: skip
def test_active_in_a_term_from_its_first_day_to_its_last(student, known, on, is_active):
    term = Term(name="Spring", first_on=date(2026, 1, 12), last_on=date(2026, 5, 8))
    InteractionFactory(contact=known, happened_on=on)

    assert active_in(term, [student]) == ({student.pk} if is_active else set())


@pytest.mark.parametrize(
    ("zone", "is_active"),
    [("Pacific/Honolulu", False), ("America/New_York", False), ("Pacific/Auckland", True)],
)
def test_active_in_a_term_by_the_students_own_calendar(zone, is_active):
    """Noon of the eleventh in London is the twelfth in Auckland."""
    term = Term(name="Spring", first_on=date(2026, 1, 12), last_on=date(2026, 5, 8))
    student = UserFactory(time_zone=zone)
    ContactFactory(student=student)
    Contact.objects.update(created_at=datetime(2026, 1, 11, 12, 0, tzinfo=UTC))

    assert active_in(term, [student]) == ({student.pk} if is_active else set())


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ([0, 0], "Nothing in 12 weeks"),
        ([1, 0], "1 thing in 12 weeks, 0 of them in the last"),
        ([3, 2], "5 things in 12 weeks, 2 of them in the last"),
    ],
)
def test_weeks_in_words(counts, words):
    assert in_words(counts) == words


@pytest.mark.parametrize("count", [1, 3])
def test_weeks_and_term_are_a_query_each(django_assert_num_queries, count):
    students = UserFactory.create_batch(count)
    for student in students:
        ContactFactory(student=student)
    term = Term(name="Spring", first_on=date(2026, 1, 12), last_on=date(2026, 5, 8))

    with django_assert_num_queries(2):
        weeks_of(students, at=AT)
        active_in(term, students)
