"""An address for a student's calendar is made, replaced and taken back; what is deleted is said
there to be cancelled."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from django.db import transaction
from icalendar import Event

from accounts.models import User
from contacts.models import Contact, Interaction
from reminders.feed.calendar import entries_of
from reminders.feed.models import CalendarFeed, GoneEntry


@transaction.atomic
def make_feed(student: User, *, at: datetime) -> CalendarFeed:
    """A new address. The one that was there before opens nothing from now on."""
    feed, _ = CalendarFeed.objects.update_or_create(student=student, defaults={"key": uuid4()})
    return feed


def stop_feed(student: User, *, at: datetime) -> None:
    """Said again, it changes nothing."""
    CalendarFeed.objects.filter(student=student).delete()


def say_it_goes(owner: Contact | Interaction, *, at: datetime) -> None:
    """`owner` is about to be deleted: whatever calendars know of it is cancelled in them.

    A subscriber that keeps what only disappears would show it, with its words, for good.
    """
    student = owner.student if isinstance(owner, Contact) else owner.contact.student
    # Where there is no address, nobody has read anything.
    if not CalendarFeed.objects.visible_to(student).exists():
        return
    rows = [
        _gone(entry, student, at=at)
        for subject, entry in entries_of(student, at=at)
        if owner in (subject, subject.contact)
    ]
    # Two clicks mean the same.
    GoneEntry.objects.bulk_create(rows, ignore_conflicts=True)


def forget_gone(*, at: datetime) -> int:
    """Programs have had the time to see it."""
    deleted, _ = GoneEntry.objects.said_long_enough(at=at).delete()
    return deleted


def _gone(entry: Event, student: User, *, at: datetime) -> GoneEntry:
    starts, sequence = entry.start, int(str(entry["SEQUENCE"])) + 1
    told = GoneEntry(student=student, uid=str(entry["UID"]), sequence=sequence, gone_at=at)
    if isinstance(starts, datetime):
        told.starts_at, told.ends_at = starts, entry.end
    else:
        told.on = starts
    return told
