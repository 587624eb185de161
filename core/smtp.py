"""Django's way to a mail server, saying in one breath what the server lets one say so (RFC 2920).

The end of a mail goes out together with the next one's sender, reader and “here it comes”, and the
answers are read in turn. The next mail itself follows only when the server has taken the one before
and asked for it: when the line drops, one mail at most is in doubt.
"""

from __future__ import annotations

import re
import smtplib
from collections.abc import Callable, Iterable, Iterator
from email.utils import parseaddr
from functools import lru_cache
from itertools import repeat
from typing import NamedTuple

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend
from django.core.mail.message import sanitize_address

from core.answers import Answers

# What needs no second look: a name without signs, and an address as nearly all are.
PLAIN_MAILBOX = re.compile(
    r"(?:[A-Za-z0-9 ]*<)?([A-Za-z0-9_+-]+(?:\.[A-Za-z0-9_+-]+)*@[a-z0-9.-]+)>?"
)


# Of an answer; a server that takes longer for one is at work, or hangs.
SOON_SECONDS = 0.05
Answer = tuple[int, bytes]


class Packed(NamedTuple):
    """A mail as a server is told it."""

    sender: str
    reader: str
    content: bytes

    def announcement(self, line: smtplib.SMTP) -> bytes:
        room = f" size={len(self.content)}" if line.has_extn("size") else ""
        sender, reader = _quoted(self.sender), _quoted(self.reader)
        return f"MAIL FROM:{sender}{room}\r\nRCPT TO:{reader}\r\nDATA\r\n".encode("ascii")

    @property
    def with_its_end(self) -> bytes:
        """A line that begins with a period would be taken for it. The first is a header."""
        return self.content.replace(b"\n.", b"\n..").removesuffix(b"\r\n") + b"\r\n.\r\n"

    def may_begin(self, answer: Answer) -> None:
        if answer[0] != 250:
            raise smtplib.SMTPSenderRefused(*answer, self.sender)

    def may_reach(self, answer: Answer) -> None:
        if answer[0] not in (250, 251):
            raise smtplib.SMTPRecipientsRefused({self.reader: answer})

    def may_be_said(self, answer: Answer) -> None:
        if answer[0] != 354:
            raise smtplib.SMTPDataError(*answer)

    def is_taken(self, answer: Answer) -> None:
        if answer[0] != 250:
            raise smtplib.SMTPDataError(*answer)


class Backend(EmailBackend):
    def _send(self, mail: EmailMessage) -> bool:
        readers = [envelope_address(one) for one in mail.recipients()]
        try:
            if len(readers) == 1:
                return any(self.send_in_turn([mail]))
            return bool(readers) and self._send_to_several(mail, readers)
        except smtplib.SMTPException:
            if not self.fail_silently:
                raise
            return False

    def send_in_turn(self, mails: Iterable[EmailMessage]) -> Iterator[bool]:
        """True for each mail, of one reader, that the server took; False where it makes us wait.

        Raises what sendmail() raises, at the first that it did not take. What comes after that one
        was at most announced.
        """
        assert self.connection is not None, "open() or send_messages() opened it"  # noqa: S101 - for the type checker
        self.connection.ehlo_or_helo_if_needed()
        yield from _in_turn(self.connection, map(pack, mails))

    def _send_to_several(self, mail: EmailMessage, readers: list[str]) -> bool:
        assert self.connection is not None, "send_messages() opened it"  # noqa: S101 - for the type checker
        content = mail.message().as_bytes(linesep="\r\n")
        self.connection.sendmail(envelope_address(mail.from_email), readers, content)
        return True


def pack(mail: EmailMessage) -> Packed:
    (reader,) = mail.recipients()
    content = mail.message().as_bytes(linesep="\r\n")
    return Packed(envelope_address(mail.from_email), envelope_address(reader), content)


def _in_turn(line: smtplib.SMTP, mails: Iterator[Packed]) -> Iterator[bool]:
    """After a refusal the line is closed: there may be answers on it to what was said too early."""
    talk, ahead = Talk(line, Answers(line), line.has_extn("pipelining")), _ahead(mails)
    try:
        mail = next(ahead)
        line.send(talk.early(mail))  # Nothing, where each word waits for its answer.
        following = next(ahead)
        while mail is not None:
            if isinstance(mail, Exception):
                raise mail
            yield from talk.announce(mail)
            line.send(mail.with_its_end + talk.early(following))
            after = next(ahead)  # Written while the server is busy.
            yield from talk.hear(mail.is_taken)
            yield True
            mail, following = following, after
    except (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused):
        line.close()
        raise


class Talk(NamedTuple):
    line: smtplib.SMTP
    answers: Answers
    is_at_once: bool

    def early(self, mail: Packed | Exception | None) -> bytes:
        """What may be said of it before it is its turn."""
        if isinstance(mail, Packed) and self.is_at_once:
            return mail.announcement(self.line)
        return b""

    def announce(self, mail: Packed) -> Iterator[bool]:
        judges = (mail.may_begin, mail.may_reach, mail.may_be_said)
        if self.is_at_once:
            yield from self.hear(*judges)
            return
        words = mail.announcement(self.line).splitlines(keepends=True)
        for said, judge in zip(words, judges, strict=True):
            self.line.send(said)
            yield from self.hear(judge)

    def hear(self, *judges: Callable[[Answer], None]) -> Iterator[bool]:
        for judge in judges:
            if not self.answers.are_near(seconds=SOON_SECONDS):
                yield False
            judge(self.answers.next())


def _ahead(mails: Iterator[Packed]) -> Iterator[Packed | Exception | None]:
    """What is wrong with one is said in its turn: others are still on their way."""
    try:
        yield from mails
    except Exception as trouble:
        yield trouble
    yield from repeat(None)


def _quoted(address: str) -> str:
    return f"<{address}>" if PLAIN_MAILBOX.fullmatch(address) else smtplib.quoteaddr(address)


@lru_cache(maxsize=256)
def envelope_address(mailbox: str) -> str:
    """“maya@example.edu” of “Maya <maya@example.edu>”. Raises ValueError where there is none."""
    if plain := PLAIN_MAILBOX.fullmatch(mailbox):
        return plain[1]
    return parseaddr(sanitize_address(mailbox, settings.DEFAULT_CHARSET))[1]
