"""An alum says yes to a student's request, or would rather be called: they wait for the student."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.text import capfirst

from alumni.models import Request
from core.localtime import day_and_hour, zone_in_words
from core.paths import path_to
from core.templatetags.ui import full_stop
from reminders.kinds import register
from reminders.kinds.declaration import Words
from reminders.kinds.news import News
from reminders.obligations import Obligation

State = Request.State


class AboutRequest(News):
    """What became of a request. Who has asked the same person again has read it."""

    subject = Request
    recipient_path = "student"
    template = "reminders/kinds/answer"
    # Each in a word or two, and what to do next.
    says: ClassVar[dict[State, str]]
    actions: ClassVar[dict[State, str]]

    def fresh(self, *, at: datetime) -> Q:
        return Q(answered_at__gt=at - self.lasts)

    def source(self, *, at: datetime) -> QuerySet[Request]:
        ended = Request.objects.filter(self.fresh(at=at), state__in=self.says)
        return ended.filter(
            ~Exists(_later(OuterRef("alum"), OuterRef("student"), OuterRef("asked_at")))
        )

    def is_owed(self, subject: Request, *, at: datetime) -> bool:
        if subject.state not in self.says or not self.is_fresh(subject, at=at):
            return False
        return not _later(subject.alum_id, subject.student_id, subject.asked_at).exists()

    def name_of(self, subject: Request) -> str:
        return subject.alum.name

    def when(self, owed: Obligation) -> str:
        return self.says[owed.subject.state]

    def action(self, owed: Obligation) -> str:
        return self.actions[owed.subject.state]

    def lists(self, owed: Obligation) -> list[tuple[str, list[str]]]:
        """Their own words: written to the student, and to nobody else."""
        said = [line.strip() for line in owed.subject.reply.splitlines() if line.strip()]
        return [("They write", said)] if said else []

    def url(self, owed: Obligation) -> str:
        return path_to("contacts:request", owed.subject.pk)


def _later(alum: Any, student: Any, asked_at: Any) -> QuerySet[Request]:
    return Request.objects.filter(alum=alum, student=student, asked_at__gt=asked_at)


@register
class RequestAnswered(AboutRequest):
    key = "REQUEST_ANSWERED"
    label = "An alum whom you asked says yes, or would rather be called"
    example = "they said yes"
    moment = "answered_at"
    # The times that they offer pass in a break, too.
    keeps_its_day = True
    takes_in = ("TIMES_PASS",)
    says: ClassVar = {State.ACCEPTED: "they said yes", State.CALL_INSTEAD: "they ask you to call"}
    actions: ClassVar = {
        State.ACCEPTED: "Agree on a time",
        State.CALL_INSTEAD: "See how to reach them",
    }
    words = Words(
        "Your request to {name}",
        "{name} has answered you",
        "",
        "Answer who has answered you",
        "Go on in CareerHub",
        "message-circle",
    )

    def source(self, *, at: datetime) -> QuerySet[Request]:
        return super().source(at=at).filter(taken_time__isnull=True)

    def is_owed(self, subject: Request, *, at: datetime) -> bool:
        return subject.taken_time is None and super().is_owed(subject, at=at)

    def details(self, owed: Obligation) -> list[str]:
        request: Request = owed.subject
        if request.state == State.CALL_INSTEAD:
            return [full_stop(f"Call {request.call_number or 'them'}")]
        ahead = request.times_ahead(at=owed.at)
        if not ahead:
            return ["The times they offered have passed. Thank them, and ask for another."]
        zone = ZoneInfo(owed.zone)
        times = [capfirst(day_and_hour(moment.astimezone(zone), "l, F j")) for moment in ahead]
        return [_offer(len(times), owed.zone), *times]


def _offer(times: int, zone: str) -> str:
    which = "this time" if times == 1 else "one of these times"
    return f"Take {which} ({zone_in_words(zone)}):"
