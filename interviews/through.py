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


def with_requests(talks: InterviewQuerySet) -> InterviewQuerySet:
    """Each that waits with `last_request`: of all that went to this alum, the last one."""
    requests = Request.objects.filter(
        alum=OuterRef("contact__alum"), student=OuterRef("contact__student")
    ).order_by("-asked_at")
    facts = JSONObject(pk="pk", state="state", offered="offered_times")
    last = requests.values(facts=facts)[:1]
    return talks.annotate(
        last_request=Case(
            When(state__in=WAITING, then=Subquery(last)), output_field=JSONField(null=True)
        )
    )


def step_through(talk: Interview, *, at: datetime) -> tuple[Words, str] | None:
    """What comes next on the page of which request; one query, unless it came with_requests.

    Nothing once all that was offered has passed: the two go on by mail.
    """
    request = _last_request(talk) if talk.state in WAITING else None
    if request is None:
        return None
    state = Request.State(request["state"])
    offered = [datetime.fromisoformat(time) for time in request["offered"]]
    if state == Request.State.ACCEPTED and not any(time > at for time in offered):
        return None
    words = BY_STATE.get((State(talk.state), state))
    return (words, request["pk"]) if words else None


def _last_request(talk: Interview) -> dict[str, Any] | None:
    if not hasattr(talk, "last_request"):
        if talk.contact.alum_id is None:
            return None
        talk = with_requests(Interview.objects.filter(pk=talk.pk)).get()
    return talk.last_request  # type: ignore[attr-defined]
