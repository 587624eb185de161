"""The student's pages: who may open them, what they say, and what a wrong entry gets."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from interviews import actions
from interviews.models import Interview, State
from tests.factories import ContactFactory, UserFactory
from tests.interviews.conftest import NOW, TODAY, agreed, days


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def visitor(client, student):
    client.force_login(student)
    return client


def url(name, interview) -> str:
    return reverse(f"interviews:{name}", args=[interview.pk])


def heading(response) -> str:
    return re.search(r"<h1[^>]*>(.*?)</h1>", response.text, re.DOTALL)[1]


def shown_messages(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


PAGES = ["detail", "agree", "hold", "thank", "follow_up", "notes"]
VERBS = ["agree", "hold", "thank", "follow_up", "notes", "move"]
WHO = [
    ("student", 200),
    ("advisor", 403),
    ("other_student", 404),
    ("other_advisor", 404),
    ("staff", 404),
    ("administrator", 404),
]


@pytest.mark.parametrize(("who", "status"), WHO)
@pytest.mark.parametrize("name", PAGES)
def test_pages_are_for_the_owner_alone(client, request, held, name, who, status):
    client.force_login(request.getfixturevalue(who))

    assert client.get(url(name, held)).status_code == status


@pytest.mark.parametrize(("who", "status"), WHO[1:])
@pytest.mark.parametrize("name", VERBS)
def test_verbs_are_for_the_owner_alone(client, request, held, name, who, status):
    client.force_login(request.getfixturevalue(who))
    data = {"on": "2026-03-02", "to": "DEBRIEFED", "notes": "x", "take_back": "1"}

    assert client.post(url(name, held), data).status_code == status
    assert Interview.objects.get(pk=held.pk).updated_at == held.updated_at


@pytest.mark.parametrize(("who", "status"), WHO)
def test_create_is_for_the_owner_of_the_contact(client, request, contact, who, status):
    client.force_login(request.getfixturevalue(who))
    address = reverse("interviews:create", args=[contact.pk])

    assert client.get(address).status_code == status
    client.post(address, {"stage": "ASKED"})
    assert contact.interviews.exists() is (who == "student")


@pytest.mark.parametrize(
    ("who", "status"), [("student", 200), ("advisor", 403), ("staff", 403), ("administrator", 403)]
)
def test_list_is_for_students(client, request, who, status):
    client.force_login(request.getfixturevalue(who))

    assert client.get(reverse("interviews:list")).status_code == status


def test_pages_need_a_log_in(client, idea):
    response = client.get(url("detail", idea))

    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))


def test_pages_change_nothing_when_only_opened(visitor, held):
    for name in PAGES:
        visitor.get(url(name, held), {"take_back": "1", "on": "2026-03-02", "to": "CLOSED"})

    assert Interview.objects.get(pk=held.pk).updated_at == held.updated_at
    assert visitor.get(url("move", held)).status_code == 405


@pytest.mark.parametrize("item_count", [1, 3])
def test_list_asks_the_same_number_of_queries(
    visitor, student, item_count, django_assert_num_queries
):
    for _ in range(item_count):
        interview = actions.begin(ContactFactory(student=student), at=NOW)
        actions.hold(interview, held_on=TODAY, at=NOW)

    # Session, user, count, rows with their people, thank-yous in time.
    with django_assert_num_queries(5):
        response = visitor.get(reverse("interviews:list"))

    assert response.text.count("row-link") == item_count


def test_list_has_the_students_own_alone(visitor, idea):
    actions.begin(ContactFactory(name="Somebody Else"), at=NOW)

    response = visitor.get(reverse("interviews:list"))

    assert "Dana Whitcomb" in response.text
    assert "Somebody Else" not in response.text


def test_list_that_is_empty_teaches(visitor):
    response = visitor.get(reverse("interviews:list"))

    assert heading(response) == "Plan your first talk"
    assert response.text.count("btn-primary") == 1
    assert reverse("contacts:list") in response.text


def test_list_turns_its_pages(visitor, student):
    for _ in range(26):
        actions.begin(ContactFactory(student=student), at=NOW)

    assert "Page 2 of 2" in visitor.get(reverse("interviews:list"), {"page": 2}).text
    assert visitor.get(reverse("interviews:list"), {"page": "nonsense"}).status_code == 200


@pytest.mark.parametrize("held_before", [1, 3])
def test_detail_asks_the_same_number_of_queries(
    visitor, contact, held_before, django_assert_num_queries
):
    for _ in range(held_before):
        interview = actions.begin(contact, at=NOW)
        actions.hold(interview, held_on=TODAY, at=NOW)

    # Session, user, the talk with its people.
    with django_assert_num_queries(3):
        visitor.get(url("detail", interview))


@pytest.mark.parametrize("state", State)
def test_detail_has_one_primary_button_whatever_the_state(visitor, held, state):
    Interview.objects.filter(pk=held.pk).update(state=state, starts_at=NOW + days(1))

    response = visitor.get(url("detail", held))

    assert response.text.count("btn-primary") == 1
    assert "Dana Whitcomb" in heading(response)


def test_detail_shows_when_by_the_students_clock_and_where_it_ends(visitor, accepted):
    text = visitor.get(url("detail", accepted)).text

    assert "Thursday, 9:00 to 9:30 a.m." in text
    assert "New York time" in text
    assert "For Dana Whitcomb" not in text


def test_detail_shows_the_contacts_clock_where_it_differs(visitor, contact, accepted):
    """G31"""
    contact.time_zone = "America/Los_Angeles"
    contact.save()

    text = visitor.get(url("detail", accepted)).text

    assert "Thursday, 6:00 to 6:30 a.m. (Los Angeles time)" in text


def test_detail_says_that_a_talk_ends_after_noon(visitor, idea):
    agreed(idea, starts_at=NOW + days(1) + timedelta(hours=2, minutes=45))

    assert "Tomorrow, 11:45 a.m. to 12:15 p.m." in visitor.get(url("detail", idea)).text


@pytest.mark.parametrize(
    ("after", "words"),
    [
        (0, "From tomorrow, due Wednesday"),
        (1, "Due tomorrow"),
        (2, "Due today"),
        (3, "Was due yesterday, today is the last day"),
        (4, "Late, it was due Wednesday, March 4"),
    ],
)
def test_detail_says_how_the_thank_you_stands(visitor, held, after, words):
    """G38"""
    with time_machine.travel(NOW + days(after), tick=False):
        text = re.sub(r"<time[^>]*>|</time>", "", visitor.get(url("detail", held)).text)

    assert words in text


@pytest.mark.parametrize(
    ("stage", "state", "leads_to"),
    [
        ("IDEA", State.IDEA, "detail"),
        ("ASKED", State.ASKED, "detail"),
        ("ACCEPTED", State.ASKED, "agree"),
        ("HELD", State.IDEA, "hold"),
    ],
)
def test_create_leads_on_by_how_far_they_are(visitor, contact, stage, state, leads_to):
    response = visitor.post(reverse("interviews:create", args=[contact.pk]), {"stage": stage})

    interview = contact.interviews.get()
    assert interview.state == state
    assert response.url == url(leads_to, interview)


def test_create_twice_is_one_talk(visitor, contact):
    for _ in range(2):
        visitor.post(reverse("interviews:create", args=[contact.pk]), {"stage": "ASKED"})

    assert contact.interviews.count() == 1


@pytest.mark.parametrize("data", [{}, {"stage": "DREAM"}, {"stage": "\x00"}])
def test_create_without_a_choice_gets_a_sentence(visitor, contact, data):
    response = visitor.post(reverse("interviews:create", args=[contact.pk]), data)

    assert response.status_code == 422
    assert "There is a problem" in response.text
    assert "Error: " in response.text
    assert not contact.interviews.exists()


TIME = {
    "on": "2026-03-05", "clock": "10:30", "format": "PHONE", "minutes": "", "place": "555-0133",
}  # fmt: skip


def test_agree_saves_by_the_students_clock(visitor, idea):
    response = visitor.post(url("agree", idea), TIME)

    idea.refresh_from_db()
    assert response.url == url("detail", idea)
    assert idea.starts_at.isoformat() == "2026-03-05T15:30:00+00:00"
    assert (idea.state, idea.minutes, idea.place) == (State.ACCEPTED, 20, "555-0133")


def test_agree_in_the_past_gets_a_sentence_and_loses_nothing(visitor, idea):
    response = visitor.post(url("agree", idea), {**TIME, "on": "2026-03-02", "clock": "08:59"})

    assert response.status_code == 422
    assert "That time has passed. If you have already met, say that you met." in response.text
    assert 'value="08:59"' in response.text
    assert 'value="555-0133"' in response.text
    idea.refresh_from_db()
    assert idea.state == State.IDEA


@pytest.mark.parametrize(
    "wrong",
    [
        {"on": ""}, {"clock": ""}, {"clock": "late"}, {"format": "SMOKE"}, {"minutes": "0"},
        {"place": "x" * 501}, {"place": "\x00"}, {"on": "0189-03-05"}, {"on": "9999-12-31"},
    ],
    ids=str,
)  # fmt: skip
def test_agree_with_a_wrong_entry_gets_a_sentence(visitor, idea, wrong):
    response = visitor.post(url("agree", idea), {**TIME, **wrong})

    assert response.status_code == 422
    assert "There is a problem" in response.text


@pytest.mark.parametrize(("minutes", "warns"), [("30", False), ("31", True)])
def test_agree_on_much_time_warns_and_is_allowed(visitor, idea, minutes, warns):
    """G3: more than thirty minutes warns."""
    response = visitor.post(url("agree", idea), {**TIME, "minutes": minutes}, follow=True)

    idea.refresh_from_db()
    assert idea.minutes == int(minutes)
    assert any("busy person" in text for text in shown_messages(response)) is warns


def test_agree_in_the_hour_that_comes_twice_says_which(visitor, idea):
    with time_machine.travel(NOW + days(240), tick=False):
        visitor.force_login(idea.student)
        data = {**TIME, "on": "2026-11-01", "clock": "01:30"}
        response = visitor.post(url("agree", idea), data, follow=True)

    assert any("comes twice" in text for text in shown_messages(response))


def test_agree_where_no_talk_can_follow_gets_a_sentence(visitor, held):
    response = visitor.post(url("agree", held), TIME)

    assert response.status_code == 422
    assert "does not follow" in response.text


def test_move_goes_and_says_so(visitor, idea):
    response = visitor.post(url("move", idea), {"to": "ASKED"}, follow=True)

    assert shown_messages(response) == ["Written down: asked."]


@pytest.mark.parametrize("to", ["CLOSED", "HELD", "ACCEPTED", "", "DREAM", "\x00"])
def test_move_that_cannot_be_says_why(visitor, idea, to):
    response = visitor.post(url("move", idea), {"to": to}, follow=True)

    assert response.status_code == 200
    assert len(shown_messages(response)) == 1
    idea.refresh_from_db()
    assert idea.state == State.IDEA


def test_hold_saves_the_day(visitor, idea):
    visitor.post(url("hold", idea), {"on": "2026-03-01"})

    idea.refresh_from_db()
    assert idea.held_on == date(2026, 3, 1)


def test_hold_proposes_the_agreed_day(visitor, accepted):
    with time_machine.travel(NOW + days(5), tick=False):
        visitor.force_login(accepted.student)
        assert 'value="2026-03-05"' in visitor.get(url("hold", accepted)).text


def test_hold_proposes_today_by_the_students_clock(client):
    student = UserFactory(time_zone="Pacific/Auckland")
    interview = actions.begin(ContactFactory(student=student), at=NOW)
    client.force_login(student)

    assert 'value="2026-03-03"' in client.get(url("hold", interview)).text


@pytest.mark.parametrize(
    ("name", "on", "sentence"),
    [
        ("hold", "2026-03-03", "This talk is still ahead."),
        ("hold", "0189-03-02", "Check the year"),
        ("hold", "9999-12-31", "This talk is still ahead."),
        ("thank", "2026-03-01", "You met on March 2, 2026."),
        ("thank", "2026-03-03", "That day is still ahead."),
        ("thank", "soon", "Write the day as year, month and day"),
        ("thank", "", "Write down the day."),
        ("thank", "\x00", "Write the day as year, month and day"),
        ("follow_up", "2026-03-01", "You met on March 2, 2026."),
        ("follow_up", "9999-12-31", "That day is still ahead."),
    ],
)
def test_day_that_cannot_be_gets_a_sentence(visitor, held, name, on, sentence):
    response = visitor.post(url(name, held), {"on": on})

    assert response.status_code == 422
    # Once in the summary, once at the field.
    assert response.text.count(sentence) == 2
    assert Interview.objects.get(pk=held.pk).updated_at == held.updated_at


def test_thank_you_mailed_ends_it_on_the_page(visitor, held):
    """G38"""
    response = visitor.post(url("thank", held), {"on": "2026-03-02"}, follow=True)

    assert heading(response) == "Keep what Dana Whitcomb told you"
    assert "Correct the date of the thank-you" in response.text


@pytest.mark.parametrize(
    ("name", "field"), [("thank", "thanked_on"), ("follow_up", "followed_up_on")]
)
def test_letter_recorded_can_be_corrected_and_taken_back(visitor, held, name, field):
    visitor.post(url("hold", held), {"on": "2026-02-27"})
    visitor.post(url(name, held), {"on": "2026-03-01"})
    visitor.post(url(name, held), {"on": "2026-03-02"})
    held.refresh_from_db()
    assert getattr(held, field) == TODAY

    visitor.post(url(name, held), {"take_back": "1"})

    held.refresh_from_db()
    assert getattr(held, field) is None


def test_hold_taken_back_leaves_nothing_owed(visitor, held):
    visitor.post(url("hold", held), {"take_back": "1"})

    held.refresh_from_db()
    assert (held.state, held.thank_you_due_on) == (State.ASKED, None)


def test_hold_that_cannot_be_taken_back_says_why(visitor, held):
    visitor.post(url("thank", held), {"on": "2026-03-02"})

    response = visitor.post(url("hold", held), {"take_back": "1"}, follow=True)

    assert any("Take that date back first" in text for text in shown_messages(response))


def test_notes_are_saved_and_shared_only_when_said(visitor, held):
    visitor.post(url("notes", held), {"notes": "Pitch a place."})
    held.refresh_from_db()
    assert (held.notes, held.is_shared) == ("Pitch a place.", False)

    visitor.post(url("notes", held), {"notes": "Pitch a place.", "is_shared": "on"})

    held.refresh_from_db()
    assert held.is_shared


def test_notes_with_a_null_character_get_a_sentence_and_are_not_lost(visitor, held):
    response = visitor.post(url("notes", held), {"notes": "Pitch\x00 a place."})

    assert response.status_code == 422
    assert "There is a problem" in response.text
    assert "a place." in response.text


def test_notes_leave_a_state_alone_that_moved_meanwhile(visitor, held, monkeypatch):
    def clean(form):
        Interview.objects.filter(pk=held.pk).update(state=State.CLOSED)

    monkeypatch.setattr("interviews.forms.NotesForm._post_clean", clean)

    visitor.post(url("notes", held), {"notes": "x"})

    held.refresh_from_db()
    assert held.state == State.CLOSED
