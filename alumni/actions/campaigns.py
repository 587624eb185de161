"""Asking many, slowly: who gets it, when each mail is due, and how it is held or ended."""

from __future__ import annotations

import calendar
from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.db.models.functions import Lower

from accounts.models import OfficeSettings, User
from alumni.actions.post import shift
from alumni.models import Alum, AlumniMail, AlumQuerySet, Campaign, Consent
from core.models import MarkedAddress

State = Campaign.State
BATCH = 2_000


class CampaignRefused(Exception):
    """The text is for staff."""


class NobodyLeft(CampaignRefused):
    def __init__(self) -> None:
        super().__init__("Nobody is left to ask: all of these were asked, or have no e-mail.")


class NotNow(CampaignRefused):
    def __init__(self) -> None:
        super().__init__("Somebody did this already. Look at the page as it is now.")


def recipients(campaign: Campaign, *, at: datetime) -> AlumQuerySet:
    """Alumni whom nobody asked yet, with an e-mail, and without such a mail in the last months.

    Nobody at whose address mail does not arrive, or is unwanted.
    """
    people = Alum.objects.filter(consent=Consent.UNKNOWN).exclude(email="")
    marked = MarkedAddress.objects.standing().values("email")
    people = people.alias(address=Lower("email")).exclude(address__in=marked)
    if campaign.from_year is not None:
        people = people.filter(class_year__gte=campaign.from_year)
    if campaign.to_year is not None:
        people = people.filter(class_year__lte=campaign.to_year)
    if campaign.field:
        people = people.filter(fields_of_work__icontains=campaign.field)
    since = _months_before(at, campaign.months_apart)
    had_one = AlumniMail.objects.of_campaigns_since(since).filter(alum=OuterRef("pk"))
    return people.filter(~Exists(had_one)).order_by("pk")


def draft(*, by: User, campaign: Campaign) -> Campaign:
    campaign.made_by = by
    campaign.save()
    return campaign


@transaction.atomic
def start(campaign: Campaign, *, at: datetime) -> int:
    """One row for each person, spaced out by the pace; says how many.

    Two campaigns that start at one moment wait for each other here, so that nobody is in both.
    """
    OfficeSettings.current()
    OfficeSettings.objects.select_for_update().get(pk=1)
    row = _locked(campaign, State.DRAFT)
    chosen = recipients(row, at=at).order_by("pk").values_list("pk", flat=True)[: row.most]
    people = list(chosen)
    if not people:
        raise NobodyLeft
    AlumniMail.objects.bulk_create(
        [
            AlumniMail(
                kind=AlumniMail.Kind.CAMPAIGN, campaign=row, alum_id=pk, due_at=at + row.gap * n
            )
            for n, pk in enumerate(people)
        ],
        batch_size=BATCH,
    )
    row.state, row.started_at = State.RUNNING, at
    row.save(update_fields=["state", "started_at", "updated_at"])
    return len(people)


@transaction.atomic
def pause(campaign: Campaign) -> None:
    _set(campaign, State.PAUSED, State.RUNNING)


@transaction.atomic
def go_on(campaign: Campaign, *, at: datetime) -> None:
    """The next mail goes now, the others follow at the pace."""
    _set(campaign, State.RUNNING, State.PAUSED)
    fresh = AlumniMail.objects.owed().filter(campaign=campaign, attempts=0)
    first = fresh.order_by("due_at").first()
    if first is not None and first.due_at < at:
        shift(fresh, by=at - first.due_at)


@transaction.atomic
def stop(campaign: Campaign) -> None:
    """What has not gone out never does."""
    _set(campaign, State.STOPPED, State.RUNNING, State.PAUSED)
    AlumniMail.objects.owed().filter(campaign=campaign).delete()


def _set(campaign: Campaign, state: State, *before: State) -> None:
    row = _locked(campaign, *before)
    row.state = state
    row.save(update_fields=["state", "updated_at"])


def _locked(campaign: Campaign, *states: State) -> Campaign:
    row = Campaign.objects.select_for_update().filter(pk=campaign.pk, state__in=states).first()
    if row is None:
        raise NotNow
    return row


def _months_before(at: datetime, months: int) -> datetime:
    """The same day of a month before, or that month's last."""
    number = at.year * 12 + at.month - 1 - months
    year, month = divmod(number, 12)
    last = calendar.monthrange(year, month + 1)[1]
    on = date(year, month + 1, min(at.day, last))
    return datetime.combine(on, at.timetz())
