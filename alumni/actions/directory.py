"""What staff do with one record."""

from __future__ import annotations

from django.db import transaction

from alumni.models import Alum
from alumni.searching import terms


@transaction.atomic
def save_alum(alum: Alum) -> None:
    """Keep the record, and let its words be found through a slip of the keys."""
    alum.save()
    terms.learn(Alum.objects.filter(pk=alum.pk))
