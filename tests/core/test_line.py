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
from tests.mailrooms import free_port


class Door:
    """Counts who comes in, and refuses whom it is told to."""

    def __init__(self):
        self.visits, self.mails, self.readers, self.refuses = 0, [], [], ""
        self.extensions = []

    async def handle_EHLO(self, server, session, envelope, hostname, responses):  # noqa: N802 - aiosmtpd calls it so
        self.visits += 1
        session.host_name = hostname
        return [*responses[:-1], *self.extensions, responses[-1]]

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - aiosmtpd calls it so
        if self.refuses in envelope.rcpt_tos:
            return "451 Not now"
        self.mails.append(envelope.rcpt_tos[0])
        self.readers.append(envelope.rcpt_tos)
        return "250 Taken"


@pytest.fixture(params=[[], ["250-PIPELINING"]], ids=["turn by turn", "at once"])
def door(settings, request):
    door = Door()
    door.extensions = request.param
    controller = Controller(door, hostname="127.0.0.1", port=free_port())
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


def to(number: int) -> EmailMessage:
    return EmailMessage("Hi", "x", to=[f"{number}@example.edu"])


def send(line: Line, *numbers: int) -> list[int]:
    return list(line.send_in_turn(numbers, to))


def test_line_stays_open_from_mail_to_mail(door):
    with Line() as line:
        assert send(line, 0) == [0]
        assert send(line, 1, 2) == [1, 2]

    assert (door.visits, len(door.mails)) == (1, 3)


def test_line_is_renewed_before_a_server_counts_too_many(door, monkeypatch):
    monkeypatch.setattr(lines, "MOST_MAILS", 2)
    with Line() as line:
        for numbers in ([0], [1, 2], [3], [4]):
            send(line, *numbers)

    assert (door.visits, len(door.mails)) == (3, 5)


def test_line_that_was_dropped_is_opened_anew(door):
    door.refuses = "1@example.edu"
    taken = []
    with Line() as line:
        with pytest.raises(smtplib.SMTPDataError):
            taken.extend(line.send_in_turn([0, 1, 2], to))
        line.drop()
        send(line, 3)

    assert (door.visits, door.mails) == (2, ["0@example.edu", "3@example.edu"])


def test_line_that_nobody_used_is_no_visit(door):
    with Line():
        pass

    assert door.visits == 0


def test_what_is_wrong_with_a_mail_is_said_in_its_turn(door):
    """It is written while others are on their way, and they are not at fault."""
    taken = []
    with Line() as line:
        with pytest.raises(ZeroDivisionError):
            taken.extend(line.send_in_turn([1, 2, 0, 4], lambda number: to(4 // number)))
        line.drop()

    assert taken == [1, 2]
    assert door.mails == ["4@example.edu", "2@example.edu"]


def test_mail_to_several_goes_to_each(door):
    mail.send(EmailMessage("Hi", "x", to=["0@example.edu"], cc=["1@example.edu"]))

    assert door.readers == [["0@example.edu", "1@example.edu"]]
