"""The office's rules, in their order. A change moves nobody: that is a deed of its own."""

from __future__ import annotations

from django.db import transaction

from roster.models import AssignmentRule


@transaction.atomic
def keep_rule(rule: AssignmentRule) -> None:
    """A new one stands last: those before it had their say."""
    there = _locked()
    if rule.pk is None:
        rule.rank = 1 + max((one.rank for one in there), default=0)
    rule.save()


@transaction.atomic
def move_rule(rule: AssignmentRule, *, up: bool) -> None:
    """Change places with its neighbor; at the ends nothing happens."""
    there = _locked()
    here = next((i for i, one in enumerate(there) if one.pk == rule.pk), None)
    if here is None:
        return
    place = min(max(here + (-1 if up else 1), 0), len(there) - 1)
    there.insert(place, there.pop(here))
    for rank, one in enumerate(there, start=1):
        one.rank = rank
    AssignmentRule.objects.bulk_update(there, ["rank"])


def drop_rule(rule: AssignmentRule) -> None:
    rule.delete()


def _locked() -> list[AssignmentRule]:
    """As they are once whoever came before us is done: a second look, after the lock."""
    list(AssignmentRule.objects.select_for_update().order_by("id"))
    return list(AssignmentRule.objects.in_order())
