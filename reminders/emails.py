"""The morning mail: what it says."""

from __future__ import annotations

import css_inline
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.models import User
from core.mail import address
from reminders.obligations import Obligation

INLINER = css_inline.CSSInliner(load_remote_stylesheets=False)


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
        to=[address(recipient.name, recipient.email)],
        headers={"Message-ID": message_id, "Auto-Submitted": "auto-generated"},
    )
    html = render_to_string("reminders/morning_mail.html", context)
    mail.attach_alternative(INLINER.inline(html), "text/html")
    return mail


def _subject(owed: list[Obligation]) -> str:
    """A name is the student's own text, and a line break in it has no place in a header."""
    first, *others = owed
    more = f", and {len(others)} more" if others else ""
    return " ".join(f"{first.what}: {first.when}{more}".split())
