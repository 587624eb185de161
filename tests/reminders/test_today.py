"""Today is the truth: everything owed stands on it, what is most urgent in its heading."""

from datetime import date, time

import pytest
import time_machine
from django.urls import reverse

from contacts.models import Interaction
from interviews import actions as interviews
from reminders import actions
from reminders.conversations import Stage, network_of
from reminders.models import Reminder
from tests.factories import ContactFactory, InteractionFactory
from tests.reminders.conftest import MET_ON, THAT_EVENING, march, talk_with


@pytest.fixture
def today_at(client, student):
    """The text of the student's front page at a moment."""

    def today_at(at, query="", **headers):
        with time_machine.travel(at, tick=False):
            client.force_login(student)
            response = client.get(reverse("home") + query, headers=headers)
        assert response.status_code == 200
        return " ".join(response.content.decode().split())

    return today_at


def heading(page: str) -> str:
    return page.partition("<h1")[2].partition("</h1>")[0].partition(">")[2]


def test_without_contacts_the_page_teaches_the_first_step(today_at):
    """G7."""
    page = today_at(march(2))

    assert heading(page) == "Write down who you already know"
    assert f'action="{reverse("contacts:quick_add")}"' in page
    assert all(f"<strong>{stage.label}</strong>" in page for stage in Stage)


def test_heading_is_the_most_urgent_thing(today_at, student):
    talk_with(student, "Tomás Rivera", on=date(2026, 3, 1))
    talk_with(student, "Dana Whitcomb", on=date(2026, 2, 20), at=march(1))

    page = today_at(march(4))

    assert heading(page) == "Thank Dana Whitcomb for the talk"
    assert "9 days late" in page
    assert "the last day is today" in page


def test_thank_you_is_owed_from_the_moment_of_the_talk(today_at, talk):
    """G38: the mail comes the next morning, the page says it at once."""
    assert heading(today_at(THAT_EVENING)) == "Thank Dana Whitcomb for the talk"


def test_follow_up_stands_there_when_it_opens(today_at, talk):
    """G45."""
    interviews.record_thank_you(talk, mailed_on=MET_ON, at=THAT_EVENING)

    before, after = (heading(today_at(march(day))) for day in (31, 32))

    assert before == "Keep what Dana Whitcomb told you"
    assert after == "Tell Dana Whitcomb how it is going"


def test_deed_recorded_leaves_the_page(today_at, talk):
    interviews.record_thank_you(talk, mailed_on=MET_ON, at=THAT_EVENING)

    assert "Send a thank-you note" not in today_at(march(9))


def test_next_interview_stands_beside_it(today_at, student):
    talk = interviews.begin(ContactFactory(student=student, name="Tomás Rivera"), at=march(2))
    fields = {"minutes": 30, "format": "PHONE", "place": "He calls me"}
    interviews.agree(talk, starts_at=march(5, time(10, 30)), at=march(2), **fields)

    page = today_at(march(2, time(9)))

    assert "Next interview" in page
    assert "He calls me" in page
    assert "Next interview" not in today_at(march(5, time(11)))


def test_everything_that_was_mailed_and_not_done_is_on_the_page(student, mailoutbox):
    """Each morning of a quarter, whatever the post book says."""
    talk_with(student, "Dana Whitcomb")
    thanked = talk_with(student, "Tomás Rivera")
    interviews.record_thank_you(thanked, mailed_on=MET_ON, at=THAT_EVENING)
    letter = InteractionFactory(
        contact=ContactFactory(student=student), promised_call_on=date(2026, 3, 9)
    )
    actions.reschedule(letter, at=THAT_EVENING)

    for day in range(2, 90):
        actions.drain(at=march(day))
        mailed = Reminder.objects.filter(state="SENT").select_related("interview", "interaction")
        network = network_of(student, at=march(day))
        planned = [call for each in network.conversations for call in each.planned]
        on_page = {(each.kind, each.subject) for each in [*network.owed, *planned]}
        assert {(row.kind, row.subject) for row in mailed} <= on_page

    assert len(on_page) == 4


def test_conversations_stand_at_the_steps_of_the_guide(student):
    at = march(10, time(12))
    people = {name: ContactFactory(student=student, name=name) for name in "ABCDEFGHI"}
    talks = {name: interviews.begin(people[name], at=at) for name in "BCDEF"}
    fields = {"minutes": 30, "format": "PHONE", "place": ""}
    interviews.ask(talks["C"], at=at)
    interviews.agree(talks["D"], starts_at=march(12), at=at, **fields)
    interviews.agree(talks["E"], starts_at=march(9), at=march(8), **fields)
    interviews.hold(talks["F"], held_on=date(2026, 3, 9), at=at)
    InteractionFactory(contact=people["G"], promised_call_on=date(2026, 3, 10))
    InteractionFactory(contact=people["H"], promised_call_on=date(2026, 3, 20))
    InteractionFactory(contact=people["I"], outcome=Interaction.Outcome.ASKED)

    found = network_of(student, at=at).conversations

    assert {each.contact.name: each.stage for each in found} == {
        "A": Stage.IDENTIFY,
        "B": Stage.IDENTIFY,
        "C": Stage.ASK,
        "D": Stage.PREPARE,
        "E": Stage.MEET,
        "F": Stage.THANK,
        "G": Stage.ASK,
        "H": Stage.ASK,
        "I": Stage.ASK,
    }


def test_one_step_can_be_looked_at_alone(today_at, talk, student):
    ContactFactory(student=student, name="Hal Brenner")

    page = today_at(march(3), "?step=thank")

    assert "Hal Brenner" not in page
    assert "<strong>Thank.</strong>" in page
    assert "Hal Brenner" in today_at(march(3), "?step=nonsense&page=-7")


def test_htmx_gets_the_conversations_alone(today_at, talk):
    page = today_at(march(3), "?step=thank", **{"HX-Request": "true", "HX-Target": "conversations"})

    assert page.startswith('<div id="conversations">')


def test_page_shows_nobody_elses_people(today_at, student, other_student):
    ContactFactory(student=student)
    talk_with(other_student, "Grace Adeyemi")

    assert "Grace" not in today_at(march(3))


def test_call_promised_for_a_day_to_come_is_shown_without_urgency(today_at, student):
    """G16."""
    InteractionFactory(contact=ContactFactory(student=student), promised_call_on=date(2026, 3, 6))

    page = today_at(march(3))

    assert 'Make the call you promised, <span class="muted">due on Friday</span>' in page
    assert heading(page).startswith("Ask Dana Whitcomb")


@pytest.mark.parametrize("count", [1, 3])
def test_page_takes_the_same_queries_for_one_and_three(
    client, student, count, django_assert_num_queries
):
    for number in range(count):
        talk = talk_with(student, f"Contact {number}")
        InteractionFactory(contact=talk.contact, promised_call_on=MET_ON)
    client.force_login(student)

    # The session, the user, a mark on the address; two for what is owed, contacts, their talks,
    # their letters; words of an advisor, goals.
    with django_assert_num_queries(10), time_machine.travel(march(3), tick=False):
        client.get(reverse("home"))


def test_page_answers_head_and_refuses_post(client, student):
    client.force_login(student)

    assert client.head(reverse("home")).status_code == 200
    assert client.post(reverse("home")).status_code == 405


def test_a_part_of_the_page_is_never_kept_for_the_whole(client, student):
    """Page and part share an address: a browser that goes back must ask which it has."""
    client.force_login(student)

    assert "HX-Target" in client.get("/").headers["Vary"]
