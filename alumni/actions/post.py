"""The post of the directory: which mail is owed to an alum or a student, and its way out."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef

from accounts.models import OfficeSettings, User
from alumni import emails
from alumni.announcements import request_expired
from alumni.models import Alum, AlumniMail, Campaign, Request
from alumni.models.mail import AlumniMailQuerySet
from alumni.repeats import REPEATS
from core import outbox
from core.localtime import local_date, moment
from core.obligations import obligations_changed
from core.quiet import after_quiet

Kind = AlumniMail.Kind
MOST_AT_A_TIME = 500
# A campaign that fell behind by more goes on at its pace, and does not catch up in one go.
MOST_BEHIND = timedelta(minutes=2)
ONE_LINK_IN = timedelta(minutes=15)


def look(*, at: datetime) -> int:
    """All that is due now: ends, mails. Any number of these may run. Says how many mails went."""
    close_expired(at=at)
    _queue_forgotten(at=at)
    _keep_pace(at=at)
    return deliver_due(at=at)


def deliver_due(*, at: datetime) -> int:
    return outbox.deliver_due(_next_due, emails.write, at=at)


def _next_due(now: datetime) -> AlumniMailQuerySet:
    return AlumniMail.objects.due(at=now).free().with_subjects().most_urgent_first()


def queue_request(request: Request, *, at: datetime) -> None:
    """The mail itself, and the two mornings on which it is repeated."""
    rows = [AlumniMail(request=request, kind=Kind.REQUEST, due_at=at)]
    office, zone = OfficeSettings.current(), request.alum.zone
    # None of them after the request has ended.
    again = {
        Kind.REMINDER: office.request_reminder_days,
        Kind.LAST_REMINDER: office.request_last_reminder_days,
    }
    asked_on = local_date(request.asked_at, zone)
    for kind, days in again.items():
        morning = moment(asked_on + timedelta(days=days), time(office.reminder_hour), zone)
        if at < morning < request.expires_at:
            rows.append(AlumniMail(request=request, kind=kind, due_at=morning))
    AlumniMail.objects.bulk_create(rows, ignore_conflicts=True)


def follow_clock(alum: Alum, *, before: str) -> None:
    """They live by another clock than `before`: the mornings that are to come are those of it."""
    hour = time(OfficeSettings.current().reminder_hour)
    waiting = AlumniMail.objects.owed().filter(request__alum=alum, kind__in=REPEATS, attempts=0)
    for row in waiting:
        row.due_at = moment(local_date(row.due_at, before), hour, alum.zone)
        row.save(update_fields=["due_at", "updated_at"])


def queue_withdrawal(request: Request, *, at: datetime) -> None:
    """Only who has heard of a request hears that it is over."""
    mails = AlumniMail.objects.filter(request=request)
    heard = mails.filter(kind=Kind.REQUEST, attempts__gt=0, failed_at__isnull=True).exists()
    mails.owed().filter(attempts=0).delete()
    if heard:
        queue(Kind.WITHDRAWN, request=request, at=at)


def queue_answer(request: Request, *, at: datetime) -> None:
    """The alum holds what they said in their hands; the student hears of it from a floor above."""
    AlumniMail.objects.filter(request=request, attempts=0).owed().delete()
    queue(Kind.ANSWER_KEPT, request=request, at=at)


def queue(kind: Kind, *, request: Request, at: datetime) -> None:
    """Once for each request, however often it is announced."""
    row = AlumniMail(kind=kind, request=request, due_at=at)
    AlumniMail.objects.bulk_create([row], ignore_conflicts=True)


def _when_awake(student: User, *, at: datetime) -> datetime:
    """An alum may leave at any hour; no student hears of it at night."""
    office = OfficeSettings.current()
    since, until = office.quiet_from_hour, office.reminder_hour
    return after_quiet(at, student.time_zone, since=since, until=until)


def queue_farewell(alum: Alum, waiting: list[tuple[User, date]], *, at: datetime) -> None:
    """One to the address that goes, and one to each student who waits for an answer."""
    rows = [
        AlumniMail(
            kind=Kind.ALUM_LEFT,
            student=student,
            asked_on=asked_on,
            due_at=_when_awake(student, at=at),
        )
        for student, asked_on in waiting
    ]
    if alum.email:
        rows.append(AlumniMail(kind=Kind.REMOVED, address=alum.email, due_at=at))
    AlumniMail.objects.bulk_create(rows)


@transaction.atomic
def send_link(alum: Alum, *, at: datetime) -> None:
    """To the address on record, and not again within a quarter of an hour."""
    Alum.objects.select_for_update(no_key=True).only("pk").get(pk=alum.pk)
    since = at - ONE_LINK_IN
    recent = AlumniMail.objects.filter(alum=alum, kind=Kind.LINK, created_at__gte=since)
    if alum.email and not recent.exists():
        AlumniMail.objects.create(kind=Kind.LINK, alum=alum, due_at=at)


def send_link_to(email: str, *, at: datetime) -> None:
    """For whoever typed an address: nothing that they see tells whether it is known here."""
    alum = Alum.objects.without_search().filter(email__iexact=email).first()
    if alum is not None:
        send_link(alum, at=at)


@transaction.atomic
def try_again(mail: AlumniMail, *, at: datetime) -> None:
    """After the address was corrected; what is on its way already stays so."""
    failed = AlumniMail.objects.filter(pk=mail.pk, failed_at__isnull=False)
    failed.update(failed_at=None, attempts=0, due_at=at, server_words="")


def close_expired(*, at: datetime) -> int:
    """Requests whose last day is over end, and their students are told. Returns how many."""
    closed = 0
    while found := _close_some(at=at):
        closed += found
    return closed


@transaction.atomic
def _close_some(*, at: datetime) -> int:
    """An answer that is being written at this moment goes first."""
    over = Request.objects.pending().filter(expires_at__lte=at).order_by("expires_at", "pk")
    rows = over.select_related("alum", "student").defer("alum__search")
    found = list(rows.select_for_update(skip_locked=True, of=("self",))[:MOST_AT_A_TIME])
    for request in found:
        request.state = Request.State.EXPIRED
        request.save(update_fields=["state", "updated_at"])
        AlumniMail.objects.filter(request=request, attempts=0).owed().delete()
        request_expired.send(Request, request=request, at=at)
        obligations_changed.send(sender=Request, owner=request, at=at)
    return len(found)


@transaction.atomic
def _queue_forgotten(*, at: datetime) -> None:
    """Requests that were restored, or written by hand, have no mail yet."""
    has_mail = AlumniMail.objects.filter(request=OuterRef("pk"), kind=Kind.REQUEST)
    without = Request.objects.pending().filter(~Exists(has_mail), expires_at__gt=at)
    rows = without.select_related("alum").defer("alum__search").order_by("asked_at")
    for request in rows.select_for_update(skip_locked=True, of=("self",))[:MOST_AT_A_TIME]:
        queue_request(request, at=at)


@transaction.atomic
def _keep_pace(*, at: datetime) -> None:
    """After a night without workers, the next mail goes now and the others follow at the pace."""
    running = Campaign.objects.filter(state=Campaign.State.RUNNING).order_by("pk")
    for campaign in running.select_for_update(skip_locked=True):
        fresh = AlumniMail.objects.owed().filter(campaign=campaign, attempts=0)
        first = fresh.order_by("due_at").first()
        if first is not None and at - first.due_at > MOST_BEHIND:
            shift(fresh, by=at - first.due_at)


def shift(rows: AlumniMailQuerySet, *, by: timedelta) -> None:
    rows.update(due_at=F("due_at") + by)
