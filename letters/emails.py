"""The mail that carries a student's letter: from the office, with replies to the student."""

from __future__ import annotations

import hashlib
from email.errors import MessageError
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMessage

from core.mail import SendTookTooLong, address, message_id, said_by_server
from letters.facts import text_of
from letters.models import Delivery, Letter

LONGEST_WORDS = Delivery._meta.get_field("server_words").max_length or 500


class NoAddressLeft(Exception):
    """The contact's address was taken away after the letter was handed over."""


def letter_mail(letter: Letter) -> EmailMessage:
    """A second try repeats the Message-ID, so that a mail program shows it once."""
    student, contact = letter.student, letter.contact
    if not contact.email:
        raise NoAddressLeft
    _, office = parseaddr(settings.DEFAULT_FROM_EMAIL)
    text = text_of(letter)
    digest = hashlib.sha256(f"{letter.subject}\n{text}".encode()).hexdigest()[:16]
    return EmailMessage(
        subject=" ".join(letter.subject.split()),
        body=f"{text}\n",
        from_email=address(student.name, office),
        to=[address(contact.name, contact.email)],
        reply_to=[address(student.name, student.email)],
        headers={"Message-ID": message_id(f"letters.{letter.pk}.{digest}")},
    )


def failure_in_words(error: Exception) -> str:
    """For the student alone: a server's words may quote an address."""
    return (said_by_server(error) or _in_our_words(error))[:LONGEST_WORDS]


def _in_our_words(error: Exception) -> str:
    match error:
        case NoAddressLeft():
            return "there is no e-mail for this person any more"
        case SendTookTooLong():
            return "the mail server took too long to answer"
        case OSError():
            return "the mail server could not be reached"
        case ValueError() | MessageError():
            return "nothing can be sent to an address that is written like this"
        case _:
            return "something went wrong here, and the office can read what"
