"""What the board reads narrow is what the reminders' own obligations say."""

import random
from datetime import UTC, date, datetime, timedelta

import pytest

from advising.owed import owed_by
from interviews.models import Interview
from reminders.schedule import obligations_of
from tests.advising.deeds import hold_talk, thank, write_again
from tests.factories import ContactFactory, InteractionFactory, UserFactory

ZONES = ["Pacific/Honolulu", "America/New_York", "Pacific/Auckland"]


def told(student_pk, owed) -> tuple:
    dates = owed.dates
    return student_pk, owed.kind, owed.subject.pk, dates, owed.is_late, owed.days_late


@pytest.mark.parametrize("hour", [0, 3, 11, 12, 23])
def test_owed_is_what_the_reminders_say(hour):
    """At each of these hours it is another day in one of the zones."""
    chance = random.Random(hour)
    students = [UserFactory(time_zone=zone) for zone in ZONES]
    at = datetime(2026, 3, 10, hour, 0, tzinfo=UTC)
    for student in students:
        for contact in ContactFactory.create_batch(12, student=student):
            on = date(2026, 3, 10) - timedelta(days=chance.randrange(70))
            promised = chance.choice([None, date(2026, 3, 8), date(2026, 3, 10), date(2026, 3, 11)])
            InteractionFactory(contact=contact, happened_on=on, promised_call_on=max(
                promised, on) if promised else None)  # fmt: skip
            talk = hold_talk(contact, on=on)
            if chance.random() < 0.5:
                thank(talk, on=on)
            if chance.random() < 0.3:
                write_again(talk, on=on)
    # Rows of an older time have the due days alone.
    old = Interview.objects.filter(pk__in=Interview.objects.values("pk")[:5])
    old.update(thank_you_last_on=None, follow_up_last_on=None, follow_up_opens_on=None)

    found = owed_by(students, at=at)

    wanted = [told(one.student.pk, one) for one in obligations_of(students, at=at) if one.is_open]
    ours = [told(pk, one.obligation) for pk, owed in found.items() for one in owed]
    assert sorted(ours) == sorted(wanted)
    for owed in found.values():
        assert owed == sorted(owed, key=lambda one: one.obligation.last_on)


def test_owed_is_one_query_and_reads_no_words(django_assert_num_queries, student):
    hold_talk(ContactFactory(student=student), on=date(2026, 3, 2))

    with django_assert_num_queries(1) as asked:
        owed_by([student], at=datetime(2026, 3, 10, tzinfo=UTC))

    assert "notes" not in asked.captured_queries[0]["sql"]
