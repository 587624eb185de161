"""A request to an alum ends without a talk: they cannot, or no answer came within its days."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar

from django.db.models import Q

from alumni.models import Request
from core.templatetags.ui import full_stop
from reminders.kinds import register
from reminders.kinds.declaration import Words
from reminders.kinds.request_answered import AboutRequest
from reminders.obligations import Obligation

State = Request.State


@register
class RequestClosed(AboutRequest):
    key = "REQUEST_CLOSED"
    label = "An alum whom you asked cannot, or does not answer"
    example = "they cannot this time"
    # A term break may lie between.
    lasts = timedelta(days=35)
    says: ClassVar = {State.DECLINED: "they cannot this time", State.EXPIRED: "no answer came"}
    actions: ClassVar = {State.DECLINED: "See what is next", State.EXPIRED: "Ask somebody else"}
    words = Words(
        "Your request to {name}",
        "Your request to {name} is closed",
        "",
        "Ask somebody else",
        "See what is next",
        "users",
    )

    def happened_at(self, subject: Request) -> datetime | None:
        return subject.expires_at if subject.state == State.EXPIRED else subject.answered_at

    def fresh(self, *, at: datetime) -> Q:
        since = at - self.lasts
        no_answer = Q(state=State.EXPIRED, expires_at__gt=since)
        return no_answer | Q(state=State.DECLINED, answered_at__gt=since)

    def details(self, owed: Obligation) -> list[str]:
        request: Request = owed.subject
        if request.state == State.EXPIRED and request.came_back:
            return ["The mail to them did not arrive, so they never read it. The office knows."]
        if request.state == State.EXPIRED:
            return [
                "People are busy; it says nothing about you. There are others who like to talk."
            ]
        comfort = "That says nothing about you."
        if not request.named_name:
            return [comfort]
        person = ", ".join(filter(None, [request.named_name, request.named_email]))
        may = "You may say" if request.may_use_name else "Please do not say"
        return [
            full_stop(f"{comfort} They suggest somebody else: {person}"),
            *filter(None, [request.named_about]),
            f"{may} who gave you the name.",
        ]
