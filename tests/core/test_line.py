"""One connection for many mails, against a real SMTP server."""

import smtplib
import socket
import threading

import pytest
from aiosmtpd.controller import Controller
from django.core.mail import EmailMessage

from core import line as lines
from core import mail
from core.line import Line
from tests.reminders.test_smtp import _free_port


class Door:
    """Counts who comes in, and refuses whom it is told to."""

    def __init__(self):
        self.visits, self.mails, self.refuses = 0, [], ""

    async def handle_EHLO(self, server, session, envelope, hostname, responses):  # noqa: N802 - aiosmtpd calls it so
        self.visits += 1
        session.host_name = hostname
        return responses

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - aiosmtpd calls it so
        if self.refuses in envelope.rcpt_tos:
            return "451 Not now"
        self.mails.append(envelope.rcpt_tos[0])
        return "250 Taken"


@pytest.fixture
def door(settings):
    door = Door()
    controller = Controller(door, hostname="127.0.0.1", port=_free_port())
    controller.start()
    settings.EMAIL_BACKEND = "core.smtp.Backend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", controller.port
    yield door
    controller.stop()


def test_nothing_more_is_said_on_a_line_whose_reader_was_refused(settings):
    """This server asks for the mail all the same: a farewell would be the text of one."""
    heard = []

    def answer(server):
        line, _ = server.accept()
        with line, line.makefile("rwb", buffering=0) as talk:
            talk.write(b"220 here\r\n")
            for said in talk:
                heard.append(said.split()[0].upper())
                replies = {
                    b"EHLO": b"250-here\r\n250 PIPELINING",
                    b"RCPT": b"550 Nobody",
                    b"DATA": b"354 Go on",
                }
                talk.write(replies.get(heard[-1], b"250 Yes") + b"\r\n")

    with socket.create_server(("127.0.0.1", 0)) as server:
        settings.EMAIL_BACKEND = "core.smtp.Backend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.getsockname()
        answering = threading.Thread(target=answer, args=(server,))
        answering.start()
        with pytest.raises(smtplib.SMTPRecipientsRefused):
            mail.send(EmailMessage("Hi", "x", to=["0@example.edu"]))
        answering.join(10)

    assert heard == [b"EHLO", b"MAIL", b"RCPT", b"DATA"]


def send(line: Line, number: int) -> None:
    message = EmailMessage("Hi", "x", to=[f"{number}@example.edu"])
    line.lend_to(message)
    mail.send(message)


def test_line_stays_open_from_mail_to_mail(door):
    with Line() as line:
        for number in range(3):
            send(line, number)

    assert (door.visits, len(door.mails)) == (1, 3)


def test_line_is_renewed_before_a_server_counts_too_many(door, monkeypatch):
    monkeypatch.setattr(lines, "MOST_MAILS", 2)
    with Line() as line:
        for number in range(5):
            send(line, number)

    assert (door.visits, len(door.mails)) == (3, 5)


def test_line_that_was_dropped_is_opened_anew(door):
    door.refuses = "0@example.edu"
    with Line() as line:
        with pytest.raises(smtplib.SMTPDataError):
            send(line, 0)
        line.drop()
        send(line, 1)

    assert (door.visits, door.mails) == (2, ["1@example.edu"])


def test_line_that_nobody_used_is_no_visit(door):
    with Line():
        pass

    assert door.visits == 0
