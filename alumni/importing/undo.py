"""Taking an import back: only what still is as the import left it."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, F, OuterRef, QuerySet

from alumni.models import Alum, Import, ImportRow


def put_back(of_import: Import, *, at: datetime) -> None:
    rows = of_import.rows.filter(outcome=ImportRow.Outcome.UPDATED, alum__isnull=False).order_by(
        "alum_id"
    )
    ids = rows.values("alum_id")
    people = Alum.objects.filter(pk__in=ids).order_by("pk").select_for_update().in_bulk()
    for row in rows.iterator(chunk_size=1000):
        alum = people[row.alum_id]
        values = {
            name: was
            for name, (was, now) in row.replaced.items()
            if getattr(alum, name) == now and not _is_taken(name, was, alum)
        }
        if values:
            for name, was in values.items():
                setattr(alum, name, was)
            alum.updated_at = at
            alum.save(update_fields=[*values, "updated_at"])


def _is_taken(name: str, was: object, alum: Alum) -> bool:
    """Whether somebody else has the e-mail or the number that this person had before."""
    if name not in ("email", "external_id") or not was:
        return False
    return Alum.objects.exclude(pk=alum.pk).filter(**{f"{name}__iexact": was}).exists()


def untouched_newcomers(of_import: Import) -> QuerySet[Alum]:
    """Those whom the list brought, nobody edited, no later list named and nothing refers to."""
    brought = of_import.rows.filter(alum=OuterRef("pk"), outcome=ImportRow.Outcome.CREATED)
    named_since = ImportRow.objects.exclude(of_import=of_import).filter(
        alum=OuterRef("pk"), of_import__state=Import.State.DONE
    )
    newcomers = Alum.objects.filter(
        Exists(brought), ~Exists(named_since), updated_at=F("created_at")
    )
    for relation in Alum._meta.related_objects:
        # A student's contact, a request: whatever the floors above keep about a person.
        if relation.related_model is not ImportRow:
            newcomers = newcomers.filter(**{f"{relation.name}__isnull": True})
    return newcomers
