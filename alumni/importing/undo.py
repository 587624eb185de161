"""Taking an import back: only what still is as the import left it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Lower

from alumni.models import Alum, AlumQuerySet, Import, ImportRow

AT_ONCE = 1000
UNIQUE = ("email", "external_id")


def put_back(of_import: Import, *, at: datetime) -> None:
    """In the order of the ids, as every writer locks; some at a time, so that memory is bounded."""
    for rows in _changed_rows(of_import):
        people = (
            Alum.objects.filter(pk__in=[row.alum_id for row in rows])
            .without_search()
            .order_by("pk")
            .select_for_update(of=("self",))
            .in_bulk()
        )
        taken = _taken_by_others(rows)
        written: set[str] = set()
        for row in rows:
            alum = people[row.alum_id]
            values = {
                name: was
                for name, (was, now) in row.replaced.items()
                if getattr(alum, name) == now
                and taken.get((name, str(was).lower()), alum.pk) == alum.pk
            }
            for name, was in values.items():
                setattr(alum, name, was)
            if values:
                alum.updated_at = at
                written |= {*values, "updated_at"}
        if written:
            Alum.objects.bulk_update(people.values(), written)


def _changed_rows(of_import: Import) -> Iterator[list[ImportRow]]:
    changed = of_import.rows.filter(outcome=ImportRow.Outcome.UPDATED, alum__isnull=False)
    last = 0
    while rows := list(changed.filter(alum_id__gt=last).order_by("alum_id")[:AT_ONCE]):
        yield rows
        last = rows[-1].alum_id or last


def _taken_by_others(rows: list[ImportRow]) -> dict[tuple[str, str], int]:
    """Whose the e-mails and numbers are now that these people had before."""
    taken: dict[tuple[str, str], int] = {}
    for name in UNIQUE:
        had = {row.replaced[name][0].lower() for row in rows if row.replaced.get(name, [""])[0]}
        holders: Any = Alum.objects.annotate(folded=Lower(name)).filter(folded__in=had)
        taken |= {(name, key): pk for key, pk in holders.values_list("folded", "pk")}
    return taken


def remove_newcomers(of_import: Import) -> None:
    """Those whom the list brought and nobody has touched since; what stayed stays linked."""
    ids, values = untouched_newcomers(of_import).values("pk").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS leaving")
        cursor.execute(f"CREATE TEMPORARY TABLE leaving ON COMMIT DROP AS {ids}", values)
        cursor.execute("ANALYZE leaving")
        cursor.execute(
            "UPDATE alumni_importrow SET alum_id = NULL FROM leaving WHERE alum_id = leaving.pk"
        )
        cursor.execute("DELETE FROM alumni_alum USING leaving WHERE alumni_alum.id = leaving.pk")


def untouched_newcomers(of_import: Import) -> AlumQuerySet:
    """Those whom the list brought, nobody edited, no later list named and nothing refers to."""
    newcomers = (
        _newcomers(of_import).exclude(_named_since(of_import)).filter(updated_at=F("created_at"))
    )
    for name in _relations():
        newcomers = newcomers.filter(**{f"{name}__isnull": True})
    return newcomers


def staying(of_import: Import) -> AlumQuerySet:
    """Newcomers that undoing leaves: somebody edited them, a later list named them, or a student
    has them among their contacts."""
    is_referred_to = Q()
    for name in _relations():
        is_referred_to |= Q(**{f"{name}__isnull": False})
    stays = ~Q(updated_at=F("created_at")) | _named_since(of_import) | is_referred_to
    return _newcomers(of_import).filter(stays).distinct()


def _newcomers(of_import: Import) -> AlumQuerySet:
    brought = of_import.rows.filter(alum=OuterRef("pk"), outcome=ImportRow.Outcome.CREATED)
    return Alum.objects.filter(Exists(brought))


def _named_since(of_import: Import) -> Q:
    return Q(
        Exists(
            ImportRow.objects.exclude(of_import=of_import).filter(
                alum=OuterRef("pk"), of_import__state=Import.State.DONE
            )
        )
    )


def _relations() -> list[str]:
    """A student's contact, a request: whatever the floors above keep about a person."""
    return [
        relation.name
        for relation in Alum._meta.related_objects
        if relation.related_model is not ImportRow
    ]
