"""What an alum changes on their own desk: it counts at once, and the office can read what changed.

The alum's word about themselves is better than any list: nobody has to confirm it.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from alumni.actions import post
from alumni.actions.answers import decline_all
from alumni.announcements import alum_removed
from alumni.importing.cells import BadCell
from alumni.importing.names import from_full
from alumni.models import (
    Alum,
    AlumMerge,
    AlumniMail,
    Consent,
    DeskChange,
    ImportRow,
    Removal,
    Request,
)
from alumni.removal import digest_of_email, digests_of, digests_of_alum
from alumni.searching import terms
from core.localtime import local_date

# What the alum may set, each by a page of the desk.
RECORD = (
    "name", "email", "phone", "class_year", "majors", "fields_of_work", "job_title", "employer",
    "city", "region", "country", "note_to_students",
)  # fmt: skip
TERMS = (
    "ask_by", "requests_per_month", "days_between_requests", "hidden_fields", "time_zone",
    "paused_until", "consent",
)  # fmt: skip
NOT_ANY_MORE = "I am not talking with students at present. I wish you all the best."


class DeskRefused(Exception):
    """The text is for the alum."""


class Removed(DeskRefused):
    def __init__(self) -> None:
        super().__init__("Your record was removed already.")


class NoName(DeskRefused):
    """What was typed is no person's name; the text says why."""


class AddressTaken(DeskRefused):
    def __init__(self) -> None:
        super().__init__(
            "Another record has this e-mail. Write to the career office, and they put it right."
        )


@transaction.atomic
def change(alum: Alum, *, to: dict[str, Any], at: datetime) -> list[str]:
    """Write what is different, and remember it; says which fields were."""
    row = _locked(alum)
    zone = row.zone
    different = {
        name: (getattr(row, name), value)
        for name, value in to.items()
        if name in (*RECORD, *TERMS) and getattr(row, name) != value
    }
    if not different:
        return []
    for name, (_, value) in different.items():
        setattr(row, name, value)
    if "name" in different:
        _split_name(row)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        # The one thing that must be unique here is the e-mail.
        raise AddressTaken from None
    if row.zone != zone:
        post.follow_clock(row, before=zone)
    terms.learn(Alum.objects.filter(pk=row.pk))
    _remember(row, different, at=at)
    return list(different)


@transaction.atomic
def pause(alum: Alum, *, until: date | None, at: datetime) -> None:
    """No student asks before that day; who has asked already may still be answered."""
    change(alum, to={"paused_until": until}, at=at)


@transaction.atomic
def say_consent(alum: Alum, *, consent: Consent, at: datetime) -> None:
    """A no ends what waits: each student gets an answer, and none is left hoping."""
    change(alum, to={"consent": consent}, at=at)
    if consent == Consent.NO:
        decline_all(alum, reply=NOT_ANY_MORE, at=at)


@transaction.atomic
def remove(alum: Alum, *, at: datetime) -> None:
    """The record goes for good. Digests stay, so that no list brings it back."""
    row = _locked(alum)
    zone = row.zone
    ended = decline_all(row, reply="They have left the directory, and answer no more.", at=at)
    AlumniMail.objects.filter(request__in=ended).delete()
    ended += _offered(row, at=at)
    waiting = [(request.student, local_date(request.asked_at, zone)) for request in ended]
    post.queue_farewell(row, waiting, at=at)
    digests = sorted(digests_of_alum(row) | _digests_of_former(row))
    Removal.objects.bulk_create(
        [Removal(digest=digest, removed_at=at) for digest in digests], ignore_conflicts=True
    )
    # What lists said of them goes, too; the row stays, so that the counts of each list hold.
    ImportRow.objects.filter(alum=row).update(
        name="", cells=[], originals={}, problems=[], replaced={}
    )
    alum_removed.send(Alum, alum=row, at=at)
    row.delete()


@transaction.atomic
def make_links_useless(alum: Alum) -> None:
    """All links sent so far; a mail that goes out from now on holds a new one."""
    Alum.objects.filter(pk=alum.pk).update(desk_version=F("desk_version") + 1)


def _offered(alum: Alum, *, at: datetime) -> list[Request]:
    """Those with a time ahead that the student could still have taken."""
    open_ones = alum.requests.filter(state=Request.State.ACCEPTED, taken_time__isnull=True)
    return [
        request for request in open_ones.select_related("student") if request.times_ahead(at=at)
    ]


def _locked(alum: Alum) -> Alum:
    row = Alum.objects.without_search().select_for_update().filter(pk=alum.pk).first()
    if row is None:
        raise Removed
    return row


def _split_name(row: Alum) -> None:
    try:
        row.name, row.given_name, row.family_name = from_full(row.name)
    except BadCell as problem:
        raise NoName(str(problem)) from None


def _digests_of_former(row: Alum) -> set[str]:
    """A list may still know what they corrected on the desk, or what a merge did not choose."""
    changes = row.desk_changes.filter(changes__has_key="email").values_list("changes", flat=True)
    found = {digest_of_email(was) for was, _ in (one["email"] for one in changes) if was}
    for before in AlumMerge.objects.standing().filter(kept=row).values_list("before", flat=True):
        for one in (before["kept"], before["merged"]):
            found |= digests_of(email=one["email"], external_id=one["external_id"])
    return found


def _remember(alum: Alum, different: dict[str, tuple[Any, Any]], *, at: datetime) -> None:
    changes = {name: [_plain(was), _plain(now)] for name, (was, now) in different.items()}
    DeskChange.objects.create(alum=alum, changed_at=at, changes=changes)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
