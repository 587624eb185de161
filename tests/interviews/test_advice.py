"""What became of each piece of advice (G45)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from tests.factories import AdviceFactory, ContactFactory, InterviewFactory
from tests.interviews.conftest import NOW, TODAY

LATER_DAY = TODAY + timedelta(days=30)


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW + timedelta(days=30), tick=False):
        yield


@pytest.fixture
def visitor(client, student):
    client.force_login(student)
    return client


@pytest.fixture
def piece(held):
    return AdviceFactory(interview=held, text="Read <the> paper.")


@pytest.fixture
def page(held) -> str:
    return reverse("interviews:advice", args=[held.pk])


def filled(piece, *, did: bool = True, on: str = "", note: str = "") -> dict[str, str]:
    ticked = {f"did_{piece.pk}": "on"} if did else {}
    return {**ticked, f"on_{piece.pk}": on, f"note_{piece.pk}": note}


def became(piece) -> tuple[date | None, str]:
    piece.refresh_from_db()
    return piece.done_on, piece.note


@pytest.mark.parametrize(
    ("who", "status"),
    [("student", 200), ("advisor", 403), ("other_student", 404), ("staff", 404)],
)
def test_page_is_for_the_owner_alone(client, request, piece, page, who, status):
    client.force_login(request.getfixturevalue(who))

    assert client.get(page).status_code == status
    client.post(page, filled(piece, note="x"))
    assert became(piece) == ((LATER_DAY, "x") if who == "student" else (None, ""))


@pytest.mark.parametrize("number", [1, 3])
def test_page_asks_the_same_number_of_queries(
    visitor, held, page, number, django_assert_num_queries
):
    AdviceFactory.create_batch(number, interview=held)

    # Session, user, talk, advice.
    with django_assert_num_queries(4):
        response = visitor.get(page)

    assert response.text.count('<fieldset class="card piece"') == number


def test_page_without_advice_teaches(visitor, held, page):
    text = visitor.get(page).text

    assert text.count("btn-primary") == 1
    assert reverse("interviews:debrief", args=[held.pk]) in text


def test_page_changes_nothing_when_only_opened(visitor, piece, page):
    visitor.get(page, filled(piece))

    assert became(piece) == (None, "")


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ({"on": "2026-03-20", "note": "Every Monday."}, (date(2026, 3, 20), "Every Monday.")),
        ({"on": ""}, (LATER_DAY, "")),
        ({"on": TODAY.isoformat()}, (TODAY, "")),
        ({"did": False, "note": "No time yet."}, (None, "No time yet.")),
        ({"did": False, "on": "2026-03-20"}, (None, "")),
    ],
    ids=["with its day", "today", "the day they met", "not yet", "a tick taken away"],
)
def test_piece_is_done_or_not_yet(visitor, piece, page, entry, expected):
    """G45"""
    visitor.post(page, filled(piece, **entry))

    assert became(piece) == expected


@pytest.mark.parametrize(
    "entry",
    [{"on": "2026-04-02"}, {"on": "2026-03-01"}, {"on": "soon"}, {"note": "x" * 1001},
     {"note": "a\x00b"}, {"on": "0001-01-01"}],
)  # fmt: skip
def test_wrong_entry_is_said_and_nothing_is_lost(visitor, held, piece, page, entry):
    other = AdviceFactory(interview=held, text="Call Wen.")

    response = visitor.post(page, {**filled(piece, **entry), **filled(other, note="Kept")})

    assert response.status_code == 422
    assert "<title>Error: " in response.text
    assert 'value="Kept"' in response.text
    assert (became(piece), became(other)) == ((None, ""), (None, ""))


def test_today_is_the_students(visitor, student, piece, page):
    """It is April 2 in Auckland while it is April 1 in New York."""
    student.time_zone = "Pacific/Auckland"
    student.save()

    visitor.post(page, filled(piece, on="2026-04-02"))

    assert became(piece) == (date(2026, 4, 2), "")


def test_advice_of_another_talk_is_out_of_reach(visitor, piece, page):
    strange = AdviceFactory(interview=InterviewFactory(contact=ContactFactory()))

    visitor.post(page, filled(strange, note="x"))

    assert became(strange) == (None, "")


def test_words_of_advice_are_shown_as_words(visitor, piece, page):
    piece.text = "{{ secret }} {% url 'x' %} <b>"
    piece.save()

    assert "{{ secret }} {% url &#x27;x&#x27; %} &lt;b&gt;" in visitor.get(page).text
