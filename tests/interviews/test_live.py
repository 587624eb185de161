"""The page for the talk: when it is on, its clock, and that nothing typed is lost."""

from __future__ import annotations

import json
import subprocess
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse

from accounts.models import OfficeSettings
from interviews import actions, live
from interviews.actions.live import NotNow, finish_live, save_live, start_live
from interviews.live import FROM_ELSEWHERE, Typed, mark, settled
from interviews.models import Interview, State
from tests.conftest import REPOSITORY
from tests.factories import ContactFactory, InterviewFactory, PreparedQuestionFactory
from tests.interviews.conftest import NOW, TODAY, agreed, days

MINUTE = timedelta(minutes=1)


@pytest.fixture
def talk(idea):
    """Agreed for half an hour from now."""
    return agreed(idea, starts_at=NOW + 30 * MINUTE)


@pytest.fixture
def question(talk):
    return PreparedQuestionFactory(interview=talk, text="How did you get here?", rank=1)


@pytest.fixture
def visitor(client, student):
    client.force_login(student)
    with time_machine.travel(NOW, tick=False):
        yield client


def url(name, interview) -> str:
    return reverse(f"interviews:{name}", args=[interview.pk])


def send(visitor, talk, **boxes):
    """As the script sends it."""
    return visitor.post(url("live_save", talk), boxes, headers={"accept": "application/json"})


def box(name: str, text: str, *, was: str = "") -> dict[str, str]:
    return {name: text, f"{name}.was": mark(was)}


# Who may


@pytest.mark.parametrize(
    ("who", "status"),
    [("student", 200), ("advisor", 403), ("other_student", 404), ("staff", 404)],
)
def test_page_is_for_the_owner_alone(client, request, talk, who, status):
    client.force_login(request.getfixturevalue(who))

    assert client.get(url("live", talk)).status_code == status


@pytest.mark.parametrize("name", ["live_start", "live_save", "live_done"])
@pytest.mark.parametrize(("who", "status"), [("advisor", 403), ("other_student", 404)])
def test_verbs_are_for_the_owner_alone(client, request, talk, question, name, who, status):
    client.force_login(request.getfixturevalue(who))

    response = client.post(url(name, talk), {**box("notes", "x"), **box(f"q{question.pk}", "x")})

    assert response.status_code == status
    assert Interview.objects.get(pk=talk.pk).updated_at == talk.updated_at


def test_page_changes_nothing_when_only_opened(visitor, talk, question):
    visitor.get(url("live", talk), {"notes": "x", "notes.was": ""})

    assert Interview.objects.get(pk=talk.pk).updated_at == talk.updated_at
    assert [visitor.get(url(name, talk)).status_code for name in ("live_save", "live_done")] == [
        405, 405,
    ]  # fmt: skip


@pytest.mark.parametrize("number", [1, 3])
def test_page_asks_the_same_number_of_queries(visitor, talk, number, django_assert_num_queries):
    PreparedQuestionFactory.create_batch(number, interview=talk)

    # Session, user, talk with its people, questions.
    with django_assert_num_queries(4):
        response = visitor.get(url("live", talk))

    assert response.text.count("<textarea") == number + 1


# What it says


def test_questions_stand_in_their_order_with_what_was_kept(visitor, talk):
    """G33"""
    PreparedQuestionFactory(interview=talk, text="Second?", rank=2)
    PreparedQuestionFactory(
        interview=talk, text="First?", rank=1, is_asked=True, answer="By <chance> & luck."
    )

    text = visitor.get(url("live", talk)).text

    assert text.index("First?") < text.index("Second?")
    assert "By &lt;chance&gt; &amp; luck." in text
    assert text.count(" checked") == 1


def test_page_without_questions_says_what_to_ask(visitor, talk):
    assert reverse("interviews:questions", args=[talk.pk]) in visitor.get(url("live", talk)).text


def test_page_has_one_primary_button_in_each_of_its_states(visitor, talk):
    before = visitor.get(url("live", talk)).text
    visitor.post(url("live_start", talk))
    during = visitor.get(url("live", talk)).text
    visitor.post(url("live_done", talk))
    after = visitor.get(url("live", talk)).text

    assert [text.count("btn-primary") for text in (before, during, after)] == [1, 1, 1]
    assert [text.count("<h1") for text in (before, during, after)] == [1, 1, 1]


@pytest.mark.parametrize(
    ("state", "heading"),
    [
        (State.HELD, "Write up your talk with"),
        (State.CLOSED, "Write up your talk with"),
        (State.CANCELLED, "Find a new time with"),
        (State.DECLINED, "Find a new time with"),
        (State.IDEA, "what matters most"),
        (State.CONFIRMED, "what matters most"),
    ],
)
def test_heading_says_what_to_do(visitor, contact, state, heading):
    held = {"held_on": TODAY, "thank_you_due_on": TODAY, "follow_up_due_on": TODAY}
    talk = InterviewFactory(
        contact=contact, state=state, **(held if state in ("HELD", "CLOSED") else {})
    )

    assert heading in visitor.get(url("live", talk)).text


@pytest.mark.parametrize(
    ("state", "starts_in", "is_on"),
    [
        (State.IDEA, None, True),
        (State.ASKED, None, True),
        (State.ACCEPTED, timedelta(0), True),
        (State.CONFIRMED, timedelta(hours=12), True),
        # Five past midnight is tomorrow, and one is ready at nine in the evening before.
        (State.CONFIRMED, timedelta(days=2), False),
        (State.CONFIRMED, -timedelta(days=1), True),
        (State.ASKED, timedelta(days=2), True),
        (State.HELD, -MINUTE, False),
        (State.CANCELLED, timedelta(0), False),
        (State.DECLINED, None, False),
    ],
)
def test_talk_is_on_in_its_states_and_on_its_day(contact, state, starts_in, is_on):
    """G23, G33"""
    talk = InterviewFactory(
        contact=contact, state=state, starts_at=NOW + starts_in if starts_in is not None else None
    )

    assert live.is_live(talk, at=NOW) is is_on


def test_talk_is_on_all_of_its_day_by_the_students_calendar(contact):
    """At eleven at night it is on from one past midnight of that day."""
    zone = ZoneInfo("America/New_York")
    starts_at = datetime(2026, 3, 2, 23, 0, tzinfo=zone)
    talk = InterviewFactory(contact=contact, state=State.CONFIRMED, starts_at=starts_at)

    assert live.is_live(talk, at=datetime(2026, 3, 2, 0, 1, tzinfo=zone))
    assert not live.is_live(talk, at=datetime(2026, 3, 1, 23, 59, tzinfo=zone) - MINUTE * 720)


# The clock


@pytest.mark.parametrize(
    ("gone", "words", "cue"),
    [
        (0, "0 of 30 minutes", ""),
        (24.9, "24 of 30 minutes", ""),
        (25, "25 of 30 minutes", live.FIVE_LEFT),
        (29.9, "29 of 30 minutes", live.FIVE_LEFT),
        (30, "30 of 30 minutes", live.TIME_IS_UP),
        (95, "95 of 30 minutes", live.TIME_IS_UP),
        (-3, "0 of 30 minutes", ""),
    ],
)
def test_clock_says_quietly_when_to_close(gone, words, cue):
    """G3, G33"""
    clock = live.Clock(NOW, minutes=30)

    assert (clock.words(NOW + gone * MINUTE), clock.cue(NOW + gone * MINUTE)) == (words, cue)


def test_talk_of_five_minutes_has_no_cue_at_its_start():
    assert live.Clock(NOW, minutes=5).cue(NOW) == ""


def test_start_is_kept_through_a_second_click_and_set_anew_when_meant(talk):
    start_live(talk, at=NOW)
    start_live(talk, at=NOW + 3 * MINUTE)
    first = talk.live_started_at
    start_live(talk, at=NOW + 5 * MINUTE, again=True)

    assert (first, talk.live_started_at) == (NOW, NOW + 5 * MINUTE)


def test_start_of_yesterday_was_another_talk(idea):
    start_live(idea, at=NOW - days(1))
    assert live.clock(idea, at=NOW) is None

    start_live(idea, at=NOW)

    assert live.clock(idea, at=NOW) == live.Clock(NOW, idea.minutes)


def test_start_without_a_time_agreed_is_a_call_of_its_length(idea):
    """G3, G23"""
    start_live(idea, at=NOW)

    assert (idea.format, idea.minutes) == ("PHONE", OfficeSettings.current().minutes_by_phone)


def test_start_leaves_what_was_agreed(talk):
    start_live(talk, at=NOW)

    assert (talk.format, talk.minutes, talk.place) == ("IN_PERSON", 30, "Café")


def test_start_is_refused_when_the_talk_is_off(visitor, contact):
    talk = InterviewFactory(contact=contact, state=State.DECLINED)
    with pytest.raises(NotNow):
        start_live(talk, at=NOW)

    response = visitor.post(url("live_start", talk), follow=True)

    assert "This talk is not on." in response.text


# What is kept


def test_boxes_are_kept(visitor, talk, question):
    """G33"""
    answer = send(
        visitor, talk,
        **box(f"q{question.pk}", "By luck."), **box("notes", "Tall office."),
        **{f"a{question.pk}": "1", f"a{question.pk}.was": "", "interest": "4", "interest.was": ""},
    )  # fmt: skip

    assert answer.json() == {"texts": {}, "gone": []}
    question.refresh_from_db()
    talk.refresh_from_db()
    assert (question.answer, question.is_asked) == ("By luck.", True)
    assert (talk.notes, talk.interest_before) == ("Tall office.", 4)


def test_box_that_is_not_sent_is_left_alone(visitor, talk, question):
    send(visitor, talk, **box(f"q{question.pk}", "By luck."), **box("notes", "A"))

    send(visitor, talk, **box("notes", "A and B", was="A"))

    question.refresh_from_db()
    talk.refresh_from_db()
    assert (question.answer, talk.notes) == ("By luck.", "A and B")


def test_tick_can_be_taken_away(visitor, talk, question):
    send(visitor, talk, **{f"a{question.pk}": "1", f"a{question.pk}.was": ""})

    send(visitor, talk, **{f"a{question.pk}.was": ""})

    question.refresh_from_db()
    assert question.is_asked is False


@pytest.mark.parametrize("state", State)
def test_notes_are_kept_in_whatever_state_the_talk_is(contact, state):
    """A phone without a connection may bring them late."""
    talk = InterviewFactory(contact=contact, state=state)

    save_live(talk, typed={"notes": Typed("Late.")}, at=NOW)

    talk.refresh_from_db()
    assert (talk.notes, talk.state) == ("Late.", state)


def test_page_works_as_a_plain_form(visitor, talk, question):
    response = visitor.post(
        url("live_save", talk),
        {**box(f"q{question.pk}", "One\r\ntwo"), f"a{question.pk}.was": "", **box("notes", "N")},
    )

    assert response.url == url("live", talk)
    question.refresh_from_db()
    assert question.answer == "One\ntwo"


@pytest.mark.parametrize(
    "text",
    [
        "5½",
        "🙂" * 300,
        "a\x00b",
        "\ud83d",
        "{% url %} {{ x }}",
        "x" * 60_000,
        "\r\n\r",
        "</textarea>",
    ],
    ids=["half", "emoji", "NUL", "half a character", "template", "long", "lines", "markup"],
)
def test_any_text_is_taken(visitor, talk, question, text):
    answer = send(visitor, talk, **box(f"q{question.pk}", text.encode("utf-8", "replace").decode()))

    assert answer.status_code == 200
    question.refresh_from_db()
    assert question.answer == live.plain(text)
    assert visitor.get(url("live", talk)).status_code == 200


@pytest.mark.parametrize(
    "tampered",
    [
        {"state": "CLOSED", "state.was": ""}, {"interest": "9", "interest.was": ""},
        {"q.was": ""}, {"q99999999999999999999.was": "", "q99999999999999999999": ""},
        {"interest": "½", "interest.was": ","}, {"started": "-1", "started.was": ""},
        {"started": "1e9", "started.was": ""}, {"started": "٣", "started.was": ""}, {},
    ],
)  # fmt: skip
def test_odd_names_and_values_change_nothing(visitor, talk, tampered):
    assert send(visitor, talk, **tampered).status_code == 200

    now = Interview.objects.get(pk=talk.pk)
    assert (now.state, now.interest_before, now.notes) == ("ACCEPTED", None, "")
    assert now.live_started_at is None


def test_answer_to_a_question_of_another_talk_stays_with_ones_own_notes(visitor, talk):
    strange = PreparedQuestionFactory(interview=InterviewFactory(contact=ContactFactory()))

    answer = send(visitor, talk, **box(f"q{strange.pk}", "Mine."))

    strange.refresh_from_db()
    talk.refresh_from_db()
    assert (strange.answer, talk.notes) == ("", "Mine.")
    assert answer.json() == {"texts": {"notes": "Mine."}, "gone": [f"q{strange.pk}"]}


def test_answer_to_a_question_taken_off_meanwhile_goes_to_the_notes_once(visitor, talk, question):
    name = f"q{question.pk}"
    question.delete()

    send(visitor, talk, **box("notes", "Tall."))
    send(visitor, talk, **box(name, "By luck."))
    send(visitor, talk, **box(name, "By luck."))

    talk.refresh_from_db()
    assert talk.notes == f"Tall.\n\n{FROM_ELSEWHERE}\nBy luck."


# Two screens


@pytest.mark.parametrize(
    ("current", "typed", "kept"),
    [
        ("", Typed("A"), "A"),
        ("A", Typed("A", frozenset()), "A"),
        ("A", Typed("A b", frozenset({mark("A")})), "A b"),
        ("A", Typed("", frozenset({mark("A")})), ""),
        ("A", Typed("C", frozenset({mark("B")})), f"A\n\n{FROM_ELSEWHERE}\nC"),
        ("A", Typed("C"), f"A\n\n{FROM_ELSEWHERE}\nC"),
        ("A", Typed("", frozenset({mark("B")})), "A"),
        # Its answer was lost on the way, so the page knows only the text before.
        ("One two", Typed("One two three", frozenset({mark("One")})), "One two three"),
        # A call that was overtaken by the next one.
        ("One two three", Typed("One two", frozenset({mark("One")})), "One two three"),
        ("know", Typed("no", frozenset({mark("x")})), f"know\n\n{FROM_ELSEWHERE}\nno"),
        ("no", Typed("know", frozenset({mark("x")})), f"no\n\n{FROM_ELSEWHERE}\nknow"),
        ("A\r\nB", Typed("A\nB c", frozenset({mark("A\nB")})), "A\nB c"),
    ],
)
def test_text_of_another_screen_is_never_written_over(current, typed, kept):
    assert settled(current, typed) == kept


def test_two_phones_keep_both_texts_and_each_hears_of_it(visitor, talk):
    send(visitor, talk, **box("notes", "From the phone."))

    answer = send(visitor, talk, **box("notes", "From the laptop."))

    both = f"From the phone.\n\n{FROM_ELSEWHERE}\nFrom the laptop."
    assert answer.json()["texts"] == {"notes": both}
    talk.refresh_from_db()
    assert talk.notes == both


def test_page_that_was_told_both_texts_goes_on_from_them(visitor, talk):
    send(visitor, talk, **box("notes", "A"))
    both = send(visitor, talk, **box("notes", "B")).json()["texts"]["notes"]

    answer = send(visitor, talk, **box("notes", f"{both} and on", was=both))

    assert answer.json()["texts"] == {}
    talk.refresh_from_db()
    assert talk.notes == f"{both} and on"


def test_script_makes_the_same_marks():
    """The browser and the server must agree on them, whatever is typed."""
    texts = ["", "a", "naïve ’quoted’", "🙂 two", "line\nline", "x" * 5000]
    script = (REPOSITORY / "static" / "live.js").read_text()
    made = script[script.index("const mark = ") :].partition("};\n")[0] + "};"
    code = f"{made}\nconsole.log(JSON.stringify({json.dumps(texts)}.map(mark)))"
    node = subprocess.run(["node", "-e", code], capture_output=True, text=True, check=True)

    assert json.loads(node.stdout) == [mark(text) for text in texts]


# They are done


def test_done_keeps_the_boxes_holds_the_talk_and_leads_to_the_write_up(visitor, talk, question):
    """G33, G38"""
    visitor.post(url("live_start", talk))

    response = visitor.post(url("live_done", talk), box(f"q{question.pk}", "By luck."))

    assert response.url == url("debrief", talk)
    question.refresh_from_db()
    talk.refresh_from_db()
    assert (question.answer, talk.state, talk.held_on) == ("By luck.", State.HELD, TODAY)
    assert talk.thank_you_due_on == TODAY + days(2)


def test_done_said_twice_is_done_once(talk):
    start_live(talk, at=NOW)
    finish_live(talk, at=NOW + 20 * MINUTE)
    finish_live(talk, at=NOW + days(3))

    assert (talk.state, talk.held_on) == (State.HELD, TODAY)


def test_done_before_the_agreed_hour_means_that_it_began_earlier(talk):
    start_live(talk, at=NOW)

    finish_live(talk, at=NOW + 20 * MINUTE)

    assert (talk.starts_at, talk.held_on) == (NOW, TODAY)


def test_done_before_a_talk_that_never_began_is_refused_in_words(visitor, contact):
    talk = agreed(actions.begin(contact, at=NOW), starts_at=NOW + 120 * MINUTE)

    response = visitor.post(url("live_done", talk), box("notes", "Kept."), follow=True)

    assert "still ahead" in response.text
    talk.refresh_from_db()
    assert (talk.state, talk.notes) == (State.ACCEPTED, "Kept.")


def test_done_of_a_talk_nobody_agreed_on(idea):
    """G23"""
    finish_live(idea, at=NOW)

    assert (idea.state, idea.held_on) == (State.HELD, TODAY)


@pytest.mark.parametrize(
    ("zone", "began", "ended", "held_on"),
    [
        # Over midnight: the day it began.
        ("America/New_York", (3, 3, 4, 50), (3, 3, 5, 20), date(2026, 3, 2)),
        ("America/New_York", (3, 3, 5, 0), (3, 3, 5, 30), date(2026, 3, 3)),
        # The night the clocks go forward, and the one they go back.
        ("America/New_York", (3, 8, 6, 50), (3, 8, 7, 10), date(2026, 3, 8)),
        ("America/New_York", (11, 1, 3, 59), (11, 1, 5, 30), date(2026, 10, 31)),
        # Either side of the date line.
        ("Pacific/Auckland", (3, 2, 10, 55), (3, 2, 11, 5), date(2026, 3, 2)),
        ("Pacific/Auckland", (3, 2, 11, 0), (3, 2, 11, 30), date(2026, 3, 3)),
        ("Pacific/Pago_Pago", (3, 3, 10, 59), (3, 3, 11, 30), date(2026, 3, 2)),
        ("Pacific/Kiritimati", (3, 2, 10, 0), (3, 2, 10, 30), date(2026, 3, 3)),
    ],
)
def test_day_they_met_is_the_day_it_began_by_the_students_calendar(
    student, idea, zone, began, ended, held_on
):
    student.time_zone = zone
    student.save()
    start_live(idea, at=datetime(2026, *began, tzinfo=UTC))

    finish_live(idea, at=datetime(2026, *ended, tzinfo=UTC))

    assert idea.held_on == held_on


def test_day_they_met_is_today_when_the_start_was_long_ago(idea):
    start_live(idea, at=NOW - days(3))

    finish_live(idea, at=NOW)

    assert idea.held_on == TODAY


def test_day_they_met_is_that_of_the_agreed_hour_when_the_clock_was_not_started(contact):
    zone = ZoneInfo("America/New_York")
    talk = InterviewFactory(
        contact=contact,
        state=State.CONFIRMED,
        starts_at=datetime(2026, 3, 2, 23, 40, tzinfo=zone),
    )

    finish_live(talk, at=datetime(2026, 3, 3, 0, 15, tzinfo=zone))

    assert talk.held_on == date(2026, 3, 2)


def test_start_without_a_connection_is_told_by_how_long_ago_it_was(visitor, talk):
    send(visitor, talk, **{"started": "180", "started.was": ""})

    talk.refresh_from_db()
    assert talk.live_started_at == NOW - 3 * MINUTE


def test_worker_is_a_script_that_may_look_after_the_page(visitor):
    response = visitor.get(reverse("interviews:live_worker"))

    assert response.headers["Content-Type"] == "text/javascript"


def test_page_is_kept_by_no_cache_on_the_way(visitor, talk):
    assert "no-store" in visitor.get(url("live", talk)).headers["Cache-Control"]
