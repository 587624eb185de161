"""The office's bank of questions (G4, G27)."""

from importlib import import_module

import pytest
from django.apps import apps
from django.urls import reverse

from interviews.actions import bank as deeds
from interviews.actions.bank import InTheBank
from interviews.bank import finds, shelves
from interviews.models import PreparedQuestion, Question, Topic
from letters.checks import of_question
from tests.factories import InterviewFactory, PreparedQuestionFactory, QuestionFactory

first = import_module("interviews.migrations.0003_first_questions")


@pytest.fixture(autouse=True)
def _empty_bank():
    Question.objects.all().delete()


@pytest.fixture
def keeper(client, staff):
    client.force_login(staff)
    return client


# The questions that a college starts with


def test_every_topic_has_five_questions_and_a_reason_for_each():
    """G4: at least seventy in all, and nothing under "my own"."""
    questions = first.first_questions()
    by_topic = {topic: [q for q in questions if q["topic"] == topic] for topic in Topic}

    assert len(questions) >= 70
    assert by_topic.pop(Topic.OWN) == []
    assert {topic for topic, found in by_topic.items() if len(found) < 5} == set()
    assert [q["text"] for q in questions if not q["why"] or q["why"].count(".") > 1] == []
    assert len({q["text"].casefold() for q in questions}) == len(questions)


def test_no_question_of_the_bank_asks_for_a_job():
    """G34, G35: what touches openings carries its disclaimer, and passes the check."""
    texts = [question["text"] for question in first.first_questions()]

    assert [text for text in texts if of_question(text)] == []
    touching = [text for text in texts if "openings" in text or "position" in text]
    assert touching
    assert [text for text in touching if not text.startswith("I am not")] == []


def test_the_migration_adds_them_once_and_takes_back_what_nobody_reworded():
    kept = QuestionFactory(text=first.first_questions()[0]["text"], why="Ours.")
    first.add(apps, None)
    first.add(apps, None)
    assert Question.objects.count() == len(first.first_questions())
    assert Question.objects.get(pk=kept.pk).why == "Ours."
    Question.objects.filter(topic=Topic.DAYS, place=1).update(text="Reworded?")
    listed = PreparedQuestionFactory(source=Question.objects.last())

    first.take_away(apps, None)

    assert [one.text for one in Question.objects.all()] == ["Reworded?"]
    assert PreparedQuestion.objects.get(pk=listed.pk).text == listed.text


# Keeping it


def test_shelves_follow_the_order_of_topics_and_leave_out_empty_ones():
    closing, path = QuestionFactory(topic=Topic.CLOSING), QuestionFactory(topic=Topic.PATH)

    assert [(one.topic, one.questions) for one in shelves([closing, path])] == [
        (Topic.PATH, [path]),
        (Topic.CLOSING, [closing]),
    ]


@pytest.mark.parametrize(
    ("words", "found"),
    [("", True), ("TUESDAY hour", True), ("early", True), ("days", True), ("tuesday ship", False)],
)
def test_a_search_finds_every_word_in_question_reason_or_topic(words, found):
    question = QuestionFactory(topic=Topic.DAYS, text="Tuesday, which hour?", why="Early birds.")

    assert finds(question, words) is found


def in_order(topic) -> list[str]:
    return [one.text for one in Question.objects.filter(topic=topic).in_order()]


def test_a_question_changes_places_with_its_neighbor():
    a, b, c = (QuestionFactory(text=text, topic=Topic.DAYS, place=0) for text in "abc")

    deeds.move(c, up=True)
    assert in_order(Topic.DAYS) == ["a", "c", "b"]
    deeds.move(a, up=True)
    deeds.move(b, up=False)
    assert in_order(Topic.DAYS) == ["a", "c", "b"]
    deeds.move(a, up=False)
    assert in_order(Topic.DAYS) == ["c", "a", "b"]


def test_a_new_question_and_one_that_changes_its_topic_come_last():
    for place, text in enumerate("ab", start=1):
        QuestionFactory(text=text, topic=Topic.DAYS, place=place)
    other = QuestionFactory(text="x", topic=Topic.PATH, place=1)

    deeds.keep_question(Question(topic=Topic.DAYS, text="c"))
    other.topic = Topic.DAYS
    deeds.keep_question(other)

    assert in_order(Topic.DAYS) == ["a", "b", "c", "x"]


def test_the_same_words_are_in_the_bank_once():
    QuestionFactory(text="a")

    with pytest.raises(InTheBank):
        deeds.keep_question(Question(topic=Topic.DAYS, text="a"))


# The pages


PAGES = ["bank", "bank_add", "bank_edit"]
WHO = [
    ("staff", 200), ("administrator", 200), ("student", 403), ("advisor", 403),
]  # fmt: skip


def url(name, question) -> str:
    return reverse(
        f"interviews:{name}", args=[question.pk] if name in ("bank_edit", "bank_move") else []
    )


@pytest.mark.parametrize(("who", "status"), WHO)
@pytest.mark.parametrize("name", PAGES)
def test_the_office_alone_keeps_the_bank(client, request, name, who, status):
    client.force_login(request.getfixturevalue(who))

    assert client.get(url(name, QuestionFactory())).status_code == status


@pytest.mark.parametrize(("who", "status"), WHO[2:])
@pytest.mark.parametrize("name", ["bank_add", "bank_edit", "bank_move"])
def test_others_change_nothing(client, request, name, who, status):
    question = QuestionFactory(text="Mine?")
    client.force_login(request.getfixturevalue(who))
    data = {"text": "New?", "topic": Topic.DAYS, "retire": "1"}

    assert client.post(url(name, question), data).status_code == status
    assert list(Question.objects.values_list("text", "is_active")) == [("Mine?", True)]


def test_a_retired_question_is_marked_and_no_longer_offered(keeper, student, client):
    """Lists that have it keep their words."""
    question = QuestionFactory(text="Old one?")
    talk = InterviewFactory(contact__student=student)
    PreparedQuestionFactory(interview=talk, source=question, text=question.text)

    keeper.post(url("bank_edit", question), {"retire": "1"})

    assert '<span class="tag">Retired</span>' in keeper.get(url("bank", question)).text
    assert list(Question.objects.visible_to(student)) == []
    assert [one.text for one in talk.questions.all()] == ["Old one?"]
    keeper.post(url("bank_edit", question), {"put_back": "1"})
    assert list(Question.objects.visible_to(student)) == [question]


def test_a_changed_question_is_kept(keeper):
    question = QuestionFactory(topic=Topic.DAYS, text="Old?")
    data = {"topic": Topic.PATH, "text": " New \r\n one? ", "why": "So."}

    keeper.post(url("bank_edit", question), data)

    assert list(Question.objects.values_list("topic", "text", "why")) == [
        (Topic.PATH, "New one?", "So.")
    ]


@pytest.mark.parametrize(
    ("data", "errors"),
    [
        ({}, {"topic": ["Choose a topic."], "text": ["Write the question."]}),
        (
            {"topic": "OWN", "text": "a?"},
            {"topic": ["Choose a topic from the list."]},
        ),
        (
            {"topic": "DAYS", "text": "There already?"},
            {"text": ["This question is in the bank already."]},
        ),
        (
            {"topic": "DAYS", "text": "x" * 401, "why": "y" * 301},
            {
                "text": ["Say it in 400 characters, or make two questions of it."],
                "why": ["Say why in 300 characters."],
            },
        ),
    ],
)
def test_wrong_entries_are_shown_again(keeper, data, errors):
    QuestionFactory(text="There already?")

    response = keeper.post(reverse("interviews:bank_add"), data)

    assert response.status_code == 422
    shown = {**response.context["form"].errors}
    shown.update({"text": shown.pop("__all__")} if "__all__" in shown else {})
    assert shown == errors
    assert Question.objects.count() == 1


def test_the_office_is_told_of_a_question_that_asks_for_a_job(keeper):
    """G34"""
    data = {"topic": Topic.CLOSING, "text": "Could you hire me?"}

    response = keeper.post(reverse("interviews:bank_add"), data, follow=True)

    said = [str(one) for one in response.context["messages"]]
    assert said[0] == "The question is in the bank."
    assert said[1].startswith("This asks for a job.")


def test_a_search_shows_what_it_finds_and_says_when_nothing(keeper):
    QuestionFactory(text="Trains?")
    QuestionFactory(text="Ships?")
    page = reverse("interviews:bank")

    found = keeper.get(page, {"q": "train"}).text
    assert "Trains?" in found
    assert "Ships?" not in found
    assert "No question speaks of that" in keeper.get(page, {"q": "zzz\x00😀"}).text
    Question.objects.all().delete()
    assert "The bank is empty" in keeper.get(page).text


def test_a_bank_of_three_asks_no_more_than_a_bank_of_one(keeper, django_assert_num_queries):
    QuestionFactory()
    with django_assert_num_queries(3):
        keeper.get(reverse("interviews:bank"))
    QuestionFactory.create_batch(2)
    with django_assert_num_queries(3):
        keeper.get(reverse("interviews:bank"))


def test_moving_leads_back_to_the_question(keeper):
    QuestionFactory(text="a", place=1)
    b = QuestionFactory(text="b", place=2)

    response = keeper.post(url("bank_move", b), {"up": "1"})

    assert response.url == f"{reverse('interviews:bank')}?focus=up-{b.pk}#question-{b.pk}"
    assert in_order(Topic.DAYS) == ["b", "a"]
