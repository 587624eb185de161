"""Whether a no was thanked for (G21): then nobody is asked to do it again."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import TruncDate

from contacts.models import Interaction
from interviews.models import Interview
from interviews.models.interview import InterviewQuerySet

Outcome = Interaction.Outcome


def with_thanks(talks: InterviewQuerySet) -> InterviewQuerySet:
    """Each with `is_no_thanked`: the log has thanks from the day of the last no, or after it."""
    noes = Interaction.objects.filter(contact=OuterRef("contact"), outcome=Outcome.DECLINED)
    before, later = (
        noes.filter(happened_on__lte=OuterRef("happened_on")),
        noes.filter(happened_on__gt=OuterRef("happened_on")),
    )
    # A no that was clicked stands in no log; the talk changed on its day.
    since = Q(happened_on__gte=OuterRef("changed_on"))
    thanks = Interaction.objects.filter(contact=OuterRef("contact"), outcome=Outcome.THANKED)
    return talks.alias(changed_on=TruncDate("updated_at")).annotate(
        is_no_thanked=Exists(thanks.filter(~Exists(later)).filter(since | Q(Exists(before))))
    )


def is_no_thanked(talk: Interview) -> bool:
    """One query, unless the talk came `with_thanks`."""
    if hasattr(talk, "is_no_thanked"):
        return talk.is_no_thanked
    this = Interview.objects.filter(pk=talk.pk)
    return with_thanks(this).get().is_no_thanked  # type: ignore[attr-defined]
