"""The way out of mail about accounts."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from core import outbox
from roster import emails
from roster.models import RosterMail


def deliver(*, at: datetime) -> int:
    """All that is due now. Any number of these may run. Says how many mails went."""
    return outbox.deliver_due(
        lambda now: RosterMail.objects.due(at=now).in_turn(), emails.write, at=at
    )


@transaction.atomic
def try_again(mail: RosterMail, *, at: datetime) -> None:
    """After the address was corrected; not when another of its kind is owed already."""
    owed = RosterMail.objects.owed().filter(student=mail.student_id, kind=mail.kind)
    if not owed.exists():
        failed = RosterMail.objects.filter(pk=mail.pk, failed_at__isnull=False)
        failed.update(failed_at=None, attempts=0, due_at=at, server_words="")
