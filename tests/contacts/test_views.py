"""A student's own pages of their network."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from contacts.models import Contact, Interaction
from core.localtime import local_date
from tests.factories import AlumFactory, ContactFactory, InteractionFactory


@pytest.fixture(autouse=True)
def _logged_in(client, student):
    client.force_login(student)


@pytest.fixture
def today(student):
    return local_date(timezone.now(), student.time_zone)


@pytest.mark.parametrize("count", [1, 3])
def test_list_asks_as_much_for_three_as_for_one(client, student, count, django_assert_num_queries):
    for contact in ContactFactory.create_batch(count, student=student):
        InteractionFactory(contact=contact)

    # Session, user, people to suggest, count, contacts with their last talk, and two that find
    # whose names look alike.
    with django_assert_num_queries(7):
        answer = client.get(reverse("contacts:list"))

    assert len(answer.context["page_obj"]) == count


@pytest.mark.parametrize("count", [1, 3])
def test_detail_asks_as_much_for_three_as_for_one(
    client, student, count, django_assert_num_queries
):
    contact = ContactFactory(student=student)
    InteractionFactory.create_batch(count, contact=contact)
    ContactFactory.create_batch(count, student=student, referred_by=contact)

    # Session, user, contact, merge, log, referrals, the talks for each of two tags, and whether a
    # no was thanked for.
    with django_assert_num_queries(12):
        client.get(contact.get_absolute_url())


def test_quick_add_takes_a_name_alone(client, student):
    """G7"""
    client.post(reverse("contacts:quick_add"), {"names": "Hal from the train"})

    assert student.contacts.get().name == "Hal from the train"


def test_quick_add_takes_several_at_once(client, student):
    """G8"""
    client.post(reverse("contacts:quick_add"), {"names": "Hal, Wen Li;\nAunt Ruth ,, "})

    names = student.contacts.order_by("id").values_list("name", flat=True)
    assert list(names) == ["Hal", "Wen Li", "Aunt Ruth"]


@pytest.mark.parametrize(
    ("names", "sentence"),
    [
        ("", "Write a name first"),
        (" , ; ", "Write a name first"),
        ("x" * 201, "too long"),
        (",".join(f"Name {n}" for n in range(31)), "at most 30"),
        ("Hal\x00", "Null characters"),
    ],
    ids=["empty", "separators", "long", "many", "NUL"],
)
def test_quick_add_says_what_is_wrong_and_keeps_it(client, student, names, sentence):
    answer = client.post(reverse("contacts:quick_add"), {"names": names})

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not student.contacts.exists()


def test_from_alum_makes_a_contact_in_one_step(client, student):
    alum = AlumFactory()

    answer = client.post(reverse("contacts:from_alum", args=[alum.pk]))

    contact = student.contacts.get()
    assert contact.alum == alum
    assert answer.url == contact.get_absolute_url()


def test_from_alum_does_not_open_who_never_agreed(client, student):
    alum = AlumFactory(consent="UNKNOWN")

    answer = client.post(reverse("contacts:from_alum", args=[alum.pk]))

    assert answer.status_code == 404
    assert not student.contacts.exists()


def test_edit_offers_ones_own_people_as_referrers(client, student, other_student):
    """G11"""
    contact = ContactFactory(student=student)
    mine, theirs = ContactFactory(student=student), ContactFactory(student=other_student)
    url = reverse("contacts:edit", args=[contact.pk])
    said = {"name": "Dana", "name_permission": "YES"}

    refused = client.post(url, {**said, "referred_by": theirs.pk})
    client.post(url, {**said, "referred_by": mine.pk})

    assert refused.status_code == 422
    assert Contact.objects.get(pk=contact.pk).referred_by == mine


def test_edit_refuses_a_zone_that_is_none(client, student):
    contact = ContactFactory(student=student)
    url = reverse("contacts:edit", args=[contact.pk])

    answer = client.post(url, {"name": "D", "name_permission": "YES", "time_zone": "Mars/Olympus"})

    assert answer.status_code == 422


def test_log_writes_a_dated_entry(client, student, today):
    """G10"""
    contact = ContactFactory(student=student)

    client.post(
        reverse("contacts:log", args=[contact.pk]),
        {"happened_on": today, "channel": "LETTER", "direction": "OUT", "outcome": "ASKED",
         "said": "Dear Dana", "promised_call_on": today + timedelta(days=7)},
    )  # fmt: skip

    entry = contact.interactions.get()
    assert (entry.channel, entry.outcome, entry.said) == ("LETTER", "ASKED", "Dear Dana")
    assert entry.is_awaiting_call
    assert not entry.is_shared


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"happened_on": 1}, "That day is still ahead"),
        ({"promised_call_on": -1}, "cannot come before the letter"),
        ({"channel": ""}, "Choose how it happened"),
    ],
    ids=["tomorrow", "promise before the letter", "no channel"],
)
def test_log_says_what_is_wrong_and_keeps_what_was_typed(client, student, today, said, sentence):
    contact = ContactFactory(student=student)
    days = {name: today + timedelta(days=n) for name, n in said.items() if isinstance(n, int)}
    entry = {"happened_on": today, "channel": "EMAIL", "direction": "OUT", "said": "Long words"}

    answer = client.post(reverse("contacts:log", args=[contact.pk]), {**entry, **said, **days})

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert "Long words" in answer.content.decode()
    assert not Interaction.objects.exists()


def test_call_made_ends_the_promise(client, student, today):
    """G16"""
    call = InteractionFactory(
        contact=ContactFactory(student=student), promised_call_on=today, happened_on=today
    )

    client.post(reverse("contacts:call_made", args=[call.pk]))

    assert Interaction.objects.get(pk=call.pk).called_on == today


def test_search_finds_by_every_word(client, student):
    """G42"""
    dana = ContactFactory(student=student, name="Dana", employer="Valley Courier")
    ContactFactory(student=student, name="Dana", employer="Elsewhere")

    answer = client.get(reverse("contacts:list"), {"q": "courier dana"})

    assert list(answer.context["page_obj"]) == [dana]


def test_delete_takes_the_log_along(client, student):
    contact = InteractionFactory(contact=ContactFactory(student=student)).contact

    client.post(reverse("contacts:delete", args=[contact.pk]))

    assert not Contact.objects.exists()
    assert not Interaction.objects.exists()
