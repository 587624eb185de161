"""Two clicks at the same moment, on two connections."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from interviews import actions
from interviews.models import Interview, State
from tests.factories import ContactFactory, InterviewFactory
from tests.interviews.conftest import NOW

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(deed, *, clicks: int = 4) -> list:
    barrier = Barrier(clicks)

    def click(_):
        barrier.wait()
        try:
            return deed()
        except actions.Refused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(clicks) as pool:
        return list(pool.map(click, range(clicks)))


def test_begin_at_once_is_one_talk():
    contact = ContactFactory()

    at_once(lambda: actions.begin(contact, at=NOW))

    assert contact.interviews.count() == 1


def test_move_at_once_is_made_once():
    pk = InterviewFactory(state=State.ASKED).pk

    results = at_once(lambda: actions.move(Interview.objects.get(pk=pk), to=State.DECLINED, at=NOW))

    assert results.count(None) == 1
    assert Interview.objects.get(pk=pk).state == State.DECLINED
