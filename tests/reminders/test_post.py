"""How the post stands, for staff, for /readyz/ and for Prometheus: each box, one statement."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families

from alumni.models import AlumniMail, Campaign
from letters.models import Delivery
from reminders import actions, claims, post
from roster.models import RosterMail
from tests.factories import AlumFactory, LetterFactory, UserFactory
from tests.reminders.conftest import march, take_one, talk_with

DAY = timedelta(days=1)
TOKEN = "a-long-random-text"


def stand(at):
    return post.post(at=at, since=at - DAY)


def alumni_mail(**fields) -> AlumniMail:
    return AlumniMail.objects.create(**{"kind": "LINK", "alum": AlumFactory(), **fields})


def test_nothing_waits_where_nothing_is_owed():
    now = stand(march(3))

    assert (now.waiting, now.sent, now.failed, now.oldest, now.is_late) == (0, 0, 0, None, False)


def test_reminder_waits_from_its_morning_on(talk):
    assert stand(march(3) - timedelta(seconds=1)).waiting == 0

    now = stand(march(3) + timedelta(minutes=15))

    assert (now.waiting, now.oldest, now.is_late) == (1, march(3), False)
    assert stand(march(3) + timedelta(minutes=15, seconds=1)).is_late


def test_reminder_that_is_tried_again_waits_since_its_morning(talk):
    claim = take_one(at=march(3))
    claims.put_back(claim, failure="ConnectionRefusedError", is_final=False)

    assert stand(march(3) + timedelta(hours=2)).oldest == march(3)


def test_reminder_of_somebody_who_may_not_log_in_waits_for_nobody(talk, student):
    student.is_active = False
    student.save()

    assert stand(march(9)).waiting == 0


def test_sent_and_given_up_are_told_apart(talk, other_student):
    actions.drain(at=march(3))
    talk_with(other_student)
    claim = take_one(at=march(3))
    claims.put_back(claim, failure="SMTPRecipientsRefused 550", is_final=True)

    now = stand(march(3) + timedelta(hours=1))

    (line,) = now.lines
    assert (line.words, line.waiting, line.sent, line.failed) == ("A thank-you to …", 0, 1, 1)


def test_sent_is_counted_from_a_moment_on(talk):
    actions.drain(at=march(3))

    assert post.post(at=march(4), since=march(3)).sent == 1
    assert post.post(at=march(4), since=march(3) + timedelta(seconds=1)).sent == 0


@pytest.mark.parametrize("tries", [1, 4, 9])
def test_outbox_knows_since_when_it_tries(tries):
    """Each refusal pushes a row ahead; its age is counted from its first turn all the same."""
    first = march(3)
    waited = sum((min(timedelta(minutes=2 * 2**n), timedelta(hours=3)) for n in range(tries)), DAY)
    due_at = first - DAY + waited
    alumni_mail(due_at=due_at, attempts=tries, server_words="450 later")

    assert stand(due_at - timedelta(minutes=1)).oldest == first


def test_outbox_row_of_tomorrow_does_not_wait():
    alumni_mail(due_at=march(4))
    alumni_mail(due_at=march(3) + timedelta(hours=1))

    assert stand(march(3)).waiting == 0


def test_campaign_that_pauses_keeps_nobody_waiting():
    alumni_mail(kind="CAMPAIGN", campaign=Campaign.objects.create(state="PAUSED"), due_at=march(3))

    assert stand(march(4)).waiting == 0


def test_each_box_has_its_own_oldest(talk):
    alumni_mail(due_at=march(2))
    Delivery.objects.create(letter=LetterFactory(), due_at=march(1))
    RosterMail.objects.create(student=talk.student, kind="INVITATION", due_at=march(2))

    now = stand(march(3))

    assert now.oldest == march(1)
    assert [now.oldest_in(box) for box in post.BOXES] == [
        march(3), march(2), march(1), march(2),
    ]  # fmt: skip


def test_it_is_one_statement(talk, django_assert_num_queries):
    with django_assert_num_queries(1):
        stand(march(3))
    with django_assert_num_queries(1):
        post.oldest_owed(at=march(3))


# /readyz/


def test_readiness_tells_the_age_of_each_box_and_stays_ready(client, talk):
    with time_machine.travel(march(3) + timedelta(minutes=40), tick=False):
        answer = client.get("/readyz/")

    assert answer.status_code == 200
    assert answer.json()["mail"] == {
        "is_late": True,
        "late_after_seconds": 900,
        "oldest_waiting_seconds": {
            "reminders": 2400,
            "alumni": 0,
            "letters": 0,
            "roster": 0,
        },
    }


def test_readiness_without_late_mail_says_so(client):
    assert client.get("/readyz/").json()["mail"]["is_late"] is False


# /metrics


@pytest.mark.parametrize(
    ("token", "said", "status"),
    [
        ("", None, 404), ("", "Bearer ", 404), (TOKEN, None, 401), (TOKEN, "Bearer wrong", 401),
        (TOKEN, TOKEN, 401), (TOKEN, "Bearer é", 401), (TOKEN, f"Bearer {TOKEN}", 200),
    ],
    ids=["no token", "empty token", "nobody", "wrong", "no scheme", "strange", "right"],
)  # fmt: skip
def test_metrics_are_for_the_token_alone(client, settings, token, said, status):
    settings.METRICS_TOKEN = token

    answer = client.get("/metrics", headers={"Authorization": said} if said else {})

    assert answer.status_code == status


def test_metrics_are_read_by_prometheus(client, settings, talk, other_student):
    settings.METRICS_TOKEN = TOKEN
    actions.drain(at=march(3))
    talk_with(other_student)
    alumni_mail(failed_at=timezone.now(), due_at=march(1))
    with time_machine.travel(march(3) + timedelta(minutes=40), tick=False):
        answer = client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})

    values = {
        (sample.name, sample.labels.get("box"), sample.labels.get("kind")): sample.value
        for family in text_string_to_metric_families(answer.content.decode())
        for sample in family.samples
    }
    assert answer["Content-Type"].startswith("text/plain; version=0.0.4")
    assert values["careerhub_mail_due", "reminders", "thank_you"] == 1
    assert values["careerhub_mail_sent_24h", "reminders", "thank_you"] == 1
    assert values["careerhub_mail_failed", "alumni", "link"] == 1
    assert values["careerhub_mail_due", "letters", "letter"] == 0
    assert values["careerhub_mail_oldest_due_seconds", "reminders", None] == 2400
    assert "Maya" not in answer.content.decode()


# The page of staff


def test_page_tells_how_the_post_stands(client, staff, talk):
    client.force_login(staff)
    with time_machine.travel(march(3) + timedelta(hours=3), tick=False):
        page = client.get("/today/undeliverable/").content.decode()

    assert "Mail has been waiting for 3 hours" in page
    assert "A thank-you" in page
    assert "Maya" not in page


def test_page_shows_what_a_server_said_of_an_alum_s_address(client, staff):
    alum = AlumFactory(name="Dana Whitcomb")
    alumni_mail(alum=alum, due_at=march(1), failed_at=march(2), server_words="550 No such person")
    client.force_login(staff)

    page = client.get("/today/undeliverable/").content.decode()

    assert "Dana Whitcomb" in page
    assert "550 No such person" in page


def test_page_does_not_tell_to_whom_a_student_wrote(client, staff):
    letter = LetterFactory(contact__name="Wen Li", contact__email="wen@example.org")
    failed = {"failed_at": march(2), "server_words": "550 wen@example.org is unknown"}
    Delivery.objects.create(letter=letter, due_at=march(1), **failed)
    client.force_login(staff)

    page = client.get("/today/undeliverable/").content.decode()

    assert "A letter that CareerHub mails" in page
    assert "Wen Li" not in page
    assert "wen@example.org" not in page


@pytest.mark.parametrize("count", [1, 3])
def test_page_takes_the_same_queries_for_one_and_three(
    client, staff, count, django_assert_num_queries
):
    for _ in range(count):
        talk_with(UserFactory())
        claims.put_back(take_one(at=march(3)), failure="SMTPDataError 554", is_final=True)
        alumni_mail(due_at=march(1), failed_at=march(2))
    client.force_login(staff)

    # Session, user, piles, people and their number, last rows, returned, marked addresses.
    with django_assert_num_queries(8):
        client.get("/today/undeliverable/")
