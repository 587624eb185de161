"""The page on which a student asks an alum to meet."""

from datetime import UTC, date, datetime
from functools import partial

import pytest
import time_machine
from django.urls import reverse

from accounts.models import OfficeSettings
from alumni.actions import desk
from alumni.models import Request
from letters.requests import findings_in, first_words
from tests.factories import AlumFactory, RequestFactory, StudentProfileFactory

# A Monday, noon in New York.
AT = datetime(2026, 3, 16, 16, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _clock(settings):
    settings.INSTITUTION = "Mill River College"
    OfficeSettings.current()
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def alum():
    return AlumFactory(
        name="Imani Brooks", email="imani@example.org", fields_of_work=["Radio", "Journalism"]
    )


@pytest.fixture
def _profile(student):
    StudentProfileFactory(
        student=student, class_year=2027, majors=["Film"], fields_of_interest=["journalism"],
        phone="413 555 0142", background="I edit the arts pages of our student paper.",
    )  # fmt: skip


def url_of(alum) -> str:
    return reverse("letters:ask", args=[alum.pk])


def said(student, alum, **changes) -> dict:
    words = first_words(student, alum=alum, at=AT)
    return {"words": words, "medium": "PHONE", "minutes": "15", **changes}


@pytest.mark.usefixtures("_profile")
def test_words_begin_with_what_the_record_knows(student, alum):
    """G12, G13, G14: what we share, my background, and one small request."""
    assert first_words(student, alum=alum, at=AT) == (
        "Dear Imani Brooks,\n\n"
        "I am a student at Mill River College and study film. I found your name in our directory "
        "of alumni. I edit the arts pages of our student paper.\n\n"
        "I would like to learn how people get started in journalism. May I talk with you for a "
        "short while, at a time that is convenient for you?\n\n"
        "If you think of somebody else whom I should ask, I would be glad to hear that, too.\n\n"
        "Sincerely,\nMaya Oyelaran\n413 555 0142"
    )


@pytest.mark.usefixtures("_profile")
def test_checks_find_nothing_in_the_first_words(student, alum):
    words = first_words(student, alum=alum, at=AT)

    assert findings_in(words, student, alum=alum, most_minutes=30, at=AT) == []


@pytest.mark.usefixtures("_profile")
def test_asking_with_the_first_words_takes_one_click(client, student, alum):
    client.force_login(student)

    answered = client.post(url_of(alum), said(student, alum))

    made = Request.objects.get()
    assert answered.url == reverse("contacts:request", args=[made.pk])
    assert (made.student, made.alum, made.medium, made.minutes) == (student, alum, "PHONE", 15)
    assert made.asked_at == AT


@pytest.mark.usefixtures("_profile")
def test_blank_stops_the_request_and_keeps_the_words(client, student, alum):
    client.force_login(student)
    words = f"{first_words(student, alum=alum, at=AT)} I read [what you read] & liked it."

    answered = client.post(url_of(alum), said(student, alum, words=words, anyway="1"))

    shown = answered.content.decode()
    assert (answered.status_code, Request.objects.count()) == (422, 0)
    assert "<title>Error: " in shown
    assert "I read [what you read] &amp; liked it." in shown
    assert "Something is left to fill in: “[what you read]”." in shown


@pytest.mark.usefixtures("_profile")
def test_advice_is_shown_once_and_theirs_to_weigh(client, student, alum):
    client.force_login(student)
    words = "Dear Imani Brooks,\n\nI study at Mill River College. Could we talk?\n\nMaya Oyelaran"

    first = client.post(url_of(alum), said(student, alum, words=words))
    second = client.post(url_of(alum), said(student, alum, words=words, anyway="1"))

    shown = first.content.decode()
    assert (first.status_code, shown.count("btn btn-primary")) == (200, 1)
    assert "Before it goes" in shown
    assert words.replace("\n", "") in shown.replace("\n", "")
    assert (second.status_code, Request.objects.get().words) == (302, words)


@pytest.mark.parametrize(
    "changes",
    [
        {"words": ""}, {"words": "a\x00b"}, {"words": "x" * 4001}, {"medium": "PIGEON"},
        {"medium": ""}, {"minutes": ""}, {"minutes": "4"}, {"minutes": "31"}, {"minutes": "5½"},
        {"minutes": "9" * 5000}, {"minutes": "🙂"}, {"words": "🙂" * 4000, "minutes": "0"},
    ],
    ids=str,
)  # fmt: skip
def test_wrong_answers_are_told_and_nothing_is_lost(client, student, alum, changes):
    client.force_login(student)

    answered = client.post(url_of(alum), {**said(student, alum), "anyway": "1", **changes})

    assert (answered.status_code, Request.objects.count()) == (422, 0)
    assert "There is a problem" in answered.content.decode()


@pytest.mark.usefixtures("_profile")
def test_request_that_came_too_late_keeps_the_words(client, student, alum):
    form = said(student, alum)
    RequestFactory.create_batch(2, alum=alum, asked_at=AT)
    client.force_login(student)

    answered = client.post(url_of(alum), form)

    shown = answered.content.decode()
    assert answered.status_code == 422
    assert "Available again on April 16." in shown
    assert "I edit the arts pages" in shown


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"paused_until": date(2026, 4, 1)}, "takes a break, and is available again on April 1."),
        ({"requests_per_month": 0}, "takes no requests at present."),
        ({"ask_by": "PHONE"}, "would rather be called than mailed."),
        ({"email": ""}, "cannot be reached through CareerHub."),
    ],
)
def test_page_of_who_cannot_be_asked_leads_on(client, student, changes, words):
    alum = AlumFactory(**{"email": "imani@example.org", **changes})
    client.force_login(student)

    answered = client.get(url_of(alum))

    shown = answered.content.decode()
    assert answered.status_code == 200
    assert words in shown
    assert shown.count("btn btn-primary") == 1
    assert "<textarea" not in shown


def test_open_request_is_shown_instead_of_the_form(client, student, alum):
    asked = RequestFactory(student=student, alum=alum)
    client.force_login(student)

    assert client.get(url_of(alum)).url == reverse("contacts:request", args=[asked.pk])


@pytest.mark.parametrize("consent", ["UNKNOWN", "NO"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_who_did_not_agree_is_not_there(client, student, consent, method):
    client.force_login(student)

    answered = getattr(client, method)(url_of(AlumFactory(consent=consent)))

    assert answered.status_code == 404


@pytest.mark.usefixtures("_profile")
@pytest.mark.parametrize("leave", [desk.remove, partial(desk.say_consent, consent="NO")])
def test_alum_who_leaves_meanwhile_takes_no_words_along(client, student, alum, leave):
    form = said(student, alum) | {"words": "Dear <Imani>,\r\n\r\nMay we talk?"}
    client.force_login(student)
    leave(alum, at=AT)

    answered = client.post(url_of(alum), form)

    assert answered.status_code == 404
    assert "\nDear &lt;Imani&gt;,\r\n\r\nMay we talk?</textarea>" in answered.content.decode()
    assert "Nothing was sent." in answered.text
    assert "Imani Brooks" not in answered.text
    assert answered.text.count("btn btn-primary") == 1
    assert not Request.objects.exists()


@pytest.mark.parametrize("number", [1, 3])
def test_page_asks_as_much_for_many_as_for_one(client, student, number, django_assert_num_queries):
    alum = AlumFactory.create_batch(number, email="")[0]
    alum.email = "imani@example.org"
    alum.save()
    RequestFactory.create_batch(number, alum=alum, asked_at=datetime(2026, 1, 2, tzinfo=UTC))
    client.force_login(student)

    # Session, user, alum, open request, profile; the office, days of asking, asked before.
    with django_assert_num_queries(9):
        client.get(url_of(alum))


@pytest.mark.usefixtures("_profile")
def test_second_click_finds_what_the_first_one_made(client, student, alum):
    client.force_login(student)

    answers = [client.post(url_of(alum), said(student, alum)) for _ in range(2)]

    made = Request.objects.get()
    assert {answer["Location"] for answer in answers} == {
        reverse("contacts:request", args=[made.pk])
    }


@pytest.mark.usefixtures("_profile")
def test_other_words_of_another_tab_are_kept_and_refused(client, student, alum):
    client.force_login(student)
    client.post(url_of(alum), said(student, alum))
    words = said(student, alum)["words"].replace("short while", "little while")

    page = client.post(url_of(alum), said(student, alum, words=words, anyway="1"))

    assert page.status_code == 422
    assert "You have asked Imani Brooks already" in page.text
    assert "little while" in page.text
    assert "little while" not in Request.objects.get().words
