"""The advisor's board: one line for each student, made by a fixed number of queries.

Every day in it is a day of the student's own calendar, who may live in another zone than the
advisor.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, F, Max, QuerySet

from accounts.models import User
from advising.funnel import Reach, reach_by_student
from advising.owed import Owed, owed_by
from contacts.models import Contact, Interaction
from core.localtime import local_date
from core.templatetags.ui import day_in_words
from interviews.models import Interview

# A fortnight to begin and to ask, four weeks of silence: then a word may help.
TIME_TO_START = timedelta(days=14)
QUIET_FOR = timedelta(days=28)
RECENT = timedelta(days=14)


@dataclass(frozen=True)
class Row:
    student: User
    today: date
    in_caseload_since: date
    reach: Reach
    talks_held: int
    last_active_on: date | None
    owed: list[Owed]
    next_talk: Interview | None

    @property
    def study(self) -> str:
        """“English, 2027”; less where the profile says less."""
        profile = getattr(self.student, "profile", None)
        if profile is None:
            return ""
        return ", ".join(map(str, [*profile.majors[:1], *filter(None, [profile.class_year])]))

    @property
    def late(self) -> list[Owed]:
        """The latest first, as `owed` is."""
        return [debt for debt in self.owed if debt.is_late]

    @property
    def is_late(self) -> bool:
        return bool(self.late)

    @property
    def is_due(self) -> bool:
        return bool(self.owed) and not self.is_late

    @property
    def days_late(self) -> int:
        return self.late[0].days_late if self.late else 0

    @property
    def late_in_words(self) -> str:
        """“4 days late”, “2 things, up to 4 days late”."""
        if len(self.late) < 2:
            return self.late[0].when if self.late else ""
        return f"{len(self.late)} things, up to {self.late[0].when}"

    @property
    def is_recent(self) -> bool:
        return self.last_active_on is not None and self.last_active_on > self.today - RECENT

    @property
    def stuck(self) -> str:
        """Why a word might help, or nothing."""
        if self.reach.identified == 0:
            waited = self.today - self.in_caseload_since
            return "Has not added anybody yet" if waited > TIME_TO_START else ""
        quiet = self.today - (self.last_active_on or self.in_caseload_since)
        if self.reach.asked == 0 and quiet > TIME_TO_START:
            return f"{_people(self.reach.identified)} to ask, none asked yet"
        if quiet > QUIET_FOR and self.next_talk is None:
            return f"Nothing new for {quiet.days // 7} weeks"
        return ""

    @property
    def needs_a_word(self) -> bool:
        return self.is_late or bool(self.stuck)

    @property
    def next(self) -> str:
        """What the student does next, in a few words."""
        if self.is_late:
            return self.late[0].what
        if self.owed:
            return f"{self.owed[0].what}, {self.owed[0].when}"
        if self.next_talk and self.next_talk.starts_at:
            on = local_date(self.next_talk.starts_at, self.student.time_zone)
            return f"Meets {self.next_talk.contact.name} {_on(on, self.today)}"
        if self.stuck:
            return self.stuck
        to_ask = self.reach.identified - self.reach.asked
        if to_ask:
            return f"{_people(to_ask)} to ask"
        return "Waits for answers" if self.reach.asked else "Starts a list of people"


def rows_of(students: QuerySet[User], *, at: datetime) -> list[Row]:
    """One row for each of `students`, who are an advisor's open caseload."""
    people = list(
        students.select_related("profile").annotate(since=F("caseloads_as_student__since"))
    )
    reach, talks = reach_by_student(people), _talks_held(people)
    active, ahead = _active_on(people), _next_talks(people, at)
    owed = owed_by(people, at=at)
    return [
        Row(
            student=student,
            today=local_date(at, student.time_zone),
            in_caseload_since=student.since,
            reach=reach.get(student.pk, Reach()),
            talks_held=talks.get(student.pk, 0),
            last_active_on=max(active[student.pk], default=None),
            owed=owed.get(student.pk, []),
            next_talk=ahead.get(student.pk),
        )
        for student in people
    ]


def _talks_held(people: Sequence[User]) -> dict[int, int]:
    held = Interview.objects.held().filter(contact__student__in=people)
    return dict(held.values_list("contact__student").annotate(Count("pk")).order_by())


def _active_on(people: Sequence[User]) -> dict[int, list[date]]:
    """Days on which something was done: those a student wrote down, and their last touch."""
    logged = Interaction.objects.filter(contact__student__in=people)
    talks = Interview.objects.filter(contact__student__in=people)
    found = Contact.objects.filter(student__in=people)
    days: dict[int, list[date]] = defaultdict(list)
    for pk, *written in logged.values_list("contact__student").annotate(
        Max("happened_on"), Max("called_on")
    ):
        days[pk] += filter(None, written)
    for pk, *written in talks.values_list("contact__student").annotate(
        Max("held_on"), Max("thanked_on"), Max("followed_up_on")
    ):
        days[pk] += filter(None, written)
    touched = found.values_list("student").annotate(
        Max("created_at"), Max("interviews__updated_at")
    )
    zones = {student.pk: student.time_zone for student in people}
    for pk, *moments in touched:
        days[pk] += [local_date(moment, zones[pk]) for moment in moments if moment]
    return days


def _next_talks(people: Sequence[User], at: datetime) -> dict[int, Interview]:
    ahead = Interview.objects.ahead(at=at).filter(contact__student__in=people)
    first = ahead.order_by("contact__student", "starts_at").distinct("contact__student")
    return {talk.contact.student_id: talk for talk in first.select_related("contact")}


def _people(count: int) -> str:
    return "1 person" if count == 1 else f"{count} people"


def _on(on: date, today: date) -> str:
    """“tomorrow”, “on Thursday”."""
    words = day_in_words(on, today)
    return words if abs((on - today).days) < 2 else f"on {words}"
