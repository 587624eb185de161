"""What each deed does, refuses, and announces."""

from datetime import UTC, date, datetime, timedelta

import pytest

from accounts.models import OfficeSettings
from core.obligations import obligations_changed
from interviews import actions
from interviews.models import AHEAD, ALLOWED_MOVES, MET, Interview, State
from tests.factories import InterviewFactory
from tests.interviews.conftest import ARRANGED, NOW, TODAY, agreed, days

A_MINUTE = timedelta(minutes=1)
LETTER_DAYS = (
    "thank_you_opens_on", "thank_you_due_on", "thank_you_last_on",
    "follow_up_opens_on", "follow_up_due_on", "follow_up_last_on",
)  # fmt: skip


def in_state(contact, state: State) -> Interview:
    """A row that stands at `state` with all that its state needs."""
    fields = {"starts_at": NOW - days(1), **ARRANGED} if state in AHEAD else {}
    if state in MET:
        fields = {"held_on": TODAY, **dict.fromkeys(LETTER_DAYS, TODAY)}
    if state == State.CLOSED:
        fields |= {"thanked_on": TODAY, "followed_up_on": TODAY}
    return InterviewFactory(contact=contact, state=state, **fields)


def test_begin_is_an_idea_of_the_usual_length(contact):
    """G3"""
    OfficeSettings.objects.update_or_create(pk=1, defaults={"minutes_in_person": 25})

    interview = actions.begin(contact, at=NOW)

    assert (interview.state, interview.minutes) == (State.IDEA, 25)


def test_begin_finds_the_talk_that_is_under_way(contact, accepted):
    assert actions.begin(contact, at=NOW) == accepted


def test_begin_makes_another_when_they_have_met(contact, held):
    assert actions.begin(contact, at=NOW) != held


@pytest.mark.parametrize(
    ("state", "to"),
    [(state, to) for state in State for to in State if to not in ALLOWED_MOVES[state]],
)
def test_move_refuses_what_the_table_has_not(contact, state, to):
    interview = in_state(contact, state)

    with pytest.raises(actions.NotAllowed, match="does not follow"):
        actions.move(interview, to=to, at=NOW)

    interview.refresh_from_db()
    assert interview.state == state


@pytest.mark.parametrize(
    ("state", "to"),
    [
        (State.IDEA, State.ASKED),
        (State.ASKED, State.IDEA),
        (State.ASKED, State.DECLINED),
        (State.ASKED, State.NO_RESPONSE),
        (State.ASKED, State.WITHDRAWN),
        (State.ACCEPTED, State.CONFIRMED),
        (State.ACCEPTED, State.CANCELLED),
        (State.CONFIRMED, State.NO_SHOW),
        (State.HELD, State.DEBRIEFED),
        (State.DEBRIEFED, State.HELD),
        (State.CLOSED, State.HELD),
        (State.DECLINED, State.ASKED),
    ],
)
def test_move_goes_where_the_table_says(contact, state, to):
    interview = in_state(contact, state)

    actions.move(interview, to=to, at=NOW)

    interview.refresh_from_db()
    assert interview.state == to


def test_move_asks_the_row_and_not_the_page_that_is_out_of_date(idea):
    stale = Interview.objects.get(pk=idea.pk)
    actions.ask(idea, at=NOW)

    with pytest.raises(actions.NotAllowed):
        actions.ask(stale, at=NOW)


def test_move_to_held_needs_the_day(idea):
    with pytest.raises(actions.NotAllowed, match="which day"):
        actions.move(idea, to=State.HELD, at=NOW)


def test_move_to_accepted_needs_a_time(idea):
    with pytest.raises(actions.NotAllowed, match="time that you agreed"):
        actions.move(idea, to=State.ACCEPTED, at=NOW)


def test_move_to_accepted_takes_back_a_cancellation(accepted):
    actions.move(accepted, to=State.CANCELLED, at=NOW)

    actions.move(accepted, to=State.ACCEPTED, at=NOW)

    assert accepted.state == State.ACCEPTED


@pytest.mark.parametrize(
    ("at", "may"), [(-A_MINUTE, False), (A_MINUTE * 0, True)], ids=["a minute before", "then"]
)
def test_no_show_waits_for_the_hour(idea, at, may):
    starts_at = NOW + days(3)
    agreed(idea, starts_at=starts_at)

    try:
        actions.move(idea, to=State.NO_SHOW, at=starts_at + at)
    except actions.StillAhead:
        assert not may
    else:
        assert may


@pytest.mark.parametrize("missing", ["thanked_on", "followed_up_on"])
def test_close_waits_for_both_letters(held, missing):
    """G38, G45: what is owed is never dropped."""
    letters = {"thanked_on": TODAY, "followed_up_on": TODAY, missing: None}
    Interview.objects.filter(pk=held.pk).update(**letters)

    with pytest.raises(actions.StillOwed):
        actions.move(held, to=State.CLOSED, at=NOW)


@pytest.mark.parametrize("state", [State.IDEA, State.ASKED, State.NO_RESPONSE, State.CANCELLED])
def test_agree_writes_down_time_and_place(contact, state):
    interview = in_state(contact, state)
    starts_at = NOW + days(1)

    agreed(interview, starts_at=starts_at, minutes=20, format="PHONE", place="555-0133")

    interview.refresh_from_db()
    assert interview.state == State.ACCEPTED
    assert interview.starts_at == starts_at
    assert interview.ends_at == starts_at + timedelta(minutes=20)
    assert (interview.format, interview.place) == ("PHONE", "555-0133")


@pytest.mark.parametrize("state", [State.HELD, State.CLOSED, State.DECLINED, State.WITHDRAWN])
def test_agree_is_refused_where_no_talk_can_follow(contact, state):
    with pytest.raises(actions.NotAllowed):
        agreed(in_state(contact, state))


def test_agree_is_refused_for_a_minute_ago(idea):
    with pytest.raises(actions.TimeHasPassed, match="say that you met"):
        agreed(idea, starts_at=NOW - A_MINUTE)

    idea.refresh_from_db()
    assert idea.state == State.IDEA


def test_agree_takes_this_very_minute(idea):
    assert agreed(idea, starts_at=NOW).state == State.ACCEPTED


def test_agree_on_a_new_time_needs_a_new_confirmation(accepted):
    """G26"""
    actions.confirm(accepted, **ARRANGED, at=NOW)

    agreed(accepted, starts_at=NOW + days(4))

    assert accepted.state == State.ACCEPTED
    assert accepted.starts_at == NOW + days(4)


def test_agree_on_the_same_time_and_place_stays_confirmed(accepted):
    actions.confirm(accepted, **ARRANGED, at=NOW)

    agreed(accepted, minutes=25)

    assert (accepted.state, accepted.minutes) == (State.CONFIRMED, 25)


def test_hold_sets_the_days_of_both_letters(idea, announced):
    """G38: +1, +2, +3. G45: 30, 45, 60."""
    actions.hold(idea, held_on=TODAY, at=NOW)

    idea.refresh_from_db()
    assert idea.state == State.HELD
    assert [(getattr(idea, field) - TODAY).days for field in LETTER_DAYS] == [1, 2, 3, 30, 45, 60]
    assert announced == [idea]


def test_hold_takes_the_days_of_the_office(idea):
    OfficeSettings.objects.update_or_create(
        pk=1, defaults={"thank_you_due_days": 1, "follow_up_last_days": 90}
    )

    actions.hold(idea, held_on=TODAY, at=NOW)

    assert idea.thank_you_due_on == TODAY + days(1)
    assert idea.follow_up_last_on == TODAY + days(90)


def test_hold_counts_over_the_leap_day(idea):
    at = datetime(2028, 2, 27, 18, 0, tzinfo=UTC)

    actions.hold(idea, held_on=date(2028, 2, 27), at=at)

    assert idea.thank_you_due_on == date(2028, 2, 29)
    assert idea.thank_you_last_on == date(2028, 3, 1)


@pytest.mark.parametrize(
    ("zone", "today"),
    [
        ("America/New_York", date(2026, 3, 2)),
        ("Pacific/Honolulu", date(2026, 3, 2)),
        ("Pacific/Auckland", date(2026, 3, 3)),
        ("Pacific/Apia", date(2026, 3, 3)),
    ],
)
def test_hold_ends_at_the_students_today(student, idea, zone, today):
    student.time_zone = zone
    student.save()

    with pytest.raises(actions.StillAhead, match="still ahead"):
        actions.hold(idea, held_on=today + days(1), at=NOW)
    actions.hold(idea, held_on=today, at=NOW)

    assert idea.held_on == today


@pytest.mark.parametrize(
    ("at", "may"),
    [
        (datetime(2026, 3, 3, 4, 59, 59, tzinfo=UTC), False),
        (datetime(2026, 3, 3, 5, 0, tzinfo=UTC), True),
    ],
    ids=["23:59:59 in New York", "midnight in New York"],
)
def test_hold_knows_local_midnight(idea, at, may):
    try:
        actions.hold(idea, held_on=date(2026, 3, 3), at=at)
    except actions.StillAhead:
        assert not may
    else:
        assert may


def test_hold_is_refused_while_todays_talk_is_ahead(idea):
    agreed(idea, starts_at=NOW + timedelta(hours=2))

    with pytest.raises(actions.StillAhead, match="change its time first"):
        actions.hold(idea, held_on=TODAY, at=NOW)


def test_hold_does_not_mind_a_time_that_was_called_off(idea):
    agreed(idea, starts_at=NOW + timedelta(hours=2))
    actions.move(idea, to=State.CANCELLED, at=NOW)
    actions.ask(idea, at=NOW)

    actions.hold(idea, held_on=TODAY, at=NOW)

    assert idea.state == State.HELD


def test_hold_is_refused_for_a_year_mistyped(idea):
    with pytest.raises(actions.YearIsWrong):
        actions.hold(idea, held_on=date(189, 3, 2), at=NOW)


def test_hold_again_corrects_the_day_and_all_that_follows(held, announced):
    actions.hold(held, held_on=TODAY - days(5), at=NOW)

    held.refresh_from_db()
    assert held.state == State.HELD
    assert held.thank_you_due_on == TODAY - days(3)
    assert announced == [held]


def test_hold_cannot_be_corrected_past_a_letter(held):
    actions.record_thank_you(held, mailed_on=TODAY, at=NOW)

    with pytest.raises(actions.BeforeTheTalk, match="March 2, 2026"):
        actions.hold(held, held_on=TODAY + days(1), at=NOW + days(1))


def test_hold_cannot_be_corrected_past_the_earlier_of_two_letters(held):
    actions.record_thank_you(held, mailed_on=TODAY, at=NOW)
    actions.record_follow_up(held, written_on=TODAY + days(2), at=NOW + days(2))

    with pytest.raises(actions.BeforeTheTalk, match="March 2, 2026"):
        actions.hold(held, held_on=TODAY + days(1), at=NOW + days(2))


def test_take_back_hold_leaves_nothing_owed(accepted, announced):
    actions.hold(accepted, held_on=TODAY - days(1), at=NOW)

    actions.take_back_hold(accepted, at=NOW)

    accepted.refresh_from_db()
    assert accepted.state == State.ACCEPTED
    assert {getattr(accepted, field) for field in ("held_on", *LETTER_DAYS)} == {None}
    assert announced == [accepted, accepted]


def test_take_back_hold_without_a_time_is_asked(held):
    actions.take_back_hold(held, at=NOW)

    assert held.state == State.ASKED


@pytest.mark.parametrize("letter", ["record_thank_you", "record_follow_up"])
def test_take_back_hold_is_refused_when_a_letter_is_written(held, letter):
    written = {"mailed_on" if letter == "record_thank_you" else "written_on": TODAY}
    getattr(actions, letter)(held, **written, at=NOW)

    with pytest.raises(actions.NotAllowed, match="Take that date back"):
        actions.take_back_hold(held, at=NOW)


def test_take_back_hold_is_refused_before_the_talk(idea):
    with pytest.raises(actions.NotAllowed):
        actions.take_back_hold(idea, at=NOW)


def test_thank_you_ends_what_is_owed(held, announced):
    """G38: it ends when the date mailed is recorded."""
    actions.record_thank_you(held, mailed_on=TODAY, at=NOW)

    held.refresh_from_db()
    assert not held.is_awaiting_thank_you
    assert held.is_awaiting_follow_up
    assert announced == [held]


def test_follow_up_ends_what_is_owed(held, announced):
    """G45"""
    actions.record_follow_up(held, written_on=TODAY, at=NOW)

    held.refresh_from_db()
    assert not held.is_awaiting_follow_up
    assert held.is_awaiting_thank_you
    assert announced == [held]


def record(interview, letter, *, on, at=NOW):
    if letter == "thank_you":
        actions.record_thank_you(interview, mailed_on=on, at=at)
    else:
        actions.record_follow_up(interview, written_on=on, at=at)


each_letter = pytest.mark.parametrize("letter", ["thank_you", "follow_up"])


@each_letter
def test_letter_is_not_older_than_the_talk(held, letter, announced):
    with pytest.raises(actions.BeforeTheTalk, match="You met on March 2, 2026"):
        record(held, letter, on=TODAY - days(1))

    assert announced == []


@each_letter
def test_letter_is_not_dated_tomorrow(held, letter):
    with pytest.raises(actions.StillAhead):
        record(held, letter, on=TODAY + days(1))


@each_letter
def test_letter_may_be_dated_tomorrow_where_it_is_tomorrow(student, held, letter):
    student.time_zone = "Pacific/Auckland"
    student.save()

    record(held, letter, on=TODAY + days(1))


@each_letter
def test_letter_needs_a_talk(idea, letter):
    with pytest.raises(actions.NotAllowed, match="Say first that you met"):
        record(idea, letter, on=TODAY)


@each_letter
def test_letter_date_can_be_corrected(held, letter):
    record(held, letter, on=TODAY, at=NOW + days(1))

    record(held, letter, on=TODAY + days(1), at=NOW + days(1))

    held.refresh_from_db()
    assert TODAY + days(1) in (held.thanked_on, held.followed_up_on)


@each_letter
def test_letter_taken_back_is_owed_again(held, letter, announced):
    record(held, letter, on=TODAY)

    getattr(actions, f"take_back_{letter}")(held, at=NOW)

    held.refresh_from_db()
    assert (held.is_awaiting_thank_you, held.is_awaiting_follow_up) == (True, True)
    assert announced == [held, held]


@each_letter
def test_letter_taken_back_opens_a_closed_talk(held, letter):
    record(held, "thank_you", on=TODAY)
    record(held, "follow_up", on=TODAY)
    actions.move(held, to=State.CLOSED, at=NOW)

    getattr(actions, f"take_back_{letter}")(held, at=NOW)

    held.refresh_from_db()
    assert held.state == State.HELD


def test_announcement_that_fails_takes_the_deed_back(held):
    """The reminders stand or fall with the deed."""

    def fail(**kwargs):
        raise RuntimeError

    obligations_changed.connect(fail)
    try:
        with pytest.raises(RuntimeError):
            actions.record_thank_you(held, mailed_on=TODAY, at=NOW)
    finally:
        obligations_changed.disconnect(fail)

    assert Interview.objects.get(pk=held.pk).thanked_on is None
