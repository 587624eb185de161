"""What is read for a person's record, at once for as many people as are asked for.

The rows are kept on the contact, so two tags of one page ask for them once. Nothing here filters by
user: the caller brings contacts that came through `visible_to`, and all that is read hangs on them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.db.models import (
    Max,
    OuterRef,
    Prefetch,
    QuerySet,
    Subquery,
    prefetch_related_objects,
)
from django.db.models.functions import Greatest

from contacts.models import Contact, ContactQuerySet, Interaction
from interviews.models import Insight, Interview, PreparedQuestion
from letters.models import Letter

CARD = ("interactions", "interviews", "interviews__advice", "referrals")
TIMELINE = (*CARD, "letters")
EVERYTHING = (*TIMELINE, "interviews__debrief__insights", "interviews__questions")


def load(contacts: Iterable[Contact], parts: tuple[str, ...] = CARD) -> list[Contact]:
    """The same contacts, with these parts at hand: one query for each part, however many people."""
    people = list(contacts)
    prefetch_related_objects(people, *(_lookup(part) for part in parts))
    return people


def _lookup(part: str) -> str | Prefetch:
    rows = {
        "interactions": Interaction.objects.newest_first().select_related("letter"),
        "interviews": Interview.objects.newest_first().select_related("debrief"),
        "interviews__debrief__insights": Insight.objects.order_by("id"),
        "interviews__questions": PreparedQuestion.objects.in_order(),
        "letters": Letter.objects.newest_first(),
        "referrals": Contact.objects.by_name(),
    }
    return Prefetch(part, rows[part]) if part in rows else part


def with_last_talked(people: ContactQuerySet) -> QuerySet[Any]:
    """Adds `last_talked_on`: the newest exchange in the log, a call kept, or talk held (G42)."""
    log = Interaction.objects.filter(contact=OuterRef("pk")).order_by().values("contact")
    talks = Interview.objects.filter(contact=OuterRef("pk")).order_by().values("contact")
    # GREATEST passes over what is null, and is null only where all are.
    newest = Greatest(
        Subquery(log.exclude(channel="NOTE").values(newest=Max("happened_on"))),
        Subquery(log.values(newest=Max("called_on"))),
        Subquery(talks.values(newest=Max("held_on"))),
    )
    return people.annotate(last_talked_on=newest)


def longest_silent(people: ContactQuerySet, *, most: int) -> list[Contact]:
    """Those one has talked with, whose last time is longest ago."""
    talked_with = with_last_talked(people).filter(last_talked_on__isnull=False)
    return list(talked_with.order_by("last_talked_on", "name", "id")[:most])


def in_batches(
    contacts: ContactQuerySet, parts: tuple[str, ...] = CARD, *, size: int = 100
) -> Iterator[Contact]:
    """Each with its parts at hand, and never more than `size` of them in memory."""
    people = contacts.iterator(chunk_size=size)
    while batch := list(islice(people, size)):
        yield from load(batch, parts)
