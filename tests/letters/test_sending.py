"""A letter goes out once, leaves its copy in the log, and its promise is owed."""

import email
import email.policy
import inspect
import threading
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from contacts.models import Interaction
from core import outbox
from interviews import actions as interviews
from interviews.actions.letters import write_letter
from letters import actions, tasks
from letters.advice import advice_of
from letters.forms import words_of
from letters.models import Delivery, Letter
from reminders.models import Reminder
from tests.factories import ContactFactory, LetterFactory
from tests.reminders.test_threads import at_once

AT = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)
SentBy = Letter.SentBy
GOOD = {
    "greeting": "Dear Dana Whitcomb,",
    "who": "I am a student at Mill River College and study film.",
    "found": "I found your name in the alumni directory.",
    "background": "Last summer I worked for a weekly paper.",
    "objective": "I would like to learn how people get started in journalism.",
    "ask": "May I visit you for 30 minutes at a time that is convenient for you?",
    "close": "I will call your office on Monday, March 9 to ask whether that would suit you.",
    "signature": "Sincerely,\nMaya Oyelaran",
}


@pytest.fixture
def contact(student):
    return ContactFactory(student=student, name="Dana Whitcomb", email="dana@example.org")


@pytest.fixture
def letter(contact):
    letter = actions.draft(contact, kind=Letter.Kind.REQUEST, at=AT)
    words = actions.Words(subject="A short talk?", blocks=GOOD, call_on=date(2026, 3, 9))
    actions.save(letter, words)
    return letter


def send(letter, *, by=SentBy.OWN, on=TODAY, channel="EMAIL", at=AT):
    actions.send(letter, by=by, on=on, channel=channel, at=at)


def test_copy_of_a_letter_is_in_the_log(letter):
    """G10: what was sent, how, and when."""
    send(letter, channel="LETTER", on=date(2026, 3, 1))

    (entry,) = Interaction.objects.all()
    assert (entry.channel, entry.happened_on, entry.outcome) == (
        "LETTER", date(2026, 3, 1), "ASKED",
    )  # fmt: skip
    assert entry.said.startswith("Dear Dana Whitcomb,")
    assert entry.said.endswith("Maya Oyelaran")
    letter.refresh_from_db()
    assert (letter.state, letter.interaction) == (Letter.State.SENT, entry)


def test_promised_call_is_owed_once_the_letter_is_out(letter):
    """G16"""
    assert not Reminder.objects.filter(kind="PROMISED_CALL").exists()

    send(letter)

    assert Interaction.objects.get().promised_call_on == date(2026, 3, 9)
    assert Reminder.objects.filter(kind="PROMISED_CALL").exists()


def test_letter_is_sent_once(letter):
    send(letter)

    with pytest.raises(actions.AlreadySent):
        send(letter)

    assert Interaction.objects.count() == 1


def test_letter_of_tomorrow_has_not_gone_out(letter):
    with pytest.raises(actions.Refused, match="still ahead"):
        send(letter, on=date(2026, 3, 3))


def test_day_is_one_of_the_students_calendar(letter):
    """Half past eleven in the evening of the 2nd in New York is the 3rd in UTC."""
    with pytest.raises(actions.Refused, match="still ahead"):
        send(letter, on=date(2026, 3, 3), at=datetime(2026, 3, 3, 4, 30, tzinfo=UTC))


def test_request_without_an_objective_does_not_go(letter):
    """G14"""
    letter.blocks["objective"] = " "
    letter.save()

    with pytest.raises(actions.NotReady, match="Say what you are after"):
        send(letter)


def test_letter_with_a_blank_does_not_go(letter):
    """G15"""
    letter.blocks["objective"] = "I have read [what you read]."
    letter.save()

    with pytest.raises(actions.NotReady):
        send(letter)

    assert not Interaction.objects.exists()


def test_sent_letter_is_not_written_over(letter):
    send(letter)

    with pytest.raises(actions.AlreadySent):
        actions.save(letter, actions.Words(subject="x", blocks={}))


def test_wrong_click_is_taken_back(letter):
    send(letter)

    actions.take_back(letter, at=AT)

    letter.refresh_from_db()
    assert (letter.state, letter.sent_on, letter.interaction) == (Letter.State.READY, None, None)
    assert not Interaction.objects.exists()
    assert not Reminder.objects.exists()


@pytest.fixture
def that_day():
    """The clock of pages and workers stands at AT."""
    with time_machine.travel(AT, tick=False):
        yield


def test_page_opens_the_students_own_mail_program(that_day, client, student, letter):
    client.force_login(student)

    page = client.get(reverse("letters:send", args=[letter.pk])).text

    assert "mailto:dana@example.org?subject=A%20short%20talk%3F&amp;body=Dear%20Dana" in page
    assert "%0D%0A%0D%0AI%20am%20a%20student" in page


def test_page_writes_down_that_it_went_out(that_day, client, student, letter):
    client.force_login(student)

    response = client.post(
        reverse("letters:send", args=[letter.pk]), {"on": "2026-03-01", "channel": "LETTER"}
    )

    assert response.status_code == 302
    letter.refresh_from_db()
    assert (letter.state, letter.sent_on) == (Letter.State.SENT, date(2026, 3, 1))


@pytest.mark.parametrize(
    ("on", "channel", "sentence"),
    [
        ("2026-03-03", "EMAIL", "That day is still ahead"),
        ("1926-03-02", "EMAIL", "Check the year"),
        ("", "EMAIL", "Write down the day"),
        ("soon", "EMAIL", "year, month and day"),
        ("2026-03-02", "PIGEON", "Choose one of the three"),
    ],
)
def test_page_says_what_is_wrong_with_the_day(
    that_day, client, student, letter, on, channel, sentence
):
    client.force_login(student)

    response = client.post(
        reverse("letters:send", args=[letter.pk]), {"on": on, "channel": channel}
    )

    assert response.status_code == 422
    assert sentence in response.text
    assert "<title>Error: " in response.text
    assert not Interaction.objects.exists()


def test_page_says_before_anybody_sends_it_what_stops_the_letter(client, student, letter):
    """G15: the way out is the letter itself, and no mail program is offered."""
    letter.blocks["found"] = "I heard of you through [whom, or what]."
    letter.save()
    client.force_login(student)

    page = client.get(reverse("letters:send", args=[letter.pk])).text

    assert "Not yet" in page
    assert "mailto:" not in page
    assert f"{letter.get_absolute_url()}#advice" in page


def test_letter_does_not_promise_a_call_of_the_past(letter):
    """G16: the promise would be broken on arrival."""
    with pytest.raises(actions.NotReady, match="call on March 9"):
        send(letter, on=date(2026, 3, 10), at=AT + timedelta(days=8))


def test_letter_that_promises_no_call_owes_none(letter):
    """G16: the day in the plan alone binds nobody."""
    letter.blocks["close"] = "I look forward to hearing from you."
    letter.save()

    send(letter)

    assert Interaction.objects.get().promised_call_on is None


def test_advice_stops_no_letter(letter):
    """G15: only what nobody can want stops it."""
    letter.blocks["ask"] = "May I visit you for 90 minutes on Tuesday?"
    letter.blocks["background"] = ""
    letter.save()
    assert advice_of(letter, at=AT)

    send(letter)

    assert letter.is_sent


def test_name_of_the_referrer_without_leave_stops_the_letter(letter):
    """G22"""
    letter.contact.referred_by = ContactFactory(student=letter.student, name="Lena Ortiz")
    letter.contact.name_permission = "NO"
    letter.contact.save()
    letter.blocks["found"] = "Lena Ortiz gave me your name."
    letter.save()

    with pytest.raises(actions.NotReady):
        send(letter)


def test_letter_that_the_advisor_has_is_not_sent(letter, advisor):
    actions.ask_review(letter, question="", at=AT)

    with pytest.raises(actions.Refused, match="take it back"):
        send(letter)


def test_thank_you_is_written_down_as_thanks(contact):
    """G38, G40"""
    blocks = {"enjoyed": "Thank you for the tour, which I enjoyed most of all.",
              "advice": "Your advice to read the trade paper helped me.",
              "plan": "I will read it each week."}  # fmt: skip
    thanks = actions.draft(contact, kind="THANK_YOU", at=AT, blocks=blocks)

    send(thanks)

    assert Interaction.objects.get().outcome == "THANKED"


def test_talk_hears_that_its_thank_you_went_out(contact):
    """G38: what is owed ends with the letter, and is owed again when it is taken back."""
    talk = interviews.begin(contact, at=AT)
    interviews.hold(talk, held_on=date(2026, 3, 1), at=AT)
    thanks = write_letter(talk, kind="THANK_YOU", at=AT)
    words = {"enjoyed": "I enjoyed the tour.", "advice": "Your advice to read on helped me.",
             "plan": "I will do so."}  # fmt: skip
    actions.save(thanks, words_of(thanks, blocks=words))

    send(thanks)
    talk.refresh_from_db()
    assert talk.thanked_on == TODAY

    actions.take_back(thanks, at=AT)
    talk.refresh_from_db()
    assert talk.thanked_on is None


def test_refusal_of_the_talk_is_said_and_the_letter_is_out(that_day, client, student, contact):
    """A thank-you dated before the talk."""
    talk = interviews.begin(contact, at=AT)
    interviews.hold(talk, held_on=TODAY, at=AT)
    thanks = write_letter(talk, kind="THANK_YOU", at=AT)
    words = {"enjoyed": "I enjoyed the tour.", "advice": "Your advice to read on helped me.",
             "plan": "I will do so."}  # fmt: skip
    actions.save(thanks, words_of(thanks, blocks=words))
    client.force_login(student)

    response = client.post(
        reverse("letters:send", args=[thanks.pk]),
        {"on": "2026-03-01", "channel": "EMAIL"}, follow=True,
    )  # fmt: skip

    assert "You met on March 2, 2026" in response.text
    assert Letter.objects.get().is_sent


def test_careerhub_mails_it_with_the_student_as_the_one_to_answer(letter, mailroom):
    """Through a real SMTP server."""
    send(letter, by=SentBy.CAREERHUB)

    assert actions.deliver_due(at=AT) == 1

    (envelope,) = mailroom.envelopes
    mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
    assert envelope.rcpt_tos == ["dana@example.org"]
    assert mail["Reply-To"].addresses[0].addr_spec == "maya@example.edu"
    assert mail["From"].addresses[0].display_name == "Maya Oyelaran"
    assert mail["From"].addresses[0].addr_spec != "maya@example.edu"
    assert mail["Subject"] == "A short talk?"
    assert mail.get_content().startswith("Dear Dana Whitcomb,")


def test_mail_that_was_taken_is_not_sent_again(letter, mailroom):
    send(letter, by=SentBy.CAREERHUB)

    assert [actions.deliver_due(at=AT), actions.deliver_due(at=AT + timedelta(days=1))] == [1, 0]
    assert len(mailroom.envelopes) == 1


@pytest.mark.parametrize("answer", ["421 Busy", "450 Locked", "451 Later"])
def test_refusal_for_now_is_tried_again_under_the_same_id(letter, mailroom, answer):
    send(letter, by=SentBy.CAREERHUB)
    mailroom.to_data = answer
    assert actions.deliver_due(at=AT) == 0
    mailroom.to_data = "250 Taken"

    assert actions.deliver_due(at=AT + timedelta(minutes=1)) == 0
    assert actions.deliver_due(at=AT + timedelta(minutes=2, seconds=9)) == 1

    ids = {
        email.message_from_bytes(envelope.content)["Message-ID"] for envelope in mailroom.envelopes
    }
    assert len(ids) == 1


def test_refusal_for_good_is_told_to_the_student(client, student, letter, mailroom):
    send(letter, by=SentBy.CAREERHUB)
    mailroom.to_recipient = "550 No such person"

    actions.deliver_due(at=AT)

    assert Delivery.objects.get().failed_at - AT < timedelta(seconds=9)
    client.force_login(student)
    page = client.get(letter.get_absolute_url()).text
    assert "Your letter did not reach Dana Whitcomb" in page
    assert "550 No such person" in page


def test_tenth_failure_is_the_last(letter, mailroom):
    send(letter, by=SentBy.CAREERHUB)
    mailroom.to_data = "451 Later"

    for hours in range(0, 100, 4):
        actions.deliver_due(at=AT + timedelta(hours=hours))

    assert len(mailroom.envelopes) == 10
    assert Delivery.objects.get().failed_at is not None


def test_failed_letter_goes_out_when_the_address_is_right(letter, mailroom):
    send(letter, by=SentBy.CAREERHUB)
    mailroom.to_recipient = "550 No such person"
    actions.deliver_due(at=AT)
    letter.contact.email = "right@example.org"
    letter.contact.save()
    mailroom.to_recipient = None

    actions.try_again(Delivery.objects.get(), at=AT + timedelta(days=1))
    actions.deliver_due(at=AT + timedelta(days=1))

    assert [envelope.rcpt_tos for envelope in mailroom.envelopes] == [["right@example.org"]]


def test_dead_workers_letter_is_found_again_after_its_lease(letter, mailroom):
    """As if the worker had died between the claim and the mail."""
    send(letter, by=SentBy.CAREERHUB)
    outbox.claim(Delivery.objects.due(at=AT), at=AT)

    assert actions.deliver_due(at=AT + timedelta(seconds=59)) == 0
    assert actions.deliver_due(at=AT + timedelta(seconds=60)) == 1


def test_letter_that_is_on_its_way_is_not_taken_back(letter):
    send(letter, by=SentBy.CAREERHUB)

    with pytest.raises(actions.Refused, match="cannot be called back"):
        actions.take_back(letter, at=AT)


def test_nobody_is_mailed_without_an_address(client, student, letter):
    letter.contact.email = ""
    letter.contact.save()
    client.force_login(student)

    response = client.post(reverse("letters:send", args=[letter.pk]), {"by_careerhub": "1"})

    assert response.status_code == 422
    assert not Delivery.objects.exists()
    assert Letter.objects.get().state == Letter.State.DRAFT


def test_line_break_in_a_name_or_subject_breaks_no_header(letter, mailroom):
    letter.contact.name = "Dana\r\nBcc: all@example.org"
    letter.contact.save()
    letter.blocks["greeting"] = "Dear Dana\r\nBcc: all@example.org,"
    letter.subject = "Hello\r\nBcc: all@example.org"
    letter.state, letter.sent_on = Letter.State.SENT, TODAY
    letter.save()
    Delivery.objects.create(letter=letter, due_at=AT)

    actions.deliver_due(at=AT)

    (envelope,) = mailroom.envelopes
    assert envelope.rcpt_tos == ["dana@example.org"]
    assert email.message_from_bytes(envelope.content)["Bcc"] is None


def test_words_of_the_mail_server_are_in_no_log(letter, mailroom, caplog):
    """They may quote an address."""
    send(letter, by=SentBy.CAREERHUB)
    mailroom.to_recipient = "550 <dana@example.org> unknown"
    caplog.clear()

    actions.deliver_due(at=AT)

    ours = [record.getMessage() for record in caplog.records if record.name == "core.outbox"]
    assert ours == [f"No mail for letter {letter.pk}: SMTPRecipientsRefused 550"]
    assert Delivery.objects.get().server_words == "550 <dana@example.org> unknown"


def test_no_server_at_all_is_tried_again(letter, use):
    use(1)
    send(letter, by=SentBy.CAREERHUB)

    assert actions.deliver_due(at=AT) == 0

    row = Delivery.objects.get()
    assert (row.failed_at, row.attempts) == (None, 1)
    assert row.server_words == "the mail server could not be reached"


def test_address_that_was_taken_away_meanwhile_is_told(letter, mailroom):
    send(letter, by=SentBy.CAREERHUB)
    letter.contact.email = ""
    letter.contact.save()

    actions.deliver_due(at=AT)

    assert Delivery.objects.get().failed_at is not None
    assert "no e-mail" in Delivery.objects.get().server_words


def test_letter_that_was_not_delivered_is_taken_back_and_sent_otherwise(
    letter,
    mailroom,
):
    send(letter, by=SentBy.CAREERHUB)
    mailroom.to_recipient = "550 No such person"
    actions.deliver_due(at=AT)

    actions.take_back(Letter.objects.get(), at=AT)
    send(letter, channel="LETTER")

    assert not Delivery.objects.exists()
    assert Interaction.objects.get().channel == "LETTER"


def test_letter_that_is_on_its_way_is_not_thrown_away(client, student, letter):
    send(letter, by=SentBy.CAREERHUB)
    client.force_login(student)

    response = client.post(reverse("letters:delete", args=[letter.pk]), follow=True)

    assert "cannot be called back" in response.text
    assert Delivery.objects.exists()


def test_letter_thrown_away_leaves_its_copy_in_the_log(letter):
    """G10"""
    send(letter)

    actions.delete(letter)

    assert Interaction.objects.get().said.startswith("Dear Dana")


def test_bell_carries_nothing():
    """Names and addresses stay in PostgreSQL."""
    assert list(inspect.signature(tasks.deliver.run).parameters) == []
    entry = settings.CELERY_BEAT_SCHEDULE["deliver-letters"]
    assert (entry["task"], entry["schedule"]) == (tasks.deliver.name, 60.0)


def test_page_hands_the_letter_to_careerhub(that_day, client, student, letter, mailroom):
    client.force_login(student)

    client.post(reverse("letters:send", args=[letter.pk]), {"by_careerhub": "1"})

    assert tasks.deliver() == 1
    assert len(mailroom.envelopes) == 1
    assert "mailed by CareerHub" in client.get(letter.get_absolute_url()).text


def test_sent_letter_is_read_only(that_day, client, student, letter):
    send(letter)
    client.force_login(student)

    page = client.get(letter.get_absolute_url()).text
    late = client.post(letter.get_absolute_url(), {"subject": "x", "block_who": "My new words."})

    assert 'name="block_who"' not in page
    assert late.status_code == 422
    assert "My new words." in late.text
    assert "This letter has gone out" in late.text
    assert Letter.objects.get().blocks["who"] == GOOD["who"]


@pytest.mark.parametrize(
    ("who", "status"), [("student", 200), ("other_student", 404), ("advisor", 404), ("staff", 404)]
)
@pytest.mark.parametrize("page", ["send", "print", "delete", "ask_review"])
def test_pages_of_a_letter_are_its_writers(client, request, advisor, letter, page, who, status):
    client.force_login(request.getfixturevalue(who))

    assert client.get(reverse(f"letters:{page}", args=[letter.pk])).status_code == status


@pytest.mark.parametrize("page", ["send", "print", "detail"])
def test_pages_ask_seldom(client, student, letter, page):
    client.force_login(student)

    with CaptureQueriesContext(connection) as asked:
        client.get(reverse(f"letters:{page}", args=[letter.pk]))

    assert len(asked) <= 12


@pytest.mark.django_db(transaction=True)
def test_two_workers_mail_each_letter_once(student, mailroom):
    for number in range(8):
        contact = ContactFactory(student=student, email=f"dana-{number}@example.org")
        letter = LetterFactory(contact=contact, state="SENT", sent_on=TODAY, blocks=GOOD)
        Delivery.objects.create(letter=letter, due_at=AT)

    taken = at_once(lambda _: actions.deliver_due(at=AT))

    assert sum(taken) == 8
    assert sorted(envelope.rcpt_tos[0] for envelope in mailroom.envelopes) == [
        f"dana-{number}@example.org" for number in range(8)
    ]


@pytest.mark.django_db(transaction=True)
def test_worker_who_comes_late_marks_nothing(letter):
    """Its lease ran out, and another has the row."""
    send(letter, by=SentBy.CAREERHUB)
    later = AT + timedelta(minutes=1)
    lost = outbox.claim(Delivery.objects.due(at=AT), at=AT)
    outbox.claim(Delivery.objects.due(at=later), at=later)

    outbox.mark(lost, sent_at=AT)

    assert Delivery.objects.get().sent_at is None


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_send_one_letter(letter):
    outcomes = []

    def click():
        mine = Letter.objects.get(pk=letter.pk)
        try:
            send(mine)
            outcomes.append("sent")
        except actions.AlreadySent:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=click) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["refused"] * 3 + ["sent"]
    assert Interaction.objects.count() == 1
