"""Every mail of the project, as mail programs meet it.

A mail whose template is used by none of these fails the test of completeness.
"""

from __future__ import annotations

import email
import email.policy
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.template.loader import render_to_string
from django.test.signals import template_rendered
from django.urls import reverse

from alumni import emails as alumni
from alumni.actions import answers  # noqa: F401 - the app's announcements are connected by it
from alumni.models import Alum, AlumniMail, Campaign, Request
from core import mail, shapes
from core.mail import address, message_id, one_line
from core.obligations import obligations_changed
from interviews.models import Interview
from letters.emails import letter_mail
from reminders import actions as reminders
from reminders.models import Reminder
from roster import emails as roster
from roster.models import RosterMail
from tests.colours import colours_of, contrast
from tests.factories import (
    AlumFactory,
    LetterFactory,
    RequestFactory,
    StudentProfileFactory,
)
from tests.mail_lint import faults_of
from tests.reminders.conftest import march, talk_with

NOW = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
RTL = "\u202e"
HOSTILE = {
    "comma": "Oyelaran, Maya",
    "quotes": 'Maya "May" O\'Oyelaran \\',
    "line break": "Maya\r\nBcc: all@example.org\r\n\r\nBuy now",
    "right to left": f"Maya {RTL}nosaJ\u2066\u2069",
    "300 letters": "Maya " + "Oyelaran-" * 33,
    "300 of another script": "名" * 300,
    "Persian": "می\u200cخواهم علی",
    "an address": "all@example.org <evil@example.org>",
    "encoded": "=?utf-8?q?Bcc=3A_all=40example.org?=",
    "nothing": "",
    "NUL": "Maya\x00Oyelaran",
    "emoji": "Maya 👩\u200d🔬",
}
MARKUP = "Dana <script>alert(1)</script> & Söhne"


CALL = {"state": "CALL", "call_number": "413 555 0119, after 6 p.m.", "offered_times": []}
DECLINED = {
    "state": "DECLINED", "named_name": "Ann Lee Jr.", "named_email": "ann@example.org",
    "named_about": "Knows archives.", "reply": "Not now.\nSorry.", "offered_times": [],
}  # fmt: skip


def request_of(student, **fields):
    alum = AlumFactory(name=MARKUP, email=f"dana-{Alum.objects.count()}@example.org")
    state = {"state": "ACCEPTED", "offered_times": [NOW + timedelta(days=3)]}
    words = "I study film.\n\nMay I ask how you began?"
    asked = {"words": words, "asked_at": NOW, "expires_at": NOW + timedelta(days=14)}
    return RequestFactory(student=student, alum=alum, **asked | state | fields)


def to_and_about_alumni(student) -> list[EmailMessage]:
    kind = AlumniMail.Kind
    alum = AlumFactory(name=MARKUP, email="kim@example.org", consent="UNKNOWN")
    rows = [
        AlumniMail(kind=each, request=request_of(student, state="PENDING"))
        for each in (kind.REQUEST, kind.REMINDER, kind.LAST_REMINDER, kind.WITHDRAWN)
    ]
    taken = {"taken_time": NOW + timedelta(days=3)}
    rows += [
        AlumniMail(kind=kind.TIME_TAKEN, request=request_of(student, **taken)),
        *(
            AlumniMail(kind=kind.ANSWER_KEPT, request=request_of(student, **fields))
            for fields in ({}, CALL, DECLINED)
        ),
        AlumniMail(kind=kind.ALUM_LEFT, student=student, asked_on=NOW.date()),
        AlumniMail(kind=kind.LINK, alum=alum),
        AlumniMail(kind=kind.REMOVED, address="kim@example.org"),
        AlumniMail(kind=kind.CAMPAIGN, alum=alum, campaign=Campaign.objects.create(words="Do.")),
    ]  # fmt: skip
    for row in rows:
        row.due_at = NOW
        row.save()
    assert {row.kind for row in rows} == set(kind.values)
    return [alumni.write(row, NOW) for row in rows]


def of_students(student) -> list[EmailMessage]:
    letter = LetterFactory(
        contact__student=student, contact__name=MARKUP, contact__email="dana@example.org",
        subject="Hi", blocks={"greeting": "Dear Dana,"},
    )  # fmt: skip
    return [letter_mail(letter)]


def about_accounts() -> list[EmailMessage]:
    """From the office: to somebody new, and to somebody who graduates."""
    student = StudentProfileFactory(student__name=MARKUP, graduated_on=NOW.date()).student
    return [
        roster.write(RosterMail.objects.create(kind=kind, student=student, due_at=NOW), NOW)
        for kind in RosterMail.Kind
    ]


def of_accounts(client, mailoutbox, student) -> list[EmailMessage]:
    before = len(mailoutbox)
    for known in (student.email, "nobody@example.org"):
        client.post(reverse("account_reset_password"), {"email": known})
    return mailoutbox[before:]


def of_mornings(mailoutbox, student) -> list[EmailMessage]:
    """Everything that a student is reminded of, at once and late."""
    before = len(mailoutbox)
    talk_with(student, MARKUP)
    for day in (3, 6, 33, 70):
        reminders.drain(at=march(day))
    assert Interview.objects.count() == 1
    return mailoutbox[before:]


def of_requests(mailoutbox, student) -> list[EmailMessage]:
    """Each answer of an alum, and that none came; at once and in one message."""
    before = len(mailoutbox)
    yes = {"reply": "Gladly.\n\nSee you."}
    for number, fields in enumerate((yes, CALL, DECLINED, {"state": "EXPIRED"}), 1):
        at = NOW + timedelta(days=number)
        asked = request_of(student, expires_at=at, answered_at=at, **fields)
        obligations_changed.send(sender=Request, owner=asked, at=at)
        reminders.drain(at=at)
    Reminder.objects.filter(request__isnull=False).update(state="PENDING", sent_at=None)
    reminders.drain(at=NOW + timedelta(days=4))
    assert len(mailoutbox) == before + 5
    return mailoutbox[before:]


@pytest.fixture
def every_mail(client, mailoutbox, student, settings):
    settings.ACCOUNT_RATE_LIMITS = False
    StudentProfileFactory(student=student, class_year=2027, majors=["Film & TV"])
    return [
        *to_and_about_alumni(student),
        *of_students(student),
        *of_accounts(client, mailoutbox, student),
        *of_mornings(mailoutbox, student),
        *of_requests(mailoutbox, student),
        *about_accounts(),
    ]


@pytest.fixture
def rendered():
    names: set[str] = set()

    def note(sender, template, **kwargs):
        names.add(template.name)

    shapes._pieces.cache_clear()
    template_rendered.connect(note)
    yield names
    template_rendered.disconnect(note)


def test_every_mail_is_fit_for_mail_programs(every_mail):
    faults = [(mail.subject, fault) for mail in every_mail for fault in faults_of(mail)]

    assert not faults, "\n".join(map(str, faults))


def test_every_mail_that_we_write_has_both_parts(every_mail):
    """But a student's own letter, which is a letter."""
    without = [one for one in every_mail if not isinstance(one, EmailMultiAlternatives)]

    assert [one.subject for one in without] == ["Hi"]


def test_every_template_of_a_mail_is_linted(rendered, every_mail):
    folder = Path(django_settings.BASE_DIR) / "templates"
    wanted = {
        str(path.relative_to(folder))
        for pattern in ("*/mail/*.*", "*/email/*.*", "reminders/*_mail.*", "reminders/kinds/*.*")
        for path in folder.glob(pattern)
    }

    assert wanted - rendered == set()


def test_lint_finds_what_it_is_there_for():
    """Each fault of a bad mail is named."""
    words = (
        "Dear Kim,\n\nsee http://a.example/ &amp; None by America/New_York time..\n-- \nThe office"
    )
    bad = EmailMultiAlternatives("Hi", words, to=["a@example.org"])
    bad.attach_alternative(
        '<html><head><style>p{color:red}</style></head><body onload="x()"><form></form>'
        '<img src="http://count.example/x.gif"><p style="display:flex">None</p>'
        '<a href="/relative">x</a><script>1</script></body></html>',
        "text/html",
    )

    found = " | ".join(faults_of(bad))

    for fault in (
        "does not say so", "an entity", "a hole in the text", "a doubled full stop", "begins small",
        "a foot that sticks", "as programs call it", "<form>",
        "<body onload>", "a picture from elsewhere", "strange style", "a hole: None",
        "a link to '/relative'", "<script>", "no language", "no title", "0 h1", "no meta viewport",
        "a style sheet", "no dark colours", "widths []", "links differ",
    ):  # fmt: skip
        assert fault in found


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_letters_stand_out_from_what_they_stand_on(scheme):
    """On a light screen and on a dark one."""
    page = render_to_string("reminders/morning_mail.html", {"parts": []})
    rules = colours_of(page.split("style>")[1], scheme)
    sheet, around = rules[".sheet"]["background"], rules["body"]["background"]

    faint = {
        name: rule["color"]
        for name, rule in rules.items()
        if "color" in rule
        and contrast(rule["color"], rule.get("background") or (around if "foot" in name else sheet))
        < 4.5
    }

    assert rules[".button"].keys() == {"color", "background"}
    assert faint == {}


# Names and headers, against a real server


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE)
def test_no_name_breaks_a_header(mailroom, student, name):
    """In whichever header a name from a list may stand: From, To, Reply-To, Subject."""
    row = AlumniMail(kind="REQUEST", request=request_of(student, state="PENDING"), due_at=NOW)
    row.save()
    # In memory alone: the database would refuse some of them.
    row.request.alum.name = row.request.student.name = name

    mail.send(alumni.write(row, NOW))

    (envelope,) = mailroom.envelopes
    raw = envelope.content
    sent = email.message_from_bytes(raw, policy=email.policy.default)
    assert envelope.rcpt_tos == [row.request.alum.email]
    assert [each.addr_spec for each in sent["To"].addresses] == envelope.rcpt_tos
    assert [each.addr_spec for each in sent["Reply-To"].addresses] == ["maya@example.edu"]
    assert [each.addr_spec for each in sent["From"].addresses] == ["careers@localhost"]
    assert sent["Bcc"] is None
    assert sent["Auto-Submitted"] == "auto-generated"
    assert sent["X-Auto-Response-Suppress"] == "OOF, AutoReply"
    assert sent["Date"].datetime is not None
    head = raw.split(b"\r\n\r\n")[0]
    assert max(map(len, head.splitlines())) <= 998
    for header in ("To", "From", "Reply-To", "Subject"):
        assert RTL not in str(sent[header])
        assert len(str(sent[header])) < 250
    assert faults_of(alumni.write(row, NOW)) == []


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE)
def test_no_name_breaks_a_students_letter(mailroom, student, name):
    letter = LetterFactory(contact__student=student, contact__email="dana@example.org")
    letter.contact.name = student.name = name
    letter.contact.student, letter.subject = student, f"Hello {name}"

    mail.send(letter_mail(letter))

    (envelope,) = mailroom.envelopes
    sent = email.message_from_bytes(envelope.content, policy=email.policy.default)
    assert [each.addr_spec for each in sent["To"].addresses] == ["dana@example.org"]
    assert sent["Auto-Submitted"] is None
    assert sent["Bcc"] is None


def test_name_of_the_college_may_hold_a_comma(settings):
    sent = EmailMessage("Hi", "x", address("Mill River College, Career Office", "c@example.edu"))

    assert '"Mill River College, Career Office" <c@example.edu>' in sent.message()["From"]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a\r\nb", "a b"), ("a\tb\x00c", "a b c"), (f"a{RTL}b", "a b"), ("", ""),
        ("می\u200cخواهم", "می\u200cخواهم"), ("123456789", "123456789"), ("1234567890", "12345678…"),
        ("1234567 901", "1234567…"),
    ],
)  # fmt: skip
def test_one_line_is_fit_for_a_header(text, line):
    assert one_line(text, most=9) == line


def test_message_id_is_in_the_domain_of_the_site(settings):
    settings.SITE_URL = "https://careers.example.edu"

    assert message_id("a.1") == "<a.1@careers.example.edu>"
