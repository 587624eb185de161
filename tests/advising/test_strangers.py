"""An advisor sees nothing of another's caseload, by whichever way in."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from accounts.models import Term
from advising import actions
from advising.models import Goal, Remark, Spoken
from tests.advising.deeds import AT, hold_talk
from tests.factories import (
    CaseloadFactory,
    ContactFactory,
    InteractionFactory,
    LetterReviewFactory,
    StudentProfileFactory,
)

SECRETS = ("Zebulon", "Quillfeather", "Falconry", "Marmalade", "2031")


@pytest.fixture
def stranger(other_student, other_advisor):
    """Somebody else's student, with something of everything."""
    other_student.name = "Zebulon Kowalski"
    other_student.save()
    CaseloadFactory(advisor=other_advisor, student=other_student)
    StudentProfileFactory(
        student=other_student,
        class_year=2031,
        majors=["Falconry"],
        fields_of_interest=["Marmalade"],
    )
    contact = ContactFactory(student=other_student, name="Quillfeather")
    InteractionFactory(contact=contact, said="Marmalade", is_shared=True)
    hold_talk(contact, on=date(2026, 3, 2))
    LetterReviewFactory(letter__contact=contact, asked_at=AT - timedelta(days=2), text="Marmalade")
    return other_student


@pytest.fixture
def as_advisor(client, advisor):
    client.force_login(advisor)
    with time_machine.travel(AT, tick=False):
        yield client


@pytest.mark.parametrize(
    "asked",
    [
        {}, {"q": "Zebulon"}, {"year": "2031"}, {"major": "Falconry"}, {"field": "Marmalade"},
        {"why": "THANK_YOU"}, {"why": "LETTER"}, {"sort": "-met"}, {"term": "1"},
    ],
)  # fmt: skip
def test_board_tells_nothing_of_a_stranger(as_advisor, student, stranger, asked):
    Term.objects.create(pk=1, name="S26", first_on=date(2026, 1, 1), last_on=date(2026, 12, 20))

    page = as_advisor.get(reverse("home"), asked)

    said = [*asked.values()]
    assert [word for word in SECRETS if word in page.text and word not in said] == []
    assert [row.student for row in page.context["rows"]] in ([student], [])
    assert page.context["funnel"].reach.met == 0


@pytest.mark.parametrize(
    "page", ["student", "letters", "people", "spoken", "unspoken", "remark_add"]
)
def test_pages_of_a_stranger_are_not_there(as_advisor, stranger, page):
    address = reverse(f"advising:{page}", args=[stranger.pk])

    assert as_advisor.get(address).status_code in (404, 405)
    assert as_advisor.post(
        address, {"about": "thank_you-1", "text": "Hi", "kind": "NOTE"}
    ).status_code in (404, 405)
    assert not Spoken.objects.exists()
    assert not Remark.objects.exists()
    assert not stranger.looks_received.exists()


@pytest.mark.parametrize("page", ["remark", "remark_delete"])
def test_words_about_a_stranger_are_not_there(as_advisor, stranger, other_advisor, page):
    note = actions.remark(other_advisor, stranger, kind="NOTE", text="Marmalade", at=AT)
    address = reverse(f"advising:{page}", args=[note.pk])

    assert as_advisor.get(address).status_code in (404, 405)
    assert as_advisor.post(address, {"text": "Mine"}).status_code == 404
    assert Remark.objects.get().text == "Marmalade"


def test_tree_of_one_student_has_nobody_of_another(as_advisor, advisor, student, stranger):
    """Both of the caseload and of somebody else's."""
    other = CaseloadFactory(advisor=advisor).student
    for each, name in ((student, "Dana"), (other, "Quillfeather")):
        ContactFactory(
            student=each, name=f"{name} Jr", referred_by=ContactFactory(student=each, name=name)
        )

    page = as_advisor.get(reverse("advising:people", args=[student.pk]))

    assert "Dana Jr" in page.text
    assert "Quillfeather" not in page.text


def test_goals_tell_nothing_of_a_stranger(as_advisor, other_advisor, student, stranger):
    """Neither another advisor's goal, nor another's student in one of the office."""
    days = {"from_on": date(2026, 1, 1), "until_on": date(2026, 12, 1)}
    theirs = Goal.objects.create(advisor=other_advisor, name="Quillfeather", **days)
    office = Goal.objects.create(target=1, **days)

    board = as_advisor.get(reverse("home"))
    page = as_advisor.get(reverse("advising:goal", args=[office.pk]))

    assert as_advisor.get(reverse("advising:goal", args=[theirs.pk])).status_code == 404
    assert "Quillfeather" not in board.text
    assert "Zebulon" not in page.text
    assert [(one.students, one.total) for one in board.context["goals"]] == [(1, 0)]


def test_a_stranger_is_not_picked_for_a_goal(as_advisor, student, stranger):
    as_advisor.post(
        reverse("advising:goal_create"),
        {
            "to": [student.pk, stranger.pk], "metric": "TALKS", "target": "2",
            "from_on": "2026-03-01", "until_on": "2026-03-31",
        },
    )  # fmt: skip

    assert Goal.objects.get().picked == [student.pk]
