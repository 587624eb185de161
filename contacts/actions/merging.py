"""Two contacts become one, and two again. Whatever pointed to either is there afterwards."""

from __future__ import annotations

from datetime import datetime

from django.db import models, transaction

from accounts.models import User
from alumni.models import Alum
from contacts import merging
from contacts.models import Contact, ContactMerge, NotTheSame
from core.relations import links_to, name_of
from core.snapshots import Row, row_of, values_of

MOST_DETAILS = 5000


class OneIsGone(Exception):
    """Two taps, or two windows: there is nothing left to merge."""

    def __str__(self) -> str:
        return "One of the two is not on your list any more."


class TooMuch(Exception):
    """What would be kept beside does not fit."""

    def __str__(self) -> str:
        return (
            "Together, the details of the two are longer than CareerHub can keep in one place. "
            "Shorten “More about them” on one of them first."
        )


class SomethingStays(Exception):
    """A row still belongs to the one that would go: rather nothing than a loss."""


class CannotUndo(Exception):
    """With the reason, in a sentence for the student."""


@transaction.atomic
def merge(kept: Contact, merged: Contact, *, choices: dict[str, str], at: datetime) -> ContactMerge:
    """Make `merged` a part of `kept`; `choices` says by the key of each part whose value stands.

    What is not chosen is kept in `other_details`. Raises OneIsGone, TooMuch.
    """
    kept, merged = _locked(kept, merged)
    before: Row = {"kept": row_of(kept), "merged": row_of(merged)}
    values = _chosen(kept, merged, choices)
    before["apart"], before["made_apart"] = _move_apart(kept, merged)
    before["moved"] = _move(merged, kept)
    gone, _ = merged.delete()
    if gone != 1:
        raise SomethingStays
    for name, value in values.items():
        setattr(kept, name, value)
    kept.save()
    before["after"] = row_of(kept)
    return ContactMerge.objects.create(student_id=kept.student_id, kept=kept, before=before)


@transaction.atomic
def undo_merge(merge: ContactMerge, *, at: datetime) -> tuple[Contact, Contact]:
    """Both as they were, with what belonged to each. What came since stays with the kept one.

    A field that was edited since stays as it is, too. Raises CannotUndo.
    """
    User.objects.select_for_update(no_key=True).get(pk=merge.student_id)
    try:
        merge.refresh_from_db(from_queryset=ContactMerge.objects.select_for_update(of=("self",)))
        kept = Contact.objects.select_for_update(of=("self",)).get(pk=merge.kept_id)
    except (ContactMerge.DoesNotExist, Contact.DoesNotExist) as gone:
        raise CannotUndo("This contact is not on your list any more.") from gone
    _check(merge, kept)
    before = merge.before
    back = _create_again(before["merged"])
    _restore(kept, before=before["kept"], after=before["after"])
    _give_links(back, before["merged"])
    _put_back(before["moved"], kept, back)
    NotTheSame.objects.filter(pk__in=before["made_apart"]).delete()
    _create_pairs_again(before["apart"])
    merge.undone_at = at
    merge.save(update_fields=["undone_at", "updated_at"])
    kept.refresh_from_db()
    back.refresh_from_db()
    return kept, back


def say_two_people(one: Contact, other: Contact) -> None:
    """They look alike and are not the same: they are not shown again."""
    first, second = sorted((one, other), key=lambda contact: contact.pk)
    NotTheSame.objects.get_or_create(one=first, other=second)


def say_maybe_one(apart: NotTheSame) -> None:
    """Takes back what was said of the two."""
    apart.delete()


def _locked(*contacts: Contact) -> list[Contact]:
    """In one order, so that two merges the other way around do not wait for each other."""
    User.objects.select_for_update(no_key=True).get(pk=contacts[0].student_id)
    rows = Contact.objects.select_for_update(of=("self",)).with_people()
    found = rows.filter(student=contacts[0].student_id).order_by("pk")
    by_pk = {row.pk: row for row in found.filter(pk__in=[contact.pk for contact in contacts])}
    if len(by_pk) != len(contacts):
        raise OneIsGone
    return [by_pk[contact.pk] for contact in contacts]


def _chosen(kept: Contact, merged: Contact, choices: dict[str, str]) -> Row:
    values: Row = {}
    beside = [kept.other_details]
    if merged.other_details != kept.other_details:
        beside.append(merged.other_details)
    for part in merging.parts_of(kept, merged):
        chosen = part.values(choices.get(part.key))
        values |= dict(zip(part.names, chosen, strict=True))
        beside.append(part.left_out(chosen))
    details = "\n".join(filter(None, beside))
    if len(details) > MOST_DETAILS:
        raise TooMuch
    values["alum_id"], values["referred_by_id"] = values.pop("alum"), values.pop("referred_by")
    return values | {"other_details": details}


def _move(merged: Contact, kept: Contact) -> dict[str, list[int]]:
    """Every row of every app that points to the one points to the other. Returned: which."""
    moved = {}
    for link in links_to(Contact):
        if link.model is NotTheSame:
            continue  # An order and a uniqueness of their own: _move_apart.
        rows = link.model._base_manager.filter(**{link.name: merged})
        if link.model is Contact:
            rows = rows.exclude(pk=kept.pk)  # Nobody refers themselves; `kept` says who does.
        moved[name_of(link)] = sorted(rows.values_list("pk", flat=True))
        rows.update(**{link.name: kept})
    return moved


def _move_apart(kept: Contact, merged: Contact) -> tuple[list[Row], list[int]]:
    """Who is not `merged` is not `kept`; the two of them are one."""
    rows = NotTheSame.objects.filter(models.Q(one=merged) | models.Q(other=merged))
    apart = [row_of(row) for row in rows]
    rows.delete()
    others = {row["one_id"] + row["other_id"] - merged.pk for row in apart} - {kept.pk}
    made = []
    for other in sorted(others):
        first, second = sorted((kept.pk, other))
        pair, is_new = NotTheSame.objects.get_or_create(one_id=first, other_id=second)
        made += [pair.pk] if is_new else []
    return apart, made


def _check(merge: ContactMerge, kept: Contact) -> None:
    if merge.undone_at is not None:
        raise CannotUndo("These two are apart already.")
    latest = kept.merges.standing().first()
    if latest != merge:
        later = latest.merged_name if latest else ""
        raise CannotUndo(f"You merged {later} into this one later. Take that apart first.")


def _create_again(row: Row) -> Contact:
    """With its old key; what it points to comes later, when `kept` has let go of it."""
    values = values_of(Contact, row) | {"alum_id": None, "referred_by_id": None}
    back = Contact(**values)
    back.save(force_insert=True)
    return back


def _restore(kept: Contact, *, before: Row, after: Row) -> None:
    now = row_of(kept)
    _write(kept, {name: before[name] for name in now if now[name] == after[name]})


def _give_links(back: Contact, row: Row) -> None:
    """And its old dates, which saving has overwritten."""
    _write(back, row)


def _write(contact: Contact, row: Row) -> None:
    """What was deleted since cannot be pointed to; what another has taken is not taken away."""
    values = values_of(Contact, row)
    values.pop("id", None)
    mine = Contact.objects.filter(student=contact.student_id)
    if values.get("alum_id"):
        if not Alum.objects.filter(pk=values["alum_id"]).exists():
            values["alum_id"] = None
        elif taken := mine.filter(alum=values["alum_id"]).exclude(pk=contact.pk).first():
            raise CannotUndo(
                f"{taken} stands for the same person of the alumni directory by now. "
                "Merge those two, or remove one, and try again."
            )
    if values.get("referred_by_id") and not mine.filter(pk=values["referred_by_id"]).exists():
        values["referred_by_id"] = None
    mine.filter(pk=contact.pk).update(**values)


def _put_back(moved: dict[str, list[int]], kept: Contact, back: Contact) -> None:
    """As far as it still exists, and has not been given to somebody else since."""
    for link in links_to(Contact):
        rows = link.model._base_manager.filter(pk__in=moved.get(name_of(link), []))
        rows.filter(**{link.name: kept}).update(**{link.name: back})


def _create_pairs_again(rows: list[Row]) -> None:
    pairs = [NotTheSame(**values_of(NotTheSame, row)) for row in rows]
    there = set(Contact.objects.filter(pk__in=_ends(pairs)).values_list("pk", flat=True))
    pairs = [pair for pair in pairs if {pair.one_id, pair.other_id} <= there]
    NotTheSame.objects.bulk_create(pairs, ignore_conflicts=True)
    for row in rows:
        clocks = {name: row[name] for name in ("created_at", "updated_at")}
        NotTheSame.objects.filter(pk=row["id"]).update(**clocks)


def _ends(pairs: list[NotTheSame]) -> set[int]:
    return {pk for pair in pairs for pk in (pair.one_id, pair.other_id)}
