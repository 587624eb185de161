"""What a mail service posts about mail that it could not deliver, or that was called unwanted.

Mail goes out by EMAIL_URL, through any server. Where that server belongs to a service that reports
(Postmark, SES, Mailgun …), django-anymail checks who posts and reads the dialect of each.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

from anymail.exceptions import AnymailConfigurationError
from anymail.signals import AnymailTrackingEvent, EventType, RejectReason, tracking
from anymail.urls import urlpatterns
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.dispatch import receiver
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from core import addresses

logger = logging.getLogger(__name__)

ENDING = "_tracking_webhook"
SERVICES = {
    pattern.name.removesuffix(ENDING): pattern.callback
    for pattern in urlpatterns
    if pattern.name.endswith(ENDING)
}
# What a parser raises at something that is not in the dialect that it reads.
NO_EVENTS = (AttributeError, KeyError, TypeError, ValueError)
LONGEST_ADDRESS = 254
FOR_GOOD = (RejectReason.BOUNCED, RejectReason.INVALID)
# Services call a full mailbox or a busy server a bounce as well; each has its word for that.
FOR_NOW = {
    "softbounce", "soft_bounce", "transient", "undetermined", "temporary", "blocked",
    "activity.soft_bounced", "dnserror", "challengeverification", "virusnotification",
}  # fmt: skip


@csrf_exempt
@login_not_required
@require_POST
def mail_events(request: HttpRequest, service: str) -> HttpResponse:
    """Not there without a secret: whoever posts here can keep mail from anybody."""
    view = SERVICES.get(service)
    if view is None or not settings.ANYMAIL.get("WEBHOOK_SECRET"):
        raise Http404("No such service is set up.")
    try:
        return view(request)
    except AnymailConfigurationError as error:
        # This service wants a key of its own, and none is set.
        raise Http404("This service is not set up.") from error
    except NO_EVENTS as error:
        # Said for good: a service repeats for days what ends in a 500.
        logger.warning("What %s posted is no list of events: %s", service, type(error).__name__)
        return HttpResponse("These are no events of this service.\n", "text/plain", status=400)


@receiver(tracking, dispatch_uid="mail_events")
def note(event: AnymailTrackingEvent, **kwargs: Any) -> None:
    reason = reason_of(event)
    if reason and _is_address(event.recipient):
        said = event.mta_response or event.description or ""
        at = event.timestamp or timezone.now()
        addresses.mark(event.recipient, reason=reason, said=said, at=at)


def _is_address(text: str | None) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return len(text or "") <= LONGEST_ADDRESS


def reason_of(event: AnymailTrackingEvent) -> str:
    """Nothing for what may succeed another time: such mail is tried again, and then given up."""
    if event.event_type == EventType.COMPLAINED:
        return addresses.Reason.COMPLAINED
    came_back = event.event_type in (EventType.BOUNCED, EventType.REJECTED)
    if came_back and event.reject_reason == RejectReason.SPAM:
        return addresses.Reason.COMPLAINED
    if not came_back or event.reject_reason not in FOR_GOOD or _is_for_now(event):
        return ""
    return addresses.Reason.BOUNCED


def _is_for_now(event: AnymailTrackingEvent) -> bool:
    told = dict(_facts(event.esp_event))
    is_soft = any(str(value).lower() in FOR_NOW for value in told.values())
    # Mailjet says it the other way round; a server's own 4xx is for now whoever passes it on.
    return is_soft or told.get("hard_bounce") is False or str(event.mta_response or "")[:1] == "4"


def _facts(told: Any) -> Iterator[tuple[str, Any]]:
    if hasattr(told, "items"):
        for key, value in told.items():
            yield from _facts(value) if hasattr(value, "items") else [(key, value)]
