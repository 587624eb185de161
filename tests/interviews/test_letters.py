"""The letters that a talk owes: begun from the write-up, heard of when they go out, and in time."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from contacts.models import Contact
from interviews import actions, drafts
from interviews.actions.letters import write_letter
from interviews.drafts import Facts, Piece
from interviews.models import Interview, State
from interviews.on_time import OnTime, on_time
from letters.announcements import letter_sent, letter_taken_back, questions_wanted
from letters.models import Letter
from tests.factories import (
    AdviceFactory,
    ContactFactory,
    DebriefFactory,
    InterviewFactory,
    LetterFactory,
    PreparedQuestionFactory,
    UserFactory,
)
from tests.interviews.conftest import NOW, TODAY, agreed, days

MET_ON = date(2026, 3, 2)


def thanks(**known) -> dict[str, str]:
    return drafts.thank_you(Facts(met_on=MET_ON, today=MET_ON + timedelta(days=1), **known))


def again(*advice: Piece, **known) -> dict[str, str]:
    today = MET_ON + timedelta(days=45)
    return drafts.follow_up(Facts(met_on=MET_ON, today=today, advice=advice, **known))


# Sentences


@pytest.mark.parametrize(
    ("enjoyed", "sentence"),
    [
        ("the tour of the newsroom", "I especially enjoyed the tour of the newsroom."),
        ("The tour!", "I especially enjoyed the tour!"),
        (
            "Her stories about night shifts.",
            "I especially enjoyed your stories about night shifts.",
        ),
        ("how you check a source", "I especially enjoyed how you check a source."),
        ("I liked that you were frank", "I liked that you were frank."),
        ("It was all new to me.", "It was all new to me."),
        ("tour, newsroom, printing", "What I enjoyed most: tour, newsroom, printing."),
        ("  the tour\n\nof the\tnewsroom ", "I especially enjoyed the tour of the newsroom."),
        ("- the tour", "I especially enjoyed the tour."),
        ("“Night & Day”", "What I enjoyed most: “Night & Day”."),
        ("🙂", "What I enjoyed most: 🙂."),
        ("the", "I especially enjoyed the."),
    ],
)
def test_what_was_enjoyed_is_set_into_a_sentence(enjoyed, sentence):
    """G40"""
    assert thanks(enjoyed=enjoyed)["enjoyed"] == (
        f"Thank you for the time you gave me on Monday. {sentence}"
    )


@pytest.mark.parametrize(
    ("advice", "sentence"),
    [
        (["Read the trade paper."], "Your advice to read the trade paper has stayed with me."),
        (["to call Wen"], "Your advice to call Wen has stayed with me."),
        (["Call a person a week"], "Your advice to call a person a week has stayed with me."),
        (["Work hours are long"],
         "One piece of your advice has stayed with me: “Work hours are long.”"),
        (["Statistics!"], "One piece of your advice has stayed with me: “Statistics.”"),
        (["Say \"no\" often"], "Your advice to say \"no\" often has stayed with me."),
        (["“No” is fine"], "One piece of your advice has stayed with me: “‘No’ is fine.”"),
        (["Read a lot. Then write."],
         "One piece of your advice has stayed with me: “Read a lot. Then write.”"),
        (["Read two papers", "Ask Wen"],
         "Your advice has stayed with me: to read two papers and to ask Wen."),
        (["Read two papers", "Statistics"],
         "What you advised has stayed with me: “Read two papers” and “Statistics.”"),
        (["Read", "Ask", "Go", "Write"],
         "Your advice has stayed with me: to read, to ask, and to go."),
    ],
)  # fmt: skip
def test_advice_is_named(advice, sentence):
    """G40"""
    assert thanks(advice=tuple(map(Piece, advice)))["advice"] == sentence


@pytest.mark.parametrize(
    ("next_steps", "sentence"),
    [
        ("Apply to the summer program", "Next, I plan to apply to the summer program."),
        (
            "Read two papers;\n- write to Wen.",
            "Next, I plan to read two papers and to write to Wen.",
        ),
        ("I will apply in May", "I will apply in May."),
        ("summer program", "This is what I will do next: summer program."),
        ("summer program\nWen", "This is what I will do next: summer program; Wen."),
    ],
)
def test_plan_is_said(next_steps, sentence):
    """G40"""
    assert thanks(next_steps=next_steps)["plan"] == sentence


def test_unknown_is_left_to_the_writer():
    assert thanks() == {}
    assert thanks(enjoyed=" \n ", next_steps=";", advice=(Piece(" "),)) == {}


def test_whom_they_named_and_one_has_met_is_said():
    """G40"""
    assert thanks(met=("Wen Li",))["plan"] == (
        "I have met Wen Li, whom you named. Thank you for that, too."
    )
    assert "Wen Li and Rosa, whom you named" in again(met=("Wen Li", "Rosa"))["advice"]


def test_follow_up_says_what_was_done_and_what_was_not():
    """G45"""
    blocks = again(
        Piece("Read the trade paper.", done=True, note="it is on my desk each Monday"),
        Piece("Statistics", done=True),
        Piece("Call a professor"),
        Piece("Ask Wen"),
    )

    assert blocks == {
        "reminder": "You were kind enough to talk with me on March 2.",
        "advice": "You advised me to read the trade paper, and I did. "
        "It is on my desk each Monday. "
        "You gave me this advice: “Statistics.” I followed it. "
        "I have not come around to call a professor or to ask Wen yet, but I mean to.",
    }


def test_follow_up_of_last_year_says_the_year():
    facts = Facts(met_on=date(2025, 12, 20), today=date(2026, 2, 1))

    assert drafts.follow_up(facts)["reminder"].endswith("on December 20, 2025.")


# Begun


@pytest.fixture
def visitor(client, student):
    client.force_login(student)
    with time_machine.travel(NOW, tick=False):
        yield client


def url(kind: str, interview) -> str:
    return reverse(f"interviews:write_{kind}", args=[interview.pk])


@pytest.mark.parametrize("kind", ["thank_you", "follow_up"])
@pytest.mark.parametrize(
    ("who", "status"),
    [("student", 302), ("advisor", 403), ("other_student", 404), ("staff", 404)],
)
def test_letters_are_begun_by_the_owner_alone(client, request, held, kind, who, status):
    client.force_login(request.getfixturevalue(who))

    assert client.get(url(kind, held)).status_code == 405
    assert client.post(url(kind, held)).status_code == status
    assert Letter.objects.count() == (1 if who == "student" else 0)


def test_thank_you_begins_with_the_write_up_and_is_begun_once(visitor, held):
    """G40"""
    DebriefFactory(interview=held, enjoyed="the tour", next_steps="Apply in May")
    AdviceFactory(interview=held, text="Read the trade paper.")

    first = visitor.post(url("thank_you", held)).url
    second = visitor.post(url("thank_you", held)).url

    letter = Letter.objects.get()
    held.refresh_from_db()
    assert (first, second) == (letter.get_absolute_url(), letter.get_absolute_url())
    assert (held.thank_you_letter, letter.kind, letter.contact) == (
        letter, "THANK_YOU", held.contact,
    )  # fmt: skip
    assert "I especially enjoyed the tour." in letter.blocks["enjoyed"]
    assert "Your advice to read the trade paper" in letter.blocks["advice"]
    assert letter.blocks["plan"] == "Next, I plan to apply in May."
    assert letter.blocks["greeting"].startswith("Dear Dana")


def test_follow_up_has_a_letter_of_its_own(visitor, held):
    """G45"""
    AdviceFactory(interview=held, text="Read the trade paper.", done_on=TODAY, note="It helps.")

    visitor.post(url("thank_you", held))
    visitor.post(url("follow_up", held))

    held.refresh_from_db()
    assert held.follow_up_letter.kind == "FOLLOW_UP"
    assert "and I did. It helps." in held.follow_up_letter.blocks["advice"]


def test_letter_that_was_thrown_away_can_be_begun_anew(visitor, held):
    visitor.post(url("thank_you", held))
    Letter.objects.all().delete()

    visitor.post(url("thank_you", held))

    held.refresh_from_db()
    assert held.thank_you_letter == Letter.objects.get()


def test_letter_about_a_talk_that_was_not_held_is_refused_in_words(visitor, idea):
    response = visitor.post(url("thank_you", idea), follow=True)

    assert "Say first that you met." in response.text
    assert not Letter.objects.exists()


def test_person_they_named_is_mentioned_only_after_a_talk(held, student):
    """G40"""
    wen = ContactFactory(student=student, name="Wen Li", referred_by=held.contact)
    ContactFactory(student=student, name="Rosa", referred_by=held.contact)
    talk = actions.begin(wen, at=NOW)
    before = write_letter(held, kind="THANK_YOU", at=NOW).blocks["plan"]
    actions.hold(talk, held_on=TODAY, at=NOW)

    after = write_letter(held, kind="FOLLOW_UP", at=NOW).blocks["advice"]

    assert "Wen" not in before
    assert "I have met Wen Li, whom you named." in after
    assert "Rosa" not in after


# Heard of


def sent(contact, kind: str, *, on: date = TODAY) -> Letter:
    letter = LetterFactory(contact=contact, kind=kind, state=Letter.State.SENT, sent_on=on)
    answers = letter_sent.send(sender=Letter, letter=letter, at=NOW)
    letter.answers = [words for _, words in answers if words]
    return letter


def test_request_that_went_out_is_a_talk_asked_for(contact):
    """G10, G16"""
    sent(contact, "REQUEST")
    sent(contact, "REQUEST")

    assert contact.interviews.get().state == State.ASKED


@pytest.mark.parametrize("state", [State.NO_RESPONSE, State.CANCELLED, State.DECLINED])
def test_request_takes_up_a_talk_that_came_to_nothing(contact, state):
    talk = InterviewFactory(contact=contact, state=state)

    sent(contact, "REQUEST")

    talk.refresh_from_db()
    assert (talk.state, contact.interviews.count()) == (State.ASKED, 1)


def test_request_leaves_a_talk_that_is_agreed(contact, accepted):
    letter = sent(contact, "REQUEST")

    accepted.refresh_from_db()
    assert (accepted.state, letter.answers) == (State.ACCEPTED, [])


def test_request_after_a_talk_asks_for_another(held):
    sent(held.contact, "REQUEST")

    held.refresh_from_db()
    assert held.state == State.HELD
    assert held.contact.interviews.exclude(pk=held.pk).get().state == State.ASKED


def test_thank_you_that_went_out_is_owed_no_longer(held, announced):
    """G38"""
    letter = write_letter(held, kind="THANK_YOU", at=NOW)
    letter.state, letter.sent_on = Letter.State.SENT, TODAY
    letter.save()

    letter_sent.send(sender=Letter, letter=letter, at=NOW)

    held.refresh_from_db()
    assert held.thanked_on == TODAY
    assert held in announced


def test_letters_reach_the_talk_that_still_owes_them(contact):
    """Two talks with one person: each letter is about one."""
    first, second = (InterviewFactory(contact=contact) for _ in range(2))
    actions.hold(first, held_on=TODAY - days(60), at=NOW)
    actions.hold(second, held_on=TODAY - days(1), at=NOW)

    sent(contact, "THANK_YOU")
    sent(contact, "THANK_YOU")
    sent(contact, "FOLLOW_UP", on=TODAY - days(2))

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.thanked_on, second.thanked_on) == (TODAY, TODAY)
    assert (first.followed_up_on, second.followed_up_on) == (TODAY - days(2), None)


def test_thank_you_to_somebody_one_never_met_changes_nothing(contact, idea):
    assert sent(contact, "THANK_YOU").answers == []

    idea.refresh_from_db()
    assert idea.thanked_on is None


def test_refusal_of_the_talk_is_a_sentence_for_the_sender(held):
    letter = write_letter(held, kind="THANK_YOU", at=NOW)
    letter.state, letter.sent_on = Letter.State.SENT, TODAY - days(5)
    letter.save()

    answers = [words for _, words in letter_sent.send(sender=Letter, letter=letter, at=NOW)]

    assert any("A letter about that cannot be older." in (words or "") for words in answers)
    held.refresh_from_db()
    assert held.thanked_on is None


@pytest.mark.parametrize(
    ("kind", "field"), [("THANK_YOU", "thanked_on"), ("FOLLOW_UP", "followed_up_on")]
)
def test_letter_taken_back_is_owed_again(held, kind, field):
    letter = sent(held.contact, kind)
    held.refresh_from_db()
    assert getattr(held, field) == TODAY

    letter_taken_back.send(sender=Letter, letter=letter, at=NOW)

    held.refresh_from_db()
    assert getattr(held, field) is None


def test_day_that_was_corrected_since_is_not_taken_back_with_the_letter(held):
    letter = sent(held.contact, "THANK_YOU", on=TODAY)
    actions.record_thank_you(held, mailed_on=TODAY + days(1), at=NOW + days(1))

    letter_taken_back.send(sender=Letter, letter=letter, at=NOW + days(1))

    held.refresh_from_db()
    assert held.thanked_on == TODAY + days(1)


def test_questions_prepared_for_somebody_are_told(contact, idea):
    """G17"""
    PreparedQuestionFactory(interview=idea, text="Second?", rank=2)
    PreparedQuestionFactory(interview=idea, text="First?", rank=1)
    other = InterviewFactory(contact=contact)
    PreparedQuestionFactory(interview=other, text="First?", rank=3)
    PreparedQuestionFactory(text="Somebody else’s?")

    answers = [found for _, found in questions_wanted.send(sender=Contact, contact=contact)]

    assert answers == [["First?", "Second?"]]


# In time


def held_by(student, *, held_on: date, thanked_on: date | None) -> Interview:
    talk = InterviewFactory(contact=ContactFactory(student=student))
    actions.hold(talk, held_on=held_on, at=NOW)
    if thanked_on:
        actions.record_thank_you(talk, mailed_on=thanked_on, at=NOW)
    return talk


@pytest.mark.parametrize(
    ("days_ago", "thanked_after", "found"),
    [
        (10, 0, OnTime(1, 1)),
        (10, 3, OnTime(1, 1)),
        (10, 4, OnTime(1, 0)),
        (3, None, OnTime(0, 0)),
        (4, None, OnTime(1, 0)),
        (1, 1, OnTime(1, 1)),
    ],
    ids=["that day", "last day", "a day late", "may still", "never", "early"],
)
def test_thank_you_counts_by_the_last_day(student, days_ago, thanked_after, found):
    """G39, G38"""
    held_on = TODAY - days(days_ago)
    thanked_on = None if thanked_after is None else held_on + days(thanked_after)
    held_by(student, held_on=held_on, thanked_on=thanked_on)

    assert on_time(Interview.objects.all(), today=TODAY) == found


def test_rate_counts_what_it_is_given_in_one_query(student, django_assert_num_queries):
    """G39: one student's for themselves, everybody's for the office."""
    other = UserFactory()
    held_by(student, held_on=TODAY - days(5), thanked_on=TODAY - days(4))
    held_by(other, held_on=TODAY - days(5), thanked_on=None)
    agreed(actions.begin(ContactFactory(student=student), at=NOW))

    with django_assert_num_queries(2):
        mine = on_time(Interview.objects.of(student), today=TODAY)
        all_of_them = on_time(Interview.objects.all(), today=TODAY)

    assert (mine, all_of_them) == (OnTime(1, 1), OnTime(2, 1))


@pytest.mark.parametrize(
    ("rate", "begins"),
    [
        (OnTime(0, 0), ""),
        (OnTime(1, 1), "Your thank-you went out in time."),
        (OnTime(2, 2), "Both of your thank-yous"),
        (OnTime(4, 4), "All 4 of your thank-yous"),
        (OnTime(4, 3), "3 of your 4 thank-yous went out in time."),
        (OnTime(1, 0), "0 of your 1 thank-you went out in time."),
    ],
)
def test_rate_is_said_in_words(rate, begins):
    assert rate.words.startswith(begins)
    assert bool(rate.words) is bool(rate.due)


def test_list_shows_the_rate(visitor, held):
    """G39"""
    assert "in time" not in visitor.get(reverse("interviews:list")).text
    actions.record_thank_you(held, mailed_on=TODAY, at=NOW)

    assert "Your thank-you went out in time." in visitor.get(reverse("interviews:list")).text
