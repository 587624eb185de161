"""A time is confirmed when each of its arrangements is known, or does not apply (G26)."""

from datetime import time
from urllib.parse import unquote

import pytest
import time_machine
from django.urls import reverse

from contacts.models import Contact
from core.localtime import moment
from interviews import actions
from interviews.confirmation import confirmation_of
from interviews.models import Interview, State
from interviews.steps import next_step
from tests.factories import InterviewFactory, StudentProfileFactory
from tests.interviews.conftest import ARRANGED, NOW, TODAY, agreed, days
from tests.interviews.test_views import WHO, heading

BY_PHONE = {"who_dials": "ME", "number_or_link": "413 555 0133"}
NEW_YORK, HONOLULU, AUCKLAND = "America/New_York", "Pacific/Honolulu", "Pacific/Auckland"


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def visitor(client, student):
    client.force_login(student)
    return client


def url(interview) -> str:
    return reverse("interviews:confirm", args=[interview.pk])


@pytest.fixture(params=["PHONE", "VIDEO"])
def by_wire(request, idea):
    return agreed(idea, format=request.param, place="")


@pytest.mark.parametrize(("who", "status"), WHO)
def test_page_is_for_the_owner_alone(client, request, accepted, who, status):
    client.force_login(request.getfixturevalue(who))

    assert client.get(url(accepted)).status_code == status
    answer = client.post(url(accepted), ARRANGED)
    assert answer.status_code == (302 if who == "student" else status)
    accepted.refresh_from_db()
    assert accepted.state == (State.CONFIRMED if who == "student" else State.ACCEPTED)


@pytest.mark.parametrize("rows", [1, 3])
def test_page_asks_the_database_the_same_however_many_talks(
    visitor, accepted, django_assert_num_queries, rows
):
    InterviewFactory.create_batch(rows, contact=accepted.contact)

    # Session, user, the talk with its people, the profile.
    with django_assert_num_queries(4):
        visitor.get(url(accepted))


def test_next_step_leads_to_the_page(accepted):
    step = next_step(accepted, at=NOW)

    assert (step.label, step.url, step.to) == ("Confirm the time", url(accepted), None)


def test_in_person_asks_for_place_dress_and_parking(visitor, accepted):
    form = visitor.get(url(accepted)).context["form"]

    names = [name for name in form.fields if not name.startswith("no_")]
    assert names == ["place", "attire", "parking"]


def test_by_phone_or_video_asks_who_dials_and_where(visitor, by_wire):
    """G26, G31"""
    form = visitor.get(url(by_wire)).context["form"]

    names = [name for name in form.fields if not name.startswith("no_")]
    assert names == ["who_dials", "number_or_link"]


def test_confirmed_with_all_of_it(visitor, accepted):
    response = visitor.post(url(accepted), ARRANGED)

    accepted.refresh_from_db()
    assert response.url == accepted.get_absolute_url()
    assert accepted.state == State.CONFIRMED
    assert {field: getattr(accepted, field) for field in ARRANGED} == ARRANGED


@pytest.mark.parametrize("missing", ["place", "attire", "parking"])
def test_each_is_known_or_does_not_apply(visitor, accepted, missing):
    response = visitor.post(url(accepted), {**ARRANGED, missing: ""})

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [missing]
    accepted.refresh_from_db()
    assert accepted.state == State.ACCEPTED

    visitor.post(url(accepted), {**ARRANGED, missing: "", f"no_{missing}": "on"})

    accepted.refresh_from_db()
    assert (accepted.state, accepted.not_applicable) == (State.CONFIRMED, [missing])


@pytest.mark.parametrize("missing", ["who_dials", "number_or_link"])
def test_each_is_known_by_phone_and_by_video(visitor, by_wire, missing):
    response = visitor.post(url(by_wire), {**BY_PHONE, missing: ""})

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [missing]

    assert visitor.post(url(by_wire), BY_PHONE).status_code == 302
    by_wire.refresh_from_db()
    assert (by_wire.state, by_wire.who_dials) == (State.CONFIRMED, "ME")


def test_nobody_can_say_that_nobody_dials(visitor, by_wire):
    answer = {"number_or_link": "413 555 0133", "no_who_dials": "on"}

    assert visitor.post(url(by_wire), answer).status_code == 422


def test_wrong_answer_keeps_what_was_typed(visitor, accepted):
    page = visitor.post(url(accepted), {"attire": "Overalls 🙂"}).text

    assert "Overalls 🙂" in page
    assert "<title>Error: " in page


@pytest.mark.parametrize(
    "answer",
    [
        {"place": "a\x00b", "keep": "1"},
        {"attire": "x" * 301, "keep": "1"},
        {"place": "x" * 501, "keep": "1"},
    ],
)
def test_odd_answers_are_refused_even_to_keep(visitor, accepted, answer):
    assert visitor.post(url(accepted), answer).status_code == 422


def test_what_is_known_is_kept_without_confirming(visitor, accepted):
    visitor.post(url(accepted), {"place": "Newsroom", "no_parking": "on", "keep": "1"})

    accepted.refresh_from_db()
    assert (accepted.state, accepted.place) == (State.ACCEPTED, "Newsroom")
    assert (accepted.not_applicable, accepted.unsettled) == (["parking"], ["attire"])
    form = visitor.get(url(accepted)).context["form"]
    assert form["place"].value() == "Newsroom"
    assert form["no_parking"].value() is True


def test_a_value_wins_over_does_not_apply(visitor, accepted):
    visitor.post(url(accepted), {**ARRANGED, "no_attire": "on"})

    accepted.refresh_from_db()
    assert (accepted.attire, accepted.not_applicable) == (ARRANGED["attire"], [])


def test_a_confirmed_talk_with_an_open_end_is_no_longer_confirmed(visitor, accepted):
    actions.confirm(accepted, **ARRANGED, at=NOW)

    visitor.post(url(accepted), {**ARRANGED, "parking": "", "keep": "1"})

    accepted.refresh_from_db()
    assert accepted.state == State.ACCEPTED


def test_confirming_twice_is_no_error(visitor, accepted):
    for _ in range(2):
        assert visitor.post(url(accepted), ARRANGED).status_code == 302

    accepted.refresh_from_db()
    assert accepted.state == State.CONFIRMED


def test_a_new_time_needs_to_be_confirmed_again_and_forgets_nothing(accepted):
    actions.confirm(accepted, **ARRANGED, at=NOW)

    agreed(accepted, starts_at=NOW + days(5))

    assert (accepted.state, accepted.attire) == (State.ACCEPTED, ARRANGED["attire"])


def test_a_new_format_asks_its_own_questions(accepted):
    actions.confirm(accepted, **ARRANGED, at=NOW)

    agreed(accepted, format="PHONE")

    assert (accepted.state, accepted.unsettled) == (
        State.ACCEPTED,
        ["who_dials", "number_or_link"],
    )


def test_one_click_confirms_nothing_that_is_open(visitor, accepted):
    with pytest.raises(actions.NotAllowed, match="still open"):
        actions.move(accepted, to=State.CONFIRMED, at=NOW)

    address = reverse("interviews:move", args=[accepted.pk])
    page = visitor.post(address, {"to": "CONFIRMED"}, follow=True).text

    assert "still open" in page
    accepted.refresh_from_db()
    assert accepted.state == State.ACCEPTED


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (State.IDEA, "Agree a time with Dana Whitcomb first"),
        (State.ASKED, "Agree a time with Dana Whitcomb first"),
        (State.CANCELLED, "Agree a time with Dana Whitcomb first"),
        (State.DECLINED, "There is no time with Dana Whitcomb to confirm"),
    ],
)
def test_without_a_time_there_is_nothing_to_confirm(visitor, idea, state, words):
    Interview.objects.filter(pk=idea.pk).update(state=state)

    assert heading(visitor.get(url(idea))) == words
    assert visitor.post(url(idea), ARRANGED).status_code == 422
    idea.refresh_from_db()
    assert (idea.state, idea.attire) == (state, "")


def test_after_the_talk_there_is_nothing_to_confirm(visitor, held):
    assert heading(visitor.get(url(held))) == "You have met Dana Whitcomb already"
    assert visitor.post(url(held), ARRANGED).status_code == 422


def test_by_phone_the_number_of_the_contact_is_suggested(visitor, idea):
    Contact.objects.filter(pk=idea.contact_id).update(phone="413 555 0133")
    agreed(idea, format="PHONE", place="")

    form = visitor.get(url(idea)).context["form"]

    assert form["number_or_link"].value() == "413 555 0133"


# The message


def test_message_repeats_what_is_known_and_asks_what_is_open(accepted):
    body = confirmation_of(accepted, phone="413 555 0142").body

    assert "Thursday, March 5, 2026, 9 a.m. (New York time)" in body
    assert "For me that is" not in body
    assert "Place: Café" in body
    assert "How do people dress where you work?" in body
    assert "Where is the best place to park" in body
    assert "Where shall we meet?" not in body
    assert body.endswith("Maya Oyelaran\n413 555 0142")


def test_message_asks_nothing_when_all_is_known(accepted):
    actions.confirm(accepted, **ARRANGED, at=NOW)

    assert "?" not in confirmation_of(accepted, phone="").body


@pytest.mark.parametrize(
    ("zone", "on", "clock", "theirs", "mine"),
    [
        (
            AUCKLAND, TODAY + days(1), time(15),
            "Wednesday, March 4, 2026, 9 a.m. (Auckland time)", "Tuesday, 3 p.m. (New York time)",
        ),
        (
            HONOLULU, TODAY + days(2), time(0),
            "Tuesday, March 3, 2026, 7 p.m. (Honolulu time)",
            "midnight, as Wednesday begins (New York time)",
        ),
        # From March 8 on it is an hour earlier in Honolulu, and nothing else changes there.
        (
            HONOLULU, TODAY + days(7), time(15),
            "Monday, March 9, 2026, 9 a.m. (Honolulu time)", "Monday, 3 p.m. (New York time)",
        ),
    ],
)  # fmt: skip
def test_message_says_the_hour_by_both_clocks(idea, zone, on, clock, theirs, mine):
    """G31: theirs first, because they read it."""
    idea.contact.time_zone = zone
    idea.contact.save()
    agreed(idea, starts_at=moment(on, clock, NEW_YORK))

    body = confirmation_of(idea, phone="").body

    assert theirs in body
    assert f"For me that is {mine}" in body


@pytest.mark.parametrize(
    ("format_", "who", "words"),
    [
        ("PHONE", "ME", "I call you"),
        ("PHONE", "THEM", "You call me"),
        ("VIDEO", "ME", "I send you the link"),
        ("VIDEO", "THEM", "You send me the link"),
    ],
)
def test_message_says_who_dials(idea, format_, who, words):
    """G31"""
    agreed(idea, format=format_, place="")
    actions.confirm(idea, who_dials=who, number_or_link="413 555 0133", at=NOW)

    body = confirmation_of(idea, phone="").body

    assert words in body
    assert "413 555 0133" in body


def test_message_opens_in_the_mail_program(visitor, accepted):
    StudentProfileFactory(student=accepted.student, phone="413 555 0142")
    Contact.objects.filter(pk=accepted.contact_id).update(email="dana+work@example.org")

    message = visitor.get(url(accepted)).context["message"]

    assert message.mailto.startswith("mailto:dana%2Bwork@example.org?subject=Our%20talk%20on")
    assert unquote(message.mailto).count("\r\n") == message.body.count("\n")
    assert "&" not in message.mailto.replace("&body=", "")


def test_message_without_an_address_is_there_to_copy(visitor, accepted):
    page = visitor.get(url(accepted)).text

    assert "mailto:" not in page
    assert "Dear Dana Whitcomb," in page
