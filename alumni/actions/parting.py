"""One record that was merged becomes two again, with what belonged to each."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import User
from alumni import merging
from alumni.actions.merging import hold_imports, snapshot_of
from alumni.announcements import alum_parted
from alumni.models import Alum, AlumMerge, AlumniMail, DuplicatePair
from alumni.searching import terms
from core.relations import name_of
from core.snapshots import Row, values_of

# Columns that say nothing of a person, or that a merge leaves alone.
NOT_COMPARED = {"updated_at", "created_at", "desk_version", "search"}
ONCE = {"email": "e-mail", "external_id": "office’s number"}


class CannotUndo(Exception):
    """With the reason, in a sentence for staff."""


@transaction.atomic
def undo_merge(done: AlumMerge, *, by: User, at: datetime) -> tuple[Alum, Alum]:
    """Both as they were, with what belonged to each. What came since stays with the kept one.

    Refused where somebody has edited the record since: their work would be lost. Answers that
    students got stay given. Raises CannotUndo.
    """
    hold_imports(CannotUndo)
    kept = _lock_kept(done)
    before = done.before
    _refuse_later_edits(kept, before)
    _refuse_taken(kept, before["merged"])
    # First the old values of the kept one: an e-mail stands once in the directory.
    _write(kept.pk, before["kept"])
    back = _create_again(before["merged"])
    _put_back(before["moved"], kept, back)
    _create_mails_again(before["dropped"])
    DuplicatePair.objects.filter(pk__in=before["made_pairs"]).delete()
    _create_pairs_again(before["pairs"])
    _hand_links_back(kept, back)
    alum_parted.send(Alum, kept=kept, back=back, told=before["told"], at=at)
    terms.learn(Alum.objects.filter(pk__in=[kept.pk, back.pk]))
    done.undone_by, done.undone_at, done.before = by, at, {}
    done.save(update_fields=["undone_by", "undone_at", "before"])
    kept.refresh_from_db()
    return kept, back


def _lock_kept(done: AlumMerge) -> Alum:
    people = Alum.objects.without_search().select_for_update(of=("self",))
    kept = people.filter(pk=done.kept_id).first()
    if kept is None:
        raise CannotUndo("This record is not in the directory any more.")
    done.refresh_from_db(from_queryset=AlumMerge.objects.select_for_update(of=("self",)))
    if done.undone_at is not None:
        raise CannotUndo("These two are apart already.")
    latest = AlumMerge.objects.standing().filter(kept=kept).first()
    if latest is not None and latest != done:
        raise CannotUndo(
            f"{latest.merged_name} was merged into this record later. Take that apart first."
        )
    return kept


def _refuse_later_edits(kept: Alum, before: Row) -> None:
    now = snapshot_of(kept)
    edited = [name for name in now if now[name] != before["after"].get(name)]
    fields = {field.attname: str(field.verbose_name) for field in Alum._meta.concrete_fields}
    labels = [fields[name] for name in edited if name not in NOT_COMPARED]
    if labels:
        raise CannotUndo(
            f"The record of {kept.name} was edited since they were merged: {', '.join(labels)}. "
            "Taking them apart would lose that. Add the second person anew instead."
        )


def _refuse_taken(kept: Alum, row: Row) -> None:
    for name, label in ONCE.items():
        if row[name]:
            taken = Alum.objects.filter(**{f"{name}__iexact": row[name]}).exclude(pk=kept.pk)
            if taken.exists():
                raise CannotUndo(
                    f"Another record has the {label} {row[name]} by now. Correct that one first."
                )


def _create_again(row: Row) -> Alum:
    """With its old key and its old dates, which saving overwrites."""
    back = Alum(**values_of(Alum, row))
    back.save(force_insert=True)
    _write(back.pk, row)
    return Alum.objects.without_search().get(pk=back.pk)


def _write(pk: int, row: Row) -> None:
    values = values_of(Alum, row)
    # Links that were revoked since stay useless.
    for name in ("id", "desk_version"):
        values.pop(name)
    Alum.objects.filter(pk=pk).update(**values)


def _put_back(moved: dict[str, list], kept: Alum, back: Alum) -> None:
    """As far as it still exists, and has not been given to somebody else since."""
    for link in merging.our_links():
        rows = link.model._base_manager.filter(pk__in=moved.get(name_of(link), []))
        rows.filter(**{link.name: kept}).update(**{link.name: back})


def _hand_links_back(kept: Alum, back: Alum) -> None:
    of_back = AlumMerge.objects.filter(kept=back, kept_version=kept.desk_version)
    of_back.update(kept_version=back.desk_version)


def _create_mails_again(rows: list[Row]) -> None:
    mails = [AlumniMail(**values_of(AlumniMail, row)) for row in rows]
    AlumniMail.objects.bulk_create(mails, ignore_conflicts=True)


def _create_pairs_again(rows: list[Row]) -> None:
    pairs = [DuplicatePair(**values_of(DuplicatePair, row)) for row in rows]
    ends = Alum.objects.filter(pk__in={pk for pair in pairs for pk in (pair.one_id, pair.other_id)})
    there = set(ends.values_list("pk", flat=True))
    left = [pair for pair in pairs if {pair.one_id, pair.other_id} <= there]
    DuplicatePair.objects.bulk_create(left, ignore_conflicts=True)
