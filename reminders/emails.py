"""One message to one person: what it says."""

from __future__ import annotations

import re
from datetime import datetime
from functools import lru_cache
from html import escape
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.humanize.templatetags.humanize import apnumber

from accounts.models import Role, User
from core.alternatives import Alternatives
from core.mail import BY_A_PROGRAM, address, inlined
from core.paths import path_to
from core.shapes import Fixed, Words
from reminders.obligations import Obligation

GREETINGS = ((12, "Good morning"), (18, "Good afternoon"), (24, "Good evening"))
DIRECTORY = Fixed("You get this because you keep the directory in CareerHub.")
WHY = {
    Role.STUDENT: Fixed(
        "You get this because you keep your contacts in CareerHub: one message a morning "
        "at most, news as it happens, and one when an hour comes that you agreed on."
    ),
    Role.ADVISOR: Fixed("You get this because you look after students in CareerHub."),
    Role.STAFF: DIRECTORY,
    Role.ADMINISTRATOR: DIRECTORY,
}
# What HTML would take for its own, and every end of a line.
NOT_AS_IT_IS = re.compile("[&<>\"'\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
LEFT_TO_RIGHT, RIGHT_TO_LEFT = "\u200e", re.compile("[\u0590-\u08ff\ufb1d-\ufefc]")


class Part(NamedTuple):
    """One thing of a message, and where it can be called done or put off without a log-in."""

    obligation: Obligation
    act_url: str = ""
    # Of the same row, and said in this part.
    also: tuple[Obligation, ...] = ()

    @property
    def said(self) -> tuple[Obligation, ...]:
        return self.obligation, *self.also

    @property
    def details(self) -> list[str]:
        """Each line once, whoever of them says it."""
        if not self.also:
            return self.obligation.details
        return list(dict.fromkeys(line for owed in self.said for line in owed.details))

    @property
    def lists(self) -> list[tuple[str, list[str]]]:
        if not self.also:
            return self.obligation.lists
        return [named for owed in self.said for named in owed.lists]


def morning_mail(
    recipient: User,
    parts: list[Part],
    *,
    message_id: str,
    at: datetime,
    unsubscribe_url: str = "",
) -> Alternatives:
    """All that there is to say to one person. No notes: mail is read over shoulders."""
    subject, site = _subject(parts), settings.SITE_URL
    words = Words(
        {
            "subject": subject,
            "greeting": _greeting(recipient.time_zone, at),
            "first_name": recipient.first_name.removesuffix("."),
            "is_student": recipient.is_student,
            "opening": _opening(parts),
            "parts": [_said(part, site) for part in parts],
            "why": WHY[Role(recipient.role)],
            "today_url": Fixed(site + path_to("home")),
            "choices_url": Fixed(site + path_to("post:choices")),
            "institution": Fixed(settings.INSTITUTION),
        }
    )
    mail = Alternatives(
        subject=subject,
        body=words.put_into("reminders/morning_mail.txt"),
        to=[address(recipient.name, recipient.email)],
        headers={"Message-ID": message_id, **BY_A_PROGRAM},
    )
    if unsubscribe_url:  # RFC 8058: mail programs offer it as one button.
        mail.extra_headers["List-Unsubscribe"] = f"<{unsubscribe_url}>"
        mail.extra_headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    html = words.put_into("reminders/morning_mail.html", escape=_in_html, finish=inlined)
    mail.attach_alternative(html, "text/html")
    return mail


def _said(part: Part, site: str) -> dict[str, Any]:
    owed = part.obligation
    return {
        "template": Fixed(owed.template),
        "headline": owed.headline,
        "since": owed.since_in_words,
        "when": owed.when_as_sentence,
        "tone": Fixed("news" if owed.happened_at else "late" if owed.is_late else "due"),
        "details": part.details,
        "lists": part.lists,
        "action": owed.action,
        "url": site + owed.url,
        "act_url": part.act_url,
    }


def _in_html(text: str) -> str:
    if not NOT_AS_IT_IS.search(text):
        return text
    return "<br>".join(escape(text).splitlines())


@lru_cache(maxsize=256)
def _greeting(zone: str, at: datetime) -> Fixed:
    """The same for all of a morning in one zone."""
    hour = at.astimezone(ZoneInfo(zone)).hour
    return Fixed(next(words for until, words in GREETINGS if hour < until))


def _opening(parts: list[Part]) -> str:
    if all(part.obligation.happened_at for part in parts):
        return "There is news for you."
    if len(parts) == 1:
        return "One thing is waiting for you."
    return f"There are {apnumber(len(parts))} things waiting for you."


def _subject(parts: list[Part]) -> str:
    """A name is the student's own text, and a line break in it has no place in a header."""
    first, *others = (part.obligation for part in parts)
    more = f", and {len(others)} more" if others else ""
    # Else “1 day late” after a Hebrew or Arabic name would be shown with the 1 before the name.
    mark = LEFT_TO_RIGHT if RIGHT_TO_LEFT.search(first.what) else ""
    return " ".join(f"{first.what}{mark}: {first.when}{more}".split())
