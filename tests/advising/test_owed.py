"""What the board reads narrow is what the reminders' own obligations say."""

import random
from datetime import UTC, date, datetime, timedelta

import pytest

from accounts.models import User
from advising.owed import owed_by
from careerhub.demo.history import make_history
from contacts.models import Interaction
from interviews.models import Interview
from reminders.schedule import obligations_of
from tests.advising.deeds import AT, hold_talk, thank, write_again
from tests.factories import ContactFactory, InteractionFactory, UserFactory

ZONES = ["Pacific/Honolulu", "America/New_York", "Pacific/Auckland"]


def told(student_pk, owed) -> tuple:
    dates = owed.dates
    return student_pk, owed.kind, owed.subject.pk, dates, owed.is_late, owed.days_late


@pytest.mark.parametrize("hour", [0, 3, 11, 12, 23])
@pytest.mark.parametrize(
    "day",
    [
        date(2026, 3, 10),
        # The clocks of New York jump, and jump back; those of Auckland do.
        date(2026, 3, 8),
        date(2026, 11, 1),
        date(2026, 4, 4),
        date(2028, 2, 29),
    ],
)
def test_owed_is_what_the_reminders_say(day, hour):
    """At each of these hours it is another day in one of the zones."""
    chance = random.Random(f"{day} {hour}")
    students = [UserFactory(time_zone=zone) for zone in ZONES]
    at = datetime(day.year, day.month, day.day, hour, 0, tzinfo=UTC)
    for student in students:
        for contact in ContactFactory.create_batch(5, student=student):
            on = day - timedelta(days=chance.randrange(70))
            promised = chance.choice([None, *(day + timedelta(days=n) for n in (-2, -1, 0, 1))])
            line = InteractionFactory(contact=contact, happened_on=on, promised_call_on=max(
                promised, on) if promised else None)  # fmt: skip
            if promised and chance.random() < 0.3:
                Interaction.objects.filter(pk=line.pk).update(called_on=line.promised_call_on)
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


@pytest.mark.parametrize("count", [1, 3, 400])
def test_owed_is_one_query_and_reads_no_words(django_assert_num_queries, count):
    make_history(count, seed=1, now=AT, today=AT.date())
    students = list(User.objects.filter(role="STUDENT").order_by("pk"))

    with django_assert_num_queries(1) as asked:
        found = owed_by(students, at=AT)

    assert len(students) == count
    assert "notes" not in asked.captured_queries[0]["sql"]
    wanted = [told(one.student.pk, one) for one in obligations_of(students, at=AT) if one.is_open]
    ours = [told(pk, one.obligation) for pk, owed in found.items() for one in owed]
    assert sorted(ours) == sorted(wanted)
