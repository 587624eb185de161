"""What would come sooner without a term break is shown before it is taken away; then it does."""

from datetime import date, time

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reminders import actions
from reminders.break_foresight import foresee_without_break
from reminders.models import Reminder, TermBreak
from reminders.noticing import MOST_SHOWN
from tests.factories import UserFactory
from tests.reminders.conftest import MET_ON, THAT_EVENING, march, talk_with
from tests.reminders.test_break_preview import KEPT
from tests.reminders.worlds import WORLDS

DROP = "post:drop_break"


def kept(first: int, last: int, *, at=THAT_EVENING) -> TermBreak:
    """Days of March that are free already."""
    term_break = TermBreak(
        name="Spring break", first_on=date(2026, 3, first), last_on=date(2026, 3, last)
    )
    actions.keep_break(term_break)
    actions.follow_rules(at=at)
    return term_break


def test_mail_that_waits_for_the_end_would_come_on_its_day(talk, student):
    found = foresee_without_break(kept(3, 8), at=THAT_EVENING)

    (moved,) = found.first
    # The first reminder, the due day, the last day, and a day late.
    assert (found.people, found.talks, found.mails) == (1, 0, 4)
    assert (moved.person, moved.what) == (student, "A thank-you to …")
    assert (moved.mail_before, moved.mail_after) == (march(9), march(3))


def test_day_that_has_passed_is_made_up_the_next_morning(talk):
    found = foresee_without_break(kept(3, 8), at=march(5, time(12)))

    (moved,) = found.first
    assert moved.mail_after == march(6)


@pytest.mark.parametrize("hour", [7, 12], ids=["before the morning mail", "after it"])
@pytest.mark.parametrize("day", [2, 5, 8, 9], ids=["ahead", "in it", "its last day", "after it"])
@pytest.mark.parametrize("key", sorted(set(WORLDS) - {"DIGEST"}))
def test_taking_it_away_does_what_was_foreseen(key, day, hour):
    """Row for row, in the post book, for each kind."""
    at = march(day, time(hour))
    WORLDS[key].begin(MET_ON, "America/New_York")
    term_break = kept(3, 8)
    Reminder.objects.pending().filter(due_at__lte=at).update(state="SENT")
    before = {row.pk: row for row in Reminder.objects.pending()}
    found = foresee_without_break(term_break, at=at)

    actions.drop_break(term_break)
    actions.follow_rules(at=at)

    after = {row.pk: row for row in Reminder.objects.all()}
    still = {row.due_at for row in after.values() if row.state == "PENDING"}
    # One mail stands for all mornings that have passed: the others go without a loss.
    moved = {
        pk
        for pk, row in before.items()
        if after[pk].due_at != row.due_at
        or (after[pk].state != row.state and row.due_at not in still)
    }
    assert found.mails == len(moved)
    assert found.is_nothing or key not in KEPT
    for each in found.first:
        assert each.mail_before in {before[pk].due_at for pk in moved}
        # Beside a call that is owed waits the mail of its hour, which no break keeps back.
        theirs = {before[pk].kind for pk in moved}
        of_the_matter = [row.due_at for row in after.values() if row.kind in theirs]
        assert each.mail_after == max(min(still & set(of_the_matter)), at)


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/New_York", "Pacific/Honolulu"])
def test_days_are_those_of_each_recipients_calendar(zone):
    """8 a.m. of March 9 in Auckland is March 8 in the college's own calendar."""
    talk_with(UserFactory(time_zone=zone))

    found = foresee_without_break(kept(3, 8), at=march(2, time(18), zone))

    (moved,) = found.first
    assert found.mails == 4
    assert (moved.mail_before, moved.mail_after) == (
        march(9, zone=zone), march(3, zone=zone),
    )  # fmt: skip


def test_what_another_break_keeps_as_well_stays_where_it_is(talk):
    kept(2, 8)

    found = foresee_without_break(kept(3, 8), at=THAT_EVENING)

    assert found.is_nothing


def test_what_waits_for_the_end_of_another_is_not_counted(talk):
    kept(3, 4)

    assert foresee_without_break(kept(20, 25), at=THAT_EVENING).is_nothing


def test_news_that_is_about_to_go_out_does_not_come_sooner():
    """Its morning has come, and a slow server has yet to take it."""
    term_break = kept(3, 8)
    WORLDS["LETTER_REVIEWED"].begin(date(2026, 3, 3), "America/New_York")

    assert foresee_without_break(term_break, at=march(9, time(7))).mails == 1
    assert foresee_without_break(term_break, at=march(9, time(8))).is_nothing


def test_of_two_that_follow_each_other_the_first_goes_on(talk):
    kept(3, 4)

    found = foresee_without_break(kept(5, 8), at=THAT_EVENING)

    (moved,) = found.first
    assert found.mails == 4
    assert (moved.mail_before, moved.mail_after) == (march(9), march(5))


def test_what_somebody_put_off_is_not_said_before_its_day(talk):
    row = Reminder.objects.pending().order_by("due_at")[0]
    actions.snooze(row, until=date(2026, 3, 7), at=march(3, time(9)))
    term_break = kept(5, 8, at=march(3, time(9)))

    (moved,) = foresee_without_break(term_break, at=march(3, time(9))).first

    assert (moved.mail_before, moved.mail_after) == (march(9), march(7))


def test_looking_ahead_changes_nothing_and_names_no_contact(client, staff, talk):
    term_break = kept(3, 8)
    before = list(Reminder.objects.order_by("pk").values())
    client.force_login(staff)

    with time_machine.travel(THAT_EVENING, tick=False):
        answer = client.get(reverse(DROP, args=[term_break.pk]))

    assert answer.status_code == 200
    assert TermBreak.objects.get() == term_break
    assert list(Reminder.objects.order_by("pk").values()) == before
    assert "1 person would hear before the end of Spring break" in answer.text
    assert "Maya Oyelaran" in answer.text
    assert "Dana" not in answer.text
    assert "Take Spring break away" in answer.text


def test_break_that_keeps_nothing_back_says_so(client, staff, talk):
    client.force_login(staff)

    page = client.get(reverse(DROP, args=[kept(20, 25).pk])).text

    assert "Nothing that waits would move" in page


@pytest.mark.parametrize("count", [1, 3, MOST_SHOWN + 5])
def test_page_takes_the_same_queries_for_few_and_many(client, staff, count):
    for _ in range(count):
        talk_with(UserFactory())
    url = reverse(DROP, args=[kept(3, 8).pk])
    client.force_login(staff)

    with time_machine.travel(THAT_EVENING, tick=False), CaptureQueriesContext(connection) as made:
        answer = client.get(url)

    # Session, user, the break, rules, breaks, rows, what was said of them, two counts.
    assert len([one for one in made if "SAVEPOINT" not in one["sql"]]) == 9
    assert answer.context["foreseen"].people == count
    assert len({moved.person for moved in answer.context["foreseen"].first}) == min(
        count, MOST_SHOWN
    )
