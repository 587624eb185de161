"""How a mail goes out, and what a failure to send it means."""

from __future__ import annotations

import re
import signal
import smtplib
import threading
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from email.errors import MessageError
from email.headerregistry import Address
from email.utils import parseaddr
from functools import cache
from urllib.parse import urlsplit

import css_inline
from django.conf import settings
from django.core.mail import EmailMessage

from core.models import MarkedAddress
from core.statements import Columns, fetch

# Shorter than the lease of whoever sends. EMAIL_TIMEOUT limits each answer of the server, this all.
SECONDS_TO_SEND = 30
# What they do read when the mail is opened, the colours of a dark screen, stays in the head.
INLINER = css_inline.CSSInliner(load_remote_stylesheets=False, keep_at_rules=True)
# Mail programs show some forty letters of a name; a list may bring three hundred.
LONGEST_NAME = 80
# Not printable, and yet part of how names are written in Persian or Hindi.
JOINERS = "\u200c\u200d"
# A name and an address as most are: nothing in them has to be quoted or encoded.
PLAIN_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9 '-]*")
PLAIN_ADDRESS = re.compile(r"[A-Za-z0-9_+-]+(\.[A-Za-z0-9_+-]+)*@[a-z0-9-]+(\.[a-z0-9-]+)*")
MARKED = Columns(MarkedAddress)
AUTOMATIC = "Auto-Submitted"
# Exchange does not read the first. Nothing is said of bounces: those are wanted.
BY_A_PROGRAM = {AUTOMATIC: "auto-generated", "X-Auto-Response-Suppress": "OOF, AutoReply"}


class SendTookTooLong(Exception):
    """The server went on answering, but so slowly that the claim on the rows would have run out.

    No OSError: smtplib takes those for the end of the line, and goes on.
    """


def message_id(local_part: str) -> str:
    return f"<{local_part}@{_host(settings.SITE_URL)}>"


@cache
def _host(url: str) -> str | None:
    return urlsplit(url).hostname


class AddressMarked(smtplib.SMTPRecipientsRefused):
    """We refuse it ourselves, as the other side's server would: nobody has to tell them apart."""

    def __init__(self, marked: MarkedAddress) -> None:
        words = "mail to this address came back"
        if marked.is_complaint:
            words = "whoever reads this address wants no mail of ours"
        super().__init__({marked.email: (550, words.encode())})


def send(mail: EmailMessage) -> None:
    """Not to a marked address. A link to a new password does not pass here: somebody asks for it
    at that moment, and it may be their only way in."""
    readers = [parseaddr(one)[1] for one in mail.recipients()]
    for refused in marked_among(readers).values():
        raise refused
    if AUTOMATIC in mail.extra_headers:
        mail.extra_headers = BY_A_PROGRAM | mail.extra_headers
    with in_time():
        mail.send()


def marked_among(emails: Collection[str]) -> dict[str, AddressMarked]:
    """Why nothing is mailed there, by each address as it was given."""
    statement = f"""
        SELECT {MARKED.of("marked")} FROM core_markedaddress AS marked
        WHERE email = ANY(%(emails)s) AND cleared_at IS NULL"""  # noqa: S608 - columns of our own model
    found = fetch(statement, {"emails": [email.lower() for email in emails]})
    marked = {(row := MARKED.row(values)).email: row for values in found}
    return {
        email: AddressMarked(marked[email.lower()]) for email in emails if email.lower() in marked
    }


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


def said_by_server(error: Exception) -> str:
    """The server's own words, on one line: for whoever wrote the mail, never for a log."""
    match error:
        case smtplib.SMTPRecipientsRefused():
            answers: list[tuple[int, bytes | str]] = [*error.recipients.values()]
        case smtplib.SMTPResponseException():
            answers = [(error.smtp_code, error.smtp_error)]
        case _:
            return ""
    lines = {f"{code} {_decoded(said)}" for code, said in answers}
    return " ".join("; ".join(sorted(lines)).split())


def _decoded(said: bytes | str) -> str:
    text = said.decode(errors="replace") if isinstance(said, bytes) else said
    return "".join(letter if letter.isprintable() else " " for letter in text)


def inlined(html: str) -> str:
    """Mail programs ignore most style sheets: the styles go onto the elements."""
    return INLINER.inline(html)


def address(name: str, email: str) -> str:
    """A name may hold a comma, a quotation mark or a line break, and be of any length."""
    name = one_line(name, most=LONGEST_NAME)
    if PLAIN_NAME.fullmatch(name) and PLAIN_ADDRESS.fullmatch(email):
        return f"{name} <{email}>"
    return str(Address(name, addr_spec=email))


def one_line(text: str, *, most: int) -> str:
    """Fit for a header: no line break, nothing that turns the direction of what follows."""
    seen = text
    if not text.isprintable():
        seen = "".join(one if one.isprintable() or one in JOINERS else " " for one in text)
    # What looks like an encoded word would be decoded by whoever reads it.
    line = " ".join(seen.replace("=?", "= ?").split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"


@contextmanager
def in_time() -> Iterator[None]:
    """What is sent in here ends before the lease of whoever sends it.

    Celery's worker processes send in their main thread; elsewhere no alarm can be set.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(*_: object) -> None:
        raise SendTookTooLong

    before = signal.signal(signal.SIGALRM, stop)
    # Again each second: the farewell to a slow server is slow as well.
    signal.setitimer(signal.ITIMER_REAL, SECONDS_TO_SEND, 1)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
