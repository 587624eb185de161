"""What comes next, and how each letter stands on a day."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from alumni.actions import answers, post
from alumni.actions.requests import take_time
from alumni.models import AlumniMail
from interviews import actions, steps
from interviews.letters import letters
from interviews.models import Interview, State
from interviews.thanked import with_thanks
from interviews.through import with_requests
from letters.models import Letter
from tests.alumni.desk import an_alum, ask
from tests.factories import InteractionFactory, InterviewFactory, LetterFactory
from tests.interviews.conftest import NOW, TODAY, agreed, days


def label(interview, *, at=NOW) -> str:
    return steps.next_step(interview, at=at).label


@pytest.mark.parametrize("state", State)
def test_every_state_has_a_step_in_words(contact, state):
    interview = InterviewFactory(contact=contact, state=state, starts_at=NOW + days(1))

    step = steps.next_step(interview, at=NOW)

    assert "{" not in step.headline
    assert all([step.headline, step.lede, step.label, step.url, step.icon])
    assert bool(step.click) is bool(step.to)


@pytest.mark.parametrize("state", State)
def test_every_click_offered_is_one_that_the_action_takes(contact, state):
    interview = InterviewFactory(contact=contact, state=state, starts_at=NOW + days(1))
    clicks = [turn.to for turn in steps.other_turns(interview, at=NOW)]
    clicks.append(steps.next_step(interview, at=NOW).to)

    for to in filter(None, clicks):
        Interview.objects.filter(pk=interview.pk).update(state=state)
        actions.move(interview, to=to, at=NOW)


@pytest.mark.parametrize(
    ("after", "expected"),
    [(-timedelta(seconds=1), "Confirm the time"), (timedelta(0), "Say that you met")],
    ids=["a second before", "as it begins"],
)
def test_step_asks_how_it_went_once_the_time_has_come(accepted, after, expected):
    assert label(accepted, at=accepted.starts_at + after) == expected


def test_step_after_a_talk_is_the_thank_you(held):
    """G38, G40: written up first, as the letter draws on it; from its due day on it comes first."""
    assert label(held) == "Write it up"
    assert label(held, at=NOW + days(2)) == "Send a thank-you"

    Interview.objects.filter(pk=held.pk).update(state=State.DEBRIEFED)
    held.refresh_from_db()
    assert label(held) == "Send a thank-you"


@pytest.mark.parametrize(
    ("left", "expected"),
    [
        (days(1) + timedelta(seconds=1), "Choose your questions"),
        (days(1), "Open your sheet for the day"),
        (timedelta(hours=1, seconds=1), "Open your sheet for the day"),
        (timedelta(hours=1), "Open the page for the talk"),
    ],
)
def test_step_before_a_confirmed_talk_is_what_one_needs_by_then(accepted, left, expected):
    """G27, G29, G33"""
    Interview.objects.filter(pk=accepted.pk).update(state=State.CONFIRMED)
    accepted.refresh_from_db()

    assert label(accepted, at=accepted.starts_at - left) == expected


@pytest.mark.parametrize(
    ("after", "expected"),
    [(29, "What became of their advice"), (30, "Write to them again")],
)
def test_step_after_the_thank_you_is_the_follow_up_when_it_opens(held, after, expected):
    """G45"""
    actions.record_thank_you(held, mailed_on=TODAY, at=NOW)
    Interview.objects.filter(pk=held.pk).update(state=State.DEBRIEFED)
    held.refresh_from_db()

    assert label(held, at=NOW + days(after)) == expected


def test_step_follow_up_opens_by_the_students_clock(student, held):
    """It opens on April 1, which begins in Auckland while it is March 31 in New York."""
    actions.record_thank_you(held, mailed_on=TODAY, at=NOW)
    at = NOW + days(29)

    student.time_zone = "Pacific/Auckland"
    held.contact.student = student

    assert label(held, at=at) == "Write to them again"


def test_step_when_both_letters_are_written_is_to_close(held):
    actions.record_thank_you(held, mailed_on=TODAY, at=NOW)
    actions.record_follow_up(held, written_on=TODAY, at=NOW)

    assert steps.next_step(held, at=NOW).to == State.CLOSED


def test_step_with_a_contact_is_the_most_urgent_of_all_talks(contact, held):
    agreed(actions.begin(contact, at=NOW))

    step = steps.next_step_with(contact, contact.interviews.all(), at=NOW)

    assert step.label == "Write it up"


def test_step_with_a_contact_never_met_is_to_plan(contact):
    assert steps.next_step_with(contact, [], at=NOW).label == "Write to them"


def test_turns_leave_out_the_next_step(idea):
    labels = [turn.label for turn in steps.other_turns(idea, at=NOW)]

    assert labels == ["I have asked", "They said yes", "We have talked", "I no longer want to meet"]


def test_turns_ahead_do_not_offer_a_no_show(accepted):
    labels = [turn.label for turn in steps.other_turns(accepted, at=NOW)]

    assert labels == ["We have talked", "It was called off", "I no longer want to meet"]


def test_turns_after_the_time_do_not_offer_to_confirm(accepted):
    labels = [turn.label for turn in steps.other_turns(accepted, at=accepted.starts_at)]

    assert labels == ["It was called off", "They did not come", "I no longer want to meet"]


@pytest.mark.parametrize(
    ("after", "standing"),
    [(0, "waiting"), (1, "open"), (2, "due"), (3, "due"), (4, "late"), (400, "late")],
)
def test_letter_thank_you_stands_by_the_day(held, after, standing):
    """G38: nudge at one day, due at two, last at three, late from four, never dropped."""
    thank_you, _ = letters(held)

    assert thank_you.standing(TODAY + days(after)) == standing


@pytest.mark.parametrize(
    ("after", "standing"),
    [(29, "waiting"), (30, "open"), (44, "open"), (45, "due"), (60, "due"), (61, "late")],
)
def test_letter_follow_up_stands_by_the_day(held, after, standing):
    """G45: opens at 30 days, due at 45, late after 60."""
    _, follow_up = letters(held)

    assert follow_up.standing(TODAY + days(after)) == standing


def test_letter_written_is_done_however_late(held):
    at = NOW + days(90)
    actions.record_thank_you(held, mailed_on=at.date(), at=at)

    assert letters(held)[0].standing(at.date()) == "done"


def test_letters_are_none_before_the_talk(accepted):
    assert letters(accepted) == []


@pytest.mark.parametrize(
    ("state", "expected", "page"),
    [
        (Letter.State.DRAFT, "Go on writing", "letters:detail"),
        (Letter.State.IN_REVIEW, "Look at the letter", "letters:detail"),
        (Letter.State.READY, "Send it", "letters:send"),
    ],
)
def test_step_goes_on_with_a_letter_that_was_begun(contact, state, expected, page):
    """G13, G15: nobody is told to begin what lies half written, or with their advisor."""
    letter = LetterFactory(contact=contact, state=state)

    step = steps.next_step_with(contact, [], at=NOW)

    assert (step.label, step.url) == (expected, reverse(page, args=[letter.pk]))
    assert contact.name in step.headline
    idea = InterviewFactory(contact=contact, state=State.IDEA)
    assert steps.next_step_with(contact, [idea], at=NOW) == step


def test_step_of_a_talk_under_way_is_not_about_an_old_draft(accepted):
    LetterFactory(contact=accepted.contact)

    assert steps.next_step_with(accepted.contact, [accepted], at=NOW).label == "Confirm the time"


def test_step_is_to_write_when_other_letters_lie_there(contact):
    LetterFactory(contact=contact, state=Letter.State.SENT, sent_on=TODAY)
    LetterFactory(contact=contact, kind=Letter.Kind.THANK_YOU)

    assert steps.next_step_with(contact, [], at=NOW).label == "Write to them"


@pytest.mark.parametrize(
    ("log", "expected"),
    [
        ([], "Log your thanks"),
        ([("THANKED", -9)], "Log your thanks"),
        ([("DECLINED", -3)], "Log your thanks"),
        ([("DECLINED", -3), ("THANKED", -3)], "Plan another talk"),
        ([("DECLINED", -3), ("THANKED", -2)], "Plan another talk"),
        ([("DECLINED", -9), ("THANKED", -8), ("DECLINED", -3)], "Log your thanks"),
        ([("THANKED", 0)], "Plan another talk"),
    ],
)
def test_step_after_a_no_is_to_thank_once(contact, log, expected):
    """G21: a no that was clicked counts from the day of the click."""
    talk = InterviewFactory(contact=contact, state=State.DECLINED)
    Interview.objects.update(updated_at=NOW)
    for outcome, ago in log:
        InteractionFactory(contact=contact, outcome=outcome, happened_on=TODAY + days(ago))

    assert label(Interview.objects.get(pk=talk.pk)) == expected
    assert label(with_thanks(Interview.objects.all()).get()) == expected


PENDING, YES, CALL, NO, SILENCE = "PENDING", "ACCEPTED", "CALL", "DECLINED", "EXPIRED"


def answer(request, state):
    if state == YES:
        answers.accept(request, times=[NOW + days(2)], reply="", at=NOW)
    if state == CALL:
        answers.call_instead(request, number="413 555 0119", reply="", at=NOW)
    if state == NO:
        answers.decline(request, reply="", named=answers.Named(), at=NOW)
    if state == SILENCE:
        post.close_expired(at=request.expires_at)


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (PENDING, "See your request"),
        (YES, "Choose a time"),
        (CALL, "Write down the time"),
        (NO, "Log your thanks"),
        (SILENCE, "See what is next"),
    ],
)
def test_step_of_a_talk_that_is_asked_for_through_careerhub(student, state, expected):
    """Nobody is told to write down a time, or to call once more, where the alum answers a mail."""
    request = ask(student, an_alum(), at=NOW)
    answer(request, state)

    talk = Interview.objects.get()
    step = steps.next_step(talk, at=NOW)

    assert step.label == expected
    assert steps.next_step(with_requests(Interview.objects.all()).get(), at=NOW) == step
    if state in (PENDING, YES, SILENCE):
        assert step.url == reverse("contacts:request", args=[request.pk])


def test_step_after_a_time_was_taken_is_to_confirm_it(student):
    request = ask(student, an_alum(), at=NOW)
    answer(request, YES)

    take_time(request, starts_at=NOW + days(2), at=NOW)

    assert label(Interview.objects.get()) == "Confirm the time"


@pytest.mark.parametrize(
    ("later", "expected"), [(days(2), "Write down the time"), (days(1), "Choose a time")]
)
def test_step_is_not_to_choose_among_times_that_have_passed(student, later, expected):
    answer(ask(student, an_alum(), at=NOW), YES)

    assert label(Interview.objects.get(), at=NOW + later) == expected
    assert label(with_requests(Interview.objects.all()).get(), at=NOW + later) == expected


def test_step_after_a_yes_does_not_wait_for_one(student):
    answer(ask(student, an_alum(), at=NOW), YES)

    step = steps.next_step(Interview.objects.get(), at=NOW + days(2))

    assert step.lede.startswith("They said yes, and the times they offered have passed.")
    assert step.url == reverse("interviews:agree", args=[Interview.objects.get().pk])


@pytest.mark.parametrize(
    ("state", "headline", "words"),
    [
        (PENDING, "Ask somebody besides Imani Brooks", "so they have not read your request."),
        (SILENCE, "Ask somebody instead of Imani Brooks", "so they never read your request."),
    ],
)
def test_step_does_not_wait_for_who_never_read_the_request(student, client, state, headline, words):
    request = ask(student, an_alum(), at=timezone.now())
    AlumniMail.objects.filter(request=request, kind="REMINDER").update(failed_at=timezone.now())
    assert label(Interview.objects.get()) == "See your request"
    AlumniMail.objects.filter(request=request, kind="REQUEST").update(failed_at=timezone.now())
    answer(request, state)

    talk = Interview.objects.get()
    step = steps.next_step(talk, at=NOW)

    assert step.headline == headline
    assert words in step.lede
    assert steps.next_step(with_requests(Interview.objects.all()).get(), at=NOW) == step
    assert step.url == reverse("contacts:request", args=[request.pk])
    client.force_login(student)
    today = client.get(reverse("home")).text
    assert f"{headline}</h1>" in today
    assert "thinks it over" not in today
    assert "no answer came" not in today


def test_last_request_counts_and_that_of_another_does_not(student, other_student):
    alum = an_alum()
    answer(ask(student, alum, at=NOW - days(20)), SILENCE)
    ask(student, alum, at=NOW)
    answer(ask(other_student, alum, at=NOW + days(1)), YES)

    talks = with_requests(Interview.objects.of(student).filter(state=State.ASKED))

    assert [label(talk) for talk in talks] == ["See your request"]
    assert label(Interview.objects.get(pk=talks[0].pk)) == "See your request"


def test_today_of_a_student_whom_an_alum_answered_leads_to_the_times(student, client):
    request = ask(student, an_alum())
    answers.accept(request, times=[timezone.now() + days(2)], reply="", at=timezone.now())
    client.force_login(student)

    page = client.get(reverse("home")).text

    assert f"Choose when you meet {request.alum.name}</h1>" in page
    assert f'href="{reverse("contacts:request", args=[request.pk])}"' in page
