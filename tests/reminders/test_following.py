"""The office changes its days, its hours or its calendar: what waits follows."""

from datetime import date, time, timedelta

import pytest
from django.urls import reverse

from accounts import actions as accounts
from accounts.models import OfficeSettings
from interviews import actions as interviews
from interviews.models import Interview
from reminders import actions
from reminders.actions import following
from reminders.models import Reckoning, Reminder, TermBreak
from tests.factories import UserFactory
from tests.reminders.conftest import MET_ON, THAT_EVENING, march, talk_with

THANKS = "THANK_YOU"


def change(**fields) -> None:
    office = OfficeSettings.current()
    for name, value in fields.items():
        setattr(office, name, value)
    accounts.save_office(office, at=THAT_EVENING)


def first_thanks() -> Reminder:
    return Reminder.objects.pending().filter(kind=THANKS).order_by("due_at").first()


def test_mail_that_waits_moves_to_the_new_hour(talk):
    change(reminder_hour=9)
    actions.follow_rules(at=THAT_EVENING)

    assert first_thanks().due_at == march(3, time(9))


def test_what_is_owed_moves_to_the_new_days(talk):
    change(thank_you_nudge_days=2, thank_you_due_days=4, thank_you_last_days=6)
    actions.follow_rules(at=THAT_EVENING)

    talk.refresh_from_db()
    due_on = [talk.thank_you_opens_on, talk.thank_you_due_on, talk.thank_you_last_on]
    assert [(on - MET_ON).days for on in due_on] == [2, 4, 6]
    rows = Reminder.objects.pending().filter(kind=THANKS).order_by("due_at")
    assert [(row.due_on - MET_ON).days for row in rows] == [2, 4, 6, 7, 14]


def test_what_is_written_keeps_its_dates(talk):
    interviews.record_thank_you(talk, mailed_on=MET_ON, at=THAT_EVENING)
    change(thank_you_due_days=3)

    talk.refresh_from_db()
    assert (talk.thank_you_due_on - MET_ON).days == 2


def test_break_entered_in_the_calendar_moves_what_waits(client, staff, talk):
    client.force_login(staff)
    days = {"name": "Break", "first_on": "2026-03-03", "last_on": "2026-03-08"}
    client.post(reverse("post:breaks"), days)
    actions.follow_rules(at=THAT_EVENING)
    assert first_thanks().due_at == march(9)

    client.post(reverse("post:drop_break", args=[TermBreak.objects.get().pk]))
    actions.follow_rules(at=THAT_EVENING)

    assert first_thanks().due_at == march(3)


def test_break_that_ends_before_it_begins_is_refused(client, staff):
    client.force_login(staff)
    days = {"name": "Break", "first_on": "2026-03-08", "last_on": "2026-03-03"}

    page = client.post(reverse("post:breaks"), days)

    assert page.status_code == 422
    assert page.text.count("The last day comes before the first.") == 1
    assert not TermBreak.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_page_of_breaks_takes_the_same_queries(client, staff, count, django_assert_num_queries):
    for _ in range(count):
        TermBreak.objects.create(name="Break", first_on=MET_ON, last_on=MET_ON)
    client.force_login(staff)

    with django_assert_num_queries(3):
        client.get(reverse("post:breaks"))


def test_very_many_are_followed_part_by_part(monkeypatch):
    """And a drain has mail to send, too."""
    monkeypatch.setattr(following, "ROWS_AT_A_TIME", 10)
    monkeypatch.setattr(following, "PARTS_A_DRAIN", 1)
    for _ in range(5):
        talk_with(UserFactory())
    change(reminder_hour=9)

    parts = 0
    while Reckoning.objects.get().after_pk is not None:
        actions.follow_rules(at=THAT_EVENING)
        parts += 1

    assert parts == 6
    assert not Reminder.objects.pending().filter(due_at=march(3)).exists()


def test_change_in_the_middle_of_following_begins_anew(talk, monkeypatch):
    monkeypatch.setattr(following, "ROWS_AT_A_TIME", 8)
    monkeypatch.setattr(following, "PARTS_A_DRAIN", 1)
    change(reminder_hour=9)
    actions.follow_rules(at=THAT_EVENING)

    change(reminder_hour=10)

    assert Reckoning.objects.get().after_pk == 0


def test_nothing_changed_nothing_is_done(talk):
    assert actions.follow_rules(at=THAT_EVENING) == 0


@pytest.mark.parametrize("day", [date(2024, 2, 29), date(2026, 1, 31)])
def test_days_after_the_last_of_february(student, day):
    talk = talk_with(student, on=day)
    change(follow_up_due_days=46)
    talk.refresh_from_db()

    assert talk.follow_up_due_on == day + timedelta(days=46)
    assert Interview.objects.filter(pk=talk.pk, thank_you_due_on=day + timedelta(days=2)).exists()
