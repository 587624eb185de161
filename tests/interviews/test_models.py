"""What is owed and who sees it, at the edge of each rule."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from interviews import actions
from interviews.models import Interview, Section, State
from tests.factories import ContactFactory, InterviewFactory
from tests.interviews.conftest import NOW, TODAY, agreed, days


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("student", True),
        ("advisor", True),
        ("other_student", False),
        ("other_advisor", False),
        ("staff", False),
        ("administrator", False),
    ],
)
def test_visible_to_the_student_and_the_own_advisor(request, idea, who, sees):
    user = request.getfixturevalue(who)

    assert Interview.objects.visible_to(user).exists() is sees


def test_letters_end_apart(held):
    actions.record_thank_you(held, mailed_on=TODAY, at=NOW)

    assert not Interview.objects.awaiting_thank_you().exists()
    assert Interview.objects.awaiting_follow_up().exists()


@pytest.mark.parametrize(
    ("after", "is_ahead"),
    [(timedelta(0), True), (timedelta(seconds=1), False)],
    ids=["as it begins", "a second later"],
)
def test_ahead_until_it_begins(accepted, after, is_ahead):
    at = accepted.starts_at + after

    assert Interview.objects.ahead(at=at).exists() is is_ahead


@pytest.mark.parametrize("field", ["thanked_on", "followed_up_on"])
def test_letter_before_the_talk_is_refused_by_the_database(held, field):
    with pytest.raises(IntegrityError), transaction.atomic():
        Interview.objects.filter(pk=held.pk).update(**{field: TODAY - days(1)})


def test_held_without_its_days_is_refused_by_the_database(contact):
    with pytest.raises(IntegrityError), transaction.atomic():
        InterviewFactory(contact=contact, held_on=TODAY)


def sections(student, *, at=NOW, today=TODAY):
    rows = Interview.objects.of(student).in_sections(at=at, today=today)
    return [(row.section, row.contact.name) for row in rows]


def begun(student, name):
    return actions.begin(ContactFactory(student=student, name=name), at=NOW)


def test_sections_put_what_is_ahead_first_and_the_nearest_before_the_others(student):
    actions.move(begun(student, "Withdrawn"), to=State.WITHDRAWN, at=NOW)
    begun(student, "Idea")
    actions.hold(begun(student, "Owed"), held_on=TODAY, at=NOW)
    agreed(begun(student, "Far"), starts_at=NOW + days(9))
    agreed(begun(student, "Near"), starts_at=NOW + days(1))

    assert sections(student) == [
        (Section.AHEAD, "Near"),
        (Section.AHEAD, "Far"),
        (Section.WAITING, "Owed"),
        (Section.OPEN, "Idea"),
        (Section.PAST, "Withdrawn"),
    ]


def test_section_of_a_time_that_has_come_waits_for_a_word(student, accepted):
    at = accepted.starts_at + timedelta(minutes=1)

    assert sections(student, at=at) == [(Section.WAITING, "Dana Whitcomb")]


@pytest.mark.parametrize(
    ("today", "section"),
    [(TODAY + days(29), Section.PAST), (TODAY + days(30), Section.WAITING)],
    ids=["the day before it opens", "the day it opens"],
)
def test_section_of_a_follow_up_changes_when_it_opens(student, held, today, section):
    """G45"""
    actions.record_thank_you(held, mailed_on=TODAY, at=NOW)

    assert sections(student, today=today) == [(section, "Dana Whitcomb")]
