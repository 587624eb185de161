"""Letters that CareerHub mails: a row is owed until the mail server took it (docs/adr/0002)."""

from __future__ import annotations

from datetime import datetime

from django.core.mail import EmailMessage
from django.db import transaction

from core import outbox
from letters import emails
from letters.actions.refusals import NothingFailed
from letters.models import Delivery, DeliveryQuerySet


def deliver_due(*, at: datetime) -> int:
    """Mail every letter that is due, and say how many the server took. Any number may run."""
    return outbox.deliver_due(_next_due, _mail, at=at)


@transaction.atomic
def try_again(delivery: Delivery, *, at: datetime) -> None:
    """After the address was corrected."""
    failed = Delivery.objects.filter(pk=delivery.pk, failed_at__isnull=False)
    if not failed.update(failed_at=None, attempts=0, due_at=at, server_words=""):
        raise NothingFailed


def _next_due(now: datetime) -> DeliveryQuerySet:
    due = Delivery.objects.due(at=now).select_related("letter__contact__student")
    return due.order_by("due_at", "id")


def _mail(delivery: Delivery, at: datetime) -> EmailMessage:
    return emails.letter_mail(delivery.letter)
