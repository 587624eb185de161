"""Whatever points to a row, of whichever floor: found by the models, so that none is forgotten."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import ForeignKey, ManyToOneRel, Model


def links_to(model: type[Model]) -> Iterator[ForeignKey]:
    """Every foreign key to the model, hidden ones too."""
    for relation in model._meta.get_fields(include_hidden=True):
        if isinstance(relation, ManyToOneRel) and isinstance(relation.field, ForeignKey):
            yield relation.field


def name_of(link: ForeignKey) -> str:
    return f"{link.model._meta.label}.{link.name}"
