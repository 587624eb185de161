"""What a claim asks of the database, and that a mark stands whatever comes after it."""

import pytest

from reminders import actions, claims
from reminders.models import Reminder
from tests.reminders.conftest import march, talk_with

State = Reminder.State


@pytest.mark.parametrize("count", [1, 3])
def test_claim_asks_as_much_for_many_rows_as_for_one(student, count, django_assert_num_queries):
    """The next person, their rows, what these are about, the claim; and a savepoint here."""
    for number in range(count):
        talk_with(student, f"Dana {number}")
    rules = claims.MailRules.current()

    with django_assert_num_queries(6):
        claim = claims.take(at=march(3), rules=rules)

    assert len(claim.rows) == count


def test_mark_goes_with_the_next_claim(student, other_student, django_assert_num_queries):
    talk_with(student)
    talk_with(other_student)
    rules = claims.MailRules.current()
    first = claims.take(at=march(3), rules=rules)

    with django_assert_num_queries(6):
        second = claims.take_after(
            claims.Sent(first, "<first@localhost>", march(3)), at=march(3), rules=rules
        )

    assert second.recipient != first.recipient
    row = Reminder.objects.get(pk=first.rows[0].pk)
    assert (row.state, row.message_id, row.claim) == (State.SENT, "<first@localhost>", None)


def test_mark_stands_when_the_next_claim_breaks(student, other_student, monkeypatch, mailoutbox):
    """A mistake of ours about one person must not mail another one twice."""
    talk_with(student)
    talk_with(other_student)
    take_all_of = claims._take_all_of

    def break_after_the_first(*args, **kwargs):
        if mailoutbox:
            raise ZeroDivisionError
        return take_all_of(*args, **kwargs)

    monkeypatch.setattr(claims, "_take_all_of", break_after_the_first)
    with pytest.raises(ZeroDivisionError):
        actions.look(at=march(3))

    assert len(mailoutbox) == 1
    assert Reminder.objects.filter(state=State.SENT).count() == 1
    monkeypatch.setattr(claims, "_take_all_of", take_all_of)
    assert actions.look(at=march(3)) == 1
    assert len({mail.to[0] for mail in mailoutbox}) == 2
