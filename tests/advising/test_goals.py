"""Goals: who is in one, what counts from its first day to its last, and who sees how it stands."""

import random
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from accounts.models import Caseload, User
from advising.goals import own_progress, progress_of
from advising.models import Goal
from contacts.models import Interaction
from interviews.models import Interview
from tests.advising.deeds import AT, hold_talk, thank
from tests.factories import (
    CaseloadFactory,
    ContactFactory,
    InteractionFactory,
    StudentProfileFactory,
    UserFactory,
)

MARCH = {"from_on": date(2026, 3, 1), "until_on": date(2026, 3, 31)}
SENT = {"metric": "TALKS", "target": "2", "from_on": "2026-03-01", "until_on": "2026-03-31"}


@pytest.fixture(autouse=True)
def _noon():
    with time_machine.travel(AT, tick=False):
        yield


def counts(goal) -> dict[int, int]:
    (progress,) = progress_of([goal])
    return progress.counts


def by_hand(goal, student) -> int:
    """Once more, a row at a time."""
    talks = [talk for talk in Interview.objects.all() if talk.contact.student == student]
    log = [entry for entry in Interaction.objects.all() if entry.contact.student == student]

    def is_in(on) -> bool:
        return on is not None and goal.from_on <= on <= goal.until_on

    held = [talk for talk in talks if is_in(talk.held_on)]
    asked = {entry.contact_id for entry in log if entry.outcome == "ASKED"
             and is_in(entry.happened_on)}  # fmt: skip
    return {
        "TALKS": len(held),
        "MET": len({talk.contact_id for talk in held}),
        "ASKED": len(asked),
        "THANKED": sum(is_in(talk.thanked_on) for talk in talks),
    }[goal.metric]


@pytest.mark.parametrize("seed", range(3))
def test_progress_equals_an_independent_count(seed, advisor, student):
    chance = random.Random(seed)
    other = CaseloadFactory(advisor=advisor).student
    idle = CaseloadFactory(advisor=advisor).student
    for contact in ContactFactory.create_batch(6, student=student) + ContactFactory.create_batch(
        6, student=other
    ):
        for _ in range(2):
            on = date(2026, 2, 20) + timedelta(days=chance.randrange(50))
            InteractionFactory(
                contact=contact, happened_on=on, outcome=chance.choice(["ASKED", "AGREED", ""])
            )
            talk = hold_talk(contact, on=on)
            if chance.random() < 0.5:
                thank(talk, on=on + timedelta(days=2))
    goals = [Goal.objects.create(advisor=advisor, metric=metric, **MARCH) for metric in Goal.Metric]

    for progress in progress_of(goals):
        assert progress.counts == {
            each.pk: by_hand(progress.goal, each) for each in (student, other, idle)
        }


@pytest.mark.parametrize(
    ("on", "count"),
    [
        (date(2026, 2, 28), 0), (date(2026, 3, 1), 1), (date(2026, 3, 31), 1),
        (date(2026, 4, 1), 0),
    ],
    ids=["the day before", "first day", "last day", "the day after"],
)  # fmt: skip
def test_first_and_last_day_count(advisor, student, on, count):
    goal = Goal.objects.create(advisor=advisor, **MARCH)
    hold_talk(ContactFactory(student=student), on=on)

    assert counts(goal) == {student.pk: count}


@pytest.mark.parametrize(
    ("zone", "is_shown"),
    [("Pacific/Honolulu", True), ("America/New_York", False), ("Pacific/Auckland", False)],
)
def test_goal_ends_with_the_last_day_of_the_students_calendar(advisor, zone, is_shown):
    """Six in the morning of the first of April in London."""
    student = CaseloadFactory(advisor=advisor, student__time_zone=zone).student
    Goal.objects.create(advisor=advisor, **MARCH)

    shown = own_progress(student, at=datetime(2026, 4, 1, 6, 0, tzinfo=UTC))

    assert bool(shown) is is_shown


@pytest.mark.parametrize(
    ("group", "is_in"),
    [
        ({}, True),
        ({"class_year": 2027}, True), ({"class_year": 2028}, False),
        ({"major": "Film"}, True), ({"major": "Law"}, False),
        ({"field": "Museums"}, True), ({"field": "Law"}, False),
        ({"class_year": 2027, "major": "Law"}, False),
    ],
)  # fmt: skip
def test_group_and_what_a_student_sees_are_one(advisor, student, group, is_in):
    StudentProfileFactory(
        student=student, class_year=2027, majors=["Film", "Art"], fields_of_interest=["Museums"]
    )
    goals = [Goal.objects.create(**MARCH, **group), Goal.objects.create(
        advisor=advisor, **MARCH, **group)]  # fmt: skip

    for goal in goals:
        assert goal.students().filter(pk=student.pk).exists() is is_in
    seen = Goal.objects.visible_to(student)
    assert set(seen) == (set(goals) if is_in else set())


def test_picked_students_are_the_group(advisor, student):
    other = CaseloadFactory(advisor=advisor).student
    goal = Goal.objects.create(advisor=advisor, picked=[student.pk], **MARCH)

    assert counts(goal) == {student.pk: 0}
    assert list(Goal.objects.visible_to(student)) == [goal]
    assert not Goal.objects.visible_to(other).exists()


def test_goal_of_an_advisor_ends_with_the_caseload(advisor, student, other_advisor):
    goal = Goal.objects.create(advisor=advisor, picked=[student.pk], **MARCH)
    Caseload.objects.update(until=date(2026, 9, 2))
    CaseloadFactory(advisor=other_advisor, student=student)

    assert counts(goal) == {}
    assert not Goal.objects.visible_to(student).exists()


@pytest.mark.parametrize("count", [1, 3])
def test_progress_is_one_query(advisor, student, django_assert_num_queries, count):
    goals = [
        Goal.objects.create(advisor=advisor, metric=metric, **MARCH)
        for metric in list(Goal.Metric)[:count]
    ]

    with django_assert_num_queries(1):
        progress_of(goals)


def test_progress_counts_who_is_there_and_who_has_begun(advisor, student):
    for held in (1, 2):
        other = CaseloadFactory(advisor=advisor).student
        for contact in ContactFactory.create_batch(held, student=other):
            hold_talk(contact, on=date(2026, 3, 5))
    (progress,) = progress_of([Goal.objects.create(advisor=advisor, target=2, **MARCH)])

    assert (progress.students, progress.begun, progress.there, progress.total) == (3, 2, 1, 3)


# Pages


def test_page_sets_a_goal_and_the_student_sees_it(client, advisor, student):
    hold_talk(ContactFactory(student=student, name="Dana"), on=date(2026, 3, 9))
    client.force_login(advisor)
    client.post(reverse("advising:goal_create"), SENT)
    board = client.get(reverse("home")).text
    client.force_login(student)

    today = client.get(reverse("home")).text

    assert Goal.objects.get().advisor == advisor
    assert "0 of 1 student reached it, 1 began." in board
    assert "2 talks held by March 31" in board
    assert "1 of 2 talks held, until March 31." in today
    assert "Set by Ruth Halloran." in today


def test_page_of_the_office_sets_a_goal_for_everybody(client, staff, student):
    client.force_login(staff)
    client.post(reverse("advising:goal_create"), {**SENT, "to": [student.pk]})

    goal = Goal.objects.get()
    assert (goal.advisor, goal.picked) == (None, [])


@pytest.mark.parametrize(
    "changed",
    [
        {"target": "0"}, {"target": "x"}, {"target": "999"}, {"until_on": "2026-02-01"},
        {"from_on": "soon"}, {"major": "Alchemy"}, {"class_year": "27"}, {"metric": "LUCK"},
    ],
)  # fmt: skip
def test_page_says_what_is_wrong(client, advisor, student, changed):
    client.force_login(advisor)

    answer = client.post(reverse("advising:goal_create"), {**SENT, **changed})

    assert answer.status_code == 422
    assert not Goal.objects.exists()


@pytest.mark.parametrize(
    ("who", "change"), [("advisor", 302), ("other_advisor", 404), ("staff", 404), ("student", 403)]
)
def test_goal_of_an_advisor_is_changed_by_them_alone(
    client, request, advisor, student, who, change
):
    goal = Goal.objects.create(advisor=advisor, **MARCH)
    client.force_login(request.getfixturevalue(who))

    answer = client.post(reverse("advising:goal_edit", args=[goal.pk]), {**SENT, "target": "7"})

    goal.refresh_from_db()
    assert answer.status_code == change
    assert goal.target == (7 if who == "advisor" else 3)


@pytest.mark.parametrize(("who", "change"), [("advisor", 403), ("staff", 302), ("student", 403)])
def test_goal_of_the_office_is_changed_by_the_office(client, request, student, who, change):
    goal = Goal.objects.create(**MARCH)
    client.force_login(request.getfixturevalue(who))

    assert client.post(reverse("advising:goal_delete", args=[goal.pk])).status_code == change


@pytest.mark.parametrize(("students", "is_shown"), [(4, False), (5, True)])
def test_office_sees_numbers_of_five_students_at_least_and_no_name(
    client, staff, students, is_shown
):
    goal = Goal.objects.create(major="Film", **MARCH)
    for number in range(students):
        StudentProfileFactory(student=UserFactory(name=f"Zebulon {number}"), majors=["Film"])
    client.force_login(staff)

    for page in (reverse("advising:goals"), reverse("advising:goal", args=[goal.pk])):
        text = client.get(page).text
        assert ("Fewer than five students" in text) is not is_shown
        assert "Zebulon" not in text


def test_who_may_not_log_in_any_longer_is_in_no_group(advisor, student):
    goal = Goal.objects.create(**MARCH)
    User.objects.filter(pk=student.pk).update(is_active=False)

    assert student.pk not in counts(goal)
