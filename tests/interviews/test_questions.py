"""A student's list for one talk: chosen, ranked, measured (G4, G23, G27, G34)."""

import re
import threading
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.urls import reverse

from accounts.models import StudentProfile
from interviews.actions import questions as deeds
from interviews.actions.questions import KEPT, MOST, ListIsFull, NotOnTheList, OnTheList, Way
from interviews.coverage import TimeMeter, coverage
from interviews.models import PreparedQuestion, Question, State, Topic
from interviews.preparing import Item, bring, is_ready, leave_by, readiness
from letters.models import Resume
from tests.factories import (
    InterviewFactory,
    PreparedQuestionFactory,
    QuestionFactory,
    ResumeFactory,
    StudentProfileFactory,
)
from tests.interviews.conftest import NOW


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def visitor(client, student):
    client.force_login(student)
    return client


@pytest.fixture
def bank():
    return QuestionFactory.create_batch(3)


def url(name, talk) -> str:
    return reverse(f"interviews:{name}", args=[talk.pk])


def texts(talk) -> list[str]:
    return list(talk.questions.in_order().values_list("text", flat=True))


def ranks(talk) -> list[int]:
    return list(talk.questions.in_order().values_list("rank", flat=True))


@pytest.fixture
def listed(idea):
    for rank, text in enumerate(["One?", "Two?", "Three?"], start=1):
        PreparedQuestionFactory(interview=idea, text=text, rank=rank)
    return idea


def called(talk, text) -> PreparedQuestion:
    return talk.questions.get(text=text)


# The list


@pytest.mark.parametrize(
    ("text", "way", "order", "rank"),
    [
        ("Two?", Way.UP, ["Two?", "One?", "Three?"], 1),
        ("Two?", Way.DOWN, ["One?", "Three?", "Two?"], 3),
        ("Three?", Way.TOP, ["Three?", "One?", "Two?"], 1),
        ("One?", Way.UP, ["One?", "Two?", "Three?"], 1),
        ("Three?", Way.DOWN, ["One?", "Two?", "Three?"], 3),
    ],
)
def test_a_question_moves_one_place_or_to_the_top(listed, text, way, order, rank):
    assert deeds.move(called(listed, text), way=way) == rank
    assert (texts(listed), ranks(listed)) == (order, [1, 2, 3])


def test_reorder_takes_the_order_that_was_dragged_and_passes_over_ids_of_others(listed):
    foreign = PreparedQuestionFactory(rank=7)
    one, three = called(listed, "One?"), called(listed, "Three?")

    deeds.reorder(listed, order=[three.pk, foreign.pk, one.pk, 10**18])

    # What the order leaves out comes after what it names.
    assert texts(listed) == ["Three?", "One?", "Two?"]
    assert PreparedQuestion.objects.get(pk=foreign.pk).rank == 7


def test_a_removed_question_comes_back_at_its_rank_with_its_answer(listed):
    question = called(listed, "Two?")
    question.answer, question.is_asked = "By train.", True
    question.save()

    kept = deeds.remove(question)
    assert (texts(listed), ranks(listed)) == (["One?", "Three?"], [1, 2])
    deeds.put_back(listed, kept=kept)

    assert (texts(listed), ranks(listed)) == (["One?", "Two?", "Three?"], [1, 2, 3])
    back = called(listed, "Two?")
    assert (back.answer, back.is_asked, set(kept)) == ("By train.", True, set(KEPT))


def test_a_question_removed_twice_is_no_longer_there(listed):
    question = called(listed, "Two?")
    deeds.remove(called(listed, "Two?"))

    with pytest.raises(NotOnTheList):
        deeds.remove(question)
    with pytest.raises(NotOnTheList):
        deeds.move(question, way=Way.UP)


def test_what_the_bank_lost_meanwhile_comes_back_in_the_students_words(idea):
    source = QuestionFactory(text="Gone soon?")
    deeds.add_from_bank(idea, picked=[source])
    kept = deeds.remove(called(idea, "Gone soon?"))
    source.delete()

    assert deeds.put_back(idea, kept=kept).source_id is None


def test_words_of_the_bank_are_copied_once(idea):
    """G27: what the office edits later changes no list."""
    source = QuestionFactory(topic=Topic.DEMANDS, text="What hours do you keep?")

    assert deeds.add_from_bank(idea, picked=[source]) == 1
    Question.objects.filter(pk=source.pk).update(text="Reworded?")
    assert deeds.add_from_bank(idea, picked=Question.objects.filter(pk=source.pk)) == 0

    question = idea.questions.get()
    assert (question.text, question.topic) == ("What hours do you keep?", Topic.DEMANDS)


@pytest.mark.parametrize("again", ["one?", "  ONE ", "One?!"])
def test_the_same_words_stand_on_a_list_once(listed, again):
    with pytest.raises(OnTheList):
        deeds.add_own(listed, text=again)


def test_a_full_list_takes_no_more(idea):
    for rank in range(1, MOST + 1):
        PreparedQuestionFactory(interview=idea, rank=rank)

    with pytest.raises(ListIsFull):
        deeds.add_own(idea, text="One more?")
    assert idea.questions.count() == MOST


def test_an_earlier_list_is_taken_over_in_its_order_without_its_answers(listed, student):
    later = InterviewFactory(contact=listed.contact)
    PreparedQuestionFactory(interview=later, text="Three?", rank=1)
    listed.questions.update(answer="Private.", is_asked=True)

    assert deeds.take_over(later, earlier=listed) == 2

    assert texts(later) == ["Three?", "One?", "Two?"]
    assert set(later.questions.values_list("answer", "is_asked")) == {("", False)} | {("", False)}


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_leave_ranks_without_gap_or_double(student):
    talk = InterviewFactory(contact__student=student)
    questions = [PreparedQuestionFactory(interview=talk, rank=n) for n in range(1, 7)]

    def click(question, way):
        deeds.move(question, way=way)
        connection.close()

    def add(n):
        deeds.add_own(talk, text=f"At once {n}?")
        connection.close()

    threads = [
        *(threading.Thread(target=click, args=(one, Way.TOP)) for one in questions[3:]),
        *(threading.Thread(target=add, args=(n,)) for n in range(3)),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert ranks(talk) == list(range(1, 10))


# What it covers, and whether there is time


def test_coverage_counts_by_topic_and_leaves_ones_own_aside(idea):
    """G4: which topics a list covers."""
    for topic in (Topic.DAYS, Topic.DAYS, Topic.CLOSING, Topic.OWN):
        PreparedQuestionFactory(interview=idea, topic=topic)

    found = coverage(idea.questions.all())

    assert {one.topic: one.words for one in found.topics if one.count} == {
        Topic.DAYS: "2 questions",
        Topic.CLOSING: "1 question",
    }
    assert (found.covered, len(found.topics), found.own, found.most) == (2, 10, 1, 2)
    assert Topic.OWN not in found.missing
    assert len(found.missing) == 8


@pytest.mark.parametrize(
    ("count", "minutes", "words"),
    [
        (0, 30, "Your 30 minutes have room for about 10 questions."),
        (8, 30, "These take about 24 of your 30 minutes."),
        (10, 30, "These take about 30 of your 30 minutes."),
        (
            11,
            30,
            "These take about 33 minutes, and you have 30. You will get to the first 10.",
        ),
    ],
)
def test_the_time_is_told_in_words(count, minutes, words):
    assert TimeMeter(count, minutes).words == words


# Readiness


@pytest.mark.parametrize(("count", "ready"), [(4, False), (5, True)])
def test_five_ranked_questions_make_one_ready_to_call(idea, count, ready):
    """G23"""
    PreparedQuestionFactory.create_batch(count, interview=idea)

    assert is_ready(idea) is ready


def test_readiness_names_what_is_missing_and_where_it_is_done(accepted):
    """G23, G24, G25, G32"""
    me, resume = reverse("accounts:profile"), reverse("letters:resume")

    assert readiness(accepted, None) == [
        Item(False, "Five questions, the best first", url("questions", accepted)),
        Item(False, "Time and place confirmed", accepted.get_absolute_url()),
        Item(False, "A minute about yourself", me),
        Item(False, "Your phone number, to leave on voicemails", me),
        Item(False, "A voicemail greeting fit for callers", me),
        Item(False, "Résumé read by your advisor", resume),
    ]


def test_readiness_is_complete_when_all_is_done(accepted, student):
    profile = StudentProfileFactory(
        student=student, phone="413 555 0142", background="Film.", greeting_is_ready=True
    )
    ResumeFactory(student=student, status=Resume.Status.REVIEWED, reviewed_on=NOW.date())
    PreparedQuestionFactory.create_batch(5, interview=accepted)
    accepted.state = State.CONFIRMED

    assert all(item.done for item in readiness(accepted, profile))


def test_a_draft_resume_is_not_ready(accepted, student):
    """G32"""
    resume = ResumeFactory(student=student)

    assert [item.done for item in readiness(accepted, None)][-1] is False
    assert "Your résumé, for their advice on it" not in bring(accepted, resume)
    resume.status = Resume.Status.REVIEWED
    assert "Your résumé, for their advice on it" in bring(accepted, resume)


@pytest.mark.parametrize(
    ("fields", "before"),
    [
        ({"travel_minutes": 25}, timedelta(minutes=40)),
        ({"travel_minutes": 0}, timedelta(minutes=15)),
        ({"travel_minutes": None}, None),
        ({"travel_minutes": 25, "format": "PHONE"}, None),
        ({"travel_minutes": 25, "starts_at": None}, None),
    ],
)
def test_leave_by_counts_the_way_and_time_to_spare(accepted, fields, before):
    """G30"""
    from accounts.models import OfficeSettings

    for name, value in fields.items():
        setattr(accepted, name, value)

    expected = before and accepted.starts_at - before
    assert leave_by(accepted, OfficeSettings.current()) == expected


# The page


WHO = [
    ("student", 200),
    ("advisor", 403),
    ("other_student", 404),
    ("other_advisor", 404),
    ("staff", 404),
    ("administrator", 404),
]
VERBS = [
    "question_add", "question_pick", "question_take_over", "question_move", "question_order",
    "question_remove", "question_put_back",
]  # fmt: skip


@pytest.mark.parametrize(("who", "status"), WHO)
def test_the_page_is_for_the_owner_alone(client, request, listed, who, status):
    client.force_login(request.getfixturevalue(who))

    assert client.get(url("questions", listed)).status_code == status
    assert client.post(url("questions", listed), {"words": "day"}).status_code == status


@pytest.mark.parametrize(("who", "status"), WHO[1:])
@pytest.mark.parametrize("verb", VERBS)
def test_verbs_are_for_the_owner_alone(client, request, listed, verb, who, status):
    client.force_login(request.getfixturevalue(who))
    two = called(listed, "Two?").pk
    data = {"text": "Why?", "question": two, "up": two, "earlier": listed.pk}

    assert client.post(url(verb, listed), data).status_code == status
    assert texts(listed) == ["One?", "Two?", "Three?"]


@pytest.mark.parametrize("verb", VERBS)
def test_nothing_changes_on_get(visitor, listed, verb):
    assert visitor.get(url(verb, listed)).status_code == 405


def heading(response) -> str:
    return re.search(r"<h1[^>]*>(.*?)</h1>", response.text, re.DOTALL)[1]


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "Choose what to ask Dana Whitcomb"),
        (3, "Choose 2 more to ask Dana Whitcomb"),
        (5, "Put what matters most first"),
    ],
)
def test_the_heading_says_what_to_do_next(visitor, idea, bank, count, words):
    PreparedQuestionFactory.create_batch(count, interview=idea)

    response = visitor.get(url("questions", idea))

    assert heading(response) == words
    assert response.text.count("btn-primary") == 1


def test_a_page_of_three_questions_asks_no_more_than_a_page_of_one(
    visitor, student, idea, django_assert_num_queries
):
    StudentProfileFactory(student=student)
    PreparedQuestionFactory(interview=idea)
    visitor.get(url("questions", idea))
    with django_assert_num_queries(8):
        visitor.get(url("questions", idea))
    PreparedQuestionFactory.create_batch(2, interview=idea)
    PreparedQuestionFactory.create_batch(2, interview__contact__student=student)
    with django_assert_num_queries(8):
        visitor.get(url("questions", idea))


def test_ones_own_question_goes_to_the_end(visitor, listed):
    visitor.post(url("question_add", listed), {"text": "  What\r\n  about trains? "})

    assert texts(listed)[-1] == "What about trains?"
    assert called(listed, "What about trains?").topic == Topic.OWN


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Write your question."),
        ("   ", "Write your question."),
        ("x" * 401, "Say it in 400 characters, or make two questions of it."),
        ("Two?", "This question is on your list already."),
        ("a\x00b", "Null characters are not allowed."),
    ],
)
def test_a_wrong_question_is_shown_again_with_its_reason(visitor, listed, text, sentence):
    response = visitor.post(url("question_add", listed), {"text": text})

    assert response.status_code == 422
    assert "<title>Error: " in response.text
    assert response.context["form"].errors == {"text": [sentence]}
    assert response.context["form"]["text"].value() == text


def test_a_question_for_a_job_comes_back_with_one_that_may_be_asked(visitor, idea):
    """G34, G35: it is not stopped; the student has the last word."""
    asked = "Do you have any openings for summer interns?"

    response = visitor.post(url("question_add", idea), {"text": f" {asked} "})

    assert response.status_code == 422
    assert response.context["form"].errors == {"text": ["This asks for a job."]}
    assert texts(idea) == []
    rewrite = response.context["rewrite"]
    visitor.post(url("question_add", idea), {"text": rewrite})
    visitor.post(url("question_add", idea), {"text": asked, "keep": "1"})
    assert texts(idea) == [rewrite, asked]


def test_several_are_added_at_once_and_those_of_others_are_not_offered(visitor, idea):
    picked = QuestionFactory.create_batch(3)
    retired = QuestionFactory(is_active=False)
    posted = [one.pk for one in (*picked, retired)] + ["x", "", "9" * 5000, "-1", "²"]

    response = visitor.post(url("question_pick", idea), {"question": posted}, follow=True)

    assert texts(idea) == [one.text for one in picked]
    assert [str(one) for one in response.context["messages"]] == [
        "3 questions are new on your list."
    ]


def test_nothing_ticked_is_said(visitor, idea):
    response = visitor.post(url("question_pick", idea), follow=True)

    assert [str(one) for one in response.context["messages"]] == [
        "Tick the questions that you want on your list."
    ]


def test_ticks_outlive_a_full_list(visitor, idea):
    PreparedQuestionFactory.create_batch(MOST, interview=idea)
    one = QuestionFactory()

    response = visitor.post(url("question_pick", idea), {"question": [one.pk]})

    assert response.status_code == 422
    assert f'value="{one.pk}" checked' in response.text


def test_a_search_in_the_bank_keeps_what_is_ticked_and_changes_nothing(visitor, idea):
    trains = QuestionFactory(text="Do you take the train?", why="Commutes matter.")
    ships = QuestionFactory(text="Do you take the ship?")

    response = visitor.post(
        url("questions", idea), {"words": "TRAIN commutes", "question": [ships.pk]}
    )

    found = [one for shelf in response.context["shelves"] for one in shelf.questions]
    assert {trains, ships} == set(found)
    assert f'value="{ships.pk}" checked' in response.text
    assert not idea.questions.exists()
    assert visitor.post(url("questions", idea), {"words": "zzz\x00😀"}).status_code == 200


def test_what_is_on_the_list_is_not_offered_again(visitor, idea):
    one = QuestionFactory()
    deeds.add_from_bank(idea, picked=[one])

    response = visitor.get(url("questions", idea))

    offered = [found for shelf in response.context["shelves"] for found in shelf.questions]
    assert one not in offered
    assert len(offered) == Question.objects.count() - 1


def test_moving_keeps_the_focus_without_javascript(visitor, listed):
    three = called(listed, "Three?").pk

    response = visitor.post(url("question_move", listed), {"up": three})

    assert response.url == f"{url('questions', listed)}?focus=up-{three}#question-{three}"
    page = visitor.get(response.url)
    assert re.search(rf'id="up-{three}"[^>]* autofocus', page.text)
    # At the top the button up leads nowhere: the one down has the focus.
    response = visitor.post(url("question_move", listed), {"top": three})
    assert response.url.endswith(f"?focus=down-{three}#question-{three}")


def test_moving_by_htmx_answers_with_the_list_and_says_so(visitor, listed):
    three = called(listed, "Three?").pk
    headers = {"HX-Request": "true", "HX-Target": "chosen"}

    response = visitor.post(url("question_move", listed), {"up": three}, headers=headers)

    assert "<html" not in response.text
    assert 'hx-swap-oob="innerHTML">Moved to place 2 of 3.</div>' in response.text
    assert re.search(rf'id="up-{three}"[^>]* autofocus', response.text)


def test_dragging_saves_the_order(visitor, listed):
    order = [called(listed, text).pk for text in ("Three?", "One?", "Two?")]

    visitor.post(url("question_order", listed), {"question": [*order, "x", "9" * 5000]})

    assert texts(listed) == ["Three?", "One?", "Two?"]


@pytest.mark.parametrize("data", [{}, {"up": ""}, {"up": "x"}, {"down": "99999999999999999999"}])
def test_an_odd_move_is_answered_in_words(visitor, listed, data):
    response = visitor.post(url("question_move", listed), data, follow=True)

    assert [str(one) for one in response.context["messages"]] == [
        "That question is no longer on your list."
    ]
    assert texts(listed) == ["One?", "Two?", "Three?"]


def test_a_question_of_another_list_cannot_be_moved_or_removed(visitor, listed, student):
    other = PreparedQuestionFactory(interview__contact__student=student, text="Elsewhere?")

    visitor.post(url("question_remove", listed), {"question": other.pk})
    visitor.post(url("question_move", listed), {"top": other.pk})

    assert PreparedQuestion.objects.filter(pk=other.pk).exists()
    assert texts(listed) == ["One?", "Two?", "Three?"]


def test_taking_off_offers_a_way_back(visitor, listed):
    response = visitor.post(
        url("question_remove", listed), {"question": called(listed, "Two?").pk}, follow=True
    )
    assert "Taken off: “Two?”" in response.text

    response = visitor.post(url("question_put_back", listed), follow=True)

    assert texts(listed) == ["One?", "Two?", "Three?"]
    assert "Taken off" not in response.text
    # Twice is no more than once.
    visitor.post(url("question_put_back", listed))
    assert texts(listed) == ["One?", "Two?", "Three?"]


def test_what_was_taken_off_one_list_is_not_offered_on_another(visitor, listed, student):
    other = InterviewFactory(contact__student=student)
    visitor.post(url("question_remove", listed), {"question": called(listed, "Two?").pk})

    assert "Taken off" not in visitor.get(url("questions", other)).text
    visitor.post(url("question_put_back", other))
    assert texts(other) == []


def test_another_talks_list_is_taken_over_and_a_strangers_is_not(visitor, listed, student):
    talk = InterviewFactory(contact__student=student)
    foreign = PreparedQuestionFactory(text="Foreign?").interview

    visitor.post(url("question_take_over", talk), {"earlier": foreign.pk})
    assert texts(talk) == []
    assert "Begin with an earlier list" in visitor.get(url("questions", talk)).text
    visitor.post(url("question_take_over", talk), {"earlier": listed.pk})
    assert texts(talk) == ["One?", "Two?", "Three?"]


def test_the_greeting_is_kept_in_the_profile(visitor, student):
    """G25: with a sample of a good one."""
    assert "Hello, this is" in visitor.get(reverse("accounts:profile")).text

    visitor.post(
        reverse("accounts:profile"),
        {"name": "Maya", "time_zone": "America/New_York", "greeting_is_ready": "on"},
    )

    assert StudentProfile.objects.get(student=student).greeting_is_ready
