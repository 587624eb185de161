"""Several workers on one PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core import mail
from django.db import connection, transaction

from interviews import actions as interviews
from reminders import actions, claims, pace
from reminders.models import Reminder
from tests.factories import UserFactory
from tests.reminders.conftest import MET_ON, THAT_EVENING, march, take_one, talk_with

pytestmark = pytest.mark.django_db(transaction=True)

WORKERS = 4


def at_once(work, times=WORKERS):
    """What each of several threads, let go at one moment, returned."""
    barrier = Barrier(times)

    def run(number):
        try:
            barrier.wait(10)
            return work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(run, range(times)))


def test_several_drains_send_each_person_one_mail():
    for _ in range(20):
        student = UserFactory()
        talk_with(student, "Dana Whitcomb")
        talk_with(student, "Tomás Rivera")

    sent = at_once(lambda _: actions.drain(at=march(3)))

    assert sum(sent) == len(mail.outbox) == 20
    assert len({message.to[0] for message in mail.outbox}) == 20
    assert Reminder.objects.filter(state="SENT").count() == 40


def test_bursts_of_several_workers_share_out_the_people(monkeypatch):
    """Nobody is mailed twice, and nobody's rows are parted."""
    monkeypatch.setattr(pace, "LONGEST_SECONDS", 60)
    for _ in range(60):
        student = UserFactory()
        talk_with(student, "Dana Whitcomb")
        talk_with(student, "Tomás Rivera")

    sent = at_once(lambda _: actions.look(at=march(3)))

    assert sum(sent) == len(mail.outbox) == 60
    assert len({message.to[0] for message in mail.outbox}) == 60
    assert all("and 1 more" in message.subject for message in mail.outbox)


def test_bursts_claimed_at_once_hold_different_people():
    for _ in range(12):
        talk_with(UserFactory())

    found = at_once(lambda _: claims.take(at=march(3), most=8))

    held = [claim.recipient.pk for burst in found for claim in burst if claim.rows]
    assert len(held) == len(set(held)) >= 8


@pytest.mark.parametrize("attempt", range(5))
def test_one_person_is_claimed_by_one_worker(attempt):
    """And none of the person's rows is left to another."""
    student = UserFactory()
    for number in range(5):
        talk_with(student, f"Contact {number}")

    found = at_once(lambda _: take_one(at=march(3)))

    assert sorted(len(claim.rows) for claim in found if claim and claim.rows) == [5]


def test_claim_does_not_wait_for_a_person_whom_another_worker_holds():
    for _ in range(2):
        talk_with(UserFactory())

    with transaction.atomic():
        mine = take_one(at=march(3))
        (theirs,) = at_once(lambda _: take_one(at=march(3)), times=1)

    assert mine.recipient != theirs.recipient


def test_drain_does_not_wait_for_a_deed_in_progress():
    """What the deed changes is left for the next minute; a drain that tries on would never end."""
    talk = talk_with(UserFactory())

    with transaction.atomic():
        interviews.record_thank_you(talk, mailed_on=MET_ON, at=THAT_EVENING)
        assert at_once(lambda _: actions.drain(at=march(3)), times=1) == [0]


def test_deed_and_drain_at_once_leave_nothing_waiting():
    talk = talk_with(UserFactory())

    def work(number):
        if number:
            return actions.drain(at=march(3))
        return interviews.record_thank_you(talk, mailed_on=MET_ON, at=THAT_EVENING)

    at_once(work, times=2)

    assert not Reminder.objects.pending().filter(kind="THANK_YOU").exists()
    assert actions.drain(at=march(3)) == 0


def test_same_reminders_written_at_once_are_written_once():
    talk = talk_with(UserFactory())
    Reminder.objects.all().delete()

    at_once(lambda _: actions.reschedule(talk, at=THAT_EVENING))

    assert Reminder.objects.filter(kind="THANK_YOU").count() == 5
