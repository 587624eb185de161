"""The office's words: in the mail and nowhere else, plain text, and a way back."""

from datetime import time

import pytest
from django.urls import reverse

from reminders import actions, kinds
from reminders.actions import wording as deeds
from reminders.models import Wording
from reminders.samples import sample_mail
from reminders.wording import fault_of
from tests.mail_lint import faults_of
from tests.reminders.conftest import march, talk_with

EDIT, RESTORE = "reminders:wording_edit", "reminders:wording_restore"
THEIRS = {"subject": "Your note to {name}", "opening": "{name} gave you their time. Say thanks!"}


@pytest.fixture
def page(client, staff):
    client.force_login(staff)
    return lambda data=None, key="THANK_YOU", **headers: (
        client.post(reverse(EDIT, args=[key]), data, headers=headers)
        if data is not None
        else client.get(reverse(EDIT, args=[key]))
    )


def test_next_mail_says_it_in_the_offices_words(page, talk, mailoutbox):
    assert page(THEIRS).status_code == 302

    actions.drain(at=march(3))

    (mail,) = mailoutbox
    assert mail.subject == "Your note to Dana Whitcomb: due tomorrow"
    assert "* Dana Whitcomb gave you their time. Say thanks!" in mail.body
    assert "Dana Whitcomb gave you their time. Say thanks!" in mail.alternatives[0].content


def test_other_kinds_and_other_pages_keep_ours(page, talk, client, student, mailoutbox):
    page(THEIRS)
    talk.thanked_on = talk.held_on
    talk.save()
    actions.drain(at=march(33))

    assert mailoutbox[-1].subject.startswith("A second letter to Dana Whitcomb")


def test_markup_is_text(page, student, mailoutbox):
    page({"subject": "<b>{name}</b>", "opening": "<script>alert(1)</script> {name}"})
    talk_with(student)
    actions.drain(at=march(3))

    html = mailoutbox[0].alternatives[0].content
    assert "<script>" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


def test_line_break_in_a_subject_is_none(page, talk, mailoutbox):
    page({"subject": "Note to {name}\r\nBcc: all@example.org", "opening": "Say thanks"})
    actions.drain(at=march(3))

    message = mailoutbox[0].message()
    assert message["Bcc"] is None
    assert "\n" not in mailoutbox[0].subject


@pytest.mark.parametrize(
    ("text", "takes_name", "fault"),
    [
        ("Thank {name}", True, ""), ("Say thanks", True, ""), ("A week", False, ""),
        ("Thank {nmae}", True, "There is no {nmae}. The one placeholder is {name}."),
        ("Thank {}", True, "There is no {}. The one placeholder is {name}."),
        ("{name.email}", True, "There is no {name.email}. The one placeholder is {name}."),
        ("{name!r}", True, "There is no {name}. The one placeholder is {name}."),
        ("{name:>9999999}", True, "There is no {name}. The one placeholder is {name}."),
        ("Thank {name", True, "A { or } stands alone. Write {name} where the name belongs."),
        ("Thank name}", True, "A { or } stands alone. Write {name} where the name belongs."),
        ("{name}", False, "This mail is about nobody by name: write it without { and }."),
        ("Thank {{name}}", True, ""),
    ],
)  # fmt: skip
def test_placeholders_are_checked_in_words(text, takes_name, fault):
    assert fault_of(text, takes_name=takes_name) == fault


def test_wrong_placeholder_comes_back_with_a_sentence(page):
    answer = page({**THEIRS, "subject": "Note to {contact}"})

    assert answer.status_code == 422
    assert "There is no {contact}." in answer.content.decode()
    assert not Wording.objects.exists()


def test_look_shows_the_mail_and_keeps_nothing(page):
    answer = page({**THEIRS, "look": "1"})

    assert answer.status_code == 200
    shown = answer.content.decode()
    assert "Your note to Dana Whitcomb: due tomorrow" in shown
    assert "Dana Whitcomb gave you their time. Say thanks!" in shown
    assert not Wording.objects.exists()


@pytest.mark.parametrize(
    ("opening", "said", "status"),
    [("Thank {name} now", "Thank Dana Whitcomb now", 200), ("Thank {x}", "There is no {x}.", 422)],
)
def test_typing_gets_the_preview_alone(page, opening, said, status):
    answer = page({**THEIRS, "opening": opening}, **{"HX-Request": "true", "HX-Target": "preview"})

    shown = answer.content.decode()
    assert answer.status_code == status
    assert said in shown
    assert "<form" not in shown
    assert not Wording.objects.exists()


def test_ours_come_back(page, client, talk, mailoutbox):
    page(THEIRS)

    client.post(reverse(RESTORE, args=["THANK_YOU"]))

    actions.drain(at=march(3))
    assert mailoutbox[0].subject == "A thank-you to Dana Whitcomb: due tomorrow"


def test_our_own_words_are_not_kept():
    """A better sentence of a later release then arrives."""
    kind = kinds.get("THANK_YOU")
    deeds.say(kind, **THEIRS)
    deeds.say(kind, subject=kind.words.what, opening=kind.words.headline)

    assert not Wording.objects.exists()


WORDED = [kind for kind in kinds.every() if kind.is_worded_by_office]


def test_words_of_an_advisor_are_not_the_offices_to_change(page, client):
    assert page(key="ADVISOR_WROTE").status_code == 404
    assert page(THEIRS, key="ADVISOR_WROTE").status_code == 404

    shown = client.get(reverse("reminders:wording_list"))

    assert [entry["kind"].key for entry in shown.context["entries"]] == [
        kind.key for kind in WORDED
    ]
    assert "ADVISOR_WROTE" not in shown.content.decode()


@pytest.mark.parametrize("kind", WORDED, ids=lambda kind: kind.key)
def test_every_kind_has_a_mail_to_look_at(page, kind):
    answer = page(key=kind.key)

    assert answer.status_code == 200
    mail = answer.context["mail"]
    assert mail.subject
    assert faults_of(mail) == []
    if kind.words.advice:
        assert mail.body.count(kind.words.advice.removesuffix(".")) == 1


@pytest.mark.parametrize("hour", [0, 8, 23])
def test_example_of_a_morning_mail_is_read_in_the_morning(hour):
    wording = Wording(subject="It", opening="It is")

    mail = sample_mail(kinds.get("THANK_YOU"), wording, at=march(3, time(hour)))

    assert mail.body.startswith("Good morning, Maya.")


def test_example_says_due_of_what_is_owed_alone():
    at = march(3)
    said = {
        kind.key: sample_mail(kind, Wording(subject="It", opening="It is"), at=at).subject
        for kind in kinds.every()
    }

    assert {key for key, subject in said.items() if "due" in subject} == {
        kind.key for kind in kinds.every() if kind.is_deed
    }


def test_unknown_kind_is_404(page):
    assert page(key="NOTHING").status_code == 404


def test_list_says_what_is_the_offices(page, client):
    page(THEIRS)

    shown = client.get(reverse("reminders:wording_list")).content.decode()

    assert "{name} gave you their time. Say thanks!" in shown
    assert shown.count("In your words") == 1
