"""The steps of a request as its page shows them, from the asking to its end. No queries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from alumni.models import Request

State = Request.State
# The mails about a request that its student may follow, by their kind.
MAILED, REMINDED = "REQUEST", ("REMINDER", "LAST")


@dataclass(frozen=True)
class Step:
    """`mark` is a class of the timeline: done, waiting, or still to come."""

    title: str
    icon: str
    on: datetime | None = None
    note: str = ""
    mark: str = ""


ENDS = {
    State.ACCEPTED: ("{name} said yes", "check"),
    State.CALL_INSTEAD: ("{name} would rather be called", "phone"),
    State.DECLINED: ("{name} cannot", "x"),
    State.EXPIRED: ("No answer came", "clock"),
    State.WITHDRAWN: ("You took it back", "undo-2"),
}


def steps_of(request: Request, mails: Iterable[Any] = ()) -> list[Step]:
    """`mails` are rows with kind, due_at, sent_at and failed_at."""
    mails = list(mails)
    if any(one.kind == MAILED and one.failed_at for one in mails):
        # To an address that does not work nobody sends another, before the office finds one.
        mails = [one for one in mails if one.sent_at or one.failed_at]
    name = request.alum.name
    steps = [
        Step(f"You asked {name}", "send", request.asked_at, mark="meet"),
        _mailed(request, next((one for one in mails if one.kind == MAILED), None)),
        *(_reminded(request, one) for one in mails if one.kind in REMINDED),
    ]
    steps = sorted(steps, key=lambda step: step.on or request.asked_at)
    if request.state == State.PENDING:
        note = "Without an answer it closes by itself, and the place in the month stays taken."
        return [*steps, Step("The last day to answer", "clock", request.expires_at, note)]
    title, icon = ENDS[State(request.state)]
    ended_at = request.answered_at
    if ended_at is None:
        ended_at = request.expires_at if request.state == State.EXPIRED else request.updated_at
    steps.append(Step(title.format(name=name), icon, ended_at, mark="meet"))
    if request.taken_time:
        steps.append(Step(f"You meet {name}", "calendar", request.taken_time, mark="todo"))
    return steps


def _mailed(request: Request, mail: Any) -> Step:
    name = request.alum.name
    if mail is not None and mail.sent_at:
        return Step(f"The mail went to {name}", "mail", mail.sent_at, mark="meet")
    if mail is not None and mail.failed_at:
        note = "The address does not work. The office sees that, too: ask them, or somebody else."
        return Step("The mail came back", "mail", mail.failed_at, note, mark="todo")
    if request.state != State.PENDING:
        return Step("The mail went out", "mail", request.asked_at, mark="meet")
    return Step("The mail is on its way", "mail", mark="todo")


def _reminded(request: Request, mail: Any) -> Step:
    if mail.sent_at:
        return Step(f"{request.alum.name} was reminded", "bell", mail.sent_at, mark="meet")
    if mail.failed_at:
        return Step("A reminder came back", "bell", mail.failed_at, mark="todo")
    note = "Kindly, and not by you."
    return Step(f"{request.alum.name} is reminded", "bell", mail.due_at, note)
