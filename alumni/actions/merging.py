"""Two records of one person become one, and two again. Whatever pointed to either is there after.

The older record stays. Locks are taken in the order of the ids, as every writer takes them. Floors
above hear of it by announcement, inside the transaction, and say what they need to go back.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import F, Q

from accounts.models import User
from alumni import merging
from alumni.actions.answers import TOLD_THE_OFFICE, decline_all
from alumni.actions.running import ONE_AT_A_TIME
from alumni.announcements import alum_merged
from alumni.models import Alum, AlumMerge, AlumniMail, Consent, DuplicatePair, Request
from alumni.searching import terms
from core.relations import name_of
from core.snapshots import Row, row_of, values_of


class CannotMerge(Exception):
    """With the reason, in a sentence for staff."""


class SomethingStays(Exception):
    """A row still belongs to the one that would go: rather nothing than a loss."""


@transaction.atomic
def merge(one: Alum, other: Alum, *, choices: dict[str, str], by: User, at: datetime) -> AlumMerge:
    """The newer record goes into the older one; `choices` says by the key of each part what stands.

    What they agreed to is not chosen: the strictest answer wins. Raises CannotMerge.
    """
    hold_imports(CannotMerge)
    kept, merged = _locked(one, other)
    _refuse_two_waiting(kept, merged)
    before: Row = {"kept": snapshot_of(kept), "merged": snapshot_of(merged)}
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
        decline_all(kept, reply=TOLD_THE_OFFICE, at=at)
    before["after"] = snapshot_of(kept)
    return AlumMerge.objects.create(
        kept=kept, merged_pk=merged_pk, merged_by=by, merged_at=at, before=before,
        merged_version=merged_version, kept_version=kept.desk_version,
    )  # fmt: skip


def hold_imports(refusal: type[Exception]) -> None:
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


def _heard(answers: list[tuple[Any, Any]]) -> Row:
    return {name: what for _, answer in answers if answer for name, what in answer.items()}


def snapshot_of(alum: Alum) -> Row:
    """Without what the database makes of the rest."""
    return {name: value for name, value in row_of(alum).items() if name != "search"}
