"""The advisor's board: the funnel of a whole caseload, its late ones, and the page itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from accounts.models import User
from advising.funnel import funnel_for, funnel_of, reach_of
from advising.models import StudentCounters
from advising.owed import owed_by
from advising.views.board import caseload as board
from benchmarks.campus import AT
from benchmarks.measuring import Figure, Scale, Wrong, in_turn, many_in_turn, often, speed
from benchmarks.pages import page
from contacts.models import Interaction
from core.localtime import local_date
from interviews.models import Interview

Late = set[tuple[str, int]]


def of_board(advisor: User, scale: Scale, *, full: int) -> list[Figure]:
    return [
        _funnel(advisor, scale, full),
        *_late_ones(advisor, scale, full),
        page(scale, "the board", board, advisor, {}),
    ]


def _funnel(advisor: User, scale: Scale, full: int) -> Figure:
    caseload, counters = User.objects.visible_to(advisor), StudentCounters.objects
    keys = [student.pk for student in caseload]
    if funnel_for(caseload) != funnel_of(map(reach_of, counters.filter(pk__in=keys))):
        raise Wrong("The funnel of the caseload is not the sum of its students.")
    ours, rows = in_turn(
        scale.runs,
        lambda: often(lambda: funnel_for(caseload)),
        lambda: often(lambda: list(counters.filter(pk__in=keys))),
    )
    name = f"funnel of {len(keys)} students, against reading as many rows"
    return speed(name, ours, rows, goal=1 / 1.5, from_rows=full)


def _late_ones(advisor: User, scale: Scale, full: int) -> Iterator[Figure]:
    students = list(User.objects.visible_to(advisor))
    people, of_them = "contact__student", {"contact__student__in": students}
    talks = Interview.objects.filter(**of_them).select_related(people)
    lines = Interaction.objects.filter(**of_them).select_related(people)

    def look_through_all() -> Late:
        """As a tutorial of Django has it: everything is loaded."""
        return _by_hand(talks.all(), lines.all())

    def look_through_what_is_open() -> Late:
        """As somebody has it who lets the database leave out what is done."""
        open_talks = talks.awaiting_thank_you() | talks.awaiting_follow_up()
        return _by_hand(open_talks, lines.awaiting_call())

    for words, by_hand, goal in (
        ("all they did", look_through_all, 20),
        ("what is open", look_through_what_is_open, None),
    ):
        if _late(students) != by_hand():
            raise Wrong("The late ones of the caseload are not the same.")
        sides = many_in_turn(scale.runs, lambda: _late(students), by_hand)
        name = f"late ones of the caseload, against looking through {words}"
        yield speed(name, *sides, goal=goal, from_rows=full)


def _late(students: list[User]) -> Late:
    """As the board asks."""
    return {
        (debt.kind, debt.obligation.subject.pk)
        for owed in owed_by(students, at=AT).values()
        for debt in owed
        if debt.is_late
    }


def _by_hand(talks: Iterable[Interview], lines: Iterable[Interaction]) -> Late:
    found = set()
    for talk in talks:
        today = local_date(AT, talk.contact.student.time_zone)
        if talk.is_awaiting_thank_you and (talk.thank_you_last_on or today) < today:
            found.add(("THANK_YOU", talk.pk))
        if talk.is_awaiting_follow_up and (talk.follow_up_last_on or today) < today:
            found.add(("FOLLOW_UP", talk.pk))
    for line in lines:
        today = local_date(AT, line.contact.student.time_zone)
        if line.is_awaiting_call and (line.promised_call_on or today) < today:
            found.add(("PROMISED_CALL", line.pk))
    return found
