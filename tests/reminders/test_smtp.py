"""Against a real SMTP server that takes, refuses, hangs, drips and hangs up."""

import email
import email.policy
import socket
import threading
import time

import pytest
from django.utils import timezone

from core import mail
from reminders import actions
from reminders.models import Reminder
from tests.mailrooms import free_port
from tests.reminders.conftest import march, talk_with

State = Reminder.State


@pytest.fixture
def first_row(talk):
    return Reminder.objects.get(interview=talk, kind="THANK_YOU", step="OPENS")


def test_mail_that_is_taken_is_marked_sent(mailroom, first_row):
    assert actions.drain(at=march(3)) == 1

    first_row.refresh_from_db()
    (envelope,) = mailroom.envelopes
    mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
    assert envelope.rcpt_tos == ["maya@example.edu"]
    assert first_row.state == State.SENT
    assert first_row.message_id == mail["Message-ID"]
    assert first_row.failure == ""


@pytest.mark.parametrize("answer", ["421 Busy", "450 Mailbox is locked", "451 Try later"])
def test_refusal_for_now_is_tried_again(mailroom, first_row, answer):
    mailroom.to_recipient = answer

    assert actions.drain(at=march(3)) == 0

    first_row.refresh_from_db()
    assert (first_row.state, first_row.attempts) == (State.PENDING, 1)
    assert first_row.failure == f"SMTPRecipientsRefused {answer[:3]}"
    mailroom.to_recipient = None
    assert _after_the_wait() == 1


def test_refusal_for_good_is_seen_by_staff(mailroom, first_row):
    mailroom.to_recipient = "550 No such person here"

    assert actions.drain(at=march(3)) == 0

    first_row.refresh_from_db()
    assert (first_row.state, first_row.failure) == (State.DEAD, "SMTPRecipientsRefused 550")
    assert list(Reminder.objects.undeliverable()) == [first_row]


@pytest.mark.parametrize(
    ("answer", "state"), [("554 Looks like spam", State.DEAD), ("451 Later", State.PENDING)]
)
def test_answer_to_the_mail_itself_counts_too(mailroom, first_row, answer, state):
    mailroom.to_data = answer

    assert actions.drain(at=march(3)) == 0

    first_row.refresh_from_db()
    assert (first_row.state, first_row.failure) == (state, f"SMTPDataError {answer[:3]}")


def test_line_dropped_after_the_mail_is_sent_again_under_the_same_id(mailroom, first_row):
    """Nobody knows whether it arrived; the same Message-ID lets the other side drop the second."""
    mailroom.drops = True
    assert actions.drain(at=march(3)) == 0
    mailroom.drops = False

    assert _after_the_wait() == 1

    ids = [
        email.message_from_bytes(envelope.content)["Message-ID"] for envelope in mailroom.envelopes
    ]
    assert len(ids) == 2
    assert len(set(ids)) == 1


def test_refused_mail_leaves_no_answer_behind_for_the_next(mailroom, first_row, other_student):
    """DATA was said before the refusal came: its answer belongs to nobody."""
    talk_with(other_student)
    mailroom.refuses = "maya@example.edu"

    assert actions.drain(at=march(3)) == 1

    first_row.refresh_from_db()
    assert (first_row.state, first_row.failure) == (State.DEAD, "SMTPRecipientsRefused 550")
    assert [envelope.rcpt_tos for envelope in mailroom.envelopes] == [["ben@example.edu"]]


def test_line_that_begins_with_a_period_arrives_whole(mailroom, talk):
    talk.contact.name = "x\n.\nRCPT TO:<all@example.org>"
    talk.contact.save()

    assert actions.drain(at=march(3)) == 1

    (envelope,) = mailroom.envelopes
    text = email.message_from_bytes(envelope.content).get_payload(0).get_payload()
    assert "\n.\n" in text.replace("\r", "")
    assert "Done already, or later?" in text


def test_no_server_at_all_is_tried_again(use, first_row):
    use(free_port())

    assert actions.drain(at=march(3)) == 0

    first_row.refresh_from_db()
    assert (first_row.state, first_row.failure) == (State.PENDING, "ConnectionRefusedError")


def test_server_that_hangs_is_left(use, first_row):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        use(silent.getsockname()[1], timeout=0.5)
        began = time.monotonic()

        assert actions.drain(at=march(3)) == 0

    assert time.monotonic() - began < 5
    first_row.refresh_from_db()
    assert (first_row.state, first_row.failure) == (State.PENDING, "SMTPServerDisconnected")


def test_server_that_drips_is_left_before_the_lease_runs_out(use, first_row, monkeypatch):
    """Each byte comes within the time-out, the whole answer never does."""
    monkeypatch.setattr(mail, "SECONDS_TO_SEND", 1)
    ended = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:
        use(server.getsockname()[1])
        dripping = threading.Thread(target=_drip, args=(server, ended))
        dripping.start()
        began = time.monotonic()

        assert actions.drain(at=march(3)) == 0

        assert time.monotonic() - began < 5
        ended.set()
        dripping.join()
    first_row.refresh_from_db()
    assert (first_row.state, first_row.failure) == (State.PENDING, "SendTookTooLong")


def test_one_refused_address_does_not_stop_the_others(mailroom, first_row, other_student):
    talk_with(other_student)
    first_row.recipient.email = "maya@[256.1.1.1"
    first_row.recipient.save()

    assert actions.drain(at=march(3)) == 1
    assert [envelope.rcpt_tos for envelope in mailroom.envelopes] == [["ben@example.edu"]]


def _after_the_wait() -> int:
    Reminder.objects.filter(claimed_until__isnull=False).update(claimed_until=timezone.now())
    return actions.drain(at=march(3))


def _drip(server: socket.socket, ended: threading.Event) -> None:
    line, _ = server.accept()
    with line:
        while not ended.wait(0.1):
            try:
                line.sendall(b"2")
            except OSError:
                return
