"""What a term break would keep back is shown before it is saved; and saving then does that."""

from datetime import date, time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reminders import actions
from reminders.break_foresight import foresee_break
from reminders.models import Reminder, TermBreak
from reminders.noticing import MOST_SHOWN
from tests.factories import UserFactory
from tests.reminders.conftest import MET_ON, THAT_EVENING, march, talk_with
from tests.reminders.worlds import WORLDS

PREVIEW, BREAKS = "post:break_preview", "post:breaks"
# Tied to a day or an hour that was agreed with somebody, and over with it: a call that is late
# waits for the end of a break.
KEPT = {"REQUEST_ANSWERED", "TIMES_PASS", "TALK", "TALK_SOON", "CONFIRM"}


def days(first: int, last: int) -> dict[str, str]:
    return {
        "name": "Spring break",
        "first_on": f"2026-03-{first:02}",
        "last_on": f"2026-03-{last:02}",
    }


def planned(first: int, last: int) -> TermBreak:
    return TermBreak(name="x", first_on=date(2026, 3, first), last_on=date(2026, 3, last))


def test_mail_of_the_break_waits_for_the_morning_after(talk, student):
    found = foresee_break(planned(3, 4))

    (moved,) = found.first
    assert (found.people, found.talks, found.mails) == (1, 0, 2)
    assert (moved.person, moved.what) == (student, "A thank-you to …")
    assert (moved.mail_before, moved.mail_after) == (march(3), march(5))
    assert (moved.due_before, moved.due_after) == (None, None)


def test_talks_that_nobody_could_tell_apart_are_said_once(student):
    for name in ("Dana Whitcomb", "Tomas Reyes"):
        talk_with(student, name)

    found = foresee_break(planned(3, 4))

    assert found.mails == 4
    assert len(found.first) == 1


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/New_York", "Pacific/Honolulu"])
@pytest.mark.parametrize(("on", "mails"), [(2, 0), (3, 1)], ids=["the day before", "the day"])
def test_days_are_those_of_each_recipients_calendar(zone, on, mails):
    """8 a.m. of March 3 in Auckland is March 2 in the college's own calendar."""
    talk_with(UserFactory(time_zone=zone))

    assert foresee_break(planned(on, on)).mails == mails


def test_break_that_follows_another_is_one_with_it(talk):
    TermBreak.objects.create(name="x", first_on=date(2026, 3, 5), last_on=date(2026, 3, 8))

    (moved,) = foresee_break(planned(3, 4)).first

    assert moved.mail_after == march(9)


@pytest.mark.parametrize("key", sorted(set(WORLDS) - {"DIGEST"}))
def test_saving_does_what_was_foreseen(key):
    """Mail for mail, in the post book, for each kind."""
    WORLDS[key].begin(MET_ON, "America/New_York")
    waiting = Reminder.objects.pending().filter(due_at__gt=march(3, time(0)))
    before = dict(waiting.values_list("pk", "due_at"))
    of_break = planned(3, 31)
    found = foresee_break(of_break)

    actions.keep_break(of_break)
    actions.follow_rules(at=THAT_EVENING)

    after = dict(Reminder.objects.pending().values_list("pk", "due_at"))
    moved = {pk for pk in before if before[pk] != after[pk]}
    assert found.mails == len(moved)
    assert (found.mails == 0) == (Reminder.objects.get(pk=min(before)).kind in KEPT)
    for each in found.first:
        assert (each.mail_before, each.mail_after) in {(before[pk], after[pk]) for pk in moved}


def test_break_without_mail_says_so(client, staff, talk):
    client.force_login(staff)

    page = client.post(reverse(PREVIEW), days(20, 25)).text

    assert "Nothing that waits would move" in page


def test_looking_ahead_changes_nothing_and_names_no_contact(client, staff, talk):
    before = list(Reminder.objects.order_by("pk").values())
    client.force_login(staff)

    answer = client.post(reverse(PREVIEW), days(3, 8))

    assert answer.status_code == 200
    assert not TermBreak.objects.exists()
    assert list(Reminder.objects.order_by("pk").values()) == before
    assert "1 person would hear after Spring break" in answer.text
    assert "Maya Oyelaran" in answer.text
    assert "Dana" not in answer.text


def test_break_of_the_preview_is_saved_by_its_button(client, staff, talk):
    client.force_login(staff)
    answer = client.post(reverse(PREVIEW), days(3, 8))

    client.post(reverse(BREAKS), dict(answer.context["values"]))

    assert TermBreak.objects.get().last_on == date(2026, 3, 8)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (days(8, 3), "The last day comes before the first."),
        (days(3, 8) | {"first_on": "soon"}, "Enter a valid date."),
        (days(3, 8) | {"name": ""}, "Give it a name"),
        ({}, "Choose the first day."),
    ],
)
def test_wrong_days_come_back_with_a_sentence(client, staff, wrong, words):
    client.force_login(staff)

    answer = client.post(reverse(PREVIEW), wrong)

    assert answer.status_code == 422
    assert words in answer.text


@pytest.mark.parametrize("count", [1, 3, MOST_SHOWN + 5])
def test_preview_takes_the_same_queries_for_few_and_many(client, staff, count):
    for _ in range(count):
        talk_with(UserFactory())
    client.force_login(staff)

    with CaptureQueriesContext(connection) as made:
        answer = client.post(reverse(PREVIEW), days(3, 8))

    # Session, user, a check of the form, rules, breaks, two counts, rows.
    assert len([one for one in made if "SAVEPOINT" not in one["sql"]]) == 8
    assert answer.context["foreseen"].people == count
    assert len({moved.person for moved in answer.context["foreseen"].first}) == min(
        count, MOST_SHOWN
    )
