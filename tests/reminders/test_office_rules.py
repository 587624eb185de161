"""What new days would change is shown before they are saved; and it is what saving then does."""

import re
from datetime import date, time, timedelta

import pytest
import time_machine
from django.db import connection
from django.forms import model_to_dict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import OfficeSettings
from interviews.models import Interview
from letters.models import LetterReview
from reminders import actions
from reminders.foresight import foresee
from reminders.models import Reminder
from reminders.noticing import MOST_SHOWN
from tests.factories import LetterReviewFactory, UserFactory
from tests.reminders.conftest import THAT_EVENING, march, talk_with

PREVIEW, SETTINGS = "reminders:rules_preview", "accounts:office_settings"


def office(**changes) -> OfficeSettings:
    found = OfficeSettings.current()
    for name, value in changes.items():
        setattr(found, name, value)
    return found


def numbers(**changes) -> dict:
    return model_to_dict(OfficeSettings.current()) | changes


def everything() -> list:
    return [
        *Reminder.objects.order_by("pk").values(),
        *Interview.objects.order_by("pk").values(),
        *OfficeSettings.objects.values(),
    ]


def test_same_numbers_change_nothing(talk):
    found = foresee(office(), at=THAT_EVENING)

    assert (found.people, found.talks, found.mails, found.first) == (0, 0, 0, [])
    assert found.is_nothing


def test_new_day_moves_what_is_owed_after_a_talk(talk, student):
    found = foresee(office(thank_you_due_days=3), at=THAT_EVENING)

    (moved,) = found.first
    assert (found.people, found.talks) == (1, 1)
    assert (moved.person, moved.what) == (student, "A thank-you to …")
    assert (moved.due_before.day, moved.due_after.day) == (4, 5)


def test_other_letter_is_not_touched(talk):
    found = foresee(office(follow_up_open_days=31), at=THAT_EVENING)

    assert {moved.what for moved in found.first} == {"A second letter to …"}


def test_new_hour_moves_the_next_mail_and_no_day(talk):
    found = foresee(office(reminder_hour=9), at=THAT_EVENING)

    thank_you = found.first[0]
    assert (found.people, found.talks) == (1, 0)
    assert found.mails == Reminder.objects.pending().count()
    assert thank_you.due_before == thank_you.due_after
    assert (thank_you.mail_before, thank_you.mail_after) == (
        march(3),
        march(3) + timedelta(hours=1),
    )


@pytest.mark.parametrize(
    ("changes", "mails"),
    [({"reminder_hour": 7}, 1), ({"quiet_from_hour": 23}, 1), ({"thank_you_due_days": 3}, 0)],
    ids=str,
)
def test_news_that_waits_for_the_morning_is_foreseen(student, changes, mails):
    at = march(2, time(22))
    review = LetterReviewFactory(letter__contact__student=student)
    LetterReview.objects.filter(pk=review.pk).update(answered_at=at, verdict="APPROVED")
    review.refresh_from_db()
    actions.reschedule(review, at=at)

    assert foresee(office(**changes), at=at).mails == mails


def test_what_moves_for_one_person_stands_together(student, other_student):
    for who, on in ((student, 2), (other_student, 1), (student, 1), (other_student, 2)):
        talk_with(who, on=date(2026, 3, on))

    found = foresee(office(reminder_hour=9), at=THAT_EVENING)

    people = [moved.person for moved in found.first]
    assert people == [other_student] * 4 + [student] * 4
    assert found.first[0].mail_before <= found.first[4].mail_before


def test_what_is_written_already_does_not_move(talk):
    Interview.objects.update(thanked_on=talk.held_on)

    assert foresee(office(thank_you_due_days=3), at=THAT_EVENING).talks == 0


@pytest.mark.parametrize(
    "changes",
    [
        {"thank_you_nudge_days": 2}, {"thank_you_due_days": 3}, {"reminder_hour": 7},
        {"follow_up_open_days": 20, "follow_up_due_days": 40}, {"thank_you_last_days": 9},
    ],
    ids=str,
)  # fmt: skip
def test_saving_does_what_was_foreseen(client, staff, talk, changes):
    """The next mail of each matter, in the post book, before and after."""

    def next_mails():
        rows = Reminder.objects.pending().order_by("-due_at").values_list("kind", "due_at")
        return dict(rows)

    with time_machine.travel(THAT_EVENING, tick=False):
        found = foresee(office(**changes), at=THAT_EVENING)
        before = next_mails()
        client.force_login(staff)
        client.post(reverse(SETTINGS), numbers(**changes))
        actions.follow_rules(at=THAT_EVENING)
        after = next_mails()

    kinds = {"A thank-you to …": "THANK_YOU", "A second letter to …": "FOLLOW_UP"}
    shown = {kinds[moved.what]: (moved.mail_before, moved.mail_after) for moved in found.first}
    moved = {kind for kind in before if before[kind] != after[kind]}
    assert moved <= set(shown)
    for kind, mails in shown.items():
        assert mails == (before[kind], after[kind])


def test_looking_ahead_changes_nothing(client, staff, talk):
    before = everything()
    client.force_login(staff)

    answer = client.post(reverse(PREVIEW), numbers(thank_you_due_days=3, reminder_hour=9))

    assert answer.status_code == 200
    assert everything() == before


def test_preview_names_people_and_not_with_whom_they_talked(client, staff, talk):
    client.force_login(staff)
    with time_machine.travel(THAT_EVENING, tick=False):
        answer = client.post(reverse(PREVIEW), numbers(thank_you_due_days=3))

    page = answer.content.decode()
    assert "1 person would hear at another time" in page
    assert "Maya Oyelaran" in page
    assert "March 5, 2026" in page
    assert "Dana" not in page


@pytest.mark.parametrize(
    ("changes", "says_days"), [({"thank_you_due_days": 3}, True), ({"reminder_hour": 9}, False)]
)
def test_preview_shows_days_where_days_move(client, staff, talk, changes, says_days):
    client.force_login(staff)
    with time_machine.travel(THAT_EVENING, tick=False):
        answer = client.post(reverse(PREVIEW), numbers(**changes))

    assert ("Due then" in answer.text) is says_days
    assert "Mail then" in answer.text


def test_numbers_of_the_preview_are_saved_by_its_button(client, staff, talk):
    client.force_login(staff)
    answer = client.post(reverse(PREVIEW), numbers(thank_you_due_days=3))

    client.post(reverse(SETTINGS), dict(answer.context["values"]))

    assert OfficeSettings.current().thank_you_due_days == 3
    assert Interview.objects.get().thank_you_due_on.day == 5


def test_wrong_numbers_come_back_with_a_sentence(client, staff):
    client.force_login(staff)

    answer = client.post(reverse(PREVIEW), numbers(thank_you_last_days=1))

    assert answer.status_code == 422
    page = answer.text
    assert page.count("must come in that order") == 2, "at the top, and beside the number"
    assert re.search(r'<a href="#id_thank_you_last_days">The first reminder, the due day', page)


@pytest.mark.parametrize("count", [1, 3, MOST_SHOWN + 5])
def test_preview_takes_the_same_queries_for_few_and_many(client, staff, count):
    for _ in range(count):
        talk_with(UserFactory())
    client.force_login(staff)
    asked = numbers(thank_you_due_days=3)

    with time_machine.travel(THAT_EVENING, tick=False), CaptureQueriesContext(connection) as made:
        answer = client.post(reverse(PREVIEW), asked)

    # Session, user, the numbers, rules, breaks, three counts, rows, and what went out.
    assert len([one for one in made if "SAVEPOINT" not in one["sql"]]) == 10
    assert answer.context["foreseen"].people == count
    assert len(answer.context["foreseen"].first) == min(count, MOST_SHOWN)


def test_mail_that_went_out_is_not_foreseen_again(talk, mailoutbox):
    """The first reminder is out; the due day moves, and the mail that comes next is its own."""
    actions.look(at=march(3))
    at = march(3, time(12))

    (moved,) = foresee(office(thank_you_due_days=3), at=at).first

    assert (moved.mail_before, moved.mail_after) == (march(4), march(5))
