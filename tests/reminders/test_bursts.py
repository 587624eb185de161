"""Many people one after the other: claimed together, each mailed once, whatever happens to one."""

import asyncio
import email
from datetime import timedelta

import pytest
from django.utils import timezone

from core import mail
from core.models import MarkedAddress
from interviews import actions as interviews
from reminders import actions, claims, pace
from reminders.models import Reminder
from reminders.pace import Pace
from tests.factories import UserFactory
from tests.mailrooms import Mailroom, free_port, hearing
from tests.reminders.conftest import MET_ON, PEOPLE, THAT_EVENING, march, talk_with

State = Reminder.State
# Bursts of one, two, four, and one of eight people: the fifth is in the middle of one.
MIDDLE = 4


class MoodyMailroom(Mailroom):
    """Meets one address in its own way, the first time."""

    def __init__(self, **about):
        super().__init__(**about)
        self.moods = {}
        self.thinks_about = ""
        self.taken = []

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 - aiosmtpd calls it so
        mood = self.moods.get(address, "")
        if mood.startswith("RCPT"):
            del self.moods[address]
            if mood == "RCPT drop":
                server.transport.abort()
            return mood.removeprefix("RCPT ")
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - aiosmtpd calls it so
        (address,) = envelope.rcpt_tos
        if address == self.thinks_about:
            await asyncio.sleep(0.5)
        mood = self.moods.pop(address, "")
        if mood == "drop":
            server.transport.abort()
        if mood in ("", "take and drop"):
            message_id = email.message_from_bytes(envelope.content)["Message-ID"]
            self.taken.append((address, message_id))
        if mood == "take and drop":
            server.transport.abort()
        return mood if mood[:1].isdigit() else "250 Taken"


@pytest.fixture(params=[(), ("250-PIPELINING",)], ids=["turn by turn", "at once"])
def mailroom(use, request):
    handler = MoodyMailroom(extensions=request.param)
    with hearing(handler) as port:
        use(port)
        yield handler


@pytest.fixture
def claimed(monkeypatch):
    """For how many people each claim was meant."""
    asked, take = [], claims.take

    def note(*, most, **about):
        asked.append(most)
        return take(most=most, **about)

    monkeypatch.setattr(claims, "take", note)
    monkeypatch.setattr(pace, "LONGEST_SECONDS", 60)
    return asked


def row_of(person) -> Reminder:
    return Reminder.objects.get(recipient=person, kind="THANK_YOU", step="OPENS")


def addresses(mailroom) -> list[str]:
    return [address for address, _ in mailroom.taken]


def test_bursts_grow_while_all_goes_well(people, mailroom, claimed):
    assert actions.look(at=march(3)) == PEOPLE

    assert claimed == [1, 2, 4, 8, 16]
    assert addresses(mailroom) == [person.email for person in people]
    assert {row_of(person).message_id for person in people} == {name for _, name in mailroom.taken}


@pytest.mark.parametrize("mood", ["RCPT 550 Nobody", "554 Looks like spam"])
def test_refusal_for_good_in_the_middle_touches_nobody_else(people, mailroom, claimed, mood):
    mailroom.moods[people[MIDDLE].email] = mood

    assert actions.look(at=march(3)) == PEOPLE - 1

    assert claimed == [1, 2, 4, 1, 2, 4]
    assert row_of(people[MIDDLE]).state == State.DEAD
    _others_were_mailed_once(people, mailroom)


@pytest.mark.parametrize("mood", ["RCPT 451 Later", "451 Later", "RCPT 421 Busy"])
def test_refusal_for_now_in_the_middle_touches_nobody_else(people, mailroom, claimed, mood):
    mailroom.moods[people[MIDDLE].email] = mood

    assert actions.look(at=march(3)) == PEOPLE - 1

    assert claimed == [1, 2, 4, 1, 2, 4]
    row = row_of(people[MIDDLE])
    assert (row.state, row.attempts) == (State.PENDING, 1)
    assert row.claimed_until - timezone.now() > timedelta(minutes=4)
    _others_were_mailed_once(people, mailroom)


@pytest.mark.parametrize("mood", ["RCPT drop", "drop", "take and drop"])
def test_dropped_line_in_the_middle_leaves_one_mail_in_doubt(people, mailroom, claimed, mood):
    mailroom.moods[people[MIDDLE].email] = mood

    assert actions.look(at=march(3)) == PEOPLE - 1

    assert claimed == [1, 2, 4, 1, 2, 4]
    assert (row_of(people[MIDDLE]).state, row_of(people[MIDDLE]).attempts) == (State.PENDING, 1)
    _others_were_mailed_once(people, mailroom)
    Reminder.objects.filter(claimed_until__isnull=False).update(claimed_until=timezone.now())
    assert actions.look(at=march(3)) == 1
    copies = {name for to, name in mailroom.taken if to == people[MIDDLE].email}
    assert len(copies) == 1


def test_marked_address_in_the_middle_touches_nobody_else(people, mailroom, claimed):
    MarkedAddress.objects.create(
        email=people[MIDDLE].email, reason=MarkedAddress.Reason.BOUNCED, marked_at=march(2)
    )

    assert actions.look(at=march(3)) == PEOPLE - 1

    assert row_of(people[MIDDLE]).failure.startswith("AddressMarked")
    _others_were_mailed_once(people, mailroom)


def test_deed_recorded_just_before_the_claim_is_not_reminded_of(people, mailroom, claimed):
    talk = row_of(people[MIDDLE]).interview
    interviews.record_thank_you(talk, mailed_on=MET_ON, at=THAT_EVENING)
    type(talk).objects.filter(contact__student=people[MIDDLE + 1]).update(thanked_on=MET_ON)

    assert actions.look(at=march(3)) == PEOPLE - 2

    assert sorted(addresses(mailroom)) == sorted(
        person.email for person in people if person not in people[MIDDLE : MIDDLE + 2]
    )


def test_no_server_puts_each_off_and_ends(people, use, claimed):
    use(free_port())

    assert actions.look(at=march(3)) == 0

    assert claimed == [1] * (PEOPLE + 1)
    assert {row_of(person).attempts for person in people} == {1}


def test_each_message_of_a_dead_worker_goes_out_again_as_it_was(people, mailroom):
    """It was killed in the middle of a burst; what fell due meanwhile waits its turn."""
    burst = claims.take(at=march(3), most=4)
    Reminder.objects.filter(claim__isnull=False).update(claimed_until=timezone.now())
    for claim in burst:
        talk_with(claim.recipient, "Tomás Rivera")

    actions.look(at=march(3))

    sent = dict(mailroom.taken)
    for claim in burst:
        assert sent[claim.recipient.email] == mail.message_id(claim.message_id)


def test_what_was_released_remains_the_same_message(people):
    """It may have been a dead worker's, and have gone out."""
    burst = claims.take(at=march(3), most=2)
    claims.release(burst)
    for claim in burst:
        talk_with(claim.recipient, "Tomás Rivera")

    again = {claim.recipient: claim for claim in claims.take(at=march(3), most=PEOPLE)}

    for claim in burst:
        assert again[claim.recipient].message_id == claim.message_id
        assert {row.attempts for row in again[claim.recipient].rows} == {0}


def test_what_another_worker_took_meanwhile_is_not_released():
    person = UserFactory()
    talk_with(person)
    lost = claims.take(at=march(3))
    Reminder.objects.update(claimed_until=timezone.now())
    claims.take(at=march(3))

    claims.release(lost)

    assert claims.take(at=march(3)) == []


@pytest.mark.parametrize(
    ("seconds", "then"), [(0.01, 8), (0.07, 4), (0.2, 2)], ids=["quick", "so-so", "slow"]
)
def test_slow_server_gets_short_bursts(monkeypatch, seconds, then):
    clock = [10.0]
    monkeypatch.setattr(pace, "monotonic", lambda: clock[0])
    mine = Pace()
    mine.people = 4

    with mine.measured():
        clock[0] += seconds

    assert mine.people == then


def test_burst_never_holds_more_than_so_many():
    mine = Pace()
    for _ in range(9):
        with mine.measured():
            pass

    assert mine.people == pace.MOST_PEOPLE


def _others_were_mailed_once(people, mailroom):
    others = [person for person in people if person != people[MIDDLE]]
    was_taken = [one for one in addresses(mailroom) if one != people[MIDDLE].email]
    assert was_taken == [person.email for person in others]
    for person in others:
        row = row_of(person)
        assert (row.state, row.attempts, row.failure) == (State.SENT, 1, "")
