"""The write-up: kept as it stands, finished once, corrected for ever, and nobody else's."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from contacts.models import Contact, Interaction
from interviews import actions
from interviews.models import Advice, Debrief, Insight, Interview, State, Topic
from tests.factories import (
    AdviceFactory,
    ContactFactory,
    DebriefFactory,
    InterviewFactory,
    PreparedQuestionFactory,
)
from tests.interviews.conftest import NOW, TODAY

LATER = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def visitor(client, student):
    client.force_login(student)
    return client


@pytest.fixture
def page(held) -> str:
    return reverse("interviews:debrief", args=[held.pk])


def field(response, name: str) -> str:
    """What stands in the text area of that name."""
    found = re.search(rf'<textarea name="{name}".*?>\n?(.*?)</textarea>', response.text, re.DOTALL)
    return found[1] if found else ""


def debrief_of(interview) -> Debrief:
    return Debrief.objects.get(interview=interview)


@pytest.mark.parametrize(
    ("who", "status"),
    [("student", 200), ("advisor", 403), ("other_student", 404), ("other_advisor", 404),
     ("staff", 404), ("administrator", 404)],
)  # fmt: skip
def test_write_up_is_the_students_own(client, request, held, page, who, status):
    """Sharing one's notes does not share it."""
    Interview.objects.update(is_shared=True)
    DebriefFactory(interview=held, enjoyed="A secret")
    client.force_login(request.getfixturevalue(who))

    answers = [client.get(page), client.post(page, {"enjoyed": "x"})]

    assert answers[0].status_code == status
    assert (answers[1].status_code == 302) is (who == "student")
    assert debrief_of(held).enjoyed == ("x" if who == "student" else "A secret")


@pytest.mark.parametrize("number", [1, 3])
def test_page_asks_the_same_number_of_queries(
    visitor, held, page, number, django_assert_num_queries
):
    DebriefFactory(interview=held)
    AdviceFactory.create_batch(number, interview=held)
    PreparedQuestionFactory.create_batch(number, interview=held, answer="So it is.")
    ContactFactory.create_batch(number, student=held.student, referred_by=held.contact)

    # Session, user, talk; write-up, insights, questions, advice; whom they named.
    with django_assert_num_queries(8):
        response = visitor.get(page)

    assert response.text.count("So it is.") >= number


def test_page_changes_nothing_when_only_opened(visitor, held, page):
    visitor.get(page, {"enjoyed": "x", "finish": "1"})

    assert not Debrief.objects.exists()


def test_page_before_the_talk_leads_to_saying_that_they_met(visitor, idea):
    page = reverse("interviews:debrief", args=[idea.pk])

    text = visitor.get(page).text

    assert text.count("btn-primary") == 1
    assert reverse("interviews:hold", args=[idea.pk]) in text


def test_what_was_typed_before_the_talk_is_not_lost(visitor, idea):
    page = reverse("interviews:debrief", args=[idea.pk])

    response = visitor.post(page, {"enjoyed": "The tour"})

    assert response.status_code == 422
    assert field(response, "enjoyed") == "The tour"
    assert "Say first on which day you met." in response.text
    assert not Debrief.objects.exists()


# Insights, by topic


def test_topics_that_were_asked_about_stand_open_with_their_answers(visitor, held, page):
    """G5"""
    PreparedQuestionFactory(
        interview=held, topic=Topic.DAYS, text="A day?", answer="Calls.", rank=2
    )
    PreparedQuestionFactory(
        interview=held, topic=Topic.DAYS, text="A week?", answer="Trips.", rank=1
    )
    PreparedQuestionFactory(interview=held, topic=Topic.OUTLOOK, text="Soon?", is_asked=True)
    PreparedQuestionFactory(interview=held, topic=Topic.PATH, text="Never asked?")

    response = visitor.get(page)

    assert field(response, "insight_days") == "A week?\nTrips.\n\nA day?\nCalls."
    asked, others = response.text.split("Other topics that came up")
    assert ["insight_days" in asked, "insight_outlook" in asked] == [True, True]
    assert 'name="insight_path"' in others
    assert response.text.count('name="insight_') == len(Topic)


def test_insights_are_kept_one_a_topic(visitor, held, page):
    """G5"""
    visitor.post(page, {"insight_days": "Calls all day.", "insight_outlook": "Growing."})
    visitor.post(page, {"insight_days": "Calls, and trips.", "insight_outlook": ""})

    kept = Insight.objects.values_list("topic", "text")
    assert list(kept) == [("DAYS", "Calls, and trips.")]


def test_box_emptied_on_purpose_stays_empty_until_a_newer_answer(visitor, held, page):
    question = PreparedQuestionFactory(interview=held, topic=Topic.DAYS, answer="Calls.")
    with time_machine.travel(NOW + LATER):
        visitor.post(page, {"insight_days": ""})
        emptied = field(visitor.get(page), "insight_days")
    with time_machine.travel(NOW + 2 * LATER):
        question.answer = "Calls, and trips."
        question.save()
        newer = field(visitor.get(page), "insight_days")

    assert emptied == ""
    assert newer == f"{question.text}\nCalls, and trips."


def test_notes_that_are_not_in_a_box_are_shown_beside_it(visitor, held, page):
    PreparedQuestionFactory(interview=held, topic=Topic.DAYS, answer="Forty calls.")
    visitor.post(page, {"insight_days": "Busy."})

    text = visitor.get(page).text

    assert "Your notes from the talk" in text
    assert "Forty calls." in text


# Advice


def test_advice_is_one_piece_a_line(visitor, held, page):
    """G40, G45"""
    first = AdviceFactory(interview=held, text="Read the paper.")
    data = {
        f"advice_{first.pk}": "Read  two\tpapers.",
        "new_advice_1": "Call Wen.",
        "new_advice_2": "",
    }

    visitor.post(page, data)
    texts = list(held.advice.values_list("text", flat=True))
    visitor.post(page, {f"advice_{first.pk}": "", "new_advice_3": "call wen"})

    assert texts == ["Read two papers.", "Call Wen."]
    assert list(held.advice.values_list("text", flat=True)) == ["Call Wen."]


def test_page_opened_earlier_does_not_empty_a_line_written_since(visitor, held, page):
    AdviceFactory(interview=held, text="Written since.")

    visitor.post(page, {"enjoyed": "The tour"})

    assert Advice.objects.get().text == "Written since."


def test_advice_sent_twice_is_kept_once(visitor, held, page):
    for _ in range(2):
        visitor.post(page, {"new_advice_1": "Call Wen.", "new_advice_2": "Call Wen"})

    kept = Advice.objects.get()
    assert kept.text == "Call Wen."


def test_advice_that_was_followed_is_not_lost_with_its_line(visitor, held, page):
    done = AdviceFactory(interview=held, done_on=TODAY, note="It helped.")

    response = visitor.post(page, {f"advice_{done.pk}": "", "enjoyed": "The tour"})

    assert response.status_code == 422
    assert "<title>Error: " in response.text
    assert Advice.objects.get() == done
    assert field(response, "enjoyed") == "The tour"


def test_more_lines_come_without_javascript(visitor, held, page):
    data = {f"new_advice_{number}": f"Piece {number}" for number in (1, 2, 3)}

    response = visitor.post(page, {**data, "more": "advice"})

    assert response.url == f"{page}#advice"
    text = visitor.get(page).text
    assert text.count('name="new_advice_') == 3
    assert text.count('name="advice_') == 3


def test_advice_of_another_talk_is_out_of_reach(visitor, held, page):
    strange = AdviceFactory(interview=InterviewFactory(contact=ContactFactory()), text="Theirs.")

    visitor.post(page, {f"advice_{strange.pk}": "Mine."})

    strange.refresh_from_db()
    assert strange.text == "Theirs."


# Interest, decision, résumé


def test_interest_before_and_after_and_what_it_means(visitor, held, page):
    """G6, G32"""
    data = {
        "interest_before": "2", "interest_after": "5", "decision": "Apply in spring.",
        "resume_feedback": "Shorter.", "next_steps": "Read two papers.",
    }  # fmt: skip

    visitor.post(page, data)

    held.refresh_from_db()
    kept = debrief_of(held)
    assert (held.interest_before, kept.interest_after, kept.decision) == (2, 5, "Apply in spring.")
    assert (kept.resume_feedback, kept.next_steps) == ("Shorter.", "Read two papers.")


@pytest.mark.parametrize(
    "wrong",
    [{"interest_after": "6"}, {"interest_before": "5½"}, {"enjoyed": "x" * 5001},
     {"enjoyed": "a\x00b"}, {"asked_for_names": "perhaps"}, {"permission": "SURE"},
     {"email_1": "nowhere", "name_1": "Wen"}, {"phone_1": "413"}, {"new_advice_1": "x" * 1001},
     {"name_1": "x" * 201}, {"insight_path": "x" * 5001}],
    ids=lambda wrong: next(iter(wrong)),
)  # fmt: skip
def test_wrong_entry_is_said_and_nothing_is_lost(visitor, held, page, wrong):
    response = visitor.post(page, {"decision": "Kept: 🙂", **wrong, "finish": "1"})

    assert response.status_code == 422
    assert "<title>Error: " in response.text
    assert field(response, "decision") == "Kept: 🙂"
    held.refresh_from_db()
    assert held.state == State.HELD
    assert not Debrief.objects.exists()


# Whom they named


def named(**fields) -> dict[str, str]:
    return {"asked_for_names": "yes", "permission": "YES", **fields}


def test_people_they_named_become_contacts_in_one_save(visitor, held, page):
    """G36, G22"""
    visitor.post(
        page,
        named(name_1="Wen  Li", phone_1="413 555 0136", name_2="Rosa", email_2="rosa@example.org"),
    )

    found = Contact.objects.filter(referred_by=held.contact).order_by("name")
    rows = found.values_list("name", "phone", "email", "source", "name_permission", "student_id")
    mine = held.contact.student_id
    assert list(rows) == [
        ("Rosa", "", "rosa@example.org", "REFERRAL", "YES", mine),
        ("Wen Li", "413 555 0136", "", "REFERRAL", "YES", mine),
    ]
    assert debrief_of(held).asked_for_names is True


def test_people_saved_twice_do_not_double(visitor, held, page):
    """G36"""
    for _ in range(2):
        visitor.post(page, named(name_1="Wen Li", name_2="wen li"))

    assert Contact.objects.get(referred_by=held.contact).name == "Wen Li"


def test_person_on_the_list_already_is_linked_if_nobody_named_them_yet(visitor, held, page):
    """G36"""
    mine = held.contact.student
    wen = ContactFactory(student=mine, name="Wen Li", phone="1", source="FRIEND")
    other = ContactFactory(student=mine, name="Hal")
    rosa = ContactFactory(student=mine, name="Rosa", referred_by=other, name_permission="NO")

    visitor.post(page, named(name_1="WEN LI", phone_1="2", email_1="w@example.org", name_2="Rosa"))

    wen.refresh_from_db()
    rosa.refresh_from_db()
    assert (wen.referred_by, wen.phone, wen.email, wen.source) == (
        held.contact, "1", "w@example.org", "FRIEND",
    )  # fmt: skip
    assert (rosa.referred_by, rosa.name_permission) == (other, "NO")


def test_named_people_are_shown_and_the_rows_are_free_again(visitor, held, page):
    visitor.post(page, named(name_1="Wen Li"))

    text = visitor.get(page).text

    assert Contact.objects.get(name="Wen Li").get_absolute_url() in text
    assert 'value="Wen Li"' not in text


# A lead


def test_lead_is_one_entry_in_the_log_that_follows_the_write_up(visitor, held, page):
    """G37"""
    log = Interaction.objects.filter(outcome=Interaction.Outcome.LEAD)
    visitor.post(page, {"lead": "They will mention me to Hal."})
    first = log.values_list("said", "happened_on", "direction", "channel", "is_shared").get()
    visitor.post(page, {"lead": "They will mention me to Hal."})
    visitor.post(page, {"lead": "They wrote to Hal."})
    second = log.values_list("said", flat=True).get()
    visitor.post(page, {"lead": ""})

    assert first == ("They will mention me to Hal.", TODAY, "IN", "IN_PERSON", False)
    assert second == "They wrote to Hal."
    assert not log.exists()


# Draft, finish, correct


def test_draft_stays_a_draft(visitor, held, page):
    response = visitor.post(page, {"enjoyed": "The tour", "draft": "1"})

    held.refresh_from_db()
    assert (response.url, held.state) == (page, State.HELD)
    assert field(visitor.get(page), "enjoyed") == "The tour"


def test_finish_moves_the_talk_on_once(visitor, held, page):
    response = visitor.post(page, {"enjoyed": "The tour", "finish": "1"})
    held.refresh_from_db()
    assert (response.url, held.state) == (held.get_absolute_url(), State.DEBRIEFED)

    visitor.post(page, {"enjoyed": "The tour!", "finish": "1"})

    held.refresh_from_db()
    assert (held.state, debrief_of(held).enjoyed) == (State.DEBRIEFED, "The tour!")


def test_finish_of_nothing_is_asked_about(visitor, held, page):
    response = visitor.post(page, {"finish": "1"})

    assert response.status_code == 422
    held.refresh_from_db()
    assert held.state == State.HELD


def test_write_up_of_a_closed_talk_can_be_corrected(visitor, held, page):
    actions.record_thank_you(held, mailed_on=TODAY, at=NOW)
    actions.record_follow_up(held, written_on=TODAY, at=NOW)
    actions.move(held, to=State.CLOSED, at=NOW)

    visitor.post(page, {"enjoyed": "Much later", "finish": "1"})

    held.refresh_from_db()
    assert (held.state, debrief_of(held).enjoyed) == (State.CLOSED, "Much later")


def test_page_has_one_heading_and_one_primary_button(visitor, held, page):
    text = visitor.get(page).text

    assert (text.count("<h1"), text.count("btn-primary")) == (1, 1)
