"""What staff do with one record."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from alumni.actions.answers import TOLD_THE_OFFICE, decline_all
from alumni.models import Alum, Consent
from alumni.searching import terms


@transaction.atomic
def save_alum(alum: Alum, *, at: datetime) -> None:
    """Keep the record, and let its words be found through a slip of the keys.

    A no that came by phone is a no like that of the alum's own desk: it ends what waits.
    """
    alum.save()
    terms.learn(Alum.objects.filter(pk=alum.pk))
    if alum.consent == Consent.NO:
        decline_all(alum, reply=TOLD_THE_OFFICE, at=at)
