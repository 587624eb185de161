"""A talk that is asked for through CareerHub: the alum answers there, and so does the student."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Case, JSONField, OuterRef, Subquery, When
from django.db.models.functions import JSONObject

from alumni.models import Request
from interviews.models import Interview, State
from interviews.models.interview import InterviewQuerySet
from interviews.step_words import Words

# Only in these a talk waits for an answer, or has waited in vain.
WAITING = (State.ASKED, State.NO_RESPONSE)


PAGE = "contacts:request"
BY_STATE = {
    (State.ASKED, Request.State.PENDING): Words(
        "Get ready while {name} thinks it over",
        "CareerHub reminds them, and tells you what they answer. You need not write again.",
        "See your request", PAGE, "list-checks", 56,
    ),
    (State.ASKED, Request.State.ACCEPTED): Words(
        "Choose when you meet {name}",
        "They said yes. Look at what they offer, and take a time before it passes.",
        "Choose a time", PAGE, "calendar-plus", 35,
    ),
    (State.NO_RESPONSE, Request.State.EXPIRED): Words(
        "Ask somebody instead of {name}",
        "They were reminded, and no answer came. Mails get buried; it says nothing about you.",
        "See what is next", PAGE, "users", 75,
    ),
}  # fmt: skip
# Once all that was offered has passed, the two go on by mail.
AGREE = Words(
    "Agree on a time with {name}",
    "They said yes, and the times they offered have passed. Thank them, ask for another, and "
    "write it down here.",
    "Write down the time", "interviews:agree", "calendar-plus", 35,
)  # fmt: skip
# The mail that asks them never arrived.
BY_STATE_UNREAD = {
    (State.ASKED, Request.State.PENDING): Words(
        "Ask somebody besides {name}",
        "The mail to them came back, so they have not read your request. The office sees it, too.",
        "See your request", PAGE, "users", 56,
    ),
    (State.NO_RESPONSE, Request.State.EXPIRED): Words(
        "Ask somebody instead of {name}",
        "The mail to them came back, so they never read your request. It is nothing about you.",
        "See what is next", PAGE, "users", 75,
    ),
}  # fmt: skip


def with_requests(talks: InterviewQuerySet) -> InterviewQuerySet:
    """Each that waits with `last_request`: of all that went to this alum, the last one."""
    requests = Request.objects.filter(
        alum=OuterRef("contact__alum"), student=OuterRef("contact__student")
    ).order_by("-asked_at")
    facts = JSONObject(pk="pk", state="state", offered="offered_times", returned_at="returned_at")
    last = requests.with_return().values(facts=facts)[:1]
    return talks.annotate(
        last_request=Case(
            When(state__in=WAITING, then=Subquery(last)), output_field=JSONField(null=True)
        )
    )


def step_through(talk: Interview, *, at: datetime) -> tuple[Words, int | str] | None:
    """What comes next, and the key of its page; one query, unless it came with_requests."""
    request = _last_request(talk) if talk.state in WAITING else None
    if request is None:
        return None
    state = Request.State(request["state"])
    offered = [datetime.fromisoformat(time) for time in request["offered"]]
    if state == Request.State.ACCEPTED and not any(time > at for time in offered):
        return (AGREE, talk.pk) if talk.state == State.ASKED else None
    by_state = BY_STATE_UNREAD if request["returned_at"] else BY_STATE
    words = by_state.get((State(talk.state), state))
    return (words, request["pk"]) if words else None


def _last_request(talk: Interview) -> dict[str, Any] | None:
    if not hasattr(talk, "last_request"):
        if talk.contact.alum_id is None:
            return None
        talk = with_requests(Interview.objects.filter(pk=talk.pk)).get()
    return talk.last_request  # type: ignore[attr-defined]
