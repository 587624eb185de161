"""Sending: at most one message per person and morning, nothing lost, nothing twice."""

from datetime import date, time, timedelta

import pytest
from django.utils import timezone

from core import mail
from interviews import actions as interviews
from interviews.models import Interview
from reminders import actions, claims
from reminders.marks import Marks, Sent
from reminders.models import Reminder
from tests.factories import ContactFactory, InteractionFactory, UserFactory
from tests.reminders.conftest import MET_ON, THAT_EVENING, march, take_one, talk_with

State = Reminder.State


def subjects(mailoutbox) -> list[str]:
    return [mail.subject for mail in mailoutbox]


def test_nothing_is_sent_before_the_morning(talk, mailoutbox):
    assert actions.drain(at=march(3, time(7, 59, 59))) == 0
    assert mailoutbox == []


def test_thank_you_is_mailed_on_its_mornings(talk, mailoutbox):
    """G38: the day after, the due day, the last day, the day after that, and a week later."""
    days = [day for day in range(2, 31) if actions.drain(at=march(day))]

    assert days == [3, 4, 5, 6, 13]
    assert subjects(mailoutbox) == [
        "A thank-you to Dana Whitcomb: due tomorrow",
        "A thank-you to Dana Whitcomb: due today",
        "A thank-you to Dana Whitcomb: the last day is today",
        "A thank-you to Dana Whitcomb: 1 day late",
        "A thank-you to Dana Whitcomb: 8 days late",
    ]


def test_follow_up_is_mailed_on_its_mornings(talk, mailoutbox):
    """G45: it opens after 30 days, is due after 45, late after 60."""
    interviews.record_thank_you(talk, mailed_on=MET_ON, at=THAT_EVENING)

    days = [day - 2 for day in range(2, 100) if actions.drain(at=march(day))]

    assert days == [30, 45, 60, 61, 68]
    assert subjects(mailoutbox)[1] == "A second letter to Dana Whitcomb: due today"


@pytest.mark.parametrize(
    ("channel", "direction", "said"),
    [
        ("EMAIL", "OUT", "You wrote on Monday, March 2."),
        ("VOICEMAIL", "OUT", "You called on Monday, March 2."),
        ("IN_PERSON", "OUT", "You talked on Monday, March 2."),
        ("VIDEO", "IN", "You talked on Monday, March 2."),
        ("NOTE", "OUT", "You noted it on Monday, March 2."),
        ("PHONE", "IN", "They called on Monday, March 2."),
        ("LINKEDIN", "IN", "They wrote on Monday, March 2."),
    ],
)
def test_mail_about_a_call_says_how_it_came_to_be_owed(
    student, mailoutbox, channel, direction, said
):
    line = InteractionFactory(
        contact=ContactFactory(student=student), promised_call_on=date(2026, 3, 9),
        happened_on=MET_ON, channel=channel, direction=direction,
    )  # fmt: skip
    actions.reschedule(line, at=THAT_EVENING)

    actions.drain(at=march(9))

    assert f"  Due today. {said}\n" in mailoutbox[0].body


def test_promised_call_is_mailed_on_its_mornings(student, mailoutbox):
    """G16."""
    letter = InteractionFactory(
        contact=ContactFactory(student=student, name="Priya Raman", phone="413 555 0119"),
        promised_call_on=date(2026, 3, 9),
    )
    actions.reschedule(letter, at=THAT_EVENING)

    days = [day for day in range(2, 31) if actions.drain(at=march(day))]

    assert days == [8, 9, 10, 17]
    assert subjects(mailoutbox)[:2] == [
        "The call you promised Priya Raman: due tomorrow",
        "The call you promised Priya Raman: due today",
    ]
    assert all("413 555 0119" in mail.body for mail in mailoutbox)


@pytest.mark.parametrize("day", [3, 4, 5, 6, 13])
def test_each_mail_says_what_a_good_thank_you_holds(talk, mailoutbox, day):
    """G40."""
    actions.drain(at=march(day))

    assert "You met " in mailoutbox[0].body
    assert "the advice that you will use." in mailoutbox[0].body


def test_several_things_go_out_in_one_message(student, mailoutbox):
    talk_with(student, "Dana Whitcomb")
    talk_with(student, "Tomás Rivera")

    assert actions.drain(at=march(3)) == 1

    (mail,) = mailoutbox
    assert mail.subject == "A thank-you to Dana Whitcomb: due tomorrow, and 1 more"
    assert "Thank Dana Whitcomb for the talk" in mail.body
    assert "Thank Tomás Rivera for the talk" in mail.body


def test_each_person_gets_a_message_of_their_own(student, other_student, mailoutbox):
    talk_with(student)
    talk_with(other_student, "Grace Adeyemi")

    assert actions.drain(at=march(3)) == 2

    assert {mail.to[0]: "Grace" in mail.body for mail in mailoutbox} == {
        "Maya Oyelaran <maya@example.edu>": False,
        "Ben Kowalski <ben@example.edu>": True,
    }


def test_missed_mornings_of_one_thing_are_said_once(talk, mailoutbox):
    """The worker was down for three days."""
    assert actions.drain(at=march(6)) == 1

    (mail,) = mailoutbox
    assert mail.body.count("Thank Dana Whitcomb") == 1
    assert Reminder.objects.filter(state=State.SENT).count() == 4


def test_a_second_drain_sends_nothing(talk, mailoutbox):
    actions.drain(at=march(3))

    assert actions.drain(at=march(3)) == 0


def test_what_falls_due_after_the_mail_of_the_day_waits_for_the_next(student, mailoutbox):
    talk_with(student)
    actions.drain(at=march(3))
    talk_with(student, "Tomás Rivera")
    Reminder.objects.filter(interview__contact__name="Tomás Rivera", step="OPENS").update(
        due_at=march(3, time(9))
    )

    assert actions.drain(at=march(3, time(10))) == 0
    assert actions.drain(at=march(3, time(23, 59))) == 0
    assert actions.drain(at=march(4)) == 1
    assert "Tomás Rivera" in mailoutbox[1].body
    assert "Dana Whitcomb" in mailoutbox[1].body


def test_one_mail_a_morning_counts_days_by_the_recipients_calendar(mailoutbox):
    """Four in the afternoon in Honolulu is tomorrow in UTC."""
    student = UserFactory(time_zone="Pacific/Honolulu")
    talk_with(student)
    actions.drain(at=march(3, zone="Pacific/Honolulu"))
    talk_with(student, "Tomás Rivera")

    assert actions.drain(at=march(3, time(16), zone="Pacific/Honolulu")) == 0
    assert actions.drain(at=march(4, zone="Pacific/Honolulu")) == 1


def test_deed_recorded_ends_its_reminders(talk, mailoutbox):
    interviews.record_thank_you(talk, mailed_on=MET_ON, at=THAT_EVENING)

    assert [actions.drain(at=march(day)) for day in range(2, 20)] == [0] * 18
    thanks = Reminder.objects.filter(kind="THANK_YOU")
    assert set(thanks.values_list("state", flat=True)) == {State.CANCELLED}


def test_deed_recorded_behind_our_back_is_seen_at_the_claim(talk, mailoutbox):
    """The claim asks again, whatever the rows say."""
    Interview.objects.update(thanked_on=MET_ON)

    assert actions.drain(at=march(3)) == 0
    assert Reminder.objects.get(kind="THANK_YOU", step="OPENS").state == State.CANCELLED


def test_nobody_who_may_not_log_in_gets_mail(talk, student, mailoutbox):
    student.is_active = False
    student.save()

    assert actions.drain(at=march(3)) == 0

    student.is_active = True
    student.save()
    assert actions.drain(at=march(4)) == 1


def test_running_lease_keeps_others_away(talk, mailoutbox):
    assert take_one(at=march(3)).rows

    assert take_one(at=march(3)) is None
    assert actions.drain(at=march(3)) == 0


def test_running_lease_keeps_other_rows_of_the_person_back(talk, student, mailoutbox):
    """Otherwise two workers would write to one person on one morning."""
    take_one(at=march(3))
    talk_with(student, "Tomás Rivera")

    assert actions.drain(at=march(3)) == 0


def test_lease_that_ran_out_is_claimed_again(talk, mailoutbox):
    """A worker was killed between its claim and its mail."""
    abandoned = take_one(at=march(3))
    Reminder.objects.filter(claim=abandoned.token).update(
        claimed_until=timezone.now() - timedelta(seconds=1)
    )

    assert actions.drain(at=march(3)) == 1


def test_message_id_is_the_same_when_a_worker_died_after_the_send(talk, mailoutbox):
    """The receiving side can drop the second."""
    first = take_one(at=march(3))
    Reminder.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))

    second = take_one(at=march(3, time(20)))

    assert second.token != first.token
    assert second.message_id == first.message_id


def test_what_fell_due_meanwhile_does_not_change_the_message_of_a_dead_worker(
    talk, student, mailoutbox
):
    """It may have gone out: the second must be known for the same, and the rest waits its turn."""
    first = take_one(at=march(3))
    Reminder.objects.filter(claim=first.token).update(
        claimed_until=timezone.now() - timedelta(seconds=1)
    )
    talk_with(student, "Tomás Rivera")

    assert actions.look(at=march(3, time(9))) == 1
    assert mailoutbox[0].extra_headers["Message-ID"] == mail.message_id(first.message_id)
    assert "Tomás" not in mailoutbox[0].body
    assert actions.look(at=march(3, time(9))) == 0
    assert actions.look(at=march(4)) == 1
    assert "Tomás Rivera" in mailoutbox[1].body


def test_token_of_a_claim_that_was_lost_marks_nothing(talk):
    lost = take_one(at=march(3))
    Reminder.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))
    take_one(at=march(3))

    with Marks() as marks:
        marks.add(Sent(lost, march(3)))

    assert not Reminder.objects.filter(state=State.SENT).exists()


def test_deed_recorded_during_the_send_still_counts_as_sent(talk):
    claim = take_one(at=march(3))
    interviews.record_thank_you(talk, mailed_on=MET_ON, at=THAT_EVENING)

    with Marks() as marks:
        marks.add(Sent(claim, march(3)))

    (row,) = claim.rows
    row.refresh_from_db()
    assert (row.state, row.sent_at, row.claim) == (State.SENT, march(3), None)


@pytest.mark.parametrize("attempts", [0, 8])
def test_failure_waits_longer_each_time(talk, attempts):
    Reminder.objects.update(attempts=attempts)
    claim = take_one(at=march(3))

    claims.put_back(claim, failure="TimeoutError", is_final=False)

    row = Reminder.objects.get(pk=claim.rows[0].pk)
    wait = row.claimed_until - timezone.now()
    expected = {0: timedelta(minutes=5), 8: timedelta(hours=6)}[attempts]
    assert abs(wait - expected) < timedelta(seconds=20)
    assert (row.state, row.attempts, row.claim) == (State.PENDING, attempts + 1, None)


def test_tenth_failure_is_the_last(talk):
    Reminder.objects.update(attempts=9)

    claims.put_back(take_one(at=march(3)), failure="TimeoutError", is_final=False)

    assert Reminder.objects.get(step="OPENS", kind="THANK_YOU").state == State.DEAD


def test_row_that_waits_after_a_failure_goes_along_with_the_next(talk, student, mailoutbox):
    claims.put_back(take_one(at=march(3)), failure="TimeoutError", is_final=False)

    assert actions.drain(at=march(3)) == 0
    assert actions.drain(at=march(4)) == 1
    assert set(Reminder.objects.filter(due_at__lte=march(4)).values_list("state", flat=True)) == {
        State.SENT
    }


def test_one_bad_mail_does_not_stop_the_others(student, other_student, mailoutbox):
    talk_with(student)
    talk_with(other_student, "Grace Adeyemi")
    student.email = "not an address"
    student.save()

    assert actions.drain(at=march(3)) == 1

    dead = Reminder.objects.undeliverable().get()
    assert dead.recipient == student
    assert "@" not in dead.failure


def test_sender_takes_less_time_than_the_lease():
    assert timedelta(seconds=mail.SECONDS_TO_SEND) < claims.LEASE
