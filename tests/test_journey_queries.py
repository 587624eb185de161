"""Each page of the journey answers within twelve queries, however many people one knows."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import OfficeSettings
from contacts.models import Contact, Interaction
from interviews.models import Interview, State, Topic
from letters.models import Letter
from tests.factories import (
    AdviceFactory,
    DebriefFactory,
    PreparedQuestionFactory,
    ResumeFactory,
    StudentProfileFactory,
)

MOST_QUERIES = 12
PEOPLE = 500
PAGES_OF_ALL = [
    "home", "accounts:profile", "accounts:looks", "alumni:list",
    "contacts:list", "contacts:create", "contacts:brainstorm", "contacts:duplicates",
    "contacts:import_list", "contacts:import_upload", "contacts:requests", "reminders:calendar",
    "letters:list", "letters:resume", "interviews:list",
    "records:search", "records:tree", "records:cards", "records:binder",
]  # fmt: skip
PAGES_OF_CONTACT = [
    "contacts:detail", "contacts:edit", "contacts:log", "contacts:delete", "interviews:create",
    "interviews:call", "letters:create",
]  # fmt: skip
PAGES_OF_TALK = [
    "interviews:detail", "interviews:agree", "interviews:confirm", "interviews:questions",
    "interviews:day", "interviews:live", "interviews:debrief", "interviews:advice",
    "interviews:hold", "interviews:thank", "interviews:follow_up", "interviews:notes",
]  # fmt: skip
PAGES_OF_LETTER = ["letters:detail", "letters:send", "letters:print"]


@pytest.fixture
def network(student):
    """Five hundred people, most of them written to, a hundred met, each led to by another."""
    now = timezone.now()
    met_on = (now - timedelta(days=9)).date()
    StudentProfileFactory(student=student, phone="413 555 0136", background="I study film.")
    ResumeFactory(student=student)
    people = Contact.objects.bulk_create(
        Contact(student=student, name=f"Person {n} Whitcomb{n % 40}", field="Film", phone=f"413{n}")
        for n in range(PEOPLE)
    )
    for before, person in pairwise(people):
        person.referred_by = before if person.pk % 3 else None
    Contact.objects.bulk_update(people, ["referred_by"])
    Interaction.objects.bulk_create(
        Interaction(
            contact=person,
            happened_on=date(2026, 3, 2),
            channel="EMAIL",
            outcome="ASKED",
            said="Dear you",
            promised_call_on=date(2026, 3, 9) if person.pk % 5 == 0 else None,
        )
        for person in people[:400]
    )
    Letter.objects.bulk_create(Letter(contact=person, kind="REQUEST") for person in people[:60])
    OfficeSettings.current()
    Interview.objects.bulk_create(
        Interview(
            contact=person,
            state=State.HELD,
            held_on=met_on,
            thank_you_due_on=met_on + timedelta(days=2),
            follow_up_due_on=met_on + timedelta(days=45),
        )
        for person in people[:100]
    )
    ahead = Interview.objects.create(
        contact=people[200], state=State.CONFIRMED, starts_at=now + timedelta(hours=2)
    )
    held = Interview.objects.filter(state=State.HELD).order_by("pk")[0]
    for talk in (ahead, held):
        PreparedQuestionFactory.create_batch(8, interview=talk, topic=Topic.DAYS)
    DebriefFactory(interview=held, enjoyed="The tour.")
    AdviceFactory.create_batch(4, interview=held)
    return {"contact": people[0], "ahead": ahead, "held": held, "letter": Letter.objects.first()}


def addresses(network) -> list[str]:
    of_talks = [
        reverse(name, args=[network[talk].pk])
        for name in PAGES_OF_TALK
        for talk in ("ahead", "held")
    ]
    return [
        *(reverse(name) for name in PAGES_OF_ALL),
        *(reverse(name, args=[network["contact"].pk]) for name in PAGES_OF_CONTACT),
        *of_talks,
        *(reverse(name, args=[network["letter"].pk]) for name in PAGES_OF_LETTER),
    ]


def test_every_page_answers_within_twelve_queries(client, student, network):
    client.force_login(student)
    too_many = {}
    for url in addresses(network):
        with CaptureQueriesContext(connection) as asked:
            response = client.get(url)
        assert response.status_code in (200, 302), url
        if len(asked) > MOST_QUERIES:
            too_many[url] = len(asked)

    assert too_many == {}
