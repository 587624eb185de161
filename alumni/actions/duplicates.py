"""Looking for people who stand in the directory twice, and what staff say of two."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.models import User
from alumni.finding import find_pairs
from alumni.models import DuplicatePair, Import


def find_duplicates(*, at: datetime) -> int:
    """Everybody against everybody. Returns how many pairs were found."""
    return find_pairs(at=at)


@transaction.atomic
def compare_import(import_id: UUID | str, *, at: datetime) -> int:
    """Whom a list brought, against the directory: once, however often it is asked for."""
    waiting = Import.objects.filter(pk=import_id, state=Import.State.DONE, compared_at=None)
    if not waiting.select_for_update(of=("self",)).exists():
        return 0
    found = find_pairs(at=at, of_import=import_id)
    waiting.update(compared_at=at)
    return found


def imports_to_compare() -> list[UUID]:
    """Those whose bell was lost, or that came by the shell."""
    waiting = Import.objects.filter(state=Import.State.DONE, compared_at=None)
    return list(waiting.order_by("finished_at").values_list("pk", flat=True))


def say_two_people(pair: DuplicatePair, *, by: User, at: datetime) -> None:
    """They look alike and are not the same: they are not shown again."""
    DuplicatePair.objects.open().filter(pk=pair.pk).update(apart_at=at, apart_by=by)


def say_maybe_one(pair: DuplicatePair) -> None:
    """Takes back what was said of the two."""
    DuplicatePair.objects.filter(pk=pair.pk).update(apart_at=None, apart_by=None)
