"""What a claim asks of the database, and that a mark stands whatever comes after it."""

import pytest
from django.db import connection

from core import statements
from core.statements import array
from reminders import actions, claim_statements, claims
from reminders.models import Reminder
from tests.factories import UserFactory
from tests.reminders.conftest import march, take_one, talk_with

State = Reminder.State


@pytest.mark.parametrize("count", [1, 3])
def test_claim_asks_as_much_for_many_people_as_for_one(count, django_assert_num_queries):
    for _ in range(count):
        talk_with(UserFactory())
    rules = claims.MailRules.current()

    with django_assert_num_queries(6):
        found = claims.take(at=march(3), rules=rules, most=8)

    assert len({claim.recipient.pk for claim in found if claim.rows}) == count
    assert len({claim.token for claim in found}) == 1
    assert len({claim.message_id for claim in found}) == count


@pytest.mark.parametrize("count", [1, 3])
def test_claim_asks_as_much_for_many_rows_as_for_one(student, count, django_assert_num_queries):
    """The next person, their rows, what these are about, the claim; and a savepoint here."""
    for number in range(count):
        talk_with(student, f"Dana {number}")
    rules = claims.MailRules.current()

    with django_assert_num_queries(6):
        claim = take_one(at=march(3), rules=rules)

    assert len(claim.rows) == count


def test_mark_stands_when_the_next_claim_breaks(student, other_student, monkeypatch, mailoutbox):
    """A mistake of ours about one person must not mail another one twice."""
    talk_with(student)
    talk_with(other_student)
    take = claims._take

    def break_after_the_first(*args, **kwargs):
        if mailoutbox:
            raise ZeroDivisionError
        return take(*args, **kwargs)

    monkeypatch.setattr(claims, "_take", break_after_the_first)
    with pytest.raises(ZeroDivisionError):
        actions.look(at=march(3))

    assert len(mailoutbox) == 1
    assert Reminder.objects.filter(state=State.SENT).count() == 1
    monkeypatch.setattr(claims, "_take", take)
    assert actions.look(at=march(3)) == 1
    assert len({mail.to[0] for mail in mailoutbox}) == 2


# More than fit on a few pages: below that PostgreSQL reads them all, and is right.
SENT_BEFORE = """
    INSERT INTO reminders_reminder (recipient_id, kind, step, due_on, due_at, state, sent_at,
        attempts, failure, server_words, message_id, created_at, updated_at)
    SELECT person.id, 'thank_you', 'first', date '2025-01-01' + day, now(), 'SENT',
        timestamptz '2025-01-01 12:00Z' + day * interval '1 day', 1, '', '', '', now(), now()
    FROM accounts_user AS person, generate_series(1, 2000) AS day"""


def test_claim_finds_what_is_due_without_reading_what_was_sent(people):
    with connection.cursor() as cursor:
        cursor.execute(SENT_BEFORE)
        cursor.execute("ANALYZE reminders_reminder")
    at = march(3)

    next_people = plan_of(claim_statements._next_people(8), at=at, passed_over="{}")
    due_rows = plan_of(
        claim_statements._due_rows(),
        at=at, mailed_until=at, mornings=["thank_you"], people=array([people[0].pk]),
    )  # fmt: skip

    for plan in (next_people, due_rows):
        assert "reminder_pending" in plan
        assert "Seq Scan on reminders_reminder" not in plan
    assert "reminder_last_mail" in due_rows


def plan_of(statement: str, **values) -> str:
    return "\n".join(line for (line,) in statements.fetch(f"EXPLAIN {statement}", values))
