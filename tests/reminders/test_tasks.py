"""The door-bell, and the hand that rings it."""

import inspect
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from accounts.models import OfficeSettings
from careerhub.celery import app
from reminders import tasks
from reminders.models import Reminder
from tests.reminders.conftest import march


@pytest.fixture
def rung(monkeypatch):
    """What would have been put into the queue."""
    rings = []
    monkeypatch.setattr(tasks.drain, "delay", lambda **arguments: rings.append(arguments))
    return rings


def tick(*arguments) -> str:
    out = StringIO()
    call_command("send_due_reminders", *arguments, stdout=out)
    return out.getvalue().strip()


def test_bell_carries_nothing_but_a_moment():
    """Names and addresses stay in PostgreSQL."""
    assert list(inspect.signature(tasks.drain.run).parameters) == ["at"]
    entry = settings.CELERY_BEAT_SCHEDULE["drain-reminders"]
    assert entry["task"] in app.tasks
    assert not entry.get("args")
    assert not entry.get("kwargs")


def test_bell_sends_what_is_due(talk, mailoutbox):
    assert tasks.drain(at=march(3).isoformat()) == 1


def test_bell_without_a_moment_means_now(talk, mailoutbox):
    """At whatever hour the tests run."""
    OfficeSettings.current()
    OfficeSettings.objects.update(quiet_from_hour=8)

    assert tasks.drain() == 1
    assert Reminder.objects.filter(state="SENT").exists()


def test_command_asks_a_worker(rung):
    assert tick("--at", "2026-03-03T08:00:00-05:00") == (
        "A worker was asked to send what is due at 2026-03-03 13:00 UTC."
    )
    assert rung == [{"at": "2026-03-03T13:00:00+00:00"}]


def test_command_without_a_moment_leaves_it_to_the_worker(rung):
    tick()

    assert rung == [{"at": None}]


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ("2026-03-03T12:59:59Z", "0 messages sent."),
        ("2026-03-03T13:00:00Z", "1 message sent."),
        ("2026-03-03T13:00:00", "1 message sent."),
        ("2026-03-04", "1 message sent."),
    ],
)
def test_command_can_send_by_itself(talk, mailoutbox, at, said):
    assert tick("--here", "--at", at) == said


@pytest.mark.parametrize(
    "at", ["tomorrow", "2026-13-01", "2026-03-03T25:00", "0001-01-01T00:00+14:00", "1\x00"]
)
def test_moment_that_is_none_gets_a_sentence(at):
    with pytest.raises(CommandError, match="is not a moment"):
        tick("--at", at)
