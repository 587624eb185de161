"""The page of a call, and what came of it: logged once, the talk at its state, promises kept."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse

from contacts import actions as contacts
from contacts.models import Contact, Interaction
from core.localtime import moment
from interviews import actions
from interviews.forms.calls import working_days_on
from interviews.models import Interview, State
from reminders.schedule import owed_for
from tests.factories import (
    AlumFactory,
    ContactFactory,
    InteractionFactory,
    LetterFactory,
    PreparedQuestionFactory,
    StudentProfileFactory,
)
from tests.interviews.conftest import NOW, TODAY, agreed, days
from tests.interviews.test_views import WHO, heading, shown_messages

Outcome = Interaction.Outcome
OUTCOMES = ["call_bad_time", "call_unanswered", "call_declined"]
NEW_YORK, HONOLULU, AUCKLAND = "America/New_York", "Pacific/Honolulu", "Pacific/Auckland"


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def visitor(client, student):
    client.force_login(student)
    return client


def url(contact, name="call") -> str:
    return reverse(f"interviews:{name}", args=[contact.pk])


def wrote(contact, **fields) -> Interaction:
    """A letter of the Monday before, which promised a call for today."""
    fields = {"promised_call_on": TODAY, "happened_on": TODAY - days(7), **fields}
    return contacts.log_interaction(
        contact, at=NOW, channel="EMAIL", direction="OUT", outcome="ASKED", **fields
    )


def log_of(contact) -> list[tuple]:
    entries = contact.interactions.order_by("id")
    return [(each.channel, each.outcome, each.said) for each in entries]


def talk_of(contact) -> Interview:
    return contact.interviews.get()


# The page


@pytest.mark.parametrize(("who", "status"), WHO)
@pytest.mark.parametrize("name", ["call", *OUTCOMES])
def test_pages_are_for_the_owner_alone(client, request, contact, name, who, status):
    client.force_login(request.getfixturevalue(who))

    assert client.get(url(contact, name)).status_code == status


@pytest.mark.parametrize(("who", "status"), WHO[1:])
@pytest.mark.parametrize("name", ["call", *OUTCOMES])
def test_deeds_are_for_the_owner_alone(client, request, contact, name, who, status):
    client.force_login(request.getfixturevalue(who))
    data = {"came": "now", "left": "message", "on": "2026-03-04", "clock": "10:00"}

    assert client.post(url(contact, name), data).status_code == status
    assert log_of(contact) == []


@pytest.mark.parametrize("rows", [1, 3])
def test_page_asks_the_database_the_same_however_much_there_is(
    visitor, contact, django_assert_num_queries, rows
):
    StudentProfileFactory(student=contact.student)
    for number in range(rows):
        wrote(contact, happened_on=TODAY - days(number))
        InteractionFactory(contact=contact)
        ContactFactory(student=contact.student, referred_by=contact)
    talk = actions.begin(contact, at=NOW)
    PreparedQuestionFactory.create_batch(rows, interview=talk)

    # Session, user, contact with its people, office, promise, talks, letter, questions.
    with django_assert_num_queries(8):
        visitor.get(url(contact))


def test_page_has_the_number_to_dial_and_what_to_say(visitor, contact):
    """G18"""
    contact.phone, contact.source = "(413) 555-0133", "PROFESSOR"
    contact.save()

    response = visitor.get(url(contact))

    assert heading(response) == "Call Dana Whitcomb"
    assert 'href="tel:+1-413-555-0133"' in response.text
    assert "One of my professors told me about you." in response.text


def test_page_without_a_number_leads_to_writing_it_down(visitor, contact):
    page = visitor.get(url(contact)).text

    assert "Write down their number" in page
    assert "tel:" not in page


@pytest.mark.parametrize(
    ("zone", "clock", "is_open"),
    [(NEW_YORK, "9 a.m.", True), (HONOLULU, "4 a.m.", False), (AUCKLAND, "3 a.m.", False)],
)
def test_page_says_the_hour_where_they_are(visitor, contact, zone, clock, is_open):
    """G31: nine on Monday in New York is Tuesday in Auckland."""
    Contact.objects.filter(pk=contact.pk).update(time_zone=zone)

    response = visitor.get(url(contact))
    call = response.context["call"]

    assert f"It is <strong>{clock}</strong>" in response.text
    assert call.is_open_there is is_open
    assert ("Most people take calls" in response.text) is not is_open
    assert call.is_another_day_there is (zone == AUCKLAND)
    assert (" on Tuesday where" in response.text) is (zone == AUCKLAND)


@pytest.mark.parametrize(
    ("hour", "is_open"), [(7, False), (8, True), (17, True), (18, False), (0, False)]
)
def test_page_warns_outside_eight_to_six_there(visitor, contact, hour, is_open):
    with time_machine.travel(moment(TODAY, time(hour), NEW_YORK), tick=False):
        assert visitor.get(url(contact)).context["call"].is_open_there is is_open


def test_page_says_what_is_not_ready_yet(visitor, contact):
    """G23, G24, G25"""
    ready = visitor.get(url(contact)).context["call"].ready

    assert [item.done for item in ready] == [False, False, False]


def test_page_sees_that_all_is_ready(visitor, contact):
    """G23, G24, G25: five questions, a number to leave, a greeting fit for callers."""
    StudentProfileFactory(student=contact.student, phone="413 555 0142", greeting_is_ready=True)
    PreparedQuestionFactory.create_batch(5, interview=actions.begin(contact, at=NOW))

    ready = visitor.get(url(contact)).context["call"].ready

    assert [item.done for item in ready] == [True, True, True]


def test_page_asks_after_the_letter(visitor, contact):
    """G20"""
    wrote(contact)

    page = visitor.get(url(contact)).text

    assert "I sent you an e-mail on Monday, February 23. Did it reach you?" in page
    assert "Did your letter reach them?" in page


def test_page_says_the_sentence_of_the_letter(visitor, contact):
    """G20"""
    sent = wrote(contact)
    LetterFactory(
        contact=contact, interaction=sent, state="SENT", sent_on=sent.happened_on,
        objective="MOVING", blocks={"objective": "I am moving to Northampton in June"},
    )  # fmt: skip

    assert "I am moving to Northampton in June." in visitor.get(url(contact)).text


@pytest.mark.parametrize(
    "fields", [{"channel": "PHONE"}, {"direction": "IN"}, {"promised_call_on": None, "outcome": ""}]
)
def test_page_takes_nothing_else_for_a_letter(visitor, contact, fields):
    sent = wrote(contact)
    Interaction.objects.filter(pk=sent.pk).update(**fields)

    assert not visitor.get(url(contact)).context["call"].wrote


def test_page_forgets_the_letter_when_they_have_met_since(visitor, contact):
    wrote(contact, promised_call_on=None)
    actions.hold(actions.begin(contact, at=NOW), held_on=TODAY, at=NOW)

    assert not visitor.get(url(contact)).context["call"].wrote


def test_page_knows_graduates_and_fellow_alumni(visitor, contact):
    """G12"""
    StudentProfileFactory(student=contact.student, class_year=2025)
    contact.alum = AlumFactory()
    contact.save()

    assert "I am a fellow alum of" in visitor.get(url(contact)).text


def test_page_hides_a_referrer_who_was_not_asked(visitor, contact):
    """G22"""
    contact.referred_by = ContactFactory(student=contact.student, name="Lena Ortiz")
    contact.save()

    page = visitor.get(url(contact)).text

    assert "Lena Ortiz gave me your name" not in page
    assert reverse("contacts:name_permission", args=[contact.pk]) in page


@pytest.mark.parametrize("data", [{}, {"came": "\x00"}, {"came": "later"}, {"received": "x"}])
def test_page_takes_no_other_answer(visitor, contact, data):
    wrote(contact)
    response = visitor.post(url(contact), data)

    assert response.status_code == 422
    assert "<title>Error: " in response.text
    assert len(log_of(contact)) == 1


@pytest.mark.parametrize("came", ["bad_time", "unanswered", "declined"])
def test_answers_that_need_more_lead_to_their_page(visitor, contact, came):
    wrote(contact)

    response = visitor.post(url(contact), {"came": came, "received": "no"})

    assert response.url == url(contact, f"call_{came}") + "?received=no"
    page = visitor.get(response.url)
    assert page.status_code == 200
    if came != "unanswered":
        assert page.context["form"]["received"].value() == "no"
    assert len(log_of(contact)) == 1


# They can talk now


def test_now_makes_the_call_the_talk(visitor, contact):
    """G23"""
    response = visitor.post(url(contact), {"came": "now"})

    talk = talk_of(contact)
    assert response.url == reverse("interviews:live", args=[talk.pk])
    assert (talk.state, talk.format, talk.starts_at) == (State.ACCEPTED, "PHONE", NOW)
    assert (talk.minutes, talk.live_started_at) == (20, NOW)
    assert visitor.get(response.url).status_code == 200
    assert log_of(contact) == [("PHONE", "TALKED_NOW", "")]


def test_now_can_be_held_at_once(contact):
    """G23, G38: a talk on the phone is thanked for like any other."""
    talk = actions.talk_now(contact, at=NOW)

    actions.hold(talk, held_on=TODAY, at=NOW)

    assert talk.thank_you_due_on == TODAY + days(2)


def test_now_replaces_an_hour_that_was_agreed_for_later(contact, accepted):
    talk = actions.talk_now(contact, at=NOW)

    assert talk == accepted
    assert (talk.starts_at, talk.place) == (NOW, "Café")


@pytest.mark.parametrize("state", [State.NO_RESPONSE, State.DECLINED, State.WITHDRAWN])
def test_now_takes_up_the_talk_that_came_to_nothing(contact, state):
    talk = actions.begin(contact, at=NOW)
    Interview.objects.filter(pk=talk.pk).update(state=state)

    assert actions.talk_now(contact, at=NOW) == talk


def test_now_after_a_talk_is_another_talk(contact, held):
    assert actions.talk_now(contact, at=NOW) != held


@pytest.mark.parametrize("came", ["now", "agreed"])
def test_second_click_writes_nothing(visitor, contact, came):
    for _ in range(2):
        assert visitor.post(url(contact), {"came": came}).status_code == 302

    assert len(log_of(contact)) == 1
    assert talk_of(contact)


def test_same_answer_an_hour_later_is_another_call(contact):
    """G10: every attempt is in the log."""
    for hour in (0, 1):
        at = NOW + timedelta(hours=hour)
        with time_machine.travel(at, tick=False):
            actions.reach_nobody(contact, left_message=False, try_on=None, at=at)

    assert len(log_of(contact)) == 2


# They agreed


@pytest.mark.parametrize(
    ("received", "said"),
    [
        ("yes", "My letter had reached them."),
        ("no", "My letter had not reached them."),
        ("", ""),
    ],
)
def test_agreed_leads_to_writing_down_the_time(visitor, contact, received, said):
    """G20: whether the letter came is kept."""
    wrote(contact)

    response = visitor.post(url(contact), {"came": "agreed", "received": received})

    assert response.url == reverse("interviews:agree", args=[talk_of(contact).pk])
    assert talk_of(contact).state == State.ASKED
    assert log_of(contact)[-1] == ("PHONE", "AGREED", said)


def test_call_keeps_the_promise(contact, announced):
    """G16"""
    promise = wrote(contact)

    actions.get_a_yes(contact, at=NOW)

    promise.refresh_from_db()
    assert promise.called_on == TODAY
    assert promise in announced


def test_call_that_reached_them_early_keeps_a_promise_for_later(contact):
    promise = wrote(contact, promised_call_on=TODAY + days(3))

    actions.get_a_yes(contact, at=NOW)

    promise.refresh_from_db()
    assert not promise.is_awaiting_call


def test_call_of_one_contact_keeps_no_promise_to_another(contact, student):
    promise = wrote(ContactFactory(student=student))

    actions.get_a_yes(contact, at=NOW)

    promise.refresh_from_db()
    assert promise.is_awaiting_call


# A bad time


def post_bad_time(visitor, contact, on, clock, **data):
    return visitor.post(
        url(contact, "call_bad_time"), {"on": on, "clock": clock, "said": "In a meeting.", **data}
    )


@pytest.mark.parametrize(
    ("zone", "on", "clock", "at", "day"),
    [
        (NEW_YORK, "2026-03-04", "10:00", (3, 4, 15, 0), date(2026, 3, 4)),
        # Ten at night in Honolulu is the next day in New York; so is its midnight.
        (HONOLULU, "2026-03-04", "22:00", (3, 5, 8, 0), date(2026, 3, 5)),
        (HONOLULU, "2026-03-04", "00:00", (3, 4, 10, 0), date(2026, 3, 4)),
        # Ten in the morning in Auckland is the day before in New York.
        (AUCKLAND, "2026-03-04", "10:00", (3, 3, 21, 0), date(2026, 3, 3)),
        (NEW_YORK, "2026-03-04", "00:00", (3, 4, 5, 0), date(2026, 3, 4)),
        # Across the switch of March 8 in New York, and of April 5 in Auckland.
        (NEW_YORK, "2026-03-09", "09:00", (3, 9, 13, 0), date(2026, 3, 9)),
        (HONOLULU, "2026-03-09", "09:00", (3, 9, 19, 0), date(2026, 3, 9)),
        (AUCKLAND, "2026-04-06", "09:00", (4, 5, 21, 0), date(2026, 4, 5)),
        # In the hour that comes twice the earlier is meant.
        (NEW_YORK, "2026-11-01", "01:30", (11, 1, 5, 30), date(2026, 11, 1)),
    ],
)
def test_bad_time_is_kept_by_their_clock_and_owed_by_ones_own(
    visitor, contact, zone, on, clock, at, day
):
    """G19"""
    Contact.objects.filter(pk=contact.pk).update(time_zone=zone)

    assert post_bad_time(visitor, contact, on, clock).status_code == 302

    entry = contact.interactions.get()
    assert entry.call_back_at == datetime(2026, *at, tzinfo=UTC)
    assert entry.promised_call_on == day
    assert (entry.outcome, entry.said) == (Outcome.BAD_TIME, "In a meeting.")
    assert talk_of(contact).state == State.ASKED


def test_bad_time_says_which_of_two_hours_is_meant(visitor, contact):
    response = post_bad_time(visitor, contact, "2026-11-01", "01:30")

    assert any("comes twice" in each for each in shown_messages(visitor.get(response.url)))


@pytest.mark.parametrize(
    ("on", "clock", "words"),
    [
        ("", "10:00", "Write down the day."),
        ("2026-03-04", "", "Write down the time."),
        ("soon", "10:00", "Write the day as year"),
        ("2026-03-04", "5½", "Write the time as hours"),
        ("2026-03-04", "\x00", "Write the time as hours"),
        ("2026-03-01", "10:00", "That time has passed where they are."),
        ("2026-03-02", "09:00", "That time has passed where they are."),
        ("2028-03-04", "10:00", "Check the year."),
        ("9999-12-31", "10:00", "Check the year."),
        ("2026-03-08", "02:30", "The clocks jump over that time."),
    ],
)
def test_bad_time_refuses_with_words_and_keeps_what_was_typed(visitor, contact, on, clock, words):
    response = post_bad_time(visitor, contact, on, clock)

    assert response.status_code == 422
    assert words in response.text
    assert "In a meeting." in response.text
    assert "<title>Error: " in response.text
    assert log_of(contact) == []


def test_bad_time_today_is_taken_while_it_is_ahead_there(visitor, contact):
    """It is still Monday, four in the morning, in Honolulu."""
    Contact.objects.filter(pk=contact.pk).update(time_zone=HONOLULU)

    assert post_bad_time(visitor, contact, "2026-03-02", "09:00").status_code == 302


def test_bad_time_keeps_the_old_promise_and_makes_the_new(visitor, contact):
    """G16, G19"""
    old = wrote(contact)

    post_bad_time(visitor, contact, "2026-03-04", "10:00", received="yes")

    old.refresh_from_db()
    new = contact.interactions.awaiting_call().get()
    assert old.called_on == TODAY
    assert new.said == "In a meeting.\n\nMy letter had reached them."


def test_bad_time_makes_the_next_script_say_so(visitor, contact):
    post_bad_time(visitor, contact, "2026-03-04", "10:00")

    with time_machine.travel(NOW + days(2), tick=False):
        page = visitor.get(url(contact)).text

    assert "I called on Monday, March 2, and you asked me to try again today." in page
    assert "You promised to call" in page
    assert "at 10 a.m." in page


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        (NEW_YORK, "due Wednesday at 3 p.m."),
        ("America/Chicago", "due Wednesday at 3 p.m. (2 p.m. for Dana Whitcomb)"),
        (AUCKLAND, "due Wednesday at 3 p.m. (Thursday, 9 a.m. for Dana Whitcomb)"),
    ],
)
def test_promise_shows_its_hour_by_both_clocks(contact, student, zone, words):
    """G19, G31"""
    contact.time_zone = zone
    contact.save()
    at = moment(TODAY + days(2), time(15), NEW_YORK)
    actions.call_back_later(contact, call_back_at=at, at=NOW)

    [owed] = owed_for(contact.interactions.get(), student=student, at=NOW)

    assert owed.when == words.replace("due W", "due on W")
    assert owed.since_in_words == "You called today"
    assert owed.url == url(contact)


def test_promise_shows_its_hour_on_today_and_on_the_card(visitor, contact):
    at = moment(TODAY + days(1), time(15), NEW_YORK)
    actions.call_back_later(contact, call_back_at=at, at=NOW)

    assert "due tomorrow at 3 p.m." in visitor.get(reverse("home")).text
    assert "tomorrow</time> at 3 p.m." in visitor.get(contact.get_absolute_url()).text


# Correcting the entry


def edit(visitor, entry, **changes):
    data = {
        "happened_on": entry.happened_on, "channel": entry.channel, "direction": "OUT",
        "outcome": entry.outcome, "said": "", "promised_call_on": entry.promised_call_on,
    }  # fmt: skip
    return visitor.post(reverse("contacts:edit_interaction", args=[entry.pk]), {**data, **changes})


@pytest.fixture
def call_back(contact):
    """Ten at night on Wednesday in Honolulu: Thursday, three in the morning, in New York."""
    contact.time_zone = HONOLULU
    contact.save()
    at = moment(date(2026, 3, 4), time(22), HONOLULU)
    actions.call_back_later(contact, call_back_at=at, at=NOW)
    return contact.interactions.get()


def test_correcting_the_day_moves_the_hour_with_it(visitor, call_back):
    """Beyond the switch of March 8 it is still ten at night there."""
    assert edit(visitor, call_back, promised_call_on="2026-03-12").status_code == 302

    call_back.refresh_from_db()
    there = call_back.call_back_at.astimezone(ZoneInfo(HONOLULU))
    assert (there.date(), there.time()) == (date(2026, 3, 11), time(22))


def test_correcting_the_day_keeps_the_hour_across_a_switch_of_their_clock(visitor, contact):
    """Ten in the morning stays that, though March 8 has an hour less."""
    at = moment(date(2026, 3, 4), time(10), NEW_YORK)
    actions.call_back_later(contact, call_back_at=at, at=NOW)

    edit(visitor, contact.interactions.get(), promised_call_on="2026-03-09")

    entry = contact.interactions.get()
    assert entry.call_back_at == moment(date(2026, 3, 9), time(10), NEW_YORK)


def test_correcting_something_else_leaves_the_hour(visitor, call_back):
    before = call_back.call_back_at
    edit(visitor, call_back, said="Busy")

    call_back.refresh_from_db()
    assert (call_back.call_back_at, call_back.said) == (before, "Busy")


def test_taking_the_promise_back_takes_its_hour(visitor, call_back):
    assert edit(visitor, call_back, promised_call_on="").status_code == 302

    call_back.refresh_from_db()
    assert (call_back.call_back_at, call_back.promised_call_on) == (None, None)


def test_taking_a_kept_promise_back_is_no_error(visitor, call_back):
    contacts.record_call(call_back, on=TODAY, at=NOW)

    assert edit(visitor, call_back, promised_call_on="").status_code == 302

    call_back.refresh_from_db()
    assert call_back.called_on is None


# A machine, or nobody


@pytest.mark.parametrize(
    ("left", "entry"),
    [("message", ("VOICEMAIL", "LEFT_MESSAGE", "")), ("nobody", ("PHONE", "NO_ANSWER", ""))],
)
def test_unanswered_is_logged_and_tried_again(visitor, contact, left, entry):
    """G24"""
    answer = {"left": left, "try_on": "2026-03-04"}

    assert visitor.post(url(contact, "call_unanswered"), answer).status_code == 302

    assert log_of(contact) == [entry]
    assert contact.interactions.get().promised_call_on == date(2026, 3, 4)
    assert contact.interviews.exists() is (left == "message")


def test_unanswered_suggests_two_working_days_on(visitor, contact):
    """From Friday that is Tuesday, from Saturday and Sunday, too."""
    found = [working_days_on(date(2026, 3, day), 2) for day in (2, 5, 6, 7, 8)]

    assert [on.day for on in found] == [4, 9, 10, 10, 10]
    page = visitor.get(url(contact, "call_unanswered")).text
    assert 'value="2026-03-04"' in page


def test_unanswered_without_another_day_lets_it_rest(visitor, contact):
    talk = actions.begin(contact, at=NOW)
    actions.ask(talk, at=NOW)

    visitor.post(url(contact, "call_unanswered"), {"left": "nobody", "try_on": ""})

    assert talk_of(contact).state == State.NO_RESPONSE


def test_unanswered_leaves_a_time_that_was_agreed(contact, accepted):
    actions.reach_nobody(contact, left_message=True, try_on=None, at=NOW)

    assert talk_of(contact).state == State.ACCEPTED


@pytest.mark.parametrize(("promised_on", "is_kept"), [(TODAY, True), (TODAY + days(1), False)])
def test_unanswered_keeps_the_promise_of_its_day_and_no_later_one(contact, promised_on, is_kept):
    """G16: who was called in vain on Monday is still to be called on Tuesday, as promised."""
    promise = wrote(contact, promised_call_on=promised_on)

    actions.reach_nobody(contact, left_message=True, try_on=TODAY + days(2), at=NOW)

    promise.refresh_from_db()
    assert promise.is_awaiting_call is not is_kept


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({}, "Choose what happened."),
        ({"left": "cat"}, "Choose one of the two."),
        ({"left": "nobody", "try_on": "2026-03-01"}, "That day has passed."),
        ({"left": "nobody", "try_on": "2036-03-01"}, "Check the year."),
        ({"left": "nobody", "try_on": "Tuesday"}, "Write the day as year"),
        ({"left": "nobody", "said": "x" * 5001}, "Shorten it"),
        ({"left": "nobody", "said": "a\x00b"}, "Null characters"),
    ],
)
def test_unanswered_refuses_with_words(visitor, contact, data, words):
    response = visitor.post(url(contact, "call_unanswered"), data)

    assert response.status_code == 422
    assert words in response.text
    assert log_of(contact) == []


# They cannot


def test_declined_asks_for_thanks(visitor, contact):
    """G21"""
    response = visitor.post(url(contact, "call_declined"), {"said": "On leave."}, follow=True)

    assert heading(response) == "Thank Dana Whitcomb for answering"
    assert talk_of(contact).state == State.DECLINED
    assert log_of(contact) == [("PHONE", "DECLINED", "On leave.")]


def test_declined_takes_the_names_they_gave_in_one_save(visitor, contact):
    """G22"""
    answer = {
        "name_1": " Wen  Li ", "phone_1": "413 555 0100", "email_1": "wen@example.org",
        "name_3": "Rosa Amado", "permission": "YES",
    }  # fmt: skip

    visitor.post(url(contact, "call_declined"), answer)

    found = contact.referrals.order_by("name").values_list(
        "name", "phone", "email", "source", "name_permission"
    )
    assert list(found) == [
        ("Rosa Amado", "", "", "REFERRAL", "YES"),
        ("Wen Li", "413 555 0100", "wen@example.org", "REFERRAL", "YES"),
    ]
    assert log_of(contact) == [
        ("PHONE", "DECLINED", ""),
        ("PHONE", "REFERRED", "They named Wen Li, Rosa Amado."),
    ]


@pytest.mark.parametrize("permission", ["NO", "NOT_ASKED", ""])
def test_declined_keeps_whether_the_name_may_be_used(visitor, contact, permission):
    """G22"""
    answer = {"name_1": "Wen Li", "permission": permission}
    visitor.post(url(contact, "call_declined"), answer)

    assert contact.referrals.get().name_permission == (permission or "NOT_ASKED")


def test_declined_adds_to_somebody_on_the_list_already(visitor, contact, student):
    wen = ContactFactory(student=student, name="Wen Li", phone="413 555 0199", source="PEER")

    answer = {"name_1": "wen li", "phone_1": "413 555 0100", "email_1": "w@example.org"}
    visitor.post(url(contact, "call_declined"), {**answer, "permission": "YES"})

    wen.refresh_from_db()
    assert (wen.phone, wen.email, wen.source) == ("413 555 0199", "w@example.org", "PEER")
    assert (wen.referred_by, wen.name_permission) == (contact, "YES")


def test_declined_leaves_the_list_of_others_alone(visitor, contact, other_student):
    wen = ContactFactory(student=other_student, name="Wen Li")

    visitor.post(url(contact, "call_declined"), {"name_1": "Wen Li"})

    wen.refresh_from_db()
    assert wen.referred_by is None
    assert contact.referrals.get().student == contact.student


def test_declined_can_say_that_they_know_nobody(visitor, contact):
    """G9"""
    visitor.post(url(contact, "call_declined"), {"knows_nobody": "on"})

    assert [outcome for _, outcome, _ in log_of(contact)] == ["DECLINED", "KNOWS_NOBODY"]


def test_declined_calls_an_agreed_time_off(contact, accepted):
    actions.get_a_no(contact, people=[], at=NOW)

    assert talk_of(contact).state == State.CANCELLED


def test_declined_twice_is_one_no(visitor, contact):
    answer = {"name_1": "Wen Li", "permission": "YES"}
    for _ in range(2):
        assert visitor.post(url(contact, "call_declined"), answer).status_code == 302

    assert len(log_of(contact)) == 2
    assert contact.referrals.count() == 1


@pytest.mark.parametrize("number", [1, 2, 3])
def test_declined_hides_nothing_that_was_typed(visitor, contact, number):
    data = {f"name_{number}": "Wen Li", "knows_nobody": "on"}
    page = visitor.post(url(contact, "call_declined"), data).text

    assert 'value="Wen Li"' in page
    assert ('<details class="mb-3" open>' in page) is (number > 1)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"phone_2": "413 555 0100"}, "Write the name, too."),
        ({"name_1": "Wen", "email_1": "wen at home"}, "Write the e-mail like"),
        ({"name_1": "W" * 201}, "Shorten it a little"),
        ({"name_1": "Wen", "knows_nobody": "on"}, "Take this tick away"),
        ({"name_1": "Wen", "permission": "MAYBE"}, "Choose one of the three."),
        ({"name_1": "W\x00n"}, "Null characters"),
    ],
)
def test_declined_refuses_with_words_and_changes_nothing(visitor, contact, data, words):
    response = visitor.post(url(contact, "call_declined"), data)

    assert response.status_code == 422
    assert words in response.text
    assert (log_of(contact), contact.referrals.count()) == ([], 0)


# May the name be used


@pytest.fixture
def referred(contact, student):
    contact.referred_by = ContactFactory(student=student, name="Lena Ortiz")
    contact.save()
    return contact


@pytest.mark.parametrize("back", ["", "call"])
def test_permission_is_one_click(visitor, referred, back):
    """G22"""
    response = visitor.post(
        reverse("contacts:name_permission", args=[referred.pk]),
        {"permission": "YES", "back": back},
    )

    referred.refresh_from_db()
    assert referred.name_permission == "YES"
    assert response.url == (url(referred) if back else referred.get_absolute_url())
    assert "Lena Ortiz gave me your name" in visitor.get(url(referred)).text


@pytest.mark.parametrize("answer", ["", "PERHAPS", "\x00"])
def test_permission_is_one_of_three(visitor, referred, answer):
    address = reverse("contacts:name_permission", args=[referred.pk])

    visitor.post(address, {"permission": answer})

    referred.refresh_from_db()
    assert referred.name_permission == "NOT_ASKED"


@pytest.mark.parametrize(("who", "status"), WHO[1:])
def test_permission_is_for_the_owner_alone(client, request, referred, who, status):
    client.force_login(request.getfixturevalue(who))
    address = reverse("contacts:name_permission", args=[referred.pk])

    assert client.post(address, {"permission": "YES"}).status_code == status
    referred.refresh_from_db()
    assert referred.name_permission == "NOT_ASKED"


def test_every_answer_leaves_an_agreed_talk_in_order(contact):
    """A call about the arrangements moves the talk only where the answer says so."""
    talk = agreed(actions.begin(contact, at=NOW))

    actions.call_back_later(contact, call_back_at=NOW + days(1), at=NOW)
    actions.get_a_yes(contact, at=NOW)

    talk.refresh_from_db()
    assert talk.state == State.ACCEPTED
