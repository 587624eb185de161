"""A session that ends in the middle of a form: what was typed comes back after the log-in."""

import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from contacts.models import Contact

PASSWORD = "a-long-password"
WORDS = "Dear Imani,\r\n\r\n“May we talk?” <b>&amp;</b> \u202eעמר 🙂"


@pytest.fixture
def url(student):
    student.set_password(PASSWORD)
    student.save()
    return reverse("contacts:create")


def log_in(client, page, password=PASSWORD):
    """As the browser does: each hidden field of the page is sent along."""
    assert "What you typed is kept" in page.text
    (typed,) = re.findall('name="typed" value="([^"]*)"', page.text)
    said = {"login": "maya@example.edu", "password": password, "next": reverse("contacts:create")}
    return client.post(reverse("account_login"), said | {"typed": unescape(typed)})


def test_words_of_a_session_that_ended_come_back(client, student, url):
    typed = {"name": "Dana Whitcomb", "why": WORDS, "name_permission": "NOT_ASKED"}

    page = client.post(url, typed | {"password1": "hidden-one"})

    assert page.status_code == 403
    assert f'<input type="hidden" name="next" value="{url}">' in page.text
    assert 'name="typed"' in page.text
    assert "hidden-one" not in page.text
    assert not Contact.objects.exists()

    wrong = log_in(client, page, password="wrong")
    back = log_in(client, wrong)

    assert back.status_code == 200
    assert dict(back.context["fields"]) == typed
    assert f'<form method="post" action="{url}">' in back.text
    assert not Contact.objects.exists()
    assert "no-store" in back["Cache-Control"]

    client.post(back.context["to"], dict(back.context["fields"]))

    assert Contact.objects.get().why == WORDS


def test_log_in_without_words_leads_on_as_ever(client, url):
    page = client.get(url)
    answer = log_in_plainly(client, url)

    assert page.url == f"{reverse('account_login')}?next={url}"
    assert (answer.status_code, answer.url) == (302, url)


def log_in_plainly(client, to, **more):
    said = {"login": "maya@example.edu", "password": PASSWORD, "next": to}
    return client.post(reverse("account_login"), said | more)


def test_script_is_sent_to_the_log_in(client, url):
    answer = client.post(url, {"name": "Dana"}, headers={"Sec-Fetch-Mode": "cors"})

    assert answer.status_code == 302


def test_words_are_sent_to_no_other_place(client, url):
    answer = log_in_plainly(client, "https://evil.example/", typed="name=Dana")

    assert "evil.example" not in answer.text


def test_form_of_another_site_is_not_carried_along(student, url):
    answer = Client(enforce_csrf_checks=True).post(url, {"name": "Dana"})

    assert answer.status_code == 403
    assert "typed" not in answer.text.replace("what you typed should", "")
