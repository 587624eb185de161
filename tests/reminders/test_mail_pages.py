"""The embedded default's mail: files in a folder, and pages that show them."""

import email
import email.policy
from pathlib import Path

import pytest
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse

from reminders import actions
from tests.reminders.conftest import march


@pytest.fixture(autouse=True)
def folder(settings) -> Path:
    settings.EMAIL_BACKEND = "careerhub.embedded.mail.MailFolderBackend"
    return settings.MAIL_FOLDER


def send(subject="Good morning", to="maya@example.edu", body="A thank-you is owed.\n"):
    EmailMultiAlternatives(subject, body, to=[to]).send()


def test_mail_is_a_file_that_a_mail_program_can_open(folder, talk):
    actions.drain(at=march(3))

    (path,) = folder.iterdir()
    mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    assert path.suffix == ".eml"
    assert path.stat().st_mode & 0o777 == 0o600
    assert mail["To"] == "Maya Oyelaran <maya@example.edu>"
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]


def test_files_sort_by_time(folder):
    for number in range(3):
        send(f"Mail {number}")

    subjects = [
        email.message_from_bytes(path.read_bytes())["Subject"]
        for path in sorted(folder.glob("*.eml"))
    ]
    assert subjects == ["Mail 0", "Mail 1", "Mail 2"]


def test_list_shows_the_newest_first_to_everybody(client):
    send("The older")
    send("The newer")

    page = client.get(reverse("mail_list")).content.decode()

    assert page.index("The newer") < page.index("The older")


def test_list_without_mail_teaches(client):
    assert "No mail yet" in client.get(reverse("mail_list")).content.decode()


def test_page_of_a_mail_shows_its_text_and_links(client, folder):
    send(body="Thank <b>Dana</b>\nhttps://careers.example.edu/interviews/3/thank/\n")
    (path,) = folder.iterdir()

    page = client.get(reverse("mail_detail", args=[path.stem])).content.decode()

    assert "Thank &lt;b&gt;Dana&lt;/b&gt;" in page
    assert 'href="https://careers.example.edu/interviews/3/thank/"' in page
    assert "maya@example.edu" in page


def test_page_shows_a_mail_without_text_or_date(client, folder):
    """Somebody put a file there."""
    folder.mkdir()
    (folder / "strange.eml").write_bytes(b"Content-Type: text/html\n\n<p>\xff</p>")
    (folder / "empty.eml").write_bytes(b"")
    (folder / "date.eml").write_bytes(b"Date: yesterday\nSubject: =?x?q?=00?=\n\nA\x00B")

    assert client.get(reverse("mail_list")).status_code == 200
    for name in ("strange", "empty", "date"):
        assert client.get(reverse("mail_detail", args=[name])).status_code == 200


@pytest.mark.parametrize(
    "path", ["/mail/nothing/", "/mail/../secret/", "/mail/..%2fsecret/", "/mail/%2e%2e%2fsecret/"]
)
def test_no_path_leads_out_of_the_folder(client, folder, path):
    folder.mkdir()
    (folder.parent / "secret.eml").write_text("Subject: secret\n\n")

    response = client.get(path)

    assert response.status_code == 404
    assert b"Subject: secret" not in response.content
