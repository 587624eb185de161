"""The morning mail: what it says, how it goes out, and what a failure to send it means."""

from __future__ import annotations

import signal
import smtplib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email.errors import MessageError
from email.headerregistry import Address
from urllib.parse import urlsplit

import css_inline
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.models import User
from reminders.obligations import Obligation

# Shorter than claims.LEASE. EMAIL_TIMEOUT limits each answer of the server, this all of them.
SECONDS_TO_SEND = 30
INLINER = css_inline.CSSInliner(load_remote_stylesheets=False)


class SendTookTooLong(Exception):
    """The server went on answering, but so slowly that the claim on the rows would have run out.

    No OSError: smtplib takes those for the end of the line, and goes on.
    """


def morning_mail(
    recipient: User, owed: list[Obligation], *, message_id: str
) -> EmailMultiAlternatives:
    """All that one person owes, in one message. No notes: mail is read over shoulders."""
    subject = _subject(owed)
    context = {
        "recipient": recipient,
        "owed": owed,
        "site_url": settings.SITE_URL,
        "today_url": settings.SITE_URL + reverse("home"),
        "institution": settings.INSTITUTION,
        "subject": subject,
    }
    mail = EmailMultiAlternatives(
        subject=subject,
        body=render_to_string("reminders/morning_mail.txt", context),
        to=[_address(recipient)],
        headers={"Message-ID": message_id, "Auto-Submitted": "auto-generated"},
    )
    html = render_to_string("reminders/morning_mail.html", context)
    mail.attach_alternative(INLINER.inline(html), "text/html")
    return mail


def message_id(local_part: str) -> str:
    return f"<{local_part}@{urlsplit(settings.SITE_URL).hostname}>"


def send(mail: EmailMultiAlternatives) -> None:
    with _no_longer_than(SECONDS_TO_SEND):
        mail.send()


def is_final(error: Exception) -> bool:
    """Whether another try would fail in the same way: the address or the mail itself is refused.

    A sender or a log-in that is refused is the office's to repair, and the mails wait for that.
    """
    match error:
        case smtplib.SMTPRecipientsRefused():
            return all(code >= 500 for code, _ in error.recipients.values())
        case smtplib.SMTPDataError():
            return error.smtp_code >= 500
        case _:
            # An address that cannot be written into a header.
            return isinstance(error, (ValueError, MessageError))


def describe(error: Exception) -> str:
    """The class of a failure and the server's code; its text may quote an address or a name."""
    match error:
        case smtplib.SMTPRecipientsRefused():
            codes = sorted({code for code, _ in error.recipients.values()})
        case smtplib.SMTPResponseException():
            codes = [error.smtp_code]
        case _:
            codes = []
    return " ".join([type(error).__name__, *map(str, codes)])


def _subject(owed: list[Obligation]) -> str:
    """A name is the student's own text, and a line break in it has no place in a header."""
    first, *others = owed
    more = f", and {len(others)} more" if others else ""
    return " ".join(f"{first.what}: {first.when}{more}".split())


def _address(recipient: User) -> str:
    """A name may hold a comma or a quotation mark."""
    return str(Address(" ".join(recipient.name.split()), addr_spec=recipient.email))


@contextmanager
def _no_longer_than(seconds: float) -> Iterator[None]:
    """Celery's worker processes send in their main thread; elsewhere no alarm can be set."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(*_: object) -> None:
        raise SendTookTooLong

    before = signal.signal(signal.SIGALRM, stop)
    # Again each second: the farewell to a slow server is slow as well.
    signal.setitimer(signal.ITIMER_REAL, seconds, 1)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
