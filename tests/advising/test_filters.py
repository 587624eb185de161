"""Which students the board shows: by class, major, field, term, reason and name, in an address."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.urls import reverse

from accounts.models import Caseload, StudentProfile, Term, User
from advising.models import Goal
from contacts.models import Contact
from interviews.models import Interview
from letters.models import LetterReview
from tests.advising.deeds import AT, hold_talk
from tests.factories import (
    CaseloadFactory,
    ContactFactory,
    InteractionFactory,
    LetterFactory,
    LetterReviewFactory,
    StudentProfileFactory,
    UserFactory,
)

# Session, user, rows (5), terms, weeks, goals, how far they are; and who was active in the term.
BOARD_QUERIES, IN_TERM = 11, 1


@pytest.fixture
def board(client, advisor):
    """The board at noon in New York, as its advisor sees it."""
    client.force_login(advisor)
    with time_machine.travel(AT, tick=False):
        yield lambda **asked: client.get(reverse("home"), asked)


def names(response) -> list[str]:
    return [row.student.name for row in response.context["page"]]


def look_after(advisor, name, **profile):
    student = CaseloadFactory(advisor=advisor, student__name=name, since=date(2026, 3, 9)).student
    if profile:
        StudentProfileFactory(student=student, **profile)
    return student


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"year": "2027"}, ["Ann", "Bo"]),
        ({"major": "Film"}, ["Ann"]),
        ({"field": "Law"}, ["Bo"]),
        ({"year": "2027", "field": "Law"}, ["Bo"]),
        ({"year": "2027", "q": "bo"}, ["Bo"]),
        ({"year": "1850"}, []),
        ({"year": "x\0", "term": "none", "why": "none"}, []),
        ({"term": "none", "why": "none"}, ["Ann", "Bo", "Cy", "Maya Oyelaran"]),
    ],
)
def test_board_shows_a_group(board, advisor, asked, found):
    look_after(advisor, "Ann", class_year=2027, majors=["Film", "Art"])
    look_after(advisor, "Bo", class_year=2027, fields_of_interest=["Law"])
    look_after(advisor, "Cy", class_year=2028)

    assert names(board(**asked, sort="name")) == found


def test_board_of_a_group_counts_the_group(board, advisor, student):
    ann = look_after(advisor, "Ann", class_year=2027)
    ContactFactory.create_batch(2, student=ann)
    ContactFactory(student=student)
    hold_talk(ContactFactory(student=student), on=date(2026, 3, 2))

    page = board(year="2027")

    assert page.context["funnel"].reach.identified == 2
    assert "1 of the 2 students in your caseload" in page.text
    assert page.context["in_need"] == []


def test_board_offers_what_the_caseload_has(board, advisor, other_student):
    look_after(advisor, "Ann", class_year=2027, majors=["Film"], fields_of_interest=["Law"])
    StudentProfileFactory(student=other_student, class_year=1999, majors=["Falconry"])

    offered = {choice.name: choice.options for choice in board().context["choices"]}

    assert offered == {
        "year": [("2027", "2027")], "major": [("Film", "Film")], "field": [("Law", "Law")],
        "term": [],
    }  # fmt: skip


def test_board_of_a_term_shows_who_did_something_in_it(board, advisor, student):
    term = Term.objects.create(name="F25", first_on=date(2025, 9, 1), last_on=date(2025, 12, 20))
    ann = look_after(advisor, "Ann")
    InteractionFactory(contact__student=ann, happened_on=date(2025, 9, 1))
    InteractionFactory(contact__student=student, happened_on=date(2026, 1, 12))

    page = board(term=str(term.pk))

    assert names(page) == ["Ann"]
    assert f'<option value="{term.pk}" selected>F25</option>' in page.text
    said = "Shown are those who did something in F25; the numbers count all that they have done"
    assert said in page.text
    assert "Shown are those" not in board().text


def test_board_counts_the_students_of_each_reason_and_shows_them(board, advisor, student):
    for on in (2, 3):
        hold_talk(ContactFactory(student=student), on=date(2026, 3, on))
    ann = look_after(advisor, "Ann")
    LetterReviewFactory(letter__contact=ContactFactory(student=ann), asked_at=AT)

    everybody = board()
    letters = board(why="LETTER")

    assert [(why, count) for why, count, _ in everybody.context["reasons"]] == [
        ("THANK_YOU", 1), ("LETTER", 1),
    ]  # fmt: skip
    assert names(letters) == ["Ann"]


def test_board_address_can_be_passed_on(board, advisor):
    """Every link keeps what was chosen, and says no more than that."""
    look_after(advisor, "Ann", class_year=2027, majors=["Film"])

    chosen = board(year="2027", major="Film", q="a", sort="-name", nonsense="x").context["filter"]

    assert chosen.query() == "?q=a&year=2027&major=Film&sort=-name"
    assert chosen.without("q") == "?year=2027&major=Film&sort=-name"


@pytest.mark.parametrize("count", [1, 3, 400])
def test_board_needs_the_same_queries_for_one_and_four_hundred(
    client, django_assert_num_queries, count
):
    advisor = UserFactory(role="ADVISOR")
    students = User.objects.bulk_create(
        User(name=f"Student {n}", email=f"many-{n}@example.edu") for n in range(count)
    )
    Caseload.objects.bulk_create(
        Caseload(advisor=advisor, student=student, since=date(2026, 1, 1)) for student in students
    )
    StudentProfile.objects.bulk_create(StudentProfile(student=student) for student in students)
    people = Contact.objects.bulk_create(
        Contact(student=student, name="Dana") for student in students
    )
    Interview.objects.bulk_create(
        Interview(
            contact=person, state="HELD", held_on=date(2026, 1, 5),
            thank_you_due_on=date(2026, 1, 7), follow_up_due_on=date(2026, 2, 20),
        )
        for person in people
    )  # fmt: skip
    LetterReview.objects.create(
        letter=LetterFactory(contact=people[0]),
        asked_at=datetime(2026, 3, 1, tzinfo=UTC),
        text="Hi",
    )
    term = Term.objects.create(name="S26", first_on=date(2026, 1, 1), last_on=date(2026, 12, 20))
    for target in (1, 2):
        Goal.objects.create(
            advisor=advisor, target=target, from_on=date(2026, 1, 1), until_on=date(2999, 1, 1)
        )
    client.force_login(advisor)

    with django_assert_num_queries(BOARD_QUERIES + IN_TERM):
        page = client.get(reverse("home"), {"term": term.pk})

    assert len(page.context["rows"]) == count
    assert page.context["funnel"].reach.met == count
    assert [(each.there, each.total) for each in page.context["goals"]] == [
        (count, count), (0, count),
    ]  # fmt: skip
