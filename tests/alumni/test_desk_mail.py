"""The mails to alumni and about them, against a real SMTP server."""

from __future__ import annotations

import email
import email.policy
import re
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.urls import reverse

from accounts.models import OfficeSettings
from alumni import links, tasks
from alumni.actions import answers, desk, post
from alumni.actions.requests import take_time
from alumni.announcements import request_expired, request_withdrawn, time_taken
from alumni.models import AlumniMail, Request
from core.localtime import local_date, moment
from reminders.models import Reminder
from tests.alumni.desk import an_alum, ask
from tests.factories import RequestFactory, StudentProfileFactory, UserFactory
from tests.reminders.test_threads import at_once

NOW = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
HOSTILE = 'Ann "X"\r\nBcc: all@example.org, <x@example.org>;\x00 \u202e名\n'


@pytest.fixture
def alum():
    return an_alum(time_zone="America/Los_Angeles")


@pytest.fixture
def asked(student, alum):
    return ask(student, alum, at=NOW)


@pytest.fixture
def sent(mailroom):
    """What the server took, as a mail program reads it."""

    def sent():
        return [
            email.message_from_bytes(one.content, policy=email.policy.default)
            for one in mailroom.envelopes
        ]

    return sent


def texts(message) -> list[str]:
    return [part.get_content() for part in message.walk() if not part.is_multipart()]


def links_of(message) -> list[str]:
    return re.findall(r"http://localhost:\d+(/desk/[^\s\"<>]+)", texts(message)[0])


def test_request_reaches_the_alum(sent, asked, student):
    StudentProfileFactory(student=student, class_year=2027, majors=["Film"])

    assert post.look(at=NOW) == 1

    (mail,) = sent()
    assert mail["To"] == "Imani Brooks <imani@example.org>"
    assert mail["Subject"] == "Maya Oyelaran asks you for 20 minutes"
    assert mail["From"] == "Maya Oyelaran via Mill River College <careers@localhost>"
    assert mail["Reply-To"] == "Maya Oyelaran <maya@example.edu>"
    assert re.fullmatch(r"<http://localhost:\d+/desk/.+/pause/>", mail["List-Unsubscribe"].strip())
    text, html = texts(mail)
    assert asked.words in text
    assert "studies Film, class of 2027" in text
    assert "<img" not in html
    assert set(re.findall(r'(?:href|src)="(http://[^/"]+)', html)) == {
        "http://" + mail["List-Unsubscribe"].split("/")[2]
    }


def test_links_of_the_mail_open_their_pages(client, sent, student, alum):
    ask(student, alum)
    post.deliver_due(at=datetime.now(tz=UTC))
    (mail,) = sent()

    found = {path: client.get(path).status_code for path in links_of(mail)}

    assert len(found) == 5
    assert set(found.values()) == {200}


def test_mail_goes_out_once(sent, asked):
    post.look(at=NOW)
    post.look(at=NOW + timedelta(minutes=1))

    assert len(sent()) == 1


def test_request_that_is_announced_twice_is_mailed_once(sent, asked):
    post.queue_request(asked, at=NOW)

    assert post.look(at=NOW) == 1


def test_request_without_a_mail_is_found(sent, student, alum):
    """Restored from a backup, or written by hand."""
    RequestFactory(student=student, alum=alum, asked_at=NOW, expires_at=NOW + timedelta(days=14))

    assert post.look(at=NOW + timedelta(minutes=1)) == 1
    assert AlumniMail.objects.count() == 3


def test_two_reminders_come_in_the_alums_morning(sent, asked):
    """The clocks go forward on March 8, 2026 between the two."""
    due = AlumniMail.objects.order_by("due_at").values_list("kind", "due_at")

    assert list(due) == [
        ("REQUEST", NOW),
        ("REMINDER", datetime(2026, 3, 6, 16, 0, tzinfo=UTC)),
        ("LAST", datetime(2026, 3, 11, 15, 0, tzinfo=UTC)),
    ]


def test_office_says_after_how_many_days_an_alum_is_asked_again(student):
    """None after the end; what was asked before keeps its mornings."""
    office = OfficeSettings.current()
    office.request_reminder_days, office.request_last_reminder_days = 2, 13
    office.save()
    ask(student, an_alum(time_zone="America/New_York"), at=NOW)

    days = [
        local_date(mail.due_at, "America/New_York")
        for mail in AlumniMail.objects.order_by("due_at")
    ]
    assert [(on - days[0]).days for on in days] == [0, 2, 13]

    OfficeSettings.objects.update(request_last_reminder_days=15)
    AlumniMail.objects.all().delete()
    post.queue_request(Request.objects.get(), at=NOW)
    assert sorted(AlumniMail.objects.values_list("kind", flat=True)) == ["REMINDER", "REQUEST"]


def test_reminder_in_the_hour_that_spring_skips_comes_after_it(student):
    OfficeSettings.current()
    OfficeSettings.objects.update(reminder_hour=2)
    at = datetime(2026, 3, 4, 15, 0, tzinfo=UTC)

    ask(student, an_alum(time_zone="America/New_York"), at=at)

    first = AlumniMail.objects.get(kind="REMINDER")
    assert first.due_at == datetime(2026, 3, 8, 7, 0, tzinfo=UTC)


def test_alum_without_a_zone_is_reminded_in_the_colleges_morning(student):
    ask(student, an_alum(), at=NOW)

    reminder = AlumniMail.objects.get(kind="REMINDER")
    assert reminder.due_at == moment(date(2026, 3, 6), time(8), "America/New_York")


def test_request_that_ends_early_has_no_reminder_after_its_end(student, alum):
    ask(student, alum, at=NOW, expires_at=NOW + timedelta(days=5))

    assert sorted(AlumniMail.objects.values_list("kind", flat=True)) == ["REMINDER", "REQUEST"]


def test_reminders_say_that_they_are(sent, asked):
    for day in (0, 4, 9):
        post.look(at=NOW + timedelta(days=day, hours=3))

    assert [mail["Subject"] for mail in sent()] == [
        "Maya Oyelaran asks you for 20 minutes",
        "Maya Oyelaran is waiting for a word from you",
        "Last reminder: Maya Oyelaran asks you for 20 minutes",
    ]
    assert len({mail["Message-ID"] for mail in sent()}) == 3
    feet = [
        [
            words in texts(mail)[0]
            for words in ("At most two reminders", "This is the last reminder")
        ]
        for mail in sent()
    ]
    assert feet == [[False, False], [True, False], [False, True]]


def test_nobody_is_reminded_on_a_pause(sent, asked, alum):
    post.look(at=NOW)
    desk.pause(alum, until=date(2026, 3, 8), at=NOW)

    post.look(at=NOW + timedelta(days=4, hours=3))
    post.look(at=NOW + timedelta(days=9, hours=3))

    assert [mail["Subject"][:13] for mail in sent()] == ["Maya Oyelaran", "Last reminder"]


def test_reminders_follow_the_clock_that_the_alum_names(asked, alum):
    desk.change(alum, to={"time_zone": "Europe/Berlin"}, at=NOW)

    due = AlumniMail.objects.exclude(kind="REQUEST").order_by("due_at")
    assert [row.due_at for row in due] == [
        moment(date(2026, 3, on), time(8), "Europe/Berlin") for on in (6, 11)
    ]


@pytest.mark.parametrize("hour", [21, 23, 3, 7])
def test_reminder_that_was_late_does_not_come_at_night(sent, asked, alum, hour):
    post.look(at=NOW)
    night = moment(date(2026, 3, 6 if hour > 12 else 7), time(hour), alum.time_zone)
    morning = moment(date(2026, 3, 7), time(8), alum.time_zone)

    assert post.look(at=night) == 0

    row = AlumniMail.objects.get(kind="REMINDER")
    assert (row.due_at, row.attempts) == (morning, 0)
    assert post.look(at=morning) == 1


def test_who_reads_a_request_late_is_not_reminded_on_the_same_day(sent, asked):
    """Nobody mailed for ten days: the request goes out, and no reminder beside it."""
    for hours in (0, 1, 2):
        post.look(at=NOW + timedelta(days=10, hours=hours))

    assert [mail["Subject"] for mail in sent()] == ["Maya Oyelaran asks you for 20 minutes"]


def test_of_two_reminders_that_were_late_one_goes_out(sent, asked):
    post.look(at=NOW)

    post.look(at=NOW + timedelta(days=10))

    assert len(sent()) == 2


def test_nothing_more_is_sent_after_an_answer(sent, asked):
    post.look(at=NOW)
    answers.decline(asked, reply="", named=answers.Named(), at=NOW)

    for day in range(1, 20):
        post.look(at=NOW + timedelta(days=day))

    assert [mail["Subject"] for mail in sent()] == [
        "Maya Oyelaran asks you for 20 minutes", "Your answer to Maya Oyelaran",
    ]  # fmt: skip


def test_mail_whose_matter_was_settled_meanwhile_goes_nowhere(sent, asked):
    """As if the answer had come between the claim and the send."""
    Request.objects.update(state="DECLINED")

    assert post.look(at=NOW) == 0
    assert not AlumniMail.objects.filter(kind="REQUEST").exists()


def test_alum_reads_their_times_by_their_own_clock(sent, asked):
    answers.accept(asked, times=[NOW + timedelta(days=1)], reply="", at=NOW)
    post.look(at=NOW)

    to_alum = next(mail for mail in sent() if "imani@" in mail["To"])
    assert "by your clock (Los Angeles time):" in texts(to_alum)[0]
    assert "\n* Tuesday, March 3, 7:00 a.m." in texts(to_alum)[0]
    assert "Maya takes one of these, and you hear of it by mail." in texts(to_alum)[0]


def test_alum_reads_where_the_student_calls(sent, asked):
    answers.call_instead(asked, number="413 555 0119, after 6 p.m.", reply="", at=NOW)
    post.look(at=NOW)

    to_alum = next(mail for mail in sent() if "imani@" in mail["To"])
    assert "Maya calls you at 413 555 0119, after 6 p.m.\r\n" in texts(to_alum)[0]


@pytest.mark.parametrize("may", [True, False])
def test_alum_reads_whether_the_student_may_say_who_gave_the_name(sent, asked, may):
    named = answers.Named(name="Wen Li", about="Knows archives.", may_use_name=may)
    answers.decline(asked, reply="", named=named, at=NOW)
    post.look(at=NOW)

    to_alum = next(mail for mail in sent() if "imani@" in mail["To"])
    for part in texts(to_alum):
        assert ("Maya may say that you did." in part) is may
        assert ("Maya is asked not to say that you did." in part) is not may


def test_request_ends_by_itself_and_is_announced_once(sent, asked):
    heard = []

    def hear(*, request, at, **kwargs):
        heard.append((request.pk, request.state, at))

    request_expired.connect(hear)
    post.look(at=asked.expires_at - timedelta(seconds=1))
    assert heard == []
    post.look(at=asked.expires_at)
    post.look(at=asked.expires_at)
    request_expired.disconnect(hear)

    asked.refresh_from_db()
    assert asked.state == "EXPIRED"
    assert heard == [(asked.pk, "EXPIRED", asked.expires_at)]


@pytest.mark.django_db(transaction=True)
def test_many_workers_end_each_request_once(student):
    for _ in range(10):
        ask(UserFactory(), an_alum(email=""), at=NOW)
    AlumniMail.objects.all().delete()

    closed = at_once(lambda _: post.close_expired(at=NOW + timedelta(days=20)))

    assert sum(closed) == 10
    assert Reminder.objects.filter(kind="REQUEST_CLOSED").count() == 10


@pytest.mark.django_db(transaction=True)
def test_many_workers_send_each_mail_once(sent):
    for number in range(12):
        ask(UserFactory(), an_alum(email=f"alum-{number}@example.org"), at=NOW)

    taken = at_once(lambda _: post.deliver_due(at=NOW))

    assert sum(taken) == 12
    assert len({mail["To"] for mail in sent()}) == 12


def test_withdrawal_before_the_mail_leaves_nothing(sent, asked):
    withdraw(asked)

    assert post.look(at=NOW) == 0


def test_withdrawal_after_the_mail_is_told(sent, asked):
    post.look(at=NOW)
    withdraw(asked)
    post.look(at=NOW + timedelta(days=10))

    assert [mail["Subject"] for mail in sent()][1:] == ["Maya Oyelaran no longer needs an answer"]


def withdraw(request):
    request.state = "WITHDRAWN"
    request.save()
    request_withdrawn.send(Request, request=request, at=NOW)


def test_taken_time_is_told_by_the_alums_clock(sent, asked):
    answers.accept(asked, times=[NOW + timedelta(days=1)], reply="", at=NOW)
    AlumniMail.objects.all().delete()
    asked.refresh_from_db()
    asked.taken_time = asked.offered_times[0]
    asked.save()
    time_taken.send(Request, request=asked, at=NOW)

    assert post.look(at=NOW) == 1
    (mail,) = sent()
    assert "Tuesday, March 3, 7:00 a.m. (Los Angeles time)" in texts(mail)[0]
    assert mail["Reply-To"] == "Maya Oyelaran <maya@example.edu>"
    desks = [links.read(path.split("/")[2], at=NOW) for path in links_of(mail)]
    assert [desk_link.request for desk_link in desks] == [asked, None]


def test_removed_alum_and_the_students_who_wait_get_a_last_word(sent, asked, alum):
    desk.remove(alum, at=NOW)

    assert post.look(at=NOW) == 2
    mails = {mail["To"]: mail for mail in sent()}
    assert set(mails) == {"imani@example.org", "Maya Oyelaran <maya@example.edu>"}
    assert "Imani" not in texts(mails["Maya Oyelaran <maya@example.edu>"])[0]
    assert "on Monday, March 2" in texts(mails["Maya Oyelaran <maya@example.edu>"])[0]
    assert set(AlumniMail.objects.values_list("address", flat=True)) == {""}


@pytest.mark.parametrize(
    ("offered", "is_taken", "is_told"),
    [(NOW + timedelta(days=3), False, True), (NOW + timedelta(days=3), True, False),
     (NOW + timedelta(hours=1), False, False)],
    ids=["still to be taken", "taken", "passed"],
)  # fmt: skip
def test_student_who_could_have_taken_a_time_hears_that_the_alum_has_left(
    asked, alum, student, offered, is_taken, is_told
):
    """Their answer, and the page that led to it, go with the record."""
    answers.accept(asked, times=[offered], reply="", at=NOW)
    if is_taken:
        take_time(asked, starts_at=offered, at=NOW)

    desk.remove(alum, at=NOW + timedelta(hours=1))

    told = AlumniMail.objects.filter(kind="LEFT", student=student, asked_on=NOW.date())
    assert told.exists() is is_told


def test_fresh_link(client, sent, alum):
    client.post(reverse("desk:start"), {"email": alum.email})
    post.look(at=datetime.now(tz=UTC))

    (mail,) = sent()
    assert mail["Subject"] == "Your link to CareerHub"
    assert client.get(links_of(mail)[0]).status_code == 200


@pytest.mark.parametrize("kind", ["REQUEST", "KEPT", "WITHDRAWN", "TAKEN"])
def test_hostile_names_break_no_header(sent, kind):
    """Names come from lists and from students."""
    student = UserFactory(name=HOSTILE.replace("\x00", ""), email="maya@example.edu")
    alum = an_alum(name=HOSTILE.replace("\x00", ""))
    asked = ask(student, alum, at=NOW, words="<b>Hi</b>\r\nBcc: x@example.org")
    AlumniMail.objects.all().delete()
    if kind != "REQUEST":
        asked.state, asked.taken_time = "ACCEPTED", NOW
        asked.offered_times = [NOW]
        asked.save()
    post.queue(kind, request=asked, at=NOW)

    assert post.look(at=NOW) == 1

    (mail,) = sent()
    assert mail["Bcc"] is None
    assert mail["Cc"] is None
    assert mail.defects == []
    assert len(mail["To"].addresses) == 1
    assert "\n" not in mail["Subject"]
    html = texts(mail)[1]
    assert "<b>Hi</b>" not in html


def test_refused_address_ends_the_tries_and_keeps_the_servers_words(mailroom, asked):
    mailroom.to_recipient = "550 No such person"

    assert post.look(at=NOW) == 0

    row = AlumniMail.objects.get(kind="REQUEST")
    assert (row.failed_at is not None, row.server_words) == (True, "550 No such person")


def test_busy_server_is_tried_again_under_the_same_id(mailroom, sent, asked):
    mailroom.to_data = "451 Later"
    post.look(at=NOW)
    mailroom.to_data = "250 Taken"

    assert post.look(at=NOW + timedelta(minutes=1)) == 0
    assert post.look(at=NOW + timedelta(minutes=3)) == 1

    assert len({mail["Message-ID"] for mail in sent()}) == 1


def test_alum_without_an_address_is_known_to_have_none(asked, alum):
    alum.email = ""
    alum.save()

    assert post.look(at=NOW) == 0

    assert AlumniMail.objects.get(kind="REQUEST").server_words == (
        "there is no e-mail for this person"
    )


def test_one_bad_address_does_not_stop_the_others(sent, asked, student):
    from alumni.models import Alum

    Alum.objects.filter(pk=asked.alum_id).update(email="imani@[256.1.1.1")
    ask(student, an_alum(email="other@example.org"), at=NOW)

    assert post.look(at=NOW) == 1


def test_bell_rings_without_a_word():
    assert tasks.look() == 0


def test_log_holds_no_name_and_no_address(mailroom, asked, caplog):
    mailroom.to_recipient = "550 <imani@example.org> unknown"
    caplog.clear()

    post.look(at=NOW)

    ours = [record.getMessage() for record in caplog.records if record.name == "core.outbox"]
    row = AlumniMail.objects.get(kind="REQUEST")
    assert ours == [f"No mail for alumni mail {row.pk}: SMTPRecipientsRefused 550"]


def test_office_sees_what_came_back_and_tries_again(client, staff, mailroom, sent, asked):
    """The words of the request are not for the office."""
    mailroom.to_recipient = "550 No such person"
    post.look(at=NOW)
    client.force_login(staff)

    page = client.get(reverse("alumni:campaign_list")).content.decode()
    assert "Imani Brooks" in page
    assert "550 No such person" in page
    assert asked.words not in page
    row = AlumniMail.objects.get(kind="REQUEST")
    client.post(reverse("alumni:mail_again", args=[row.pk]))
    row.refresh_from_db()
    assert (row.failed_at, row.attempts, row.server_words) == (None, 0, "")


def test_student_does_not_hear_at_night_that_an_alum_has_left(sent, asked, alum):
    post.look(at=NOW)
    desk.remove(alum, at=datetime(2026, 3, 3, 4, 0, tzinfo=UTC))

    row = AlumniMail.objects.get(kind=AlumniMail.Kind.ALUM_LEFT)

    assert row.due_at == datetime(2026, 3, 3, 13, 0, tzinfo=UTC)
