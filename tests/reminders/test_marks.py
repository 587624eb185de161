"""What a server took is written down at once: whoever is killed leaves one mail in doubt."""

import multiprocessing
import os
import signal
import time
from contextlib import closing

import pytest
from django.db import OperationalError, connection

from core import patience
from reminders import actions, claim_statements, claims
from reminders.marks import Marks, Sent
from reminders.models import Reminder
from tests.mailrooms import Mailroom, hearing
from tests.reminders.conftest import PEOPLE, march, take_one, talk_with

pytestmark = pytest.mark.django_db(transaction=True)

State = Reminder.State
# Bursts of one, two, four: the seventh has three mails of its burst before it.
FATAL = 7


class Fateful(Mailroom):
    """Something happens while it holds the mail that has that number."""

    def __init__(self):
        super().__init__(extensions=("250-PIPELINING",))
        self.happens = lambda: ""

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - aiosmtpd calls it so
        self.envelopes.append(envelope)
        happened = self.happens() if len(self.envelopes) == FATAL else ""
        return happened or "250 Taken"


@pytest.fixture
def mailroom(use):
    handler = Fateful()
    with hearing(handler) as port:
        use(port)
        yield handler


@pytest.fixture
def no_patience(monkeypatch):
    monkeypatch.setattr(patience, "PATIENCE", (0.01,) * 5)


def test_worker_killed_in_the_middle_of_a_burst_leaves_one_mail_in_doubt(mailroom, people):
    worker = multiprocessing.get_context("fork").Process(target=_look)
    mailroom.happens = lambda: os.kill(worker.pid, signal.SIGKILL)
    worker.start()
    worker.join(30)

    give_up_at = time.monotonic() + 10
    while _sent().count() < FATAL - 1 and time.monotonic() < give_up_at:
        time.sleep(0.01)
    assert len(mailroom.envelopes) == FATAL
    assert _sent().count() == FATAL - 1
    assert not _sent().filter(recipient=people[FATAL - 1]).exists()


@pytest.mark.parametrize("refusal", ["451 Later", "554 Looks like spam"])
def test_refusal_in_the_middle_of_a_burst_lets_the_round_go_on(mailroom, people, refusal):
    """With marks that nobody has heard of yet, outside of any transaction."""
    mailroom.happens = lambda: refusal

    assert actions.look(at=march(3)) == PEOPLE - 1

    assert _sent().count() == PEOPLE - 1
    row = Reminder.objects.get(recipient=people[FATAL - 1], kind="THANK_YOU", step="OPENS")
    assert (row.attempts, row.claim) == (1, None)
    assert row.failure.startswith("SMTPDataError")


def test_connection_that_breaks_in_the_middle_of_a_burst_costs_no_mark(
    mailroom,
    people,
    no_patience,
):
    ours = _backend()

    def hang_up():
        with closing(connection), connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s)", [ours])

    mailroom.happens = hang_up
    assert actions.look(at=march(3)) == PEOPLE

    assert _backend() != ours
    assert _sent().count() == len(mailroom.envelopes) == PEOPLE


def test_mark_that_failed_on_a_sound_connection_is_told_again(talk, other_student):
    """As psycopg forgets what was prepared after a ROLLBACK."""
    talk_with(other_student)
    first, second = claims.take(at=march(3), most=2)
    with Marks() as marks:
        marks.add(Sent(first, march(3)))
        _ask("DEALLOCATE mark_sent")
        marks.add(Sent(second, march(3)))

    assert _sent().count() == 2


def test_what_a_crash_made_postgresql_forget_is_told_again(talk, other_student):
    claim = take_one(at=march(3))
    talk_with(other_student)
    with Marks() as marks:
        marks.add(Sent(claim, march(3)))
        marks.settle()
        _forget(claim)

        (following,) = marks.before(_break_once(lambda: claims.take(at=march(3))))

        assert _sent().filter(pk=claim.rows[0].pk).exists()
        assert following.recipient == other_student


def test_what_a_crash_made_postgresql_forget_at_the_end_is_told_again(
    talk, monkeypatch, no_patience
):
    claim = take_one(at=march(3))
    monkeypatch.setattr(claim_statements, "flush", _break_once(claim_statements.flush))
    with Marks() as marks:
        marks.add(Sent(claim, march(3)))
        marks.settle()
        _forget(claim)

    assert _sent().filter(pk=claim.rows[0].pk).exists()


def test_round_ends_when_its_marks_are_on_the_disk(talk):
    _ask("SET synchronous_commit = on")
    claim = take_one(at=march(3))
    with Marks() as marks:
        marks.add(Sent(claim, march(3)))
        marks.settle()
        (written,) = _ask("SELECT pg_current_wal_insert_lsn()")

    assert _ask("SELECT pg_current_wal_flush_lsn() >= %s", written) == (True,)


def test_mark_does_not_wait_for_the_disk(talk):
    """Each would take as long as all that is said to the mail server."""
    _ask("SET synchronous_commit = on")
    claim = take_one(at=march(3))
    pipeline = claim_statements.marking()
    with connection.cursor() as cursor:
        cursor.execute("BEGIN")
        Sent(claim, march(3)).tell(pipeline)
        pipeline.hear()
        assert _ask("SHOW synchronous_commit") == ("off",)
        cursor.execute("COMMIT")

    assert _ask("SHOW synchronous_commit") == ("on",)


def test_what_else_is_asked_meanwhile_sees_the_mark(talk):
    claim = take_one(at=march(3))
    with Marks() as marks:
        marks.add(Sent(claim, march(3)))

        assert _sent().get().message_id == f"<{claim.message_id}@localhost>"


def _look() -> None:
    # A child must not talk on the parent's line to the database, nor hang it up.
    connection.connection = None
    actions.look(at=march(3))


def _sent():
    return Reminder.objects.filter(state=State.SENT)


def _forget(claim) -> None:
    Reminder.objects.filter(pk=claim.rows[0].pk).update(
        state=State.PENDING, sent_at=None, message_id="", claim=claim.token
    )


def _break_once(deed):
    broken = []

    def break_or_do():
        if not broken:
            broken.append(True)
            raise OperationalError("server closed the connection unexpectedly")
        return deed()

    return break_or_do


def _backend() -> int:
    return _ask("SELECT pg_backend_pid()")[0]


def _ask(statement: str, *values) -> tuple:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchone() if cursor.description else ()
