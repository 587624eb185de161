"""Two clicks at the same moment, on two connections."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from contacts.actions import Named
from interviews import actions
from interviews.actions.debrief import WriteUp, write_up
from interviews.actions.letters import write_letter
from interviews.actions.live import save_live
from interviews.live import Typed
from interviews.models import Interview, State, Topic
from tests.factories import ContactFactory, InterviewFactory
from tests.interviews.conftest import NOW, TODAY

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


def test_notes_of_two_phones_at_once_are_all_kept():
    """G33"""
    pk = InterviewFactory(state=State.ACCEPTED).pk
    texts = iter(["One.", "Two.", "Three.", "Four."])

    at_once(lambda: save_live(get(pk), typed={"notes": Typed(next(texts))}, at=NOW))

    notes = Interview.objects.get(pk=pk).notes
    assert [notes.count(text) for text in ("One.", "Two.", "Three.", "Four.")] == [1, 1, 1, 1]


def test_write_up_saved_at_once_doubles_nobody_and_nothing():
    """G36, G37"""
    pk = InterviewFactory().pk
    actions.hold(get(pk), held_on=TODAY, at=NOW)
    written = WriteUp(
        fields={"lead": "They wrote to Hal."},
        insights={Topic.DAYS: "Busy."},
        new_advice=["Call Wen."],
        people=[Named("Wen Li")],
    )

    at_once(lambda: write_up(get(pk), written, finish=True, at=NOW))

    talk = get(pk)
    log = talk.contact.interactions.filter(outcome="LEAD")
    counts = (talk.advice.count(), talk.debrief.insights.count(), log.count())
    assert (talk.state, counts, talk.contact.referrals.count()) == (State.DEBRIEFED, (1, 1, 1), 1)


def test_letter_begun_at_once_is_one_letter():
    """G40"""
    pk = InterviewFactory().pk
    actions.hold(get(pk), held_on=TODAY, at=NOW)

    at_once(lambda: write_letter(get(pk), kind="THANK_YOU", at=NOW))

    assert get(pk).contact.letters.count() == 1


def get(pk: int) -> Interview:
    return Interview.objects.get(pk=pk)
