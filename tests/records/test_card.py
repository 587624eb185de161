"""G43, G44: what a card holds, in its order, and what it still lacks."""

from datetime import date

import pytest

from contacts.models import Contact
from records.card import Card, Suggested, cards_of
from records.completeness import completeness
from tests.factories import AdviceFactory, ContactFactory, InteractionFactory
from tests.records.conftest import held_talk, whole_record

EMPTY = Card(pk=7, name="Ann", work="", address="", phone="", email="")


def test_card_has_exactly_these_facts_in_this_order(dana):
    """G44"""
    card = cards_of([dana])[0]

    assert (card.name, card.work) == ("Dana Whitcomb", "Features editor at Valley Courier")
    assert [tuple(row) for row in card.rows()] == [
        ("Address", ("115 Conz Street", "Northampton, MA")),
        ("Phone", ("+1 413 555 0136",)),
        ("E-mail", ("dana@example.org",)),
        ("Dates of contact", ("Mar 2, 2026 (e-mail); Mar 9, 2026 (we met)",)),
        ("Advice", ("Read the trade paper every week.",)),
        ("People suggested", ("Wen Li, 413 555 0199",)),
        ("Thank-you mailed", ("Mar 11, 2026",)),
        ("Follow-up mailed", ()),
    ]


def test_dates_of_contact_are_exchanges_calls_and_talks(student):
    contact = ContactFactory(student=student)
    InteractionFactory(contact=contact, happened_on=date(2026, 3, 5), channel="NOTE")
    InteractionFactory(
        contact=contact, channel="LETTER", promised_call_on=date(2026, 3, 6),
        called_on=date(2026, 3, 7),
    )  # fmt: skip
    InteractionFactory(contact=contact, channel="LETTER")
    held_talk(contact)

    assert [tuple(one) for one in cards_of([contact])[0].dates] == [
        (date(2026, 3, 2), "letter"),
        (date(2026, 3, 7), "phone"),
        (date(2026, 3, 9), "we met"),
    ]


def test_several_talks_are_told_oldest_first(student):
    contact = ContactFactory(student=student)
    second = held_talk(contact, on=date(2026, 5, 1), thanked_on=date(2026, 5, 2))
    first = held_talk(contact, on=date(2026, 3, 1), thanked_on=date(2026, 3, 2))
    AdviceFactory(interview=second, text="Second")
    AdviceFactory(interview=first, text="First")

    card = cards_of([contact])[0]

    assert card.advice == ("First", "Second")
    assert card.thanked_on == (date(2026, 3, 2), date(2026, 5, 2))


@pytest.mark.parametrize("count", [1, 3])
def test_cards_ask_as_much_for_three_as_for_one(student, count, django_assert_num_queries):
    for _ in range(count):
        whole_record(student)

    with django_assert_num_queries(5):  # People, log, talks, advice, whom they named.
        assert len(cards_of(Contact.objects.of(student).exclude(referrals=None))) == count


def missing(card) -> dict[str, str]:
    return {fact.name: fact.url for fact in completeness(card).missing}


def test_meter_of_a_name_alone():
    """G44: what can be written down now has a link; the rest comes with a talk."""
    meter = completeness(EMPTY)

    assert (meter.there, meter.total) == (0, 7)
    assert missing(EMPTY) == {
        "Address": "/contacts/7/edit/#id_address",
        "Phone": "/contacts/7/edit/#id_phone",
        "E-mail": "/contacts/7/edit/#id_email",
        "Dates of contact": "/contacts/7/log/",
        "People suggested": "/contacts/new/?referred_by=7",
    }
    assert [fact.name for fact in meter.later] == ["Advice", "Thank-you mailed"]


def test_meter_after_a_talk_asks_for_what_it_left_behind(student):
    contact = ContactFactory(student=student)
    talk = held_talk(contact)

    lacking = missing(cards_of([contact])[0])

    assert lacking["Advice"] == f"/interviews/{talk.pk}/debrief/"
    assert lacking["Thank-you mailed"] == f"/interviews/{talk.pk}/thank/"


def test_meter_wants_a_phone_for_each_person_suggested():
    """G36, G44"""
    card = Card(**{**EMPTY.__dict__, "suggested": (Suggested(8, "A", "1"), Suggested(9, "B", ""))})

    fact = {one.name: one for one in completeness(card).facts}["People suggested"]

    assert (fact.is_there, fact.hint) == (False, "Add a phone number for B")
    assert fact.url == "/contacts/9/edit/#id_phone"


def test_meter_of_a_whole_card(dana):
    meter = completeness(cards_of([dana])[0])

    assert (meter.there, meter.is_complete, meter.missing, meter.later) == (7, True, [], [])


def test_meter_is_not_full_while_one_of_two_talks_waits_for_its_thank_you(dana):
    """G38"""
    held_talk(dana, on=date(2026, 5, 1))

    assert list(missing(cards_of([Contact.objects.get(pk=dana.pk)])[0])) == ["Thank-you mailed"]
