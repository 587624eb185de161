"""Readers and writers at the same moment, on connections of their own."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier, Event

import pytest
from django.db import connection, transaction

from contacts.models import Contact
from reports import actions
from reports.models import Fact, Sheet, Stale
from reports.periods import year_from
from tests.factories import AlumFactory, ContactFactory, InteractionFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)
DAY = date(2025, 9, 9)


def asked() -> int:
    actions.refresh()
    return sum(Fact.objects.values_list("asked", flat=True))


def test_what_is_not_committed_is_counted_once_it_is():
    """A mark that the reader could not see stays for the next one."""
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


def test_readers_at_once_count_everybody_once():
    for _ in range(6):
        contact = ContactFactory(student=UserFactory())
        InteractionFactory(contact=contact, happened_on=DAY, outcome="ASKED")
    year, barrier = year_from(2025), Barrier(4)

    def read(_):
        try:
            barrier.wait()
            return actions.sheet_of(year).content["total"]["asked"]
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(read, range(4))) == [6] * 4

    assert Sheet.objects.count() == 1


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
