"""The mail that carries a student's letter: from the office, with replies to the student."""

from __future__ import annotations

import hashlib
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMessage

from core.mail import address, message_id, one_line
from core.outbox import Undeliverable
from letters.facts import text_of
from letters.models import Letter

# Longer than a student may write one; a header of any length would be folded, and read by nobody.
LONGEST_SUBJECT = 250


def letter_mail(letter: Letter) -> EmailMessage:
    """A second try repeats the Message-ID, so that a mail program shows it once."""
    student, contact = letter.student, letter.contact
    if not contact.email:
        # The address was taken away after the letter was handed over.
        raise Undeliverable("there is no e-mail for this person any more")
    _, office = parseaddr(settings.DEFAULT_FROM_EMAIL)
    text = text_of(letter)
    digest = hashlib.sha256(f"{letter.subject}\n{text}".encode()).hexdigest()[:16]
    return EmailMessage(
        subject=one_line(letter.subject, most=LONGEST_SUBJECT),
        body=f"{text}\n",
        from_email=address(student.name, office),
        to=[address(contact.name, contact.email)],
        reply_to=[address(student.name, student.email)],
        headers={"Message-ID": message_id(f"letters.{letter.pk}.{digest}")},
    )
