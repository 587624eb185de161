"""Who looks after whom: by hand, by rule, and the history that both leave."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Greatest

from accounts.models import Caseload, User
from roster.matching import Matcher, Move, digest, facts_of
from roster.models import AssignmentRule
from roster.people import present_students, with_advisor
from roster.turns import office_day, take_turn

Source = Caseload.Source
BATCH = 1000


class HasChanged(Exception):
    """Somebody changed a rule, a student or a caseload since the preview was shown."""

    def __str__(self) -> str:
        return "Something changed since you looked. Here is who would move now."


def moves_by_rule(*, also_decided: bool) -> list[Move]:
    """As things stand now; nothing is written."""
    students = present_students().select_related("profile").order_by("name", "pk")
    rules = AssignmentRule.objects.in_force().in_order().select_related("advisor")
    everybody = map(facts_of, with_advisor(students))
    return Matcher(rules).moves(everybody, also_decided=also_decided)


@transaction.atomic
def apply_rules(*, previewed: str, also_decided: bool, at: datetime) -> int:
    """Do what was shown, and nothing else. Raises HasChanged. Returns how many moved."""
    take_turn()
    moves = moves_by_rule(also_decided=also_decided)
    if digest(moves) != previewed:
        raise HasChanged
    give({move.student_id: move.to_id for move in moves}, source=Source.RULE, at=at)
    return len(moves)


@transaction.atomic
def assign_by_hand(students: Iterable[int], advisor: User | None, *, at: datetime) -> int:
    """Rules leave them there from now on. With nobody, their caseload ends. Returns how many."""
    take_turn()
    chosen = list(present_students().filter(pk__in=list(students)).values_list("pk", flat=True))
    if advisor is None:
        return end(chosen, at=at)
    there = Caseload.objects.open().of(advisor).filter(student__in=chosen)
    stay = set(there.values_list("student", flat=True))
    there.exclude(source=Source.HAND).update(source=Source.HAND, updated_at=at)
    moving = {pk: advisor.pk for pk in chosen if pk not in stay}
    give(moving, source=Source.HAND, at=at)
    return len(moving)


def give(to: Mapping[int, int], *, source: str, at: datetime) -> list[Caseload]:
    """Student to advisor, inside the caller's turn; what was open ends today."""
    end(to, at=at)
    on = office_day(at)
    return Caseload.objects.bulk_create(
        [
            Caseload(student_id=student, advisor_id=advisor, since=on, source=source)
            for student, advisor in to.items()
        ],
        batch_size=BATCH,
    )


def end(students: Iterable[int], *, at: datetime) -> int:
    """None is forgotten: each keeps the day on which it ended."""
    now = Caseload.objects.open().filter(student__in=list(students))
    return now.update(until=Greatest("since", Value(office_day(at))), updated_at=at)
