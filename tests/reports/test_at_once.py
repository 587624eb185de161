"""Readers and writers at the same moment, on connections of their own."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier, Event

import pytest
from django.db import OperationalError, connection, transaction

from accounts.models import OfficeSettings
from contacts.models import Contact
from reports import actions
from reports.models import Fact, Sheet, Stale
from reports.periods import year_from
from tests.factories import AlumFactory, ContactFactory, InteractionFactory, UserFactory
from tests.reports.lives import count_all

pytestmark = pytest.mark.django_db(transaction=True)
DAY = date(2025, 9, 9)


def asked() -> int:
    count_all()
    return sum(Fact.objects.values_list("asked", flat=True))


def test_what_is_not_committed_is_counted_once_it_is():
    """A mark that the worker could not see stays for the next one."""
    contact = ContactFactory()
    assert asked() == 0
    has_written, may_commit = Event(), Event()

    def write() -> None:
        try:
            with transaction.atomic():
                InteractionFactory(contact=contact, happened_on=DAY, outcome="ASKED")
                has_written.set()
                may_commit.wait(20)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        writing = pool.submit(write)
        assert has_written.wait(20)
        # The same student is counted meanwhile.
        Contact.objects.filter(pk=contact.pk).update(name="Dana")
        before = asked()
        may_commit.set()
        writing.result(20)

    assert (before, asked()) == (0, 1)
    assert not Stale.objects.exists()


def test_workers_at_once_count_everybody_once():
    """One of them counts; the others find it at work, or nothing left to do."""
    for _ in range(6):
        contact = ContactFactory(student=UserFactory())
        InteractionFactory(contact=contact, happened_on=DAY, outcome="ASKED")
    OfficeSettings.current()
    marks, barrier = set(Stale.objects.values_list("student_id", flat=True)), Barrier(4)

    def work(_):
        try:
            barrier.wait()
            return count_all()
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(work, range(4))) == [0, 0, 0, len(marks)]

    assert actions.sheet_of(year_from(2025)).content["total"]["asked"] == 6


def test_a_worker_does_not_wait_for_another():
    OfficeSettings.current()
    ContactFactory()
    is_counting, may_commit = Event(), Event()

    def count_slowly() -> bool:
        try:
            with transaction.atomic():
                count_all()
                is_counting.set()
                return may_commit.wait(10)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(count_slowly)
        assert is_counting.wait(20)
        assert count_all() == 0
        may_commit.set()
        assert slow.result(20)


def test_a_worker_that_is_killed_leaves_every_mark():
    """Facts are counted and the sheets are not: none of it stays, and the next one does it all."""
    InteractionFactory(contact=ContactFactory(), happened_on=DAY, outcome="ASKED")
    marks = Stale.objects.count()

    with pytest.raises(OperationalError):
        _count_and_be_cut_off()
    connection.close()

    assert Stale.objects.count() == marks
    assert not Fact.objects.exists()
    assert not Sheet.objects.exists()
    assert asked() == 1


@transaction.atomic
def _count_and_be_cut_off() -> None:
    count_all()
    connection.cursor().execute("SELECT pg_terminate_backend(pg_backend_pid())")


def test_writers_never_wait_for_each_other_over_a_mark():
    """Two open transactions mark the directory's numbers."""
    Stale.objects.all().delete()
    barrier = Barrier(2)

    def write(_) -> None:
        try:
            with transaction.atomic():
                AlumFactory()
                barrier.wait(20)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(write, range(2)))

    assert set(Stale.objects.values_list("student_id", flat=True)) == {0}
    assert Stale.objects.count() >= 2
