"""A log holds no personal text, whatever goes wrong; what it does hold is of use."""

import io
import json
import logging
import re
import sys

import pytest
from django.core.mail.backends.locmem import EmailBackend
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import User
from alumni import actions as alumni
from alumni import links
from alumni.importing.mapping import Mapping
from careerhub.celery import app
from core.logs import JsonFormatter, WordlessFormatter
from core.masking import masked_atoms
from reminders import actions
from tests.factories import AlumFactory, ContactFactory, UserFactory
from tests.reminders.conftest import march, talk_with

LIST = "Name,E-mail,Class year\nRosa Quintanilla,rosa@example.org,2011\nRosa,rosa@,189\n"
PERSONAL = (
    "Oyelaran", "maya@", "Whitcomb", "dana@", "Quintanilla", "rosa@", "leave her employer",
    "Hadley", "zanzibar", "Kowalski", "ben@", "nobody-knows-this",
)  # fmt: skip


@pytest.fixture(params=[JsonFormatter, WordlessFormatter], ids=["json", "line"])
def log(request):
    """All that reaches the console, as it does on a server, and more: every level from DEBUG on."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(request.param())
    noisy = [logging.getLogger(name) for name in ("", "careerhub.request")]
    levels = [logger.level for logger in noisy]
    logging.getLogger().addHandler(handler)
    for logger in noisy:
        logger.setLevel(logging.INFO)
    yield stream
    logging.getLogger().removeHandler(handler)
    for logger, level in zip(noisy, levels, strict=True):
        logger.setLevel(level)


@app.task(name="tests.choke")
def choke(name, *, email):
    raise ValueError(f"{name} <{email}> cannot be read")


def refuse(*_):
    from smtplib import SMTPRecipientsRefused

    raise SMTPRecipientsRefused({"maya@example.edu": (550, b"maya@example.edu is not here")})


def deeds(client, student, staff, monkeypatch, settings):
    """A day of the college in which everything is tried, and much goes wrong."""
    alum = AlumFactory(name="Dana Whitcomb", email="dana@example.org", city="Hadley")
    client.post(reverse("account_login"), {"login": "maya@example.edu", "password": "wrong"})
    client.force_login(student)
    client.get("/alumni/", {"q": "Whitcomb zanzibar"})
    client.get("/alumni/Whitcomb/dana@example.org/")
    client.post("/contacts/new/", {"name": "Dana Whitcomb", "email": "dana@example"})
    contact = ContactFactory(student=student, name="Dana Whitcomb", email="dana@example.org")
    client.post(f"/contacts/{contact.pk}/log/", {"said": "She is about to leave her employer."})
    client.get(f"/desk/{links.sign(alum, at=march(3))}/")
    talk_with(student, "Dana Whitcomb")
    with monkeypatch.context() as patch:
        patch.setattr(EmailBackend, "send_messages", refuse)
        actions.drain(at=march(3))
    upload = alumni.upload_list(by=staff, file_name="q.csv", content=LIST.encode(), at=march(3))
    alumni.set_mapping(upload, mapping=Mapping.from_json(upload.mapping))
    alumni.check_import(upload.pk, at=march(3))
    alumni.run_import(upload.pk, at=march(3))
    choke.apply(("Dana Whitcomb",), {"email": "dana@example.org"})


def take_an_address_twice(monkeypatch, student):
    """The database names the address in its words; the view lets them through."""

    def take(*args, **kwargs):
        with transaction.atomic():
            User.objects.create_user(student.email, name="Ben Kowalski")

    # By its name, as the package has a view that is called the same.
    monkeypatch.setattr(sys.modules["reminders.views.today"], "network_of", take)
    client = Client(raise_request_exception=False)
    client.force_login(student)
    return client.get("/", {"q": "nobody-knows-this"})


def test_no_deed_leaves_personal_text(log, client, student, staff, monkeypatch, settings):
    deeds(client, student, staff, monkeypatch, settings)
    answer = take_an_address_twice(monkeypatch, student)

    said = log.getvalue()
    assert answer.status_code == 500
    assert [text for text in PERSONAL if text.lower() in said.lower()] == []
    # It would be easy to say nothing.
    for expected in ("SMTPRecipientsRefused 550", "IntegrityError", "tests.choke", "contacts:log"):
        assert expected in said


def test_trouble_is_told_by_class_and_line_of_code(log):
    try:
        try:
            raise KeyError("Dana Whitcomb")
        except KeyError as error:
            raise IntegrityError("Key (email)=(dana@example.org) already exists.") from error
    except IntegrityError:
        logging.getLogger("alumni").exception("Row %s was not written", 7)

    said = log.getvalue()
    assert said.index("KeyError") < said.index("IntegrityError")
    assert "test_logs.py:" in said
    assert "Row 7 was not written" in said
    assert "dana" not in said


def test_error_as_a_word_of_the_sentence_is_its_class(log):
    logging.getLogger("alumni").warning("No answer: %s", ValueError("Dana Whitcomb"))
    logging.getLogger("alumni").warning(ValueError("Dana Whitcomb"))

    assert "No answer: ValueError" in log.getvalue()
    assert "Whitcomb" not in log.getvalue()


def test_json_is_one_object_a_line_with_numbers():
    record = logging.LogRecord("careerhub.request", logging.INFO, "", 1, "two\nlines", (), None)
    record.status, record.user = 200, 7

    line = JsonFormatter().format(record)

    assert "\n" not in line
    said = json.loads(line)
    assert (said["event"], said["status"], said["user"]) == ("two\nlines", 200, 7)
    assert said["time"].endswith("+00:00")


def test_lines_of_one_request_have_its_number(log, client, student):
    client.force_login(UserFactory())
    client.get("/contacts/99999999/")

    lines = [line for line in log.getvalue().splitlines() if "contacts:detail" in line]
    numbers = {re.search(r"request\W+([0-9a-f]{32})", line)[1] for line in lines}
    assert (len(lines), len(numbers)) == (2, 1)


def test_access_log_does_not_hold_what_somebody_looked_for():
    atoms = {
        "r": "GET /alumni/?q=whitcomb HTTP/1.1", "q": "q=whitcomb", "s": 200,
        "f": "https://careers.example.edu/alumni/?q=whitcomb&page=2", "U": "/alumni/",
    }  # fmt: skip

    said = masked_atoms(atoms)

    assert "whitcomb" not in str(said)
    assert said["r"] == "GET /alumni/?… HTTP/1.1"
    assert said["s"] == 200
