"""On which local days students did something: wrote, called, met, thanked, added somebody."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from django.db.models import DateField, DateTimeField, F, Func, QuerySet
from django.db.models.functions import Cast

from accounts.models import Term, User
from contacts.models import Contact, Interaction
from core.localtime import local_date
from interviews.models import Interview

WEEKS = 12
# What a student writes down by its day.
DAYS: dict[type[Interaction | Interview], tuple[str, ...]] = {
    Interaction: ("happened_on", "called_on"),
    Interview: ("held_on", "thanked_on", "followed_up_on"),
}


def weeks_of(students: Sequence[User], *, at: datetime) -> dict[int, list[int]]:
    """How many things each student did in each of the last twelve weeks; the present one is last.

    A week is seven days, and the last of them ends with the student's own today.
    """
    today = {student.pk: local_date(at, student.time_zone) for student in students}
    weeks = {pk: [0] * WEEKS for pk in today}
    # It is yesterday still somewhere.
    begun = at.date() - timedelta(days=7 * WEEKS)
    first, *others = (days.filter(on__gte=begun) for days in _days(students))
    for pk, on in first.union(*others, all=True):
        ago = (today[pk] - on).days // 7
        if 0 <= ago < WEEKS:
            weeks[pk][WEEKS - 1 - ago] += 1
    return weeks


def every_term() -> list[Term]:
    """The newest first."""
    return list(Term.objects.all())


def active_in(term: Term, students: Sequence[User]) -> set[int]:
    """The keys of those who did something on a day from the term's first to its last."""
    in_term = (term.first_on, term.last_on)
    first, *others = (days.filter(on__range=in_term) for days in _days(students))
    return {pk for pk, _ in first.union(*others)}


def _days(students: Sequence[User]) -> Iterator[QuerySet]:
    """Each table's rows of a student and a day."""
    pks = [student.pk for student in students]
    there = Func(
        F("student__time_zone"), F("created_at"), function="timezone", output_field=DateTimeField()
    )
    added = Contact.objects.filter(student__in=pks)
    yield added.annotate(on=Cast(there, DateField())).values_list("student", "on")
    for model, days in DAYS.items():
        written: QuerySet = model.objects.filter(contact__student__in=pks)
        for day in days:
            yield written.annotate(on=F(day)).values_list("contact__student", "on")


def in_words(weeks: Sequence[int]) -> str:
    """The same as the drawing, in words."""
    total, last = sum(weeks), weeks[-1]
    if not total:
        return f"Nothing in {WEEKS} weeks"
    things = "1 thing" if total == 1 else f"{total} things"
    return f"{things} in {WEEKS} weeks, {last} of them in the last"
