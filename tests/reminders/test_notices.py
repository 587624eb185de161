"""Notices: what CareerHub told a person lately, by mail or here only."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from interviews import actions as interviews
from reminders import actions
from reminders.models import ReminderChoice, Way
from reminders.notices import notices_of
from tests.factories import UserFactory
from tests.reminders.conftest import MET_ON, THAT_EVENING, march, talk_with
from tests.reminders.worlds import WORLDS


def told(person, *, day=4) -> list[tuple[str, bool]]:
    return [(each.obligation.kind, each.was_mailed) for each in notices_of(person, at=march(day))]


@pytest.mark.parametrize(
    ("way", "expected"),
    [
        (None, [("THANK_YOU", True)]),
        (Way.IN_APP, [("THANK_YOU", False)]),
        (Way.OFF, []),
    ],
)
def test_notices_follow_what_was_chosen(talk, student, way, expected):
    if way:
        ReminderChoice.objects.create(user=student, kind="THANK_YOU", way=way)
    actions.look(at=march(3))
    actions.look(at=march(4))

    assert told(student) == expected


def test_what_is_done_is_no_notice(talk, student):
    actions.look(at=march(3))
    interviews.record_thank_you(talk, mailed_on=MET_ON, at=THAT_EVENING)

    assert told(student) == []


def test_old_notice_is_none(talk, student):
    actions.look(at=march(3))

    assert [day for day in (3, 16, 18) if told(student, day=day)] == [3, 16]


def test_nobody_reads_the_notices_of_another(client, talk, student, other_student):
    actions.look(at=march(3))
    with time_machine.travel(march(4), tick=False):
        client.force_login(other_student)
        assert "Dana" not in client.get(reverse("post:notices")).text
        client.force_login(student)
        assert "Thank Dana Whitcomb" in client.get(reverse("post:notices")).text


@pytest.mark.parametrize("key", WORLDS)
def test_every_kind_can_be_a_notice(client, key, django_assert_max_num_queries):
    """Twelve queries are what a page may take."""
    WORLDS[key].begin(date(2026, 3, 2), "America/New_York")
    person = UserFactory._meta.model.objects.filter(reminders__kind=key).first()
    row = person.reminders.filter(kind=key).order_by("due_at").first()
    actions.look(at=row.due_at)
    client.force_login(person)

    with time_machine.travel(row.due_at, tick=False), django_assert_max_num_queries(12):
        page = client.get(reverse("post:notices"))

    assert "What CareerHub told you" in page.text


@pytest.mark.parametrize("count", [1, 3])
def test_page_takes_the_same_queries_for_one_and_three(
    client, student, count, django_assert_num_queries
):
    for number in range(count):
        talk_with(student, f"Contact {number}")
    actions.look(at=march(3))
    client.force_login(student)

    # The session, the user, choices, rows.
    with time_machine.travel(march(4), tick=False), django_assert_num_queries(4):
        client.get(reverse("post:notices"))
