"""The board: one row for each student, in the days of the student's own calendar."""

from datetime import UTC, date, datetime

import pytest

from advising.board import rows_of
from contacts.models import Contact
from interviews.models import Interview, State
from tests.advising.deeds import hold_talk, thank
from tests.factories import (
    CaseloadFactory,
    ContactFactory,
    InteractionFactory,
    InterviewFactory,
    StudentProfileFactory,
    UserFactory,
)

# Noon on Tuesday, 10 March 2026 in New York.
AT = datetime(2026, 3, 10, 16, 0, tzinfo=UTC)
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


def row_of(advisor, *, at=AT):
    (row,) = rows_of(advisor, at=at)
    return row


def untouched(contact) -> None:
    """As if nothing had been clicked for weeks: the rows' own clocks would say today."""
    Contact.objects.filter(pk=contact.pk).update(created_at=LONG_AGO)
    Interview.objects.filter(contact=contact).update(updated_at=LONG_AGO)


def test_row_of_a_new_student_is_empty(advisor, student):
    row = row_of(advisor, at=datetime(2026, 9, 2, tzinfo=UTC))

    assert (row.student, row.last_active_on, row.talks_held, row.owed) == (student, None, 0, [])
    assert not row.needs_a_word
    assert row.next == "Starts a list of people"


def test_rows_leave_out_students_of_others_and_of_the_past(advisor, student, other_advisor):
    CaseloadFactory(advisor=other_advisor)
    CaseloadFactory(advisor=advisor, since=date(2025, 9, 1), until=date(2026, 1, 1))
    former = CaseloadFactory(
        advisor=other_advisor, student=student, since=date(2025, 1, 1), until=date(2025, 6, 1)
    )

    row = row_of(advisor)

    assert row.student == student
    assert row.in_caseload_since != former.since


@pytest.mark.parametrize(
    ("last_on", "days_late"),
    [(date(2026, 3, 7), 0), (date(2026, 3, 6), 1), (date(2026, 3, 1), 6)],
    ids=["last day", "a day late", "six days late"],
)
def test_row_is_late_from_the_day_after_the_last_day(advisor, student, last_on, days_late):
    """G38: the last day for a thank-you is three days after the talk."""
    hold_talk(ContactFactory(student=student, name="Dana Whitcomb"), on=last_on)

    row = row_of(advisor)

    assert row.days_late == days_late
    assert row.is_late is (days_late > 0)


def test_row_says_what_is_latest_and_how_much_more(advisor, student):
    hold_talk(ContactFactory(student=student, name="Grace Adeyemi"), on=date(2026, 3, 4))
    hold_talk(ContactFactory(student=student, name="Dana Whitcomb"), on=date(2026, 3, 2))

    row = row_of(advisor)

    assert row.late_in_words == "2 things, up to 5 days late"
    assert row.next == "Thank-you to Dana Whitcomb"


def test_row_is_late_by_the_calendar_of_the_student():
    """Noon in New York is the tenth in Honolulu, and already the eleventh in Auckland."""
    advisor = UserFactory(role="ADVISOR")
    for zone in ("Pacific/Honolulu", "Pacific/Auckland"):
        student = UserFactory(name=zone, time_zone=zone)
        CaseloadFactory(advisor=advisor, student=student)
        hold_talk(ContactFactory(student=student), on=date(2026, 3, 7))

    rows = rows_of(advisor, at=AT)

    assert {row.student.name: row.is_late for row in rows} == {
        "Pacific/Honolulu": False,
        "Pacific/Auckland": True,
    }


def test_row_is_not_late_once_thanked(advisor, student):
    talk = hold_talk(ContactFactory(student=student), on=date(2026, 3, 2))
    thank(talk, on=date(2026, 3, 9))

    row = row_of(advisor)

    assert not row.is_late
    assert row.talks_held == 1


@pytest.mark.parametrize(
    ("met_on", "owed"),
    [(date(2026, 2, 9), []), (date(2026, 2, 8), ["Second letter to Dana Whitcomb"])],
    ids=["opens tomorrow", "opens today"],
)
def test_row_owes_a_second_letter_when_it_opens(advisor, student, met_on, owed):
    """G45: thirty days after the talk it may be written, and no earlier."""
    talk = hold_talk(ContactFactory(student=student, name="Dana Whitcomb"), on=met_on)
    thank(talk, on=met_on)

    assert [debt.what for debt in row_of(advisor).owed] == owed


@pytest.mark.parametrize(
    ("zone", "is_recent"),
    [("Pacific/Honolulu", True), ("Pacific/Auckland", False)],
)
def test_row_counts_two_weeks_from_the_students_today(zone, is_recent):
    """At noon UTC on the tenth it is early in Honolulu, and the eleventh in Auckland."""
    advisor = UserFactory(role="ADVISOR")
    student = UserFactory(time_zone=zone)
    CaseloadFactory(advisor=advisor, student=student)
    contact = ContactFactory(student=student)
    InteractionFactory(contact=contact, happened_on=date(2026, 2, 25))
    untouched(contact)

    row = row_of(advisor, at=datetime(2026, 3, 10, 12, 0, tzinfo=UTC))

    assert row.is_recent is is_recent


@pytest.mark.parametrize("deed", ["logged", "met", "touched", "added"])
def test_last_activity_is_the_newest_of_what_was_done(advisor, student, deed):
    contact = ContactFactory(student=student)
    InteractionFactory(contact=contact, happened_on=date(2026, 2, 1))
    if deed == "logged":
        InteractionFactory(contact=contact, happened_on=date(2026, 3, 5))
    if deed == "met":
        hold_talk(contact, on=date(2026, 3, 5))
    untouched(contact)
    # Three in the morning in London is still the fifth in New York.
    night = datetime(2026, 3, 6, 3, 0, tzinfo=UTC)
    if deed == "touched":
        talk = InterviewFactory(contact=contact)
        Interview.objects.filter(pk=talk.pk).update(updated_at=night)
    if deed == "added":
        Contact.objects.filter(pk=contact.pk).update(created_at=night)

    assert row_of(advisor).last_active_on == date(2026, 3, 5)


@pytest.mark.parametrize(
    ("active_on", "is_recent"),
    [(date(2026, 2, 24), False), (date(2026, 2, 25), True)],
    ids=["two weeks ago", "a day less"],
)
def test_row_is_recent_for_two_weeks(advisor, student, active_on, is_recent):
    contact = ContactFactory(student=student)
    InteractionFactory(contact=contact, happened_on=active_on)
    untouched(contact)

    assert row_of(advisor).is_recent is is_recent


def test_stuck_without_a_single_name_after_two_weeks(advisor):
    in_time = row_of(advisor, at=datetime(2026, 9, 15, 16, 0, tzinfo=UTC))
    too_long = row_of(advisor, at=datetime(2026, 9, 16, 16, 0, tzinfo=UTC))

    assert (in_time.stuck, too_long.stuck) == ("", "Has not added anybody yet")


def test_stuck_with_names_and_nobody_asked(advisor, student):
    for contact in ContactFactory.create_batch(3, student=student):
        untouched(contact)

    assert row_of(advisor).stuck == "3 people to ask, none asked yet"


def test_stuck_after_four_quiet_weeks_unless_a_talk_is_ahead(advisor, student):
    contact = ContactFactory(student=student)
    talk = InterviewFactory(contact=contact, state=State.ASKED)
    untouched(contact)
    quiet = row_of(advisor).stuck

    Interview.objects.filter(pk=talk.pk).update(
        state=State.ACCEPTED, starts_at=datetime(2026, 3, 12, 15, 0, tzinfo=UTC)
    )

    assert quiet == "Nothing new for 9 weeks"
    assert row_of(advisor).stuck == ""


def test_next_is_the_first_talk_ahead_on_the_students_day():
    """Two in the morning of Thursday in London is Wednesday evening in Honolulu."""
    advisor = UserFactory(role="ADVISOR")
    student = UserFactory(time_zone="Pacific/Honolulu")
    CaseloadFactory(advisor=advisor, student=student)
    for day, name in ((20, "Later Person"), (12, "Tomás Rivera")):
        InterviewFactory(
            contact=ContactFactory(student=student, name=name),
            state=State.CONFIRMED,
            starts_at=datetime(2026, 3, day, 2, 0, tzinfo=UTC),
        )

    assert row_of(advisor).next == "Meets Tomás Rivera tomorrow"


def test_next_is_what_is_owed_before_anything_else(advisor, student):
    hold_talk(ContactFactory(student=student, name="Dana Whitcomb"), on=date(2026, 3, 8))

    row = row_of(advisor)

    assert row.is_due
    assert row.next == "Thank-you to Dana Whitcomb, due today"


@pytest.mark.parametrize(
    ("class_year", "majors", "study"),
    [(2027, ["English"], "English, 2027"), (None, ["English"], "English"), (None, [], "")],
)
def test_study_leaves_out_what_is_unknown(advisor, student, class_year, majors, study):
    StudentProfileFactory(student=student, class_year=class_year, majors=majors)

    assert row_of(advisor).study == study


@pytest.mark.parametrize("count", [1, 3])
def test_rows_need_the_same_queries_for_one_and_three(django_assert_num_queries, count):
    advisor = UserFactory(role="ADVISOR")
    for student in UserFactory.create_batch(count):
        CaseloadFactory(advisor=advisor, student=student)
        StudentProfileFactory(student=student)
        contact = ContactFactory(student=student)
        InteractionFactory(contact=contact, promised_call_on=date(2026, 3, 9))
        hold_talk(ContactFactory(student=student), on=date(2026, 3, 2))
        InterviewFactory(
            contact=contact, state=State.ACCEPTED, starts_at=datetime(2026, 4, 1, tzinfo=UTC)
        )

    # Students with their counters, what is owed, the next talks, letters, and what was spoken of.
    with django_assert_num_queries(5):
        rows = rows_of(advisor, at=AT)
        [(row.next, row.study, row.late_in_words) for row in rows]
