"""Builds the whole demo college in one transaction: all of it or nothing."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F

from accounts.models import User
from alumni.models import Alum, Consent
from alumni.searching import fresh
from alumni.vocabulary import count_uses
from careerhub.demo import maya
from careerhub.demo.alumni import make_alumni
from careerhub.demo.guidance import guide
from careerhub.demo.history import make_history, make_terms
from careerhub.demo.life import Life
from careerhub.demo.people import Campus, make_people
from careerhub.demo.sharing import share_all
from careerhub.demo.students import live_all
from core.localtime import local_date
from reminders.models import Reminder
from reports.actions import keep_fresh


class NotADemoServer(Exception):
    """Log-ins with a public password belong on embedded servers alone."""


class PeopleAreHere(Exception):
    """There are accounts already; a demo never mixes with anybody's work."""


@transaction.atomic
def build(*, alumni: int, students: int, seed: int, at: datetime, history: int = 0) -> Campus:
    """Alumni, students and their past up to `at`; the same for the same seed and `at`.

    `history` more students, whom nobody looks after, give the reports some years to tell of.
    """
    if not settings.EMBEDDED:
        raise NotADemoServer
    if User.objects.exists():
        raise PeopleAreHere
    today = local_date(at, settings.OFFICE_TIME_ZONE)
    make_alumni(alumni, seed=seed, today=today)
    fresh.after_filling(at=at)
    count_uses()
    campus = make_people(students, seed=seed, today=today)
    maya.live(Life(campus.student, now=at))
    live_all(campus.others, seed=seed, now=at)
    make_terms(today)
    agreed = Alum.objects.filter(consent=Consent.YES).order_by("pk").values_list("pk", flat=True)
    make_history(history, seed=seed, now=at, today=today, alumni=list(agreed))
    share_all(campus.others)
    guide(campus.student, at=at, today=today)
    _mark_old_mail_as_sent(at=at)
    keep_fresh(at=at)
    return campus


def _mark_old_mail_as_sent(*, at: datetime) -> None:
    """The past had its mornings too: only the mail of the last day is still to go out."""
    Reminder.objects.due(at=at - timedelta(days=1)).update(
        state=Reminder.State.SENT, sent_at=F("due_at")
    )
