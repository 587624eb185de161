"""The door-bell, and the hand that rings it."""

import inspect
from io import StringIO
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from accounts.models import OfficeSettings
from careerhub import beat
from careerhub.beat import CappedScheduler
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
    assert list(inspect.signature(tasks.look.run).parameters) == []


@pytest.mark.parametrize("name", settings.CELERY_BEAT_SCHEDULE)
def test_every_bell_is_empty_and_outlasts_a_clock_that_is_ahead(name):
    entry = settings.CELERY_BEAT_SCHEDULE[name]
    app.loader.import_default_modules()

    assert entry["task"] in app.tasks
    assert not entry.get("args")
    assert not entry.get("kwargs")
    assert entry["options"]["expires"] >= 300


def test_due_reminders_are_looked_for_soon_after_a_lease_is_over():
    """A killed sender's row is taken again within its lease and five seconds."""
    assert settings.CELERY_BEAT_SCHEDULE["send-due-reminders"]["schedule"] <= 5


@pytest.fixture
def bell(tmp_path):
    """Beat itself, on the broker of the tests, and a queue of its own."""
    queue = f"bells-{uuid4()}"
    scheduler = CappedScheduler(app, schedule_filename=str(tmp_path / "beat"), lazy=True)
    entry = scheduler.Entry(
        name="bell", task=tasks.look.name, schedule=5.0, options={"queue": queue}, app=app
    )
    redis = scheduler.connection.default_channel.client

    def ring() -> int:
        scheduler.apply_async(entry, advance=False)
        return redis.llen(queue)

    yield ring
    redis.delete(queue)


def test_bells_do_not_pile_up_while_nobody_hears_them(bell, monkeypatch):
    monkeypatch.setattr(beat, "MOST_WAITING", 3)

    assert [bell() for _ in range(6)] == [1, 2, 3, 3, 3, 3]


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
