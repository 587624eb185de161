"""“I have spoken with them”: the board is silent for a fortnight, or until something new."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from advising import actions
from advising.models import Spoken
from advising.reasons import Why
from tests.advising.deeds import AT, hold_talk, row_of
from tests.factories import CaseloadFactory, ContactFactory, InteractionFactory, LetterReviewFactory

FORTNIGHT = timedelta(days=14)


@pytest.fixture
def late(student):
    return hold_talk(ContactFactory(student=student, name="Dana"), on=date(2026, 3, 2))


@pytest.fixture
def as_advisor(client, advisor):
    client.force_login(advisor)
    with time_machine.travel(AT, tick=False):
        yield client


def speak(advisor, student, at=AT):
    return actions.speak(advisor, student, row_of(student, at=at).reasons, at=at)


def whys(student, at=AT):
    return [reason.why for reason in row_of(student, at=at).reasons]


def test_spoken_of_is_silent_for_a_fortnight(advisor, student, late):
    speak(advisor, student)

    moment = timedelta(seconds=1)
    assert whys(student, at=AT + FORTNIGHT - moment) == []
    assert Why.THANK_YOU in whys(student, at=AT + FORTNIGHT)


def test_spoken_of_again_counts_from_the_second_time(advisor, student, late):
    speak(advisor, student)
    later = AT + timedelta(days=15)
    speak(advisor, student, at=later)

    assert Why.THANK_YOU not in whys(student, at=later + timedelta(days=13))
    assert Spoken.objects.filter(about__startswith="thank_you").count() == 1


def test_something_new_is_said_at_once(advisor, student, late):
    speak(advisor, student)
    hold_talk(ContactFactory(student=student, name="Wen"), on=date(2026, 3, 3))

    assert [reason.words for reason in row_of(student).reasons] == ["Thank-you to Wen"]


def test_another_no_is_something_new(advisor, student):
    for day in (2, 3, 4):
        InteractionFactory(
            contact__student=student, outcome="DECLINED", happened_on=date(2026, 3, day)
        )
    speak(advisor, student)
    silent = whys(student)
    InteractionFactory(contact__student=student, outcome="DECLINED", happened_on=date(2026, 3, 5))

    assert silent == []
    assert [reason.words for reason in row_of(student).reasons] == ["4 noes in a row"]


def test_a_letter_is_answered_and_not_spoken_of(advisor, student):
    LetterReviewFactory(letter__contact=ContactFactory(student=student), asked_at=AT)

    assert speak(advisor, student) == []
    assert whys(student) == [Why.LETTER]


def test_a_new_advisor_hears_it_anew(advisor, other_advisor, student, late):
    speak(advisor, student)
    student.caseloads_as_student.update(until=date(2026, 9, 2))
    CaseloadFactory(advisor=other_advisor, student=student)

    assert whys(student) == [Why.THANK_YOU]


def test_late_is_late_also_when_it_was_spoken_of(advisor, student, late):
    speak(advisor, student)

    assert row_of(student).is_late
    assert not row_of(student).needs_a_word


def test_page_speaks_and_takes_back(as_advisor, advisor, student, late):
    reason = row_of(student).reasons[0]
    board = as_advisor.get(reverse("home"))
    assert f'value="{reason.about}"' in board.text

    said = as_advisor.post(
        reverse("advising:spoken", args=[student.pk]),
        {"about": reason.about, "back": "/?sort=name"},
    )
    silent = as_advisor.get(reverse("home"))
    as_advisor.post(reverse("advising:unspoken", args=[student.pk]))

    assert said.url == "/?sort=name"
    assert "Spoken with lately (1)" in silent.text
    assert silent.context["in_need"] == []
    assert whys(student) == [Why.THANK_YOU]


@pytest.mark.parametrize("about", ["", "thank_you-0", "no such thing"])
def test_page_speaks_of_nothing_that_is_not_there(as_advisor, student, late, about):
    as_advisor.post(reverse("advising:spoken", args=[student.pk]), {"about": about})

    assert not Spoken.objects.exists()


def test_page_leads_nowhere_else(as_advisor, student):
    answer = as_advisor.post(
        reverse("advising:spoken", args=[student.pk]), {"back": "https://evil.example/"}
    )

    assert answer.url == reverse("advising:student", args=[student.pk])
