"""The yardsticks that send mails which are ready: as quickly as SMTP goes, and as people do it."""

from __future__ import annotations

import re
import smtplib
import time
from collections.abc import Sequence

from django.core.mail import EmailMultiAlternatives, get_connection

from benchmarks import one_task_each
from benchmarks.measuring import Wrong

FROM, TO = "careers@localhost", "somebody@example.edu"
SECONDS_FOR_ALL = 120


def on_one_line(port: int, ready: Sequence[bytes]) -> None:
    """Limit A: bare smtplib."""
    with smtplib.SMTP("127.0.0.1", port) as line:
        for message in ready:
            line.sendmail(FROM, [TO], message)


def pipelined(port: int, ready: Sequence[bytes]) -> None:
    """Limit B: the end of a mail, and the next one's sender, reader and DATA, at once (RFC 2920).

    Ours says it in the same way, within a burst.
    """
    opening = f"MAIL FROM:<{FROM}>\r\nRCPT TO:<{TO}>\r\nDATA\r\n".encode()
    with smtplib.SMTP("127.0.0.1", port) as line:
        line.ehlo()
        line.send(opening)
        _expect(line, 250, 250, 354)
        for message in ready[:-1]:
            line.send(_stuffed(message) + opening)
            _expect(line, 250, 250, 250, 354)
        line.send(_stuffed(ready[-1]))
        _expect(line, 250)


def by_django(written: Sequence[EmailMultiAlternatives]) -> None:
    """A line for each."""
    for message in written:
        message.connection = get_connection("django.core.mail.backends.smtp.EmailBackend")
        message.send()


def by_tasks(written: Sequence[EmailMultiAlternatives], port: int) -> None:
    """Until the worker has sent them all."""
    for message in written:
        html = str(message.alternatives[0][0])
        text, headers = str(message.body), message.extra_headers
        one_task_each.send.delay(message.to[0], message.subject, text, html, headers)
    _wait_for(len(written), port)


def _wait_for(mails: int, port: int) -> None:
    until = time.monotonic() + SECONDS_FOR_ALL
    with smtplib.SMTP("127.0.0.1", port) as line:
        while (came := int(line.verify("so far")[1].split()[0])) < mails:
            if time.monotonic() > until:
                raise Wrong(f"{came} of {mails} tasks were done in {SECONDS_FOR_ALL} seconds.")
            time.sleep(0.01)


def _stuffed(message: bytes) -> bytes:
    return re.sub(rb"(?m)^\.", b"..", message).removesuffix(b"\r\n") + b"\r\n.\r\n"


def _expect(line: smtplib.SMTP, *codes: int) -> None:
    for code in codes:
        answer, words = line.getreply()
        if answer != code:
            raise Wrong(f"The sink says {answer} {words.decode()}.")
