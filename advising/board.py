"""The advisor's board: one line for each student, made by a fixed number of queries.

Every day in it is a day of the student's own calendar, who may live in another zone than the
advisor.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property

from django.db.models import F, Subquery
from django.db.models.functions import JSONObject

from accounts.models import OfficeSettings, StudentProfile, User
from advising.funnel import Reach, reach_of
from advising.models import Spoken
from advising.models.counters import counters_of
from advising.owed import Owed, owed_by
from advising.reasons import STUCK, Facts, Reason, WaitingLetter, people, reasons_of
from core.localtime import local_date
from interviews.models import Interview
from letters.models import LetterReview
from reminders.obligations import on_day

RECENT = timedelta(days=14)
# The office's numbers ride along with the students: a page of one has no question to spare.
PATIENCE = Subquery(
    OfficeSettings.objects.values(
        said=JSONObject(
            weeks_to_begin="weeks_to_begin",
            weeks_quiet="weeks_quiet",
            noes_in_a_row="noes_in_a_row",
            talks_without_a_name="talks_without_a_name",
        )
    )
)


@dataclass(frozen=True)
class Row(Facts):
    # The reasons that this advisor has spoken of lately, by what they are about.
    spoken: dict[str, Spoken] = field(default_factory=dict)

    @property
    def profile(self) -> StudentProfile | None:
        return getattr(self.student, "profile", None)

    @property
    def study(self) -> str:
        """“English, 2027”; less where the profile says less."""
        if self.profile is None:
            return ""
        said = [*self.profile.majors[:1], *filter(None, [self.profile.class_year])]
        return ", ".join(map(str, said))

    @cached_property
    def reach(self) -> Reach:
        return reach_of(self.counters)

    @property
    def talks_held(self) -> int:
        return self.counters.talks_held

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

    @cached_property
    def every_reason(self) -> list[Reason]:
        return reasons_of(self)

    @cached_property
    def reasons(self) -> list[Reason]:
        """Why a word might help now."""
        return [reason for reason in self.every_reason if reason.about not in self.spoken]

    @property
    def spoken_of(self) -> list[Reason]:
        return [reason for reason in self.every_reason if reason.about in self.spoken]

    @property
    def can_be_spoken_of(self) -> bool:
        return any(reason.can_be_spoken_of for reason in self.reasons)

    @property
    def stuck(self) -> str:
        return next((one.words for one in self.every_reason if one.why in STUCK), "")

    @property
    def needs_a_word(self) -> bool:
        return bool(self.reasons)

    @property
    def next(self) -> str:
        """What the student does next, in a few words."""
        if self.is_late:
            return self.late[0].what
        if self.owed:
            return f"{self.owed[0].what}, {self.owed[0].when}"
        if self.next_talk and self.next_talk.starts_at:
            on = local_date(self.next_talk.starts_at, self.student.time_zone)
            return f"Meets {self.next_talk.contact.name} {on_day(on, self.today)}"
        if self.stuck:
            return self.stuck
        to_ask = self.reach.identified - self.reach.asked
        if to_ask:
            return f"{people(to_ask)} to ask"
        return "Waits for answers" if self.reach.asked else "Starts a list of people"


def rows_of(advisor: User, *, at: datetime, only: Iterable[int] | None = None) -> list[Row]:
    """One row for each student of the advisor's open caseload, or for those of them in `only`."""
    visible = User.objects.visible_to(advisor).annotate(
        since=F("caseloads_as_student__since"), patience=PATIENCE
    )
    if only is not None:
        visible = visible.filter(pk__in=only)
    students = list(visible.select_related("profile", "counters"))
    # Before the office has said anything, the numbers are CareerHub's own.
    said = students[0].patience if students else None
    office = OfficeSettings(**(said or {}))
    owed, ahead = owed_by(students, at=at), _next_talks(students, at)
    letters, spoken = _waiting_letters(advisor), _spoken(advisor, at)
    return [
        Row(
            student=student,
            office=office,
            today=local_date(at, student.time_zone),
            in_caseload_since=student.since,
            counters=counters_of(student),
            owed=owed.get(student.pk, []),
            letters=letters.get(student.pk, []),
            next_talk=ahead.get(student.pk),
            spoken=spoken.get(student.pk, {}),
        )
        for student in students
    ]


def _next_talks(students: Sequence[User], at: datetime) -> dict[int, Interview]:
    ahead = Interview.objects.ahead(at=at).filter(contact__student__in=students)
    first = ahead.order_by("contact__student", "starts_at").distinct("contact__student")
    narrow = first.select_related("contact").only("starts_at", "contact__name", "contact__student")
    return {talk.contact.student_id: talk for talk in narrow}


def _waiting_letters(advisor: User) -> dict[int, list[WaitingLetter]]:
    waiting = LetterReview.objects.visible_to(advisor).waiting().order_by("asked_at")
    found = defaultdict(list)
    for review in waiting.select_related("letter__contact").only(
        "asked_at", "letter__contact__name", "letter__contact__student"
    ):
        contact = review.letter.contact
        found[contact.student_id].append(WaitingLetter(review.pk, contact.name, review.asked_at))
    return found


def _spoken(advisor: User, at: datetime) -> dict[int, dict[str, Spoken]]:
    found: dict[int, dict[str, Spoken]] = defaultdict(dict)
    for spoken in Spoken.objects.visible_to(advisor).standing(at=at):
        found[spoken.student_id][spoken.about] = spoken
    return found
