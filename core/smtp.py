"""Django's way to a mail server, saying in one breath what the server lets one say so (RFC 2920).

Sender, reader and “here it comes” go out together, and the three answers are read in turn. The
mail itself follows only when the server has asked for it, so nothing is less certain than before.
"""

from __future__ import annotations

import re
import smtplib
from email.utils import parseaddr
from functools import lru_cache

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend
from django.core.mail.message import sanitize_address

# What needs no second look: a name without signs, and an address as nearly all are.
PLAIN_MAILBOX = re.compile(
    r"(?:[A-Za-z0-9 ]*<)?([A-Za-z0-9_+-]+(?:\.[A-Za-z0-9_+-]+)*@[a-z0-9.-]+)>?"
)
FIRST_PERIOD = re.compile(rb"^\.", re.MULTILINE)


class Backend(EmailBackend):
    def _send(self, mail: EmailMessage) -> bool:
        readers = [envelope_address(one) for one in mail.recipients()]
        if not readers:
            return False
        content = mail.message().as_bytes(linesep="\r\n")
        assert self.connection is not None, "send_messages() opened it"  # noqa: S101 - for the type checker
        try:
            hand_over(self.connection, envelope_address(mail.from_email), readers, content)
        except smtplib.SMTPException:
            if not self.fail_silently:
                raise
            return False
        return True


def hand_over(line: smtplib.SMTP, sender: str, readers: list[str], content: bytes) -> None:
    """Raises what sendmail() raises. After a refusal the line is closed: there may be answers on it
    to what was said too early."""
    line.ehlo_or_helo_if_needed()
    if len(readers) > 1 or not line.has_extn("pipelining"):
        line.sendmail(sender, readers, content)
        return
    try:
        _say_at_once(line, sender, readers[0], size=len(content))
        line.send(FIRST_PERIOD.sub(b"..", content).removesuffix(b"\r\n") + b"\r\n.\r\n")
        code, words = line.getreply()
        if code != 250:
            raise smtplib.SMTPDataError(code, words)
    except (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused):
        line.close()
        raise


def _say_at_once(line: smtplib.SMTP, sender: str, reader: str, *, size: int) -> None:
    room = f" size={size}" if line.has_extn("size") else ""
    line.send(
        f"MAIL FROM:{smtplib.quoteaddr(sender)}{room}\r\n"
        f"RCPT TO:{smtplib.quoteaddr(reader)}\r\n"
        "DATA\r\n"
    )
    code, words = line.getreply()
    if code != 250:
        raise smtplib.SMTPSenderRefused(code, words, sender)
    code, words = line.getreply()
    if code not in (250, 251):
        raise smtplib.SMTPRecipientsRefused({reader: (code, words)})
    code, words = line.getreply()
    if code != 354:
        raise smtplib.SMTPDataError(code, words)


@lru_cache(maxsize=256)
def envelope_address(mailbox: str) -> str:
    """“maya@example.edu” of “Maya <maya@example.edu>”. Raises ValueError where there is none."""
    if plain := PLAIN_MAILBOX.fullmatch(mailbox):
        return plain[1]
    return parseaddr(sanitize_address(mailbox, settings.DEFAULT_CHARSET))[1]
