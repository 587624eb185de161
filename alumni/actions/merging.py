"""Two records of one person become one, and two again. Whatever pointed to either is there after.

The older record stays. Locks are taken in the order of the ids, as every writer takes them. Floors
above hear of it by announcement, inside the transaction, and say what they need to go back.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import F, Q, QuerySet

from accounts.models import User
from alumni import merging
from alumni.actions.answers import decline_all
from alumni.actions.running import ONE_AT_A_TIME
from alumni.announcements import alum_merged, alum_parted
from alumni.models import Alum, AlumMerge, AlumniMail, Consent, DuplicatePair, Request
from alumni.searching import terms
from core.relations import name_of
from core.snapshots import Row, row_of, values_of

ENDED = "They told our career office that they do not want to be asked."
# Columns that say nothing of a person, or that a merge leaves alone.
NOT_COMPARED = {"updated_at", "created_at", "desk_version", "search"}
ONCE = {"email": "e-mail", "external_id": "office’s number"}


class CannotMerge(Exception):
    """With the reason, in a sentence for staff."""


class SomethingStays(Exception):
    """A row still belongs to the one that would go: rather nothing than a loss."""


class CannotUndo(Exception):
    """With the reason, in a sentence for staff."""


@transaction.atomic
def merge(one: Alum, other: Alum, *, choices: dict[str, str], by: User, at: datetime) -> AlumMerge:
    """The newer record goes into the older one; `choices` says by the key of each part what stands.

    What they agreed to is not chosen: the strictest answer wins. Raises CannotMerge.
    """
    _hold_imports(CannotMerge)
    kept, merged = _locked(one, other)
    _refuse_two_waiting(kept, merged)
    before: Row = {"kept": _row(kept), "merged": _row(merged)}
    values = _chosen(kept, merged, choices)
    before["dropped"] = _drop_second_mails(kept, merged)
    before["pairs"], before["made_pairs"] = _move_pairs(merged, kept)
    before["moved"] = _move(merged, kept)
    before["told"] = _heard(alum_merged.send(Alum, kept=kept, merged=merged, at=at))
    merged_pk, merged_version = merged.pk, merged.desk_version
    gone, _ = merged.delete()
    if gone != 1:
        raise SomethingStays
    for name, value in values.items():
        setattr(kept, name, value)
    kept.save()
    terms.learn(Alum.objects.filter(pk=kept.pk))
    if kept.consent == Consent.NO:
        decline_all(kept, reply=ENDED, at=at)
    before["after"] = _row(kept)
    return AlumMerge.objects.create(
        kept=kept, merged_pk=merged_pk, merged_by=by, merged_at=at, before=before,
        merged_version=merged_version, kept_version=kept.desk_version,
    )  # fmt: skip


@transaction.atomic
def undo_merge(done: AlumMerge, *, by: User, at: datetime) -> tuple[Alum, Alum]:
    """Both as they were, with what belonged to each. What came since stays with the kept one.

    Refused where somebody has edited the record since: their work would be lost. Answers that
    students got stay given. Raises CannotUndo.
    """
    _hold_imports(CannotUndo)
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


def _hold_imports(refusal: type[Exception]) -> None:
    """An import has planned with both records. Merges do not wait for each other here."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock_shared(%s)", [ONE_AT_A_TIME])
        (is_free,) = cursor.fetchone()
    if not is_free:
        raise refusal("A list is being imported at this moment. Try again when it is done.")


def _locked(one: Alum, other: Alum) -> tuple[Alum, Alum]:
    people = Alum.objects.without_search().filter(pk__in=[one.pk, other.pk]).order_by("pk")
    rows = list(people.select_for_update(of=("self",)))
    if len(rows) != 2:
        raise CannotMerge("One of the two is not in the directory any more.")
    return rows[0], rows[1]


def _refuse_two_waiting(kept: Alum, merged: Alum) -> None:
    waiting = Request.objects.pending()
    both = waiting.filter(alum=merged, student__in=waiting.filter(alum=kept).values("student"))
    if both.exists():
        raise CannotMerge(
            "A student has asked both, and waits for two answers. Merge them when one of the two "
            "requests is answered or over, in fourteen days at the latest."
        )


def _chosen(kept: Alum, merged: Alum, choices: dict[str, str]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for part in merging.parts_of(kept, merged):
        values |= dict(zip(part.names, part.values(choices.get(part.key)), strict=True))
    return values | merging.terms_of_both(kept, merged)


def _drop_second_mails(kept: Alum, merged: Alum) -> list[Row]:
    """One campaign writes to one person once: of two mails the one that is sent stays."""
    of_both = AlumniMail.objects.filter(alum__in=[kept, merged], campaign__isnull=False)
    first: dict[int, AlumniMail] = {}
    dropped = []
    for mail in of_both.order_by(F("sent_at").asc(nulls_last=True), "alum_id").select_for_update():
        if mail.campaign_id in first:
            dropped.append(mail)
        else:
            first[mail.campaign_id] = mail
    rows = [row_of(mail) for mail in dropped]
    AlumniMail.objects.filter(pk__in=[mail.pk for mail in dropped]).delete()
    return rows


def _move(merged: Alum, kept: Alum) -> dict[str, list[int | str]]:
    """Every row of ours that points to the one points to the other. Returned: which."""
    moved = {}
    for link in merging.our_links():
        rows = link.model._base_manager.filter(**{link.name: merged})
        keys = sorted(rows.values_list("pk", flat=True))
        moved[name_of(link)] = [key if isinstance(key, int) else str(key) for key in keys]
        if link.model is AlumMerge:
            # Links to those who went into `merged` before lead on, unless they were revoked.
            rows.filter(kept_version=merged.desk_version).update(kept_version=kept.desk_version)
        rows.update(**{link.name: kept})
    return moved


def _move_pairs(merged: Alum, kept: Alum) -> tuple[list[Row], list[int]]:
    """Who may be `merged` may be `kept`, and who is said not to be is not; but for the two."""
    rows = DuplicatePair.objects.filter(Q(one=merged) | Q(other=merged)).order_by("pk")
    pairs = [row_of(row) for row in rows]
    rows.delete()
    made = []
    for row in pairs:
        third = row["one_id"] + row["other_id"] - merged.pk
        if third == kept.pk:
            continue
        ends = dict(zip(("one_id", "other_id"), sorted((kept.pk, third)), strict=True))
        rest = values_of(DuplicatePair, {k: v for k, v in row.items() if k not in ("id", *ends)})
        pair, is_new = DuplicatePair.objects.get_or_create(**ends, defaults=rest)
        made += [pair.pk] if is_new else []
    return pairs, made


def _heard(answers: list[tuple[Any, Row | None]]) -> Row:
    return {name: what for _, answer in answers if answer for name, what in answer.items()}


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
    now = _row(kept)
    edited = [name for name in now if now[name] != before["after"].get(name)]
    labels = [str(Alum._meta.get_field(name).verbose_name) for name in edited
              if name not in NOT_COMPARED]  # fmt: skip
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


def _row(alum: Alum) -> Row:
    """Without what the database makes of the rest."""
    return {name: value for name, value in row_of(alum).items() if name != "search"}


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
    ends: QuerySet[Alum] = Alum.objects.filter(
        pk__in={pk for pair in pairs for pk in (pair.one_id, pair.other_id)}
    )
    there = set(ends.values_list("pk", flat=True))
    left = [pair for pair in pairs if {pair.one_id, pair.other_id} <= there]
    DuplicatePair.objects.bulk_create(left, ignore_conflicts=True)
