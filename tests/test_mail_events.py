"""Bounces and complaints, posted as the services post them, through the real view."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import smtplib
from datetime import UTC, datetime, timedelta

import pytest
from django.core.mail import EmailMessage
from django.urls import reverse

from alumni import actions as alumni
from alumni.actions import campaigns
from alumni.actions.post import deliver_due
from alumni.actions.requests import OutOfReach
from alumni.models import AlumniMail, Campaign
from core import addresses, mail
from core.models import MarkedAddress
from reminders import actions
from reminders.actions.sending import resume_reachable
from reminders.models import Reminder
from tests.factories import AlumFactory, UserFactory
from tests.reminders.conftest import march, talk_with

SECRET, KEY = "careerhub:a-long-random-text", "a-signing-key"
BOUNCED_AT = datetime(2026, 3, 3, 12, 30, tzinfo=UTC)


@pytest.fixture
def services(settings):
    settings.ANYMAIL = {"WEBHOOK_SECRET": SECRET, "MAILGUN_WEBHOOK_SIGNING_KEY": KEY}


def post(client, service, body, *, secret=SECRET, content_type="application/json"):
    basic = base64.b64encode(secret.encode()).decode()
    headers = {"Authorization": f"Basic {basic}"} if secret else {}
    url = reverse("mail_events", args=[service])
    return client.post(url, json.dumps(body), content_type=content_type, headers=headers)


def postmark(kind="HardBounce", email="maya@example.edu", at=BOUNCED_AT):
    """As in Postmark's documentation of its bounce webhook."""
    return {
        "RecordType": "SpamComplaint" if kind == "SpamComplaint" else "Bounce",
        "ID": 692560173, "Type": kind, "TypeCode": 1, "Name": kind, "Tag": "",
        "MessageID": "2c1b63fe-43f2-4db5-91b0-8bdfa44a9316", "Metadata": {}, "ServerID": 23,
        "MessageStream": "outbound", "Description": "The server was unable to deliver your message",
        "Details": "smtp;550 5.1.1 The email account that you tried to reach does not exist",
        "Email": email, "From": "careers@example.edu", "BouncedAt": at.isoformat(),
        "Inactive": True, "DumpAvailable": True, "CanActivate": True, "Subject": "A thank-you",
    }  # fmt: skip


def mailgun(event="failed", severity="permanent", email="maya@example.edu", key=KEY):
    """As in Mailgun's documentation, signed with the key."""
    stamp, token = "1772541000", hashlib.sha256(f"{event}{severity}".encode()).hexdigest()[:50]
    signed = hmac.new(key.encode(), f"{stamp}{token}".encode(), hashlib.sha256).hexdigest()
    return {
        "signature": {"timestamp": stamp, "token": token, "signature": signed},
        "event-data": {
            "event": event, "severity": severity, "reason": "bounce", "recipient": email,
            "timestamp": BOUNCED_AT.timestamp(), "id": "G9Bn5sl1TC6nu79C8C0bwg",
            "log-level": "error",
            "delivery-status": {"code": 550, "message": "5.1.1 No such user", "description": ""},
            "message": {"headers": {"to": email, "message-id": "a@b", "from": "c@d"}},
            "tags": [], "user-variables": {}, "campaigns": [], "flags": {"is-test-mode": False},
        },
    }  # fmt: skip


def mailjet(hard=True, email="maya@example.edu"):
    return [
        {
            "event": "bounce", "time": int(BOUNCED_AT.timestamp()), "email": email,
            "blocked": False,
            "hard_bounce": hard, "error_related_to": "recipient", "error": "user unknown",
            "comment": "", "MessageID": 13792286917004336, "Message_GUID": "1ab23cd4",
            "mj_list_id": "", "mj_contact_id": 0, "CustomID": "", "Payload": "",
        }
    ]  # fmt: skip


def brevo(event="hard_bounce", email="maya@example.edu"):
    return {
        "event": event, "email": email, "id": 26224, "date": "2026-03-03 12:30:00",
        "ts": int(BOUNCED_AT.timestamp()), "message-id": "<2026@smtp-relay>",
        "subject": "A thank-you", "reason": "550 5.1.1 no such user", "ts_epoch": 1772541000000,
    }  # fmt: skip


# What is posted


def test_postmark_marks_an_address_for_good(client, services):
    assert post(client, "postmark", postmark(email="Maya@Example.edu")).status_code == 200

    (marked,) = MarkedAddress.objects.all()
    assert (marked.email, marked.reason) == ("maya@example.edu", "BOUNCED")
    assert marked.marked_at == BOUNCED_AT
    assert "550 5.1.1" in marked.said


def test_mailgun_marks_an_address_for_good(client, services):
    assert post(client, "mailgun", mailgun()).status_code == 200

    (marked,) = MarkedAddress.objects.all()
    assert (marked.email, marked.said) == ("maya@example.edu", "5.1.1 No such user")


@pytest.mark.parametrize(
    ("service", "body", "reason"),
    [
        ("postmark", postmark("SoftBounce"), None), ("postmark", postmark("Transient"), None),
        ("postmark", postmark("Blocked"), None), ("postmark", postmark("AutoResponder"), None),
        ("postmark", postmark("BadEmailAddress"), "BOUNCED"),
        ("postmark", postmark("SpamComplaint"), "COMPLAINED"),
        ("mailgun", mailgun(severity="temporary"), None), ("mailgun", mailgun("delivered"), None),
        ("mailgun", mailgun("complained"), "COMPLAINED"),
        ("mailjet", mailjet(), "BOUNCED"), ("mailjet", mailjet(hard=False), None),
        ("brevo", brevo(), "BOUNCED"), ("brevo", brevo("soft_bounce"), None),
        ("brevo", brevo("spam"), "COMPLAINED"),
    ],
)  # fmt: skip
def test_only_what_is_for_good_marks(client, services, service, body, reason):
    assert post(client, service, body).status_code == 200

    assert list(MarkedAddress.objects.values_list("reason", flat=True)) == (
        [reason] if reason else []
    )


@pytest.mark.parametrize(
    ("service", "body", "secret", "status"),
    [
        ("postmark", postmark(), "careerhub:wrong", 400), ("postmark", postmark(), "", 400),
        ("mailgun", mailgun(key="another"), SECRET, 400), ("nobody", {}, SECRET, 404),
        # It wants a package of its own, and says so.
        ("amazon_ses", {}, SECRET, 404),
    ],
    ids=["wrong secret", "no secret", "wrong signature", "no such service", "amazon"],
)  # fmt: skip
def test_strangers_mark_nobody(client, services, service, body, secret, status):
    assert post(client, service, body, secret=secret).status_code == status

    assert not MarkedAddress.objects.exists()


def test_service_without_its_key_is_not_there(client, settings):
    settings.ANYMAIL = {"WEBHOOK_SECRET": SECRET}

    assert post(client, "mailgun", mailgun()).status_code == 404


@pytest.mark.parametrize(
    "anymail", [{}, {"WEBHOOK_SECRET": ""}, {"MAILGUN_WEBHOOK_SIGNING_KEY": KEY}]
)
def test_without_a_secret_there_is_no_such_page(client, settings, anymail):
    settings.ANYMAIL = anymail

    assert post(client, "mailgun", mailgun()).status_code == 404


@pytest.mark.parametrize(
    ("service", "body"),
    [
        ("postmark", "no JSON"), ("postmark", "[1]"), ("mailjet", "[1]"), ("mailjet", "null"),
        ("mailgun", "{}"), ("brevo", "[]"), ("postmark", '{"RecordType": "Bounce", "Type": 7}'),
        ("postmark", "\x00"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_for_good(client, services, service, body):
    basic = base64.b64encode(SECRET.encode()).decode()
    url = reverse("mail_events", args=[service])

    answer = client.post(
        url, body, content_type="application/json", headers={"Authorization": f"Basic {basic}"}
    )

    assert answer.status_code in (200, 400)
    assert not MarkedAddress.objects.exists()


@pytest.mark.parametrize(
    "email", ["a" * 300 + "@example.edu", "nobody", "a\x00b@example.edu", "Maya <maya@example.edu>"]
)
def test_what_is_no_address_marks_nobody(client, services, email):
    assert post(client, "postmark", postmark(email=email)).status_code == 200

    assert not MarkedAddress.objects.exists()


# In which order news may come


@pytest.mark.parametrize("first", ["HardBounce", "SpamComplaint"])
def test_complaint_outlives_a_bounce_in_whichever_order(client, services, first):
    kinds = ["HardBounce", "SpamComplaint"]
    for kind in kinds if first == kinds[0] else reversed(kinds):
        post(client, "postmark", postmark(kind))

    assert MarkedAddress.objects.get().is_complaint


def test_news_from_before_it_was_cleared_is_old(client, services):
    post(client, "postmark", postmark())
    addresses.clear(MarkedAddress.objects.get(), at=BOUNCED_AT + timedelta(days=1))

    post(client, "postmark", postmark())
    assert addresses.mark_of("maya@example.edu") is None

    post(client, "postmark", postmark(at=BOUNCED_AT + timedelta(days=2)))
    assert addresses.mark_of("maya@example.edu") is not None


# What follows


@pytest.fixture
def marked(student):
    addresses.mark(student.email, reason="BOUNCED", said="550 no", at=BOUNCED_AT)
    return MarkedAddress.objects.get()


def test_no_mail_goes_to_a_marked_address(marked, mailoutbox):
    with pytest.raises(smtplib.SMTPRecipientsRefused):
        mail.send(EmailMessage("Hi", "x", to=['"Oyelaran, Maya" <MAYA@example.edu>']))

    assert mailoutbox == []


def test_reminder_ends_before_staff_and_goes_out_once_the_address_is_corrected(
    marked, student, mailoutbox
):
    talk_with(student)
    assert actions.drain(at=march(3)) == 0
    row = Reminder.objects.get(kind="THANK_YOU", step="OPENS")
    assert row.state == "DEAD"

    student.email = "maya.o@example.edu"
    student.save()

    assert actions.drain(at=march(3)) == 1
    assert "maya.o@example.edu" in mailoutbox[0].to[0]


def test_marked_address_is_not_tried_again_each_minute(marked, student):
    talk_with(student)
    actions.drain(at=march(3))

    assert resume_reachable() == 0
    assert Reminder.objects.get(kind="THANK_YOU", step="OPENS").state == "DEAD"


def test_reminder_goes_out_once_the_mark_is_cleared(marked, student, mailoutbox):
    talk_with(student)
    actions.drain(at=march(3))
    addresses.clear(marked, at=march(3))

    assert actions.drain(at=march(3)) == 1


def test_what_a_server_refused_does_not_come_back_by_itself(student, mailoutbox):
    talk_with(student)
    failed = {"state": "DEAD", "failure": "SMTPRecipientsRefused 550"}
    Reminder.objects.filter(step="OPENS").update(**failed)

    assert actions.drain(at=march(3)) == 0


@pytest.mark.parametrize("page", ["/", "/accounts/profile/"])
def test_student_is_told_and_shown_the_way(client, student, marked, page):
    talk_with(student)
    client.force_login(student)

    shown = client.get(page).content.decode()

    assert "Mail to maya@example.edu came back on March 3." in shown
    assert reverse("account_email") in shown


def test_student_without_anybody_yet_is_told_as_well(client, student, marked):
    client.force_login(student)

    assert "came back" in client.get("/").content.decode()


def test_student_corrects_the_address_on_the_page_that_is_named(client, student, marked):
    client.force_login(student)
    page = reverse("account_email")
    client.post(page, {"action_add": "", "email": "maya.o@example.edu"})
    client.post(page, {"action_primary": "", "email": "maya.o@example.edu"})

    student.refresh_from_db()
    assert student.email == "maya.o@example.edu"
    assert "came back" not in client.get("/").content.decode()


def test_student_says_that_it_works(client, student, marked):
    client.force_login(student)

    client.post(reverse("accounts:address_works", args=[marked.pk]))

    assert addresses.mark_of(student.email) is None


@pytest.mark.parametrize(
    ("who", "reason", "status"),
    [
        ("staff", "BOUNCED", 302), ("staff", "COMPLAINED", 403), ("student", "COMPLAINED", 302),
        ("other_student", "BOUNCED", 404), ("advisor", "BOUNCED", 404),
    ],
)  # fmt: skip
def test_only_its_reader_says_that_mail_is_welcome_again(
    client, request, student, who, reason, status
):
    addresses.mark(student.email, reason=reason, said="", at=BOUNCED_AT)
    client.force_login(request.getfixturevalue(who))

    answer = client.post(reverse("accounts:address_works", args=[MarkedAddress.objects.get().pk]))

    assert answer.status_code == status
    assert (addresses.mark_of(student.email) is None) is (status == 302)


def test_staff_see_it_in_the_list_with_the_servers_words(client, staff, marked):
    client.force_login(staff)

    page = client.get("/today/undeliverable/").content.decode()

    assert "maya@example.edu" in page
    assert "550 no" in page
    assert "Some addresses get no more mail" in page
    assert "All mail finds its way" not in page


def test_alum_s_record_shows_it_to_staff_alone(client, staff, student):
    alum = AlumFactory(email="dana@example.org")
    addresses.mark("dana@example.org", reason="BOUNCED", said="", at=BOUNCED_AT)
    shown = {}
    for person in (staff, student):
        client.force_login(person)
        shown[person] = "came back" in client.get(alum.get_absolute_url()).content.decode()

    assert shown == {staff: True, student: False}


def test_nobody_asks_an_alum_whom_mail_does_not_reach(student):
    alum = AlumFactory(email="Dana@example.org")
    addresses.mark("dana@example.org", reason="BOUNCED", said="", at=BOUNCED_AT)
    asked = {"words": "May I?", "medium": "VIDEO", "minutes": 20, "at": march(4)}

    with pytest.raises(OutOfReach):
        alumni.ask_alum(student, alum=alum, **asked)

    alum.email = "dana.w@example.org"
    alum.save()
    assert alumni.ask_alum(student, alum=alum, **asked)


def test_campaign_passes_over_marked_addresses():
    AlumFactory(email="Kim@example.org", consent="UNKNOWN")
    reached = AlumFactory(email="ann@example.org", consent="UNKNOWN")
    addresses.mark("kim@example.org", reason="COMPLAINED", said="", at=BOUNCED_AT)

    assert list(campaigns.recipients(Campaign(), at=march(4))) == [reached]


def test_mail_to_an_alum_ends_in_the_list(marked):
    alum = AlumFactory(email="dana@example.org")
    addresses.mark("dana@example.org", reason="BOUNCED", said="", at=BOUNCED_AT)
    row = AlumniMail.objects.create(kind="LINK", alum=alum, due_at=march(3))

    deliver_due(at=march(3))

    row.refresh_from_db()
    assert row.failed_at is not None
    assert row.server_words == "550 mail to this address came back"


def test_new_password_is_still_sent(client, student, marked, mailoutbox, settings):
    settings.ACCOUNT_RATE_LIMITS = False
    client.post(reverse("account_reset_password"), {"email": student.email})

    assert len(mailoutbox) == 1


def test_people_are_many_and_the_list_is_one_query(client, staff, django_assert_num_queries):
    for number in range(3):
        addresses.mark(UserFactory().email, reason="BOUNCED", said=str(number), at=BOUNCED_AT)
    client.force_login(staff)

    with django_assert_num_queries(6):
        client.get("/today/undeliverable/")
