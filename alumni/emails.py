"""Mails to alumni, and to students about them: text and HTML, no picture, nothing that counts.

Names and words come from lists and from people: none of them reaches a header but on one line, and
none reaches the HTML but escaped.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from email.utils import parseaddr
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from alumni import links, repeats
from alumni.models import Alum, AlumniMail, Campaign, Request
from core.mail import address, inlined, message_id, one_line
from core.outbox import NotOwed, Undeliverable

Kind = AlumniMail.Kind
LONGEST_SUBJECT_NAME, LONGEST_SUBJECT = 80, 200


def write(row: AlumniMail, at: datetime) -> EmailMultiAlternatives:
    """The message of one row, as things stand now; NotOwed if they stand otherwise."""
    mail = WRITERS[Kind(row.kind)](row, at)
    mail.extra_headers["Message-ID"] = message_id(f"alumni.{row.pk}")
    return mail


def campaign_mail(alum: Alum, campaign: Campaign, at: datetime) -> EmailMultiAlternatives:
    """Also for the office to read before anything goes out."""
    context = {
        "campaign": campaign,
        "yes_url": links.address(alum, at=at, page="desk:consent"),
        "remove_url": links.address(alum, at=at, page="desk:remove"),
    }
    stop = links.address(alum, at=at, page="desk:unsubscribe")
    headers = {
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    subject = f"May students of {settings.INSTITUTION} ask you about your work?"
    return _to_alum(alum, "campaign", subject, context, at=at, headers=headers)


def _request(row: AlumniMail, at: datetime) -> EmailMultiAlternatives:
    request = _request_of(row)
    if request.state != Request.State.PENDING or request.expires_at <= at:
        raise NotOwed
    if row.kind != Kind.REQUEST:
        repeats.check(row, request, at=at)
    student = request.student
    name = _short(student.name)
    subject = {
        Kind.REQUEST: f"{name} asks you for {request.minutes} minutes",
        Kind.REMINDER: f"{name} is waiting for a word from you",
        Kind.LAST_REMINDER: f"Last reminder: {name} asks you for {request.minutes} minutes",
    }[Kind(row.kind)]
    alum = request.alum
    context = {
        "request": request,
        "student": student,
        "who": student_in_words(student),
        "medium": request.get_medium_display().lower(),
        "days_left": max(1, (request.expires_at - at + timedelta(hours=12)).days),
        "is_reminder": row.kind != Kind.REQUEST,
        "is_last": row.kind == Kind.LAST_REMINDER,
        "yes_url": links.address(alum, at=at, request=request, page="desk:accept"),
        "call_url": links.address(alum, at=at, request=request, page="desk:call"),
        "no_url": links.address(alum, at=at, request=request, page="desk:decline"),
        "desk_url": links.address(alum, at=at, request=request),
        "pause_url": links.address(alum, at=at, request=request, page="desk:pause"),
    }
    headers = {"List-Unsubscribe": f"<{context['pause_url']}>"}
    return _to_alum(
        alum, "request", subject, context, at=at, headers=headers, student=student,
        in_name_of_student=True,
    )  # fmt: skip


def _answer_kept(row: AlumniMail, at: datetime) -> EmailMultiAlternatives:
    request = _request_of(row)
    context = {"request": request, "student": request.student, "desk_url": _desk(request, at)}
    subject = f"Your answer to {_short(request.student.name)}"
    return _to_alum(request.alum, "answer_kept", subject, context, at=at, student=request.student)


def _withdrawn(row: AlumniMail, at: datetime) -> EmailMultiAlternatives:
    request = _request_of(row)
    context = {"request": request, "student": request.student}
    subject = f"{_short(request.student.name)} no longer needs an answer"
    return _to_alum(request.alum, "withdrawn", subject, context, at=at)


def _time_taken(row: AlumniMail, at: datetime) -> EmailMultiAlternatives:
    request = _request_of(row)
    if request.taken_time is None:
        raise NotOwed
    context = {"request": request, "student": request.student, "desk_url": _desk(request, at)}
    subject = f"{_short(request.student.name)} has taken one of your times"
    return _to_alum(request.alum, "time_taken", subject, context, at=at, student=request.student)


def _link(row: AlumniMail, at: datetime) -> EmailMultiAlternatives:
    alum = _alum_of(row)
    context = {"desk_url": links.address(alum, at=at), "days": links.LIFETIME.days}
    return _to_alum(alum, "link", "Your link to CareerHub", context, at=at)


def _campaign(row: AlumniMail, at: datetime) -> EmailMultiAlternatives:
    alum = _alum_of(row)
    if row.campaign is None or alum.consent != "UNKNOWN":
        raise NotOwed
    return campaign_mail(alum, row.campaign, at)


def _removed(row: AlumniMail, at: datetime) -> EmailMultiAlternatives:
    if not row.address:
        raise NotOwed
    return _mail([row.address], "removed", "You are removed from CareerHub", {})


def _alum_left(row: AlumniMail, at: datetime) -> EmailMultiAlternatives:
    if row.student is None:
        raise NotOwed
    context = {"asked_on": row.asked_on}
    return _to_student(row.student, "alum_left", "Someone you asked has left CareerHub", context)


WRITERS: dict[Kind, Callable[[AlumniMail, datetime], EmailMultiAlternatives]] = {
    Kind.REQUEST: _request,
    Kind.REMINDER: _request,
    Kind.LAST_REMINDER: _request,
    Kind.ANSWER_KEPT: _answer_kept,
    Kind.WITHDRAWN: _withdrawn,
    Kind.TIME_TAKEN: _time_taken,
    Kind.LINK: _link,
    Kind.REMOVED: _removed,
    Kind.CAMPAIGN: _campaign,
    Kind.ALUM_LEFT: _alum_left,
}


def student_in_words(student: User) -> str:
    """“studies Film and History, class of 2027”, as far as the student has said it."""
    profile = getattr(student, "profile", None)
    if profile is None:
        return ""
    studies = f"studies {' and '.join(profile.majors)}" if profile.majors else ""
    year = f"class of {profile.class_year}" if profile.class_year else ""
    return ", ".join(filter(None, (studies, year)))


def _desk(request: Request, at: datetime) -> str:
    return links.address(request.alum, at=at, request=request)


def _request_of(row: AlumniMail) -> Request:
    if row.request is None:
        raise NotOwed
    return row.request


def _alum_of(row: AlumniMail) -> Alum:
    if row.alum is None:
        raise NotOwed
    return row.alum


def _to_alum(
    alum: Alum, template: str, subject: str, context: dict[str, Any], *, at: datetime,
    headers: dict[str, str] | None = None, student: User | None = None,
    in_name_of_student: bool = False,
) -> EmailMultiAlternatives:  # fmt: skip
    """In the alum's zone; answers by mail go to the student, where there is one."""
    if not alum.email:
        raise Undeliverable("there is no e-mail for this person")
    context = {"alum": alum, "record_url": links.address(alum, at=at), **context}
    with timezone.override(ZoneInfo(alum.zone)):
        mail = _mail([address(alum.name, alum.email)], template, subject, context)
    mail.extra_headers |= headers or {}
    if student is not None:
        mail.reply_to = [address(student.name, student.email)]
    if student is not None and in_name_of_student:
        _, office = parseaddr(settings.DEFAULT_FROM_EMAIL)
        mail.from_email = address(f"{_short(student.name)} via {settings.INSTITUTION}", office)
    return mail


def _to_student(
    student: User, template: str, subject: str, context: dict[str, Any]
) -> EmailMultiAlternatives:
    context = {
        "student": student,
        "directory_url": settings.SITE_URL + reverse("alumni:list"),
        "home_url": settings.SITE_URL + reverse("home"),
        **context,
    }
    with timezone.override(ZoneInfo(student.time_zone)):
        return _mail([address(student.name, student.email)], template, subject, context)


def _mail(
    to: list[str], template: str, subject: str, context: dict[str, Any]
) -> EmailMultiAlternatives:
    subject = one_line(subject, most=LONGEST_SUBJECT)
    context = {"institution": settings.INSTITUTION, "subject": subject, **context}
    mail = EmailMultiAlternatives(
        subject=subject,
        body=render_to_string(f"alumni/mail/{template}.txt", context),
        to=to,
        headers={"Auto-Submitted": "auto-generated"},
    )
    html = render_to_string(f"alumni/mail/{template}.html", context)
    mail.attach_alternative(inlined(html), "text/html")
    return mail


def _short(name: str) -> str:
    """Not so long that the subject says nothing else."""
    return one_line(name, most=LONGEST_SUBJECT_NAME)
