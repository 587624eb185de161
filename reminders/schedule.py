"""On which mornings reminders go out, and what a group of students owes.

Pure but for obligations_of(), which reads. Every day here is one of the recipient's own calendar.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Model, QuerySet

from accounts.models import User
from reminders import kinds
from reminders.kinds.declaration import Kind
from reminders.kinds.steps import Missed, Slot, Step
from reminders.mail_rules import MailRules
from reminders.models import Subject
from reminders.obligations import Obligation


def slots(owed: Obligation, *, rules: MailRules, at: datetime) -> list[Slot]:
    """The mails still to come, and one for all mornings that had passed before `at`.

    Who logs a talk ten days later gets one mail the next morning, not the four that were missed.
    """
    found, missed = [], []
    for step, slot in _one_a_day(owed, rules=rules, at=at):
        if slot.due_at >= at or step.missed is Missed.SENT:
            found.append(slot)
        elif step.missed is Missed.DROPPED:
            found.append(slot._replace(is_covered=True))
        else:
            missed.append(slot)
    if missed:
        morning = rules.next_morning(at, zone=owed.zone)
        tomorrow = _free(morning, owed, missed[-1].step, rules=rules)
        is_covered = any(slot.due_at == tomorrow for slot in found)
        found.append(missed[-1]._replace(due_at=tomorrow, is_belated=True, is_covered=is_covered))
    return found


def _one_a_day(owed: Obligation, *, rules: MailRules, at: datetime) -> Iterator[tuple[Step, Slot]]:
    """By day. Where two steps fall on one, the later of the declaration is the more urgent."""
    by_day = {}
    for step in rules.steps_of(owed.declared):
        slot = step.slot(owed, rules=rules, at=at)
        if slot is not None:
            due_at = _free(slot.due_at, owed, step.name, rules=rules)
            by_day[slot.due_on] = (step, slot._replace(due_at=due_at))
    return (by_day[on] for on in sorted(by_day))


def _free(due_at: datetime, owed: Obligation, step: str, *, rules: MailRules) -> datetime:
    return rules.free_at(due_at, zone=owed.zone, kind=owed.declared, step=step)


def reminded_of(subject: Subject, *, at: datetime) -> list[Obligation]:
    """All that mails go out about for one row."""
    found = (
        kind.obligation(subject, recipient=kind.recipient_of(subject), at=at)
        for kind in kinds.about(subject)
    )
    return [owed for owed in found if owed]


def owed_for(owner: Subject, *, student: User, at: datetime) -> list[Obligation]:
    """The deeds that one row owes, open or not."""
    found = (
        kind.obligation(owner, recipient=student, at=at)
        for kind in kinds.about(owner)
        if kind.is_deed
    )
    return [owed for owed in found if owed]


def obligations_of(students: Collection[User], *, at: datetime) -> list[Obligation]:
    """All that `students` owe, what is latest first, in a query for each table that owes.

    Some of it is not open yet.
    """
    by_pk = {student.pk: student for student in students}
    found = []
    for rows in _owing(list(students), at=at):
        for row in rows.select_related("contact"):
            row.contact.student = by_pk[row.contact.student_id]
            found += owed_for(row, student=row.contact.student, at=at)
    return sorted(found, key=urgency)


def urgency(owed: Obligation) -> tuple:
    """What is latest, or will be first, comes first."""
    return owed.last_on, owed.due_on, owed.kind, str(owed.subject.pk)


def owning(person: User, *, at: datetime) -> set[Subject]:
    """Every row that has something to say to `person`, deed or not, and the person."""
    found: set[Subject] = {person}
    for kind in kinds.every():
        if kind.recipient_path:
            found.update(kind.with_people(kind.of([person], at=at)))
    return found


def _owing(students: list[User], *, at: datetime) -> list[QuerySet[Any]]:
    """The rows that owe a deed, one query for each table."""
    by_table: dict[type[Model], list[Kind]] = {}
    for kind in kinds.every():
        if kind.is_deed:
            by_table.setdefault(kind.subject, []).append(kind)
    return [
        reduce(or_, (kind.of(students, at=at) for kind in declared))
        for declared in by_table.values()
    ]
