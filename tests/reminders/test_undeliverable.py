"""What could not be delivered is seen by staff, and by nobody else."""

import pytest
from django.urls import reverse

from core.models import MarkedAddress
from reminders import actions, claims
from reminders.models import Reminder
from tests.reminders.conftest import march, take_one, talk_with

PAGE = "reminders:undeliverable"


def refuse(student) -> Reminder:
    talk_with(student)
    claim = take_one(at=march(3))
    claims.put_back(claim, failure="SMTPRecipientsRefused 550", is_final=True)
    return claim.rows[0]


@pytest.fixture
def refused(student):
    return refuse(student)


def test_page_says_who_since_when_and_why(client, staff, refused):
    client.force_login(staff)

    page = client.get(reverse(PAGE)).content.decode()

    assert "Maya Oyelaran" in page
    assert "maya@example.edu" in page
    assert "March 3" in page
    assert "does not take mail for this address" in page
    assert "Dana Whitcomb" not in page


def test_page_without_any_says_so(client, staff):
    client.force_login(staff)

    assert "Nobody is out of reach" in client.get(reverse(PAGE)).content.decode()


def test_page_with_a_marked_address_does_not_say_that_all_are_in_reach(client, staff):
    MarkedAddress.objects.create(email="a@b.org", reason="BOUNCED", marked_at=march(3))
    client.force_login(staff)

    assert "Nobody is out of reach" not in client.get(reverse(PAGE)).content.decode()


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("student", 403), ("advisor", 403), ("other_student", 403),
        ("staff", 200), ("administrator", 200),
    ],
)  # fmt: skip
def test_page_is_for_staff(client, request, refused, who, status):
    client.force_login(request.getfixturevalue(who))

    assert client.get(reverse(PAGE)).status_code == status


@pytest.mark.parametrize(
    ("who", "status", "state"),
    [("student", 403, "DEAD"), ("advisor", 403, "DEAD"), ("staff", 302, "PENDING")],
)
def test_trying_again_is_for_staff(client, request, refused, student, who, status, state):
    client.force_login(request.getfixturevalue(who))

    response = client.post(reverse("reminders:try_again", args=[student.pk]))

    assert response.status_code == status
    refused.refresh_from_db()
    assert refused.state == state


def test_corrected_address_gets_the_mail(client, staff, student, refused, mailoutbox):
    student.email = "maya.o@example.edu"
    student.save()
    client.force_login(staff)

    client.post(reverse("reminders:try_again", args=[student.pk]))

    assert actions.drain(at=march(3)) == 1
    assert "maya.o@example.edu" in mailoutbox[0].to[0]


def test_trying_again_is_for_one_person(client, staff, student, other_student, refused):
    theirs = refuse(other_student)
    client.force_login(staff)

    client.post(reverse("reminders:try_again", args=[student.pk]))

    theirs.refresh_from_db()
    assert theirs.state == "DEAD"


def test_trying_again_for_nobody_is_404(client, staff, student):
    client.force_login(staff)

    assert client.post(reverse("reminders:try_again", args=[student.pk])).status_code == 404
    assert client.get(reverse("reminders:try_again", args=[student.pk])).status_code == 405
