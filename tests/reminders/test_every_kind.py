"""Every registered kind, every step of it: sent when it is due, not sent when it ended just before.

And by every clock: where clocks change, on both sides of the date line, on 29 February.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from core.localtime import local_date, moment
from reminders import actions, kinds
from reminders.kinds.steps import Rhythm
from reminders.models import Reminder, ReminderChoice, Way
from tests.reminders.conftest import MET_ON
from tests.reminders.worlds import WORLDS

State = Reminder.State
A_SECOND = timedelta(seconds=1)
STEPS = [(kind.key, number) for kind in kinds.every() for number in range(len(kind.steps))]
DAYS = {
    "spring in New York": ("America/New_York", date(2026, 3, 5)),
    "autumn in New York": ("America/New_York", date(2026, 10, 29)),
    "autumn in Auckland": ("Pacific/Auckland", date(2026, 4, 2)),
    "spring in Auckland": ("Pacific/Auckland", date(2026, 9, 24)),
    "half an hour on Lord Howe": ("Australia/Lord_Howe", date(2026, 10, 1)),
    "behind the date line": ("Pacific/Pago_Pago", date(2026, 6, 1)),
    "ahead of it": ("Pacific/Kiritimati", date(2026, 6, 1)),
    "29 February": ("America/New_York", date(2028, 2, 26)),
    "the day that Samoa left out": ("Pacific/Apia", date(2011, 12, 27)),
    "the turn of the year": ("Asia/Kathmandu", date(2026, 12, 29)),
}


def rows_of(key: str) -> list[Reminder]:
    return list(Reminder.objects.filter(kind=key).order_by("due_at", "id"))


def test_every_kind_has_its_world():
    """A new kind is tested by being registered: this asks for the two lines that it takes."""
    assert {kind.key for kind in kinds.every()} == set(WORLDS)


@pytest.mark.parametrize(("key", "number"), STEPS)
def test_step_is_sent_when_it_is_due(key, number, mailoutbox):
    WORLDS[key].begin(MET_ON, "America/New_York")
    row = rows_of(key)[number]

    actions.look(at=row.due_at - A_SECOND)
    row.refresh_from_db()
    assert row.state == State.PENDING
    actions.look(at=row.due_at)

    row.refresh_from_db()
    assert row.state == State.SENT


@pytest.mark.parametrize(("key", "number"), STEPS)
def test_step_is_not_sent_when_it_ended_just_before(key, number, mailoutbox):
    ended = WORLDS[key].begin(MET_ON, "America/New_York")
    row = rows_of(key)[number]

    WORLDS[key].end(ended, row.due_at - A_SECOND)
    actions.look(at=row.due_at)

    row.refresh_from_db()
    assert row.state == State.CANCELLED


@pytest.mark.parametrize("key", WORLDS)
@pytest.mark.parametrize("where", DAYS)
def test_hours_are_those_of_the_recipient(key, where):
    zone, on = DAYS[where]
    WORLDS[key].begin(on, zone)
    kind, rows = kinds.get(key), rows_of(key)

    assert rows
    for row in rows:
        local = row.due_at.astimezone(ZoneInfo(zone))
        if kind.rhythm is Rhythm.MORNING:
            # A day that a calendar left out begins with the next one.
            assert local.date() == row.due_on or not _is_a_day(row.due_on, zone)
            assert (local.hour, local.minute) == (8, 0) or not _is_a_day(row.due_on, zone)
        if kind.rhythm is not Rhythm.HOUR:
            assert 8 <= local.hour < 21


@pytest.mark.parametrize("key", WORLDS)
def test_who_moves_is_written_to_by_the_new_clock(key):
    WORLDS[key].begin(MET_ON, "America/New_York")
    kind, before = kinds.get(key), rows_of(key)
    recipient = before[0].recipient
    recipient.time_zone = "Pacific/Auckland"
    recipient.save()

    # Four in the morning in New York: nothing is on its way yet.
    actions.reschedule(recipient, at=datetime(2026, 3, 3, 9, tzinfo=UTC))

    for row in Reminder.objects.pending().filter(kind=key):
        local = row.due_at.astimezone(ZoneInfo("Pacific/Auckland"))
        if kind.rhythm is Rhythm.MORNING:
            assert local.hour == 8
        elif kind.rhythm is Rhythm.HOUR:
            assert row.due_at in [old.due_at for old in before]


@pytest.mark.parametrize("key", WORLDS)
def test_lost_rows_are_written_again(key):
    WORLDS[key].begin(MET_ON, "America/New_York")
    before = {(row.step, row.due_on, row.due_at) for row in rows_of(key)}
    at = min(due_at for _, _, due_at in before) - A_SECOND
    Reminder.objects.all().delete()

    actions.reconcile(at=at)

    assert {(row.step, row.due_on, row.due_at) for row in rows_of(key)} == before
    assert actions.reconcile(at=at) == 0


@pytest.mark.parametrize("key", WORLDS)
def test_kind_that_is_switched_off_is_not_mailed_nor_looked_for_again(key, mailoutbox):
    WORLDS[key].begin(MET_ON, "America/New_York")
    row = rows_of(key)[0]
    ReminderChoice.objects.create(user=row.recipient, kind=key, way=Way.OFF)

    actions.look(at=row.due_at)

    row.refresh_from_db()
    assert row.state == State.WITHHELD
    # An advisor's next Monday is another row.
    assert actions.reconcile(at=row.due_at + A_SECOND) == (1 if key == "DIGEST" else 0)


@pytest.mark.parametrize("key", WORLDS)
def test_words_of_a_kind_are_whole(key):
    """No blank in them is left to fill in, and the page that they lead to is there."""
    WORLDS[key].begin(MET_ON, "America/New_York")
    row, kind = rows_of(key)[0], kinds.get(key)

    owed = kind.obligation(row.subject, recipient=row.recipient, at=row.due_at)

    for words in (owed.what, owed.headline, owed.when, owed.action, owed.todo, kind.label):
        assert words
        assert "{" not in words
    assert owed.url.startswith("/")
    assert owed.icon


def test_kinds_that_the_guide_demands_cannot_be_switched_off():
    """G16, G38."""
    must = {kind.key for kind in kinds.every() if Way.OFF not in kind.ways}

    assert must == {"THANK_YOU", "PROMISED_CALL"}


def _is_a_day(on: date, zone: str) -> bool:
    """Samoa went from 29 to 31 December 2011."""
    noon = moment(on, time(12), zone)
    return local_date(noon, zone) == on
