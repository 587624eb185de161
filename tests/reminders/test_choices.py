"""What one is written about: chosen on a page, or ended from a mail with one click (RFC 8058)."""

import email
import email.policy

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from accounts.models import Role
from reminders import actions, kinds, links
from reminders.models import ReminderChoice, Way
from tests.factories import UserFactory
from tests.reminders.conftest import MET_ON, march
from tests.reminders.worlds import WORLDS

CHOICES = "/reminders/choices/"


def unsubscribe_url(user, *keys) -> str:
    declared = [kinds.get(key) for key in keys]
    return reverse(
        "post:unsubscribe", args=[links.sign_to_unsubscribe(user, declared, at=march(3))]
    )


# Unsubscribing (RFC 8058)


def headers(mail):
    return email.message_from_bytes(mail.message().as_bytes(), policy=email.policy.default)


def test_mail_that_may_end_says_so_in_its_headers(student, mailoutbox, settings):
    WORLDS["TALK"].begin(MET_ON, "America/New_York")
    actions.drain(at=march(8))

    found = headers(mailoutbox[-1])

    assert found["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert found["List-Unsubscribe"].strip().startswith(f"<{settings.SITE_URL}/reminders/")


def test_thank_you_cannot_be_unsubscribed_from(talk, mailoutbox):
    """G38."""
    actions.drain(at=march(3))

    assert headers(mailoutbox[0])["List-Unsubscribe"] is None


def test_one_click_needs_no_page_and_no_cookie(student):
    strict = Client(enforce_csrf_checks=True)

    with time_machine.travel(march(4), tick=False):
        answer = strict.post(
            unsubscribe_url(student, "TALK", "CONFIRM"), {"List-Unsubscribe": "One-Click"}
        )

    assert answer.status_code == 200
    assert ReminderChoice.objects.visible_to(student).by_kind() == {
        "TALK": Way.OFF,
        "CONFIRM": Way.OFF,
    }


def test_look_at_it_unsubscribes_nobody(student, visit):
    page = visit(unsubscribe_url(student, "TALK"))

    assert "Shall CareerHub stop writing" in page.text
    assert not ReminderChoice.objects.exists()


@pytest.mark.parametrize(("age", "status"), [(364, 200), (365, 410)])
def test_mail_of_more_than_a_year_ago_unsubscribes_nobody(student, visit, age, status):
    page = visit(unsubscribe_url(student, "TALK"), {}, day=3 + age)

    assert page.status_code == status
    assert ReminderChoice.objects.exists() is (status == 200)


def test_signed_word_switches_off_nothing_that_the_guide_demands(student, visit):
    visit(unsubscribe_url(student, "THANK_YOU", "TALK"), {})

    assert set(ReminderChoice.objects.visible_to(student).by_kind()) == {"TALK"}


# Choices


def test_choices_are_kept_and_taken_back(client, student):
    client.force_login(student)
    page = client.get(CHOICES)
    chosen = dict.fromkeys(page.context["form"].fields, "MAIL")

    client.post(CHOICES, {**chosen, "TALK": "OFF", "THANK_YOU": "IN_APP"})

    kept = ReminderChoice.objects.visible_to(student).by_kind()
    assert kept == {"TALK": Way.OFF, "THANK_YOU": Way.IN_APP}
    client.post(CHOICES, chosen)
    assert not ReminderChoice.objects.exists()


def test_thank_you_is_not_switched_off(client, student):
    client.force_login(student)
    chosen = dict.fromkeys(client.get(CHOICES).context["form"].fields, "MAIL")

    answer = client.post(CHOICES, {**chosen, "THANK_YOU": "OFF"})

    assert answer.status_code == 422
    assert not ReminderChoice.objects.exists()
    with pytest.raises(actions.NotOffered):
        actions.choose(student, {"THANK_YOU": Way.OFF})


@pytest.mark.parametrize(
    ("role", "is_there", "is_not"),
    [
        (Role.STUDENT, "THANK_YOU", "DIGEST"),
        (Role.ADVISOR, "DIGEST", "THANK_YOU"),
        (Role.STAFF, "IMPORT_FINISHED", "DIGEST"),
        (Role.ADMINISTRATOR, "IMPORT_FINISHED", "THANK_YOU"),
    ],
)
def test_everybody_chooses_among_what_they_get(client, role, is_there, is_not):
    client.force_login(UserFactory(role=role))

    fields = client.get(CHOICES).context["form"].fields

    assert is_there in fields
    assert is_not not in fields
