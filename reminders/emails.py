"""One message to one person: what it says."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.conf import settings
from django.template.loader import render_to_string

from accounts.models import Role, User
from core.alternatives import Alternatives
from core.mail import address, inlined
from reminders.links import path_of
from reminders.obligations import Obligation

GREETINGS = ((12, "Good morning"), (18, "Good afternoon"), (24, "Good evening"))
WHY = {
    Role.STUDENT: "You get this because you keep your contacts in CareerHub: one message a morning "
    "at most, and one when an hour comes that you agreed on.",
    Role.ADVISOR: "You get this because you look after students in CareerHub.",
    Role.STAFF: "You get this because you keep the directory in CareerHub.",
    Role.ADMINISTRATOR: "You get this because you keep the directory in CareerHub.",
}


class Part(NamedTuple):
    """One thing of a message, and where it can be called done or put off without a log-in."""

    obligation: Obligation
    act_url: str = ""


def morning_mail(
    recipient: User,
    parts: list[Part],
    *,
    message_id: str,
    at: datetime,
    unsubscribe_url: str = "",
) -> Alternatives:
    """All that there is to say to one person. No notes: mail is read over shoulders."""
    subject = _subject(parts)
    context = {
        "recipient": recipient,
        "parts": parts,
        "greeting": _greeting(recipient, at),
        "opening": _opening(parts),
        "why": WHY[Role(recipient.role)],
        "site_url": settings.SITE_URL,
        "today_url": settings.SITE_URL + path_of("home"),
        "choices_url": settings.SITE_URL + path_of("post:choices"),
        "institution": settings.INSTITUTION,
        "subject": subject,
    }
    mail = Alternatives(
        subject=subject,
        body=render_to_string("reminders/morning_mail.txt", context),
        to=[address(recipient.name, recipient.email)],
        headers={"Message-ID": message_id, "Auto-Submitted": "auto-generated"},
    )
    if unsubscribe_url:  # RFC 8058: mail programs offer it as one button.
        mail.extra_headers["List-Unsubscribe"] = f"<{unsubscribe_url}>"
        mail.extra_headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    html = render_to_string("reminders/morning_mail.html", context)
    mail.attach_alternative(inlined(html), "text/html")
    return mail


def _greeting(recipient: User, at: datetime) -> str:
    hour = at.astimezone(ZoneInfo(recipient.time_zone)).hour
    return next(words for until, words in GREETINGS if hour < until)


def _opening(parts: list[Part]) -> str:
    if all(part.obligation.happened_at for part in parts):
        return "There is news for you."
    if len(parts) == 1:
        return "One thing is waiting for you."
    return f"{len(parts)} things are waiting for you."


def _subject(parts: list[Part]) -> str:
    """A name is the student's own text, and a line break in it has no place in a header."""
    first, *others = (part.obligation for part in parts)
    more = f", and {len(others)} more" if others else ""
    return " ".join(f"{first.what}: {first.when}{more}".split())
