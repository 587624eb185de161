"""What the morning mail says, and to whom it can be addressed."""

import email
import email.policy
from html import escape

import pytest
from django.core import mail as django_mail

from alumni.models import Import
from reminders import actions, emails
from reminders.models import Reminder
from tests.factories import UserFactory
from tests.reminders.conftest import MET_ON, march, talk_with
from tests.reminders.worlds import WORLDS


def sent(mailoutbox):
    """The only mail, as a mail program reads it."""
    (mail,) = mailoutbox
    return email.message_from_bytes(mail.message().as_bytes(), policy=email.policy.default)


def test_mail_has_a_text_and_an_html_part_that_say_the_same(talk, mailoutbox, settings):
    settings.SITE_URL = "https://careers.example.edu"
    actions.drain(at=march(3))

    mail = sent(mailoutbox)

    text = mail.get_body(("plain",)).get_content()
    html = mail.get_body(("html",)).get_content()
    for part in (text, html):
        assert "Good morning, Maya." in part
        assert "Thank Dana Whitcomb for the talk" in part
        assert "You met yesterday." in part
        assert "Due tomorrow." in part
        assert f"https://careers.example.edu/interviews/{talk.pk}/thank/" in part
        assert "https://careers.example.edu/" in part
    assert '<html lang="en">' in html
    style = html.partition("<style>")[2].partition("</style>")[0].strip()
    assert style.startswith("@media (prefers-color-scheme: dark)")
    assert "<img" not in html
    assert mail["Message-ID"].endswith("@careers.example.edu>")
    assert mail["Auto-Submitted"] == "auto-generated"


def test_mail_tells_no_notes(talk, mailoutbox):
    talk.notes = "She is about to leave her employer."
    talk.save()
    actions.drain(at=march(3))

    assert "employer" not in sent(mailoutbox).as_string()


def test_link_in_the_mail_needs_a_log_in(talk, client, mailoutbox):
    response = client.get(f"/interviews/{talk.pk}/thank/")

    assert response.status_code == 302
    assert "/login/" in response["Location"]


@pytest.mark.parametrize(
    "name",
    ["Oyelaran, Maya", 'Maya "May" Oyelaran', "Maya\r\nBcc: all@example.edu", "Måya Öyelaran", ""],
)
def test_mail_finds_its_way_whatever_the_name(name, mailoutbox):
    talk_with(UserFactory(name=name, email="maya@example.edu"))

    assert actions.drain(at=march(3)) == 1

    mail = sent(mailoutbox)
    assert [address.addr_spec for address in mail["To"].addresses] == ["maya@example.edu"]
    assert mail["Bcc"] is None


def test_name_of_a_contact_cannot_write_headers_or_markup(student, mailoutbox):
    talk_with(student, "Dana\r\nBcc: all@example.edu <b>W</b>")
    actions.drain(at=march(3))

    mail = sent(mailoutbox)

    assert mail["Bcc"] is None
    assert "<b>W</b>" not in mail.get_body(("html",)).get_content()
    assert "<b>W</b>" in mail.get_body(("plain",)).get_content()


def test_mistake_in_one_mail_is_tried_again_and_names_nobody(talk, monkeypatch):
    monkeypatch.setattr(emails, "morning_mail", lambda *_, **__: 1 / 0)

    assert actions.drain(at=march(3)) == 0

    row = Reminder.objects.get(kind="THANK_YOU", step="OPENS")
    assert (row.state, row.failure) == ("PENDING", "ZeroDivisionError")
    assert django_mail.outbox == []


def test_whatever_html_takes_for_its_own_is_escaped_and_each_end_of_a_line_is_one():
    for number in range(0x3000):
        text = f"a{chr(number)}b"
        assert emails._in_html(text) == "<br>".join(escape(text).splitlines()), hex(number)


@pytest.mark.parametrize(
    ("became", "said", "action"),
    [
        ({}, "1,200 new, 3 left out.", "See each row"),
        (
            {"state": "FAILED", "problem": "It holds no row."},
            "It holds no row.",
            "See what stood in the way",
        ),
    ],
)
def test_mail_about_a_list_says_what_there_is_to_see(became, said, action, mailoutbox):
    listed = WORLDS["IMPORT_FINISHED"].begin(MET_ON, "America/New_York")
    Import.objects.filter(pk=listed.pk).update(**became)

    actions.look(at=Reminder.objects.get().due_at)

    assert f"  {said}\n  {action}: " in mailoutbox[0].body


def test_greeting_of_somebody_who_writes_an_initial_has_one_full_stop(talk, mailoutbox):
    talk.student.name = "J. Oyelaran"
    talk.student.save()

    actions.drain(at=march(3))

    assert mailoutbox[0].body.startswith("Good morning, J.\n")


@pytest.mark.parametrize(
    ("people", "opening"),
    [
        (1, "One thing is waiting for you."),
        (2, "There are two things waiting for you."),
        (10, "There are 10 things waiting for you."),
    ],
)
def test_opening_counts_in_words_and_never_begins_with_a_digit(
    student, mailoutbox, people, opening
):
    for number in range(people):
        talk_with(student, f"Dana {number}")

    actions.drain(at=march(3))

    assert f"\n\n{opening}\n\n" in mailoutbox[0].body


@pytest.mark.parametrize("name", ["משה כהן", "ليلى حداد"])
def test_number_after_a_name_from_right_to_left_stays_where_it_belongs(student, mailoutbox, name):
    talk_with(student, name)

    actions.drain(at=march(6))

    assert sent(mailoutbox)["Subject"] == f"A thank-you to {name}\u200e: 1 day late"
