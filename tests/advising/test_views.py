"""The two pages of an advisor, in the browser's words."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from accounts.models import Caseload, RecordLook
from contacts.models import Interaction
from interviews.models import Interview
from tests.advising.deeds import hold_talk
from tests.factories import (
    CaseloadFactory,
    ContactFactory,
    InteractionFactory,
    StudentProfileFactory,
    UserFactory,
)

NOON = "2026-03-10T16:00:00Z"
# Session, user, the board's row (5), look, weeks, interviews, log, remarks.
STUDENT_PAGE_QUERIES = 12
# Session, user, the rows (5), terms, weeks, goals.
BOARD_QUERIES = 10


@pytest.fixture(autouse=True)
def _noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def as_advisor(client, advisor):
    client.force_login(advisor)
    return client


def names_in(response) -> list[str]:
    return [row.student.name for row in response.context["page"]]


def test_caseload_teaches_when_it_is_empty(client, other_advisor):
    client.force_login(other_advisor)

    response = client.get(reverse("home"))

    assert "Nobody is in your caseload yet" in response.text


def test_caseload_shows_the_late_first_and_counts_them(as_advisor, advisor, student):
    CaseloadFactory(advisor=advisor, student__name="Amina First")
    hold_talk(ContactFactory(student=student, name="Dana Whitcomb"), on=date(2026, 3, 2))

    response = as_advisor.get(reverse("home"))

    assert names_in(response) == ["Maya Oyelaran", "Amina First"]
    assert "1 of your students could use a word" in response.text
    assert "Thank-you to Dana Whitcomb" in response.text
    assert "5 days late" in response.text


def test_caseload_shows_the_own_students_alone(as_advisor, student, other_student):
    CaseloadFactory(student=other_student)

    response = as_advisor.get(reverse("home"))

    assert names_in(response) == [student.name]
    assert other_student.name not in response.text


@pytest.mark.parametrize("words", ["grunwald", "GRÜN", " ada ", "ada g"])
def test_caseload_finds_a_part_of_the_name_without_accents(as_advisor, advisor, words):
    CaseloadFactory(advisor=advisor, student__name="Ada Grünwald")

    response = as_advisor.get(reverse("home"), {"q": words})

    assert names_in(response) == ["Ada Grünwald"]


def test_caseload_says_so_when_no_name_fits(as_advisor):
    response = as_advisor.get(reverse("home"), {"q": "nobody\0at all"})

    assert response.status_code == 200
    assert "No student fits" in response.text


@pytest.mark.parametrize(
    ("sort", "names", "label", "aria"),
    [
        ("name", ["Ann", "Bo", "Maya Oyelaran"], "Student", "ascending"),
        ("-name", ["Maya Oyelaran", "Bo", "Ann"], "Student", "descending"),
        ("contacts", ["Bo", "Ann", "Maya Oyelaran"], "Contacts", "descending"),
        ("-contacts", ["Ann", "Maya Oyelaran", "Bo"], "Contacts", "ascending"),
        ("no such order", ["Ann", "Bo", "Maya Oyelaran"], "What is next", "descending"),
    ],
)
def test_caseload_sorts_and_says_how(as_advisor, advisor, sort, names, label, aria):
    CaseloadFactory(advisor=advisor, student__name="Ann", since=date(2026, 3, 9))
    bo = CaseloadFactory(advisor=advisor, student__name="Bo", since=date(2026, 3, 9)).student
    ContactFactory(student=bo)

    response = as_advisor.get(reverse("home"), {"sort": sort})

    sorted_as = {h.column.label: h.aria_sort for h in response.context["filter"].headings}
    assert names_in(response) == names
    assert sorted_as.pop(label) == aria
    assert set(sorted_as.values()) == {"none"}


def test_caseload_shows_fifty_a_page_and_keeps_the_question(as_advisor, advisor):
    for student in UserFactory.create_batch(51):
        CaseloadFactory(advisor=advisor, student=student)

    first = as_advisor.get(reverse("home"), {"q": "student", "sort": "name"})
    beyond = as_advisor.get(reverse("home"), {"q": "student", "page": "99"})

    assert len(names_in(first)) == 50
    assert "?q=student&amp;sort=name&amp;page=2" in first.text
    assert len(names_in(beyond)) == 1


@pytest.mark.parametrize("count", [1, 3])
def test_caseload_needs_the_same_queries_for_one_and_three(
    client, django_assert_num_queries, count
):
    advisor = UserFactory(role="ADVISOR")
    for student in UserFactory.create_batch(count):
        CaseloadFactory(advisor=advisor, student=student)
        StudentProfileFactory(student=student)
        hold_talk(ContactFactory(student=student), on=date(2026, 3, 2))
    client.force_login(advisor)

    with django_assert_num_queries(BOARD_QUERIES):
        client.get(reverse("home"))


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("advisor", 200),
        ("student", 403),
        ("other_student", 404),
        ("other_advisor", 404),
        ("staff", 404),
        ("administrator", 404),
    ],
)
def test_student_page_is_for_the_own_advisor(client, request, student, advisor, who, status):
    client.force_login(request.getfixturevalue(who))

    response = client.get(reverse("advising:student", args=[student.pk]))

    assert response.status_code == status
    assert RecordLook.objects.exists() is (who == "advisor")


def test_student_page_closes_with_the_caseload(as_advisor, student):
    Caseload.objects.update(until=date(2026, 9, 2))

    assert as_advisor.get(reverse("advising:student", args=[student.pk])).status_code == 404


def test_student_page_writes_down_who_looked_and_says_so(as_advisor, advisor, student):
    response = as_advisor.get(reverse("advising:student", args=[student.pk]))

    look = RecordLook.objects.get()
    assert (look.viewer, look.student) == (advisor, student)
    assert "Maya can see that you opened this page." in response.text


def test_student_page_only_reads(as_advisor, student):
    response = as_advisor.post(reverse("advising:student", args=[student.pk]))

    assert response.status_code == 405


@pytest.mark.parametrize("is_shared", [True, False])
def test_student_page_shows_words_only_when_shared(as_advisor, student, is_shared):
    contact = ContactFactory(student=student, name="Dana Whitcomb")
    InteractionFactory(
        contact=contact,
        channel=Interaction.Channel.LETTER,
        outcome=Interaction.Outcome.ASKED,
        said="She laughed at my question.",
        is_shared=is_shared,
    )
    talk = hold_talk(contact, on=date(2026, 3, 9))
    Interview.objects.filter(pk=talk.pk).update(notes="Bring a map.", is_shared=is_shared)

    text = as_advisor.get(reverse("advising:student", args=[student.pk])).text

    assert "Letter to Dana Whitcomb" in text
    assert "Asked to meet" in text
    assert "Met Dana Whitcomb" in text
    assert ("She laughed at my question." in text) is is_shared
    assert ("Bring a map." in text) is is_shared
    assert text.count("Kept private") == (0 if is_shared else 2)


def test_student_page_never_shows_what_is_for_the_student_alone(as_advisor, student):
    private = {
        "why": "I am a little in awe of her.",
        "address": "115 Foundry Street",
        "phone": "(413) 555-0133",
        "email": "dana@courier.example",
        "source_note": "Overheard at the dentist",
    }
    InteractionFactory(contact=ContactFactory(student=student, **private))

    text = as_advisor.get(reverse("advising:student", args=[student.pk])).text

    assert [secret for secret in private.values() if secret in text] == []


@pytest.mark.parametrize("count", [1, 3])
def test_student_page_needs_the_same_queries_for_one_and_three(
    as_advisor, django_assert_num_queries, student, count
):
    StudentProfileFactory(student=student)
    for contact in ContactFactory.create_batch(count, student=student):
        InteractionFactory(contact=contact, promised_call_on=date(2026, 3, 9))
        hold_talk(contact, on=date(2026, 3, 2))
    # The first look of a day is written down; the next ones find it.
    as_advisor.get(reverse("advising:student", args=[student.pk]))

    with django_assert_num_queries(STUDENT_PAGE_QUERIES):
        as_advisor.get(reverse("advising:student", args=[student.pk]))
