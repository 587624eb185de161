"""Who comes in without a log-in: the holder of a link that is signed, current, and theirs."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alumni import links
from alumni.actions import desk
from alumni.models import Alum, AlumniMail, Request
from alumni.views import desk_door
from tests.alumni.desk import an_alum, ask, everything, token_of

PAGES = ["home", "accept", "call", "decline", "pause", "terms", "record", "consent", "remove"]


@pytest.fixture
def alum():
    return an_alum()


@pytest.fixture
def request_(student, alum):
    return ask(student, alum)


def url(page, token):
    return reverse(f"desk:{page}", args=[token])


@pytest.mark.parametrize("page", PAGES)
def test_link_opens_each_page_without_a_log_in(client, alum, request_, page):
    assert client.get(url(page, token_of(alum, request_))).status_code == 200


@pytest.mark.parametrize("page", ["pause", "terms", "record", "consent", "remove", "home"])
def test_link_without_a_request_opens_the_desk(client, alum, page):
    assert client.get(url(page, token_of(alum))).status_code == 200


@pytest.mark.parametrize("page", ["accept", "call", "decline"])
def test_without_a_request_there_is_nothing_to_answer(client, alum, page):
    token = token_of(alum)

    answer = client.get(url(page, token))

    assert answer.status_code == 302
    assert answer["Location"] == url("home", token)


@pytest.mark.parametrize("page", PAGES)
def test_looking_changes_nothing(client, alum, request_, page):
    """Mail scanners open every link, some of them several times."""
    token = token_of(alum, request_)
    before = everything()

    for _ in range(2):
        client.get(url(page, token))
        client.head(url(page, token))

    assert everything() == before


def tampered(token: str) -> list[str]:
    body, _, signature = token.rpartition(".")
    pk, version, minute, *rest = body.split("-")
    other = "-".join([str(int(pk) + 1), version, minute, *rest])
    newer = "-".join([pk, version, str(int(minute) + 1000), *rest])
    return [
        f"{other}.{signature}", f"{newer}.{signature}", f"{body}.{signature[:-1]}", body,
        f"{body}.", f".{signature}", "x", "None-1-1.x", "é", "a" * 3000, token.swapcase(),
    ]  # fmt: skip


@pytest.mark.parametrize("number", range(11))
def test_link_that_nobody_signed_leads_nowhere(client, alum, request_, number):
    token = tampered(token_of(alum, request_))[number]

    answer = client.get(url("home", token))

    assert answer.status_code == 404
    assert b"This link leads nowhere" in answer.content
    assert b"Imani" not in answer.content


def test_signature_of_another_use_is_none_here(client, alum):
    """The same key signs password resets and sessions, under other salts."""
    from django.core.signing import Signer

    body = token_of(alum).rpartition(".")[0]

    answer = client.get(url("home", Signer(sep=".", salt="other").sign(body)))

    assert answer.status_code == 404


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_link_runs_out_after_ninety_days(client, alum, page, method):
    token = token_of(alum, at=timezone.now() - links.LIFETIME - timedelta(minutes=1))

    answer = getattr(client, method)(url(page, token))

    assert answer.status_code == 410
    assert b"Send me a fresh link" in answer.content
    assert Alum.objects.filter(pk=alum.pk).exists()


def test_link_works_on_its_last_day(client, alum):
    token = token_of(alum, at=timezone.now() - links.LIFETIME + timedelta(hours=1))

    assert client.get(url("home", token)).status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_link_that_the_office_made_useless_opens_nothing(client, alum, request_, page):
    token = token_of(alum, request_)

    desk.make_links_useless(alum)

    assert client.get(url(page, token)).status_code == 410
    alum.refresh_from_db()
    assert client.get(url(page, token_of(alum, request_))).status_code == 200


def test_link_about_a_request_of_another_alum_opens_nothing(client, student, alum):
    """Signed words cannot be mixed, and even then the request would not be found."""
    others = ask(student, an_alum(email="other@example.org"))

    answer = client.get(url("home", links.sign(alum, at=timezone.now(), request=others)))

    assert answer.status_code == 410


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("page", PAGES)
def test_request_that_has_run_out_has_a_kind_page(client, student, alum, page, method):
    now = timezone.now()
    late = ask(student, alum, at=now - timedelta(days=15))

    answer = getattr(client, method)(url(page, token_of(alum, late)))

    assert answer.status_code == 410
    assert b"The time to answer has passed" in answer.content
    late.refresh_from_db()
    assert late.state == Request.State.PENDING


def test_fresh_link_goes_to_the_address_on_record_alone(client, alum):
    token = token_of(alum, at=timezone.now() - timedelta(days=100))

    answer = client.post(url("fresh", token), {"email": "thief@example.org"})

    assert answer["Location"] == reverse("desk:sent")
    (row,) = AlumniMail.objects.all()
    assert (row.kind, row.alum) == ("LINK", alum)


@pytest.mark.parametrize("email", ["imani@example.org", "IMANI@example.org", "no@example.org"])
def test_page_for_a_fresh_link_does_not_tell_who_is_known(client, alum, email):
    answer = client.post(reverse("desk:start"), {"email": email})

    assert (answer.status_code, answer["Location"]) == (302, reverse("desk:sent"))
    assert AlumniMail.objects.count() == (0 if email.startswith("no@") else 1)


def test_fresh_link_is_mailed_once_in_a_quarter_of_an_hour(client, alum):
    for _ in range(5):
        client.post(reverse("desk:start"), {"email": alum.email})

    assert AlumniMail.objects.count() == 1


@pytest.mark.parametrize("email", ["", "x", "a" * 400 + "@example.org", "a\x00@example.org"])
def test_odd_address_is_said_to_be_one(client, email):
    answer = client.post(reverse("desk:start"), {"email": email})

    assert answer.status_code == 422


@pytest.mark.parametrize("page", PAGES)
def test_pages_are_kept_and_told_nowhere(client, alum, request_, page):
    answer = client.get(url(page, token_of(alum, request_)))

    assert answer["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert b"http://" not in answer.content.replace(b"http://www.w3.org", b"")
    assert b"https://" not in answer.content


def test_page_of_a_dead_link_is_kept_nowhere_either(client):
    answer = client.get(url("home", "x.y"))

    assert answer["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("page", ["accept", "pause", "remove", "consent"])
def test_form_of_another_site_is_refused(alum, request_, page):
    client = Client(enforce_csrf_checks=True)

    answer = client.post(url(page, token_of(alum, request_)), {"consent": "NO"})

    assert answer.status_code == 403
    assert Alum.objects.filter(pk=alum.pk, consent="YES").exists()


@pytest.mark.parametrize("origin", ["null", "http://testserver", None])
@pytest.mark.parametrize("secure", [True, False])
def test_own_form_is_taken_although_the_page_has_no_referrer(alum, origin, secure):
    """A page without a referrer sends `Origin: null`."""
    client = Client(enforce_csrf_checks=True)
    address = url("consent", token_of(alum))
    client.get(address, secure=secure)
    token = client.cookies["csrftoken"].value
    headers = (
        {}
        if origin is None
        else {"Origin": origin.replace("http:", "https:" if secure else "http:")}
    )
    if origin is None and secure:
        headers["Referer"] = "https://testserver/"

    answer = client.post(
        address, {"consent": "NO", "csrfmiddlewaretoken": token}, headers=headers, secure=secure
    )

    assert answer.status_code == 302
    alum.refresh_from_db()
    assert alum.consent == "NO"


def test_form_from_a_named_other_site_is_refused_even_with_a_token(alum):
    client = Client(enforce_csrf_checks=True)
    address = url("consent", token_of(alum))
    client.get(address)
    token = client.cookies["csrftoken"].value

    answer = client.post(
        address, {"consent": "NO", "csrfmiddlewaretoken": token},
        headers={"Origin": "http://evil.example"},
    )  # fmt: skip

    assert answer.status_code == 403


def test_student_who_is_logged_in_sees_the_same_desk(client, student, alum, request_):
    """And nothing of theirs: not their name in the frame, not their messages."""
    token = token_of(alum, request_)
    seen_by_nobody = client.get(url("pause", token))
    client.force_login(student)

    answer = client.get(url("pause", token))

    assert _without_tokens(answer) == _without_tokens(seen_by_nobody)


def _without_tokens(answer) -> str:
    return "\n".join(
        line for line in answer.content.decode().splitlines() if "csrfmiddlewaretoken" not in line
    )


def test_deed_on_the_desk_logs_nobody_in(client, alum):
    client.post(url("consent", token_of(alum)), {"consent": "NO"})

    assert "sessionid" not in client.cookies
    assert client.get(reverse("alumni:list")).status_code == 302


@pytest.fixture
def own_counters(settings):
    cache = "django.core.cache.backends.locmem.LocMemCache"
    settings.CACHES = {"default": {"BACKEND": cache, "LOCATION": "desk"}}


def test_program_that_tries_links_is_asked_to_wait(client, own_counters, monkeypatch):
    monkeypatch.setattr(desk_door, "MOST_OF_AN_ADDRESS", 5)
    tries = [client.post(url("consent", "x.y"), REMOTE_ADDR="192.0.2.7") for _ in range(6)]

    assert [answer.status_code for answer in tries] == [404] * 5 + [429]
    assert tries[-1]["Referrer-Policy"] == "no-referrer"
    assert client.post(url("consent", "x.y"), REMOTE_ADDR="192.0.2.8").status_code == 404


def test_link_that_saves_without_end_is_asked_to_wait(client, alum, own_counters):
    address = url("consent", token_of(alum))

    found = [client.post(address, {"consent": "YES"}).status_code for _ in range(61)]

    assert found == [302] * 60 + [429]


def test_addresses_that_are_tried_on_and_on_are_asked_to_wait(client, own_counters, monkeypatch):
    monkeypatch.setattr(desk_door, "MOST_OF_AN_ADDRESS", 5)
    start = reverse("desk:start")

    found = [client.post(start, {"email": f"a{n}@example.org"}).status_code for n in range(6)]

    assert found == [302] * 5 + [429]


def test_one_address_may_hold_many_alumni(client, alum, own_counters, monkeypatch):
    """A company, or the proxy in front of us."""
    monkeypatch.setattr(desk_door, "MOST_OF_AN_ADDRESS", 0)

    assert client.post(url("consent", token_of(alum)), {"consent": "NO"}).status_code == 302


def test_pages_work_without_a_cache(client, alum, settings):
    """Redis may be away."""
    cache = "django.core.cache.backends.redis.RedisCache"
    settings.CACHES = {"default": {"BACKEND": cache, "LOCATION": "redis://127.0.0.1:1/0"}}

    answer = client.post(url("consent", token_of(alum)), {"consent": "NO"})

    assert answer.status_code == 302


def test_mail_program_says_no_with_one_post(alum):
    """RFC 8058"""
    client = Client(enforce_csrf_checks=True)

    answer = client.post(url("unsubscribe", token_of(alum)), {"List-Unsubscribe": "One-Click"})

    assert answer.status_code == 200
    alum.refresh_from_db()
    assert alum.consent == "NO"


def test_scanner_that_follows_the_unsubscribe_link_says_nothing(client, alum):
    answer = client.get(url("unsubscribe", token_of(alum)))

    assert answer.status_code == 302
    alum.refresh_from_db()
    assert alum.consent == "YES"


def test_no_log_holds_a_link(caplog, client, alum):
    from core.logs import WordlessFormatter

    token = tampered(token_of(alum))[0]
    client.get(url("home", token))
    line = WordlessFormatter()

    logged = [line.format(record) for record in caplog.records]

    assert any("desk:home" in one for one in logged)
    assert not any(token in one for one in logged)


def test_access_log_holds_no_link(alum):
    from gunicorn.config import Config

    from careerhub.access_log import AccessLog

    token = token_of(alum)
    path = f"/desk/{token}/pause/"

    class Answer:
        status, sent, headers = "200 OK", 10, []

    class Asked:
        headers = [("REFERER", f"http://localhost{path}")]

    environ = {
        "REQUEST_METHOD": "GET", "RAW_URI": path, "PATH_INFO": path, "QUERY_STRING": "",
        "SERVER_PROTOCOL": "HTTP/1.1", "HTTP_REFERER": f"http://localhost{path}",
    }  # fmt: skip
    atoms = AccessLog(Config()).atoms(Answer(), Asked(), environ, timedelta(seconds=1))

    assert token not in str(atoms)
    assert atoms["r"] == "GET /desk/…/pause/ HTTP/1.1"
