"""Each reason for a word: when it stands on the board, where it leads, and what ends it."""

from datetime import UTC, date, datetime, timedelta

import pytest

from accounts.models import OfficeSettings
from advising.reasons import Why
from contacts import actions as contacts
from contacts.models import Contact, Interaction
from interviews.models import Interview
from letters import actions as letters
from tests.advising.deeds import AT, hold_talk, row_of, thank, write_again
from tests.factories import (
    ContactFactory,
    DebriefFactory,
    InteractionFactory,
    LetterReviewFactory,
)

pytestmark = pytest.mark.usefixtures("advisor")


def whys(student, at=AT) -> list[Why]:
    return [reason.why for reason in row_of(student, at=at).reasons]


def test_promised_call_missed_until_it_is_made(student):
    call = InteractionFactory(
        contact=ContactFactory(student=student, name="Dana"), promised_call_on=date(2026, 3, 9)
    )

    (reason,) = row_of(student).reasons
    contacts.record_call(call, on=date(2026, 3, 10), at=AT)

    assert (reason.why, reason.words) == (Why.PROMISED_CALL, "Promised call to Dana")
    assert (reason.when, reason.is_late) == ("1 day late", True)
    assert reason.url == f"/advising/students/{student.pk}/#promised_call-{call.pk}"
    assert whys(student) == []


def test_thank_you_late_until_it_is_mailed(student):
    talk = hold_talk(ContactFactory(student=student, name="Dana"), on=date(2026, 3, 2))

    (reason,) = row_of(student).reasons
    thank(talk, on=date(2026, 3, 10))

    assert (reason.why, reason.when) == (Why.THANK_YOU, "5 days late")
    assert whys(student) == []


def test_second_letter_late_until_it_is_written(student):
    talk = hold_talk(ContactFactory(student=student), on=date(2026, 1, 2))
    thank(talk, on=date(2026, 1, 3))
    Interview.objects.update(updated_at=AT)

    before = whys(student)
    write_again(talk, on=date(2026, 3, 10))

    assert before == [Why.FOLLOW_UP]
    assert whys(student) == []


def test_letter_waits_until_it_is_answered(student, advisor):
    review = LetterReviewFactory(
        letter__contact=ContactFactory(student=student, name="Dana"),
        asked_at=AT - timedelta(days=3),
    )

    (reason,) = row_of(student).reasons
    letters.answer_review(review, by=advisor, verdict="CHANGES", comment="Shorter.", at=AT)

    assert (reason.why, reason.words) == (Why.LETTER, "Letter to Dana waits for you")
    assert (reason.when, reason.url) == ("asked 3 days ago", f"/letters/reviews/{review.pk}/")
    assert not reason.can_be_spoken_of
    assert whys(student) == []


@pytest.mark.parametrize(("noes", "is_said"), [(2, False), (3, True)])
def test_several_noes_in_a_row_until_a_yes(student, noes, is_said):
    for day in range(noes):
        InteractionFactory(
            contact__student=student, outcome="DECLINED", happened_on=date(2026, 3, 2 + day)
        )

    before = [reason.words for reason in row_of(student).reasons]
    InteractionFactory(contact__student=student, outcome="AGREED", happened_on=date(2026, 3, 9))

    assert before == (["3 noes in a row"] if is_said else [])
    assert whys(student) == []


def meet(student, count: int) -> list[Interview]:
    talks = [hold_talk(ContactFactory(student=student), on=date(2026, 3, 9)) for _ in range(count)]
    for talk in talks:
        thank(talk, on=date(2026, 3, 9))
    return talks


@pytest.mark.parametrize(("met", "is_said"), [(2, False), (3, True)])
def test_met_people_and_asked_none_for_a_name(student, met, is_said):
    """G36: at the close one asks whom else to talk with."""
    meet(student, met)

    words = [reason.words for reason in row_of(student).reasons]

    assert words == (["Met 3 people, never asked for another name"] if is_said else [])


@pytest.mark.parametrize("deed", ["asked", "named", "asked in vain"])
def test_one_question_for_a_name_is_enough(student, deed):
    talk = meet(student, 3)[0]
    if deed == "named":
        ContactFactory(student=student, referred_by=talk.contact)
    else:
        DebriefFactory(interview=talk, asked_for_names=deed == "asked")

    assert (Why.NO_NAMES in whys(student)) is (deed == "asked in vain")


@pytest.mark.parametrize(
    ("days", "words"),
    [(28, []), (29, ["Nothing new for 4 weeks"])],
    ids=["four weeks", "a day more"],
)
def test_quiet_for_weeks_until_something_happens(student, days, words):
    entry = InteractionFactory(
        contact=ContactFactory(student=student), outcome=Interaction.Outcome.ASKED,
        happened_on=date(2026, 3, 10) - timedelta(days=days),
    )  # fmt: skip
    Contact.objects.update(created_at=datetime(2026, 1, 1, tzinfo=UTC))

    before = [reason.words for reason in row_of(student).reasons]
    Interaction.objects.filter(pk=entry.pk).update(happened_on=date(2026, 3, 9))

    assert before == words
    assert whys(student) == []


def test_reasons_come_by_weight_and_then_by_days(student):
    for on in (date(2026, 3, 3), date(2026, 3, 2)):
        hold_talk(ContactFactory(student=student), on=on)
    InteractionFactory(
        contact=ContactFactory(student=student), promised_call_on=date(2026, 3, 9)
    )  # fmt: skip
    LetterReviewFactory(letter__contact=ContactFactory(student=student), asked_at=AT)

    found = [(reason.why, reason.days) for reason in row_of(student).reasons]

    assert found == [
        (Why.PROMISED_CALL, 1), (Why.THANK_YOU, 5), (Why.THANK_YOU, 4), (Why.LETTER, 0),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("patience", "days", "words"),
    [
        ({"weeks_quiet": 1}, 7, []),
        ({"weeks_quiet": 1}, 8, ["Nothing new for a week"]),
        ({"weeks_quiet": 8}, 56, []),
        ({"weeks_quiet": 8}, 57, ["Nothing new for 8 weeks"]),
    ],
)
def test_the_office_says_how_long_silence_is_quiet(student, patience, days, words):
    OfficeSettings.objects.update_or_create(pk=1, defaults=patience)
    InteractionFactory(
        contact=ContactFactory(student=student), outcome=Interaction.Outcome.ASKED,
        happened_on=date(2026, 3, 10) - timedelta(days=days),
    )  # fmt: skip
    Contact.objects.update(created_at=datetime(2025, 10, 1, tzinfo=UTC))

    assert [reason.words for reason in row_of(student).reasons] == words


@pytest.mark.parametrize(("weeks", "is_said"), [(3, False), (2, True), (1, True)])
@pytest.mark.parametrize("has_people", [True, False])
def test_the_office_says_how_long_a_beginning_may_take(student, weeks, is_said, has_people):
    OfficeSettings.objects.update_or_create(pk=1, defaults={"weeks_to_begin": weeks})
    student.caseloads_as_student.update(since=date(2026, 2, 20))
    if has_people:
        ContactFactory(student=student)
        Contact.objects.update(created_at=datetime(2026, 2, 20, 12, tzinfo=UTC))

    why = Why.NOBODY_ASKED if has_people else Why.NOBODY_ADDED
    assert whys(student) == ([why] if is_said else [])


@pytest.mark.parametrize(("many", "is_said"), [(2, True), (3, False)])
def test_the_office_says_how_many_noes_are_many(student, many, is_said):
    OfficeSettings.objects.update_or_create(pk=1, defaults={"noes_in_a_row": many})
    for day in (2, 3):
        InteractionFactory(
            contact__student=student, outcome="DECLINED", happened_on=date(2026, 3, day)
        )

    words = [reason.words for reason in row_of(student).reasons]

    assert words == (["2 noes in a row"] if is_said else [])


@pytest.mark.parametrize(("many", "is_said"), [(1, True), (2, False)])
def test_the_office_says_after_how_many_talks_a_name_is_missed(student, many, is_said):
    OfficeSettings.objects.update_or_create(pk=1, defaults={"talks_without_a_name": many})
    meet(student, 1)

    words = [reason.words for reason in row_of(student).reasons]

    assert words == (["Met 1 person, never asked for another name"] if is_said else [])
