"""Mails about a student's account: text and HTML, in the dress of all others."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from core.mail import address, inlined, message_id, one_line
from core.outbox import NotOwed
from roster.models import RosterMail

Kind = RosterMail.Kind
LONGEST_SUBJECT = 200


def write(row: RosterMail, at: datetime) -> EmailMultiAlternatives:
    """As things stand now; NotOwed if they stand otherwise."""
    if not row.student.is_active:
        raise NotOwed
    mail = WRITERS[Kind(row.kind)](row.student, at)
    mail.extra_headers["Message-ID"] = message_id(f"roster.{row.pk}")
    return mail


def _invitation(student: User, at: datetime) -> EmailMultiAlternatives:
    """Whoever has been here needs none."""
    if student.last_login is not None:
        raise NotOwed
    key = f"{user_pk_to_url_str(student)}-{default_token_generator.make_token(student)}"
    uid, token = key.split("-", 1)
    context = {
        "link": settings.SITE_URL + reverse("account_reset_password_from_key", args=[uid, token]),
        "until": at + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT),
        "again": settings.SITE_URL + reverse("account_reset_password"),
    }
    return _mail(student, "invitation", "Your way into CareerHub", context)


def _graduation(student: User, at: datetime) -> EmailMultiAlternatives:
    """Links alone: what they wrote is fetched by whoever can log in."""
    if student.profile.graduated_on is None:
        raise NotOwed
    context = {
        "take_away": settings.SITE_URL + reverse("records:take_away"),
        "after": settings.SITE_URL + reverse("roster:after"),
    }
    return _mail(student, "graduation", "Your record, to take along", context)


WRITERS: dict[Kind, Callable[[User, datetime], EmailMultiAlternatives]] = {
    Kind.INVITATION: _invitation,
    Kind.GRADUATION: _graduation,
}


def _mail(
    student: User, template: str, subject: str, context: dict[str, Any]
) -> EmailMultiAlternatives:
    subject = one_line(subject, most=LONGEST_SUBJECT)
    context = {
        "student": student,
        "institution": settings.INSTITUTION,
        "subject": subject,
        **context,
    }
    with timezone.override(ZoneInfo(student.time_zone)):
        mail = EmailMultiAlternatives(
            subject=subject,
            body=render_to_string(f"roster/mail/{template}.txt", context),
            to=[address(student.name, student.email)],
            headers={"Auto-Submitted": "auto-generated"},
        )
        html = render_to_string(f"roster/mail/{template}.html", context)
    mail.attach_alternative(inlined(html), "text/html")
    return mail
