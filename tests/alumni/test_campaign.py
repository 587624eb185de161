"""Asking many alumni whether students may write: whom, how fast, how often."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.urls import reverse

from alumni.actions import campaigns as actions
from alumni.actions import desk, post
from alumni.models import AlumniMail, Campaign
from tests.alumni.desk import an_alum, token_of
from tests.alumni.test_desk_mail import sent, texts  # noqa: F401 - a fixture
from tests.factories import AlumFactory
from tests.reminders.test_threads import at_once

NOW = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)


def unasked(number: int = 1, **fields):
    return [
        AlumFactory(**{"consent": "UNKNOWN", "email": f"alum-{n}@example.org"} | fields)
        for n in range(number)
    ]


def campaign(**fields) -> Campaign:
    return Campaign.objects.create(**fields)


def test_only_the_unasked_with_an_address_are_asked():
    (wanted,) = unasked()
    AlumFactory(consent="YES", email="yes@example.org")
    AlumFactory(consent="NO", email="no@example.org")
    AlumFactory(consent="UNKNOWN", email="")

    assert list(actions.recipients(campaign(), at=NOW)) == [wanted]


def test_years_and_field_narrow():
    old, young = unasked(2)
    old.class_year, old.fields_of_work = 1990, ["Journalism", "Radio"]
    old.save()
    young.class_year, young.fields_of_work = 2020, ["Banking"]
    young.save()
    found = {
        name: list(actions.recipients(campaign(**fields), at=NOW))
        for name, fields in {
            "from": {"from_year": 2000}, "to": {"to_year": 1990},
            "both": {"from_year": 1980, "to_year": 2030}, "field": {"field": "journal"},
            "none": {"field": "art"},
        }.items()
    }  # fmt: skip

    assert found == {
        "from": [young], "to": [old], "both": [old, young], "field": [old], "none": [],
    }  # fmt: skip


@pytest.mark.parametrize("per_minute", [1, 7, 20, 600])
def test_mails_are_spaced_by_the_pace(per_minute):
    unasked(5)

    assert actions.start(campaign(per_minute=per_minute), at=NOW) == 5

    due = AlumniMail.objects.order_by("due_at").values_list("due_at", flat=True)
    seconds = [round((at - NOW).total_seconds(), 3) for at in due]
    assert seconds == [round(n * 60 / per_minute, 3) for n in range(5)]


@pytest.mark.django_db(transaction=True)
def test_pace_holds_for_many_workers(sent):  # noqa: F811
    unasked(10)
    actions.start(campaign(per_minute=2), at=NOW)

    for minute in range(5):
        at_once(lambda _, minute=minute: post.look(at=NOW + timedelta(minutes=minute)))
        assert len(sent()) == min(10, 1 + 2 * minute)


def test_night_without_workers_does_not_end_in_a_burst(sent):  # noqa: F811
    unasked(10)
    actions.start(campaign(per_minute=2), at=NOW)

    post.look(at=NOW + timedelta(hours=9))
    assert len(sent()) == 1
    post.look(at=NOW + timedelta(hours=9, minutes=1))
    assert len(sent()) == 3


def test_no_more_than_wanted_are_asked():
    unasked(5)

    assert actions.start(campaign(most=2), at=NOW) == 2


def test_nobody_is_asked_twice_within_the_months(sent):  # noqa: F811
    unasked(1)
    actions.start(campaign(), at=NOW)
    post.look(at=NOW)

    with pytest.raises(actions.NobodyLeft):
        actions.start(campaign(), at=NOW + timedelta(days=364))
    assert actions.start(campaign(), at=NOW + timedelta(days=366)) == 1


def test_who_waits_in_one_campaign_is_in_no_other():
    unasked(2)
    actions.start(campaign(most=1), at=NOW)

    assert actions.start(campaign(), at=NOW + timedelta(days=900)) == 1


@pytest.mark.django_db(transaction=True)
def test_two_campaigns_at_one_moment_share_nobody():
    unasked(20)
    both = [campaign(), campaign(), campaign(), campaign()]

    def start(number):
        try:
            return actions.start(both[number], at=NOW)
        except actions.NobodyLeft:
            return 0

    assert sorted(at_once(start)) == [0, 0, 0, 20]
    assert AlumniMail.objects.values("alum").distinct().count() == 20


@pytest.mark.django_db(transaction=True)
def test_two_clicks_start_it_once():
    unasked(3)
    one = campaign()

    def start(_):
        try:
            return actions.start(one, at=NOW)
        except actions.NotNow:
            return "refused"

    assert sorted(map(str, at_once(start))) == ["3", "refused", "refused", "refused"]


def test_pause_holds_and_going_on_keeps_the_pace(sent):  # noqa: F811
    unasked(4)
    one = campaign(per_minute=1)
    actions.start(one, at=NOW)
    post.look(at=NOW)
    actions.pause(one)

    post.look(at=NOW + timedelta(hours=1))
    assert len(sent()) == 1
    actions.go_on(one, at=NOW + timedelta(hours=2))
    post.look(at=NOW + timedelta(hours=2))
    assert len(sent()) == 2
    post.look(at=NOW + timedelta(hours=2, minutes=1))
    assert len(sent()) == 3


def test_stop_is_for_good(sent):  # noqa: F811
    unasked(4)
    one = campaign(per_minute=1)
    actions.start(one, at=NOW)
    post.look(at=NOW)

    actions.stop(one)

    assert post.look(at=NOW + timedelta(days=1)) == 0
    with pytest.raises(actions.NotNow):
        actions.go_on(one, at=NOW)


def test_mail_asks_and_can_be_stopped_with_one_click(sent, client):  # noqa: F811
    unasked(name='Ann "X"\r\nBcc: all@example.org')
    actions.start(campaign(words="We <b>miss</b> you."), at=NOW)
    post.look(at=NOW)

    (mail,) = sent()
    assert mail["Subject"] == "May students of Mill River College ask you about your work?"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["List-Unsubscribe"].endswith("/unsubscribe/>")
    assert mail["Bcc"] is None
    text, html = texts(mail)
    assert "We <b>miss</b> you." in text
    assert "<b>miss</b>" not in html


def test_who_answered_meanwhile_is_not_asked(sent):  # noqa: F811
    first, _ = unasked(2)
    actions.start(campaign(per_minute=1), at=NOW)
    desk.say_consent(first, consent="NO", at=NOW)

    assert post.look(at=NOW) == 0
    assert post.look(at=NOW + timedelta(minutes=1)) == 1


def test_bounce_is_listed_for_staff(client, staff, mailroom):
    unasked(1, name="Rosa Lind")
    one = campaign()
    actions.start(one, at=NOW)
    mailroom.to_recipient = "550 No such person"
    post.look(at=NOW)
    client.force_login(staff)

    page = client.get(one.get_absolute_url()).content.decode()

    assert "Rosa Lind" in page
    assert "550 No such person" in page


@pytest.mark.parametrize("said", ["YES", "NO"])
def test_answer_on_the_desk_is_consent(client, staff, sent, said):  # noqa: F811
    (alum,) = unasked()
    one = campaign()
    actions.start(one, at=NOW)
    post.look(at=NOW)

    client.post(reverse("desk:consent", args=[token_of(alum)]), {"consent": said})

    alum.refresh_from_db()
    assert alum.consent == said
    counted = Campaign.objects.with_counts().get()
    assert (counted.sent, counted.said_yes, counted.said_no) == (1, said == "YES", said == "NO")


def test_request_goes_before_a_long_queue(sent, student):  # noqa: F811
    """Somebody waits for it."""
    from tests.alumni.desk import ask

    unasked(3)
    actions.start(campaign(per_minute=600), at=NOW - timedelta(minutes=1))
    ask(student, an_alum(), at=NOW)

    post.look(at=NOW)

    assert sent()[0]["Subject"] == "Maya Oyelaran asks you for 20 minutes"
    assert len(sent()) == 4


def test_staff_choose_read_and_start(client, staff):
    unasked(3)
    client.force_login(staff)

    made = client.post(reverse("alumni:campaign_create"), FORM | {"words": "Hello there."})
    page = client.get(made["Location"]).content.decode()

    assert "Ask 3 people?" in page
    assert "Hello there." in page
    assert not AlumniMail.objects.exists()
    client.post(made["Location"] + "start/")
    assert AlumniMail.objects.count() == 3


FORM = {"most": "200", "per_minute": "20", "months_apart": "12"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"most": "0"}, {"most": "5½"}, {"most": "20001"}, {"most": ""}, {"per_minute": "0"},
        {"per_minute": "601"}, {"months_apart": "0"}, {"months_apart": "121"}, {"from_year": "17"},
        {"from_year": "2000", "to_year": "1990"}, {"field": "\x00"}, {"words": "x" * 1001},
        {"most": "9" * 60},
    ],
)  # fmt: skip
def test_odd_wishes_are_asked_for_again(client, staff, wrong):
    client.force_login(staff)

    answer = client.post(reverse("alumni:campaign_create"), FORM | wrong)

    assert answer.status_code == 422
    assert b"<title>Error: " in answer.content
    assert not Campaign.objects.exists()


def test_mail_that_staff_read_first_opens_no_desk(client, staff):
    import re

    client.force_login(staff)
    unasked(1)
    page = client.get(campaign().get_absolute_url()).content.decode()

    (path, *_) = re.findall(r"(/desk/[^\s<\"]+)", page)
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_list_asks_the_database_as_little_for_three(client, staff, rows, django_assert_num_queries):
    for _ in range(rows):
        campaign()
    client.force_login(staff)

    with django_assert_num_queries(5):
        client.get(reverse("alumni:campaign_list"))


@pytest.mark.parametrize("rows", [1, 3])
def test_page_asks_the_database_as_little_for_three_bounces(
    client, staff, rows, django_assert_num_queries
):
    unasked(rows)
    one = campaign()
    actions.start(one, at=NOW)
    AlumniMail.objects.update(failed_at=NOW)
    client.force_login(staff)

    with django_assert_num_queries(4):
        client.get(one.get_absolute_url())


@pytest.mark.parametrize("person", ["student", "advisor"])
def test_campaigns_are_the_offices(client, request, person):
    client.force_login(request.getfixturevalue(person))
    one = campaign()

    for name in ("list", "create"):
        assert client.get(reverse(f"alumni:campaign_{name}")).status_code == 403
    for name in ("start", "pause", "go_on", "stop"):
        assert client.post(reverse(f"alumni:campaign_{name}", args=[one.pk])).status_code == 403
    assert client.get(one.get_absolute_url()).status_code == 403


def test_months_before_the_last_of_a_long_month():
    at = datetime(2026, 3, 31, 15, 0, tzinfo=UTC)

    assert actions._months_before(at, 1) == datetime(2026, 2, 28, 15, 0, tzinfo=UTC)
    assert actions._months_before(at, 12) == datetime(2025, 3, 31, 15, 0, tzinfo=UTC)
    assert connection.in_atomic_block
