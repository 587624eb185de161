"""A class moves on, keeps what is theirs, and enters the directory by its own word alone."""

from datetime import UTC, date, datetime, timedelta
from threading import Barrier, Thread

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.urls import reverse

from accounts.models import Caseload, Role, StudentProfile, User
from alumni.models import Alum, DeskChange
from contacts.models import Contact
from interviews import actions as interviews
from reminders import actions as reminders
from roster import actions
from roster.actions import graduation
from roster.models import Graduate, Graduation, RosterMail
from tests.factories import (
    AlumFactory,
    AssignmentRuleFactory,
    CaseloadFactory,
    ContactFactory,
    StudentProfileFactory,
    UserFactory,
)
from tests.roster.test_caseloads import slowly

NOW = datetime(2026, 6, 15, 16, 0, tzinfo=UTC)
RECORD = {
    "name": "Maya Oyelaran", "email": "maya@home.example", "phone": "", "class_year": "2026",
    "majors": "English", "fields_of_work": "Journalism", "job_title": "Reporter",
    "employer": "Valley Courier", "city": "", "region": "", "country": "",
    "note_to_students": "Ask me about radio.", "ask_by": "EMAIL", "requests_per_month": "1",
    "days_between_requests": "", "hidden": ["phone", "place"], "time_zone": "America/Chicago",
}  # fmt: skip


@pytest.fixture
def maya(student):
    student.email = "maya@example.edu"
    student.save()
    StudentProfileFactory(student=student, class_year=2026, majors=["English"])
    return student


def graduate(year=2026, *, at=NOW):
    return actions.graduate_class(year, by=None, at=at)


def say(client, student, **said):
    client.force_login(student)
    return client.post(reverse("roster:after"), RECORD | said)


def test_a_class_moves_on_and_nobody_else(maya, advisor):
    other = StudentProfileFactory(class_year=2027).student
    left = StudentProfileFactory(class_year=2026, student=UserFactory(is_active=False)).student

    graduation = graduate()

    assert [one.student for one in graduation.members.all()] == [maya]
    assert StudentProfile.objects.get(student=maya).graduated_on == date(2026, 6, 15)
    assert Caseload.objects.get(student=maya).until is not None
    for untouched in (other, left):
        untouched.profile.refresh_from_db()
        assert untouched.profile.graduated_on is None


def test_a_graduate_keeps_the_log_and_takes_it_along(client, maya):
    contact = ContactFactory(student=maya)
    graduate()
    client.force_login(maya)

    assert client.get(reverse("home")).status_code == 200
    assert client.get(contact.get_absolute_url()).status_code == 200
    assert client.get(reverse("records:take_away"))["Content-Type"] == "application/zip"
    assert Contact.objects.visible_to(maya).get() == contact


def test_the_advisor_sees_no_more_of_them(client, maya, advisor):
    client.force_login(advisor)
    page = reverse("advising:student", args=[maya.pk])
    assert client.get(page).status_code == 200

    graduate()

    assert client.get(page).status_code == 404


def test_no_rule_and_no_hand_gives_them_to_anybody(maya):
    AssignmentRuleFactory()
    graduate()

    assert actions.moves_by_rule(also_decided=True) == []
    noel = UserFactory(role=Role.ADVISOR)
    assert actions.assign_by_hand([maya.pk], noel, at=NOW) == 0


def test_what_is_owed_is_still_reminded_of(maya):
    talk = interviews.begin(ContactFactory(student=maya, name="Dana"), at=NOW)
    interviews.hold(talk, held_on=date(2026, 6, 14), at=NOW)
    graduate()

    reminders.drain(at=NOW + timedelta(days=2))

    assert any("Dana" in one.subject + one.body for one in mail.outbox)


def test_the_mail_has_links_and_no_words_of_theirs(maya, settings):
    ContactFactory(student=maya, name="Dana Whitcomb")
    graduate()

    assert actions.deliver(at=NOW) == 1

    (sent,) = mail.outbox
    assert settings.SITE_URL + reverse("records:take_away") in sent.body
    assert settings.SITE_URL + reverse("roster:after") in sent.body
    assert not sent.attachments
    assert "Dana" not in sent.message().as_string()


def test_who_says_nothing_is_in_no_directory(maya):
    graduate()

    assert not Alum.objects.exists()


def test_who_agrees_enters_as_they_say(client, maya, other_student):
    graduate()

    assert say(client, maya).status_code == 302

    alum = Alum.objects.get()
    assert (alum.name, alum.family_name, alum.email) == (
        "Maya Oyelaran", "Oyelaran", "maya@home.example"
    )  # fmt: skip
    assert (alum.consent, alum.ask_by, alum.requests_per_month) == ("YES", "EMAIL", 1)
    assert set(alum.hidden_fields) == {"phone", "city", "region", "country"}
    assert alum.as_seen_by(other_student).phone == ""
    assert list(Alum.objects.visible_to(other_student)) == [alum]
    assert Graduate.objects.get().alum == alum


def test_the_page_changes_the_same_record_later(client, maya):
    graduate()
    say(client, maya)
    say(client, maya, employer="NEPM", hidden=[])

    alum = Alum.objects.get()
    assert (alum.employer, alum.hidden_fields) == ("NEPM", [])


def test_an_alum_with_their_address_is_not_doubled(client, maya):
    known = AlumFactory(name="M. Oyelaran", email="MAYA@example.edu", consent="UNKNOWN")
    graduate()

    say(client, maya)

    known.refresh_from_db()
    assert Alum.objects.count() == 1
    assert (known.name, known.consent) == ("Maya Oyelaran", "YES")
    assert DeskChange.objects.filter(alum=known).exists()


def test_nobody_takes_over_the_record_of_another(client, maya):
    known = AlumFactory(name="Imani Brooks", email="imani@example.org", consent="NO")
    graduate()

    response = say(client, maya, email="imani@example.org")

    known.refresh_from_db()
    assert response.status_code == 422
    assert "Another record in the directory has this e-mail" in response.content.decode()
    assert (known.name, known.consent) == ("Imani Brooks", "NO")
    assert Graduate.objects.get().answer == ""


@pytest.mark.parametrize(
    "bad", [{"email": ""}, {"name": "12"}, {"hidden": ["x"]}, {"requests_per_month": "many"}]
)
def test_bad_answers_get_a_sentence_and_enter_nobody(bad, client, maya):
    graduate()

    assert say(client, maya, **bad).status_code == 422
    assert not Alum.objects.exists()


def test_a_no_enters_nobody_and_a_later_no_hides_the_record(client, maya, other_student):
    graduate()
    say(client, maya, no="1")
    assert Graduate.objects.get().answer == "NO"
    assert not Alum.objects.exists()

    say(client, maya)
    say(client, maya, no="1")

    assert Alum.objects.get().consent == "NO"
    assert not Alum.objects.visible_to(other_student).exists()


def test_it_can_be_taken_back_until_somebody_is_in_the_directory(client, maya, advisor):
    graduation = graduate()

    actions.undo_graduation(graduation, at=NOW)

    assert StudentProfile.objects.get(student=maya).graduated_on is None
    assert Caseload.objects.open().get().advisor == advisor
    assert not RosterMail.objects.exists()
    client.force_login(maya)
    assert client.get(reverse("roster:after")).status_code == 403

    again = graduate()
    say(client, maya)
    say(client, maya, no="1")
    with pytest.raises(actions.SomebodyAgreed):
        actions.undo_graduation(again, at=NOW)


def test_taken_back_nobody_loses_a_new_advisor(maya, advisor):
    graduation = graduate()
    newer = CaseloadFactory(student=maya)

    actions.undo_graduation(graduation, at=NOW)

    assert Caseload.objects.open().get() == newer


@pytest.mark.parametrize(
    ("at", "moves"),
    [
        (datetime(2026, 1, 1, 4, 59, tzinfo=UTC), False),
        (datetime(2026, 1, 1, 5, 0, tzinfo=UTC), True),
    ],
)
def test_no_class_moves_on_before_its_year_by_the_offices_calendar(at, moves, maya, settings):
    settings.OFFICE_TIME_ZONE = "America/New_York"

    if moves:
        assert graduate(at=at).members.count() == 1
    else:
        with pytest.raises(actions.GraduationRefused, match="cannot move on before 2026"):
            graduate(at=at)


@pytest.mark.django_db(transaction=True)
def test_two_who_move_the_same_class_on_at_once_do_it_once(monkeypatch):
    monkeypatch.setattr(graduation, "list", slowly(list), raising=False)
    for _ in range(10):
        StudentProfileFactory(class_year=2026)
    start, came = Barrier(2), []

    def press():
        start.wait()
        try:
            graduate()
            came.append("done")
        except actions.NobodyLeft:
            came.append("nobody left")
        finally:
            connection.close()

    threads = [Thread(target=press) for _ in range(2)]
    [one.start() for one in threads]
    [one.join() for one in threads]

    assert sorted(came) == ["done", "nobody left"]
    assert Graduate.objects.count() == RosterMail.objects.count() == 10


@time_machine.travel(NOW)
def test_staff_see_how_much_is_owed_and_never_to_whom(client, staff, maya, advisor):
    talk = interviews.begin(ContactFactory(student=maya, name="Dana Whitcomb"), at=NOW)
    interviews.hold(talk, held_on=date(2026, 6, 1), at=NOW)
    client.force_login(staff)

    page = client.get(reverse("roster:class", args=[2026]))

    assert page.context["people"] == [(maya, 1)]
    assert page.context["with_advisor"] == 1
    assert "Dana" not in page.content.decode()


@time_machine.travel(NOW)
@pytest.mark.parametrize("number", [1, 3])
def test_the_preview_asks_as_often_for_three_as_for_one(
    number, client, staff, django_assert_num_queries
):
    for _ in range(number):
        student = StudentProfileFactory(class_year=2026).student
        talk = interviews.begin(ContactFactory(student=student), at=NOW)
        interviews.hold(talk, held_on=date(2026, 6, 1), at=NOW)
    client.force_login(staff)

    with django_assert_num_queries(7):
        client.get(reverse("roster:class", args=[2026]))


@time_machine.travel(NOW)
def test_the_pages_move_a_class_on_and_back(client, staff, maya):
    client.force_login(staff)
    assert "Class of 2026" in client.get(reverse("roster:classes")).content.decode()

    response = client.post(reverse("roster:class_go", args=[2026]))
    page = client.get(response.url).content.decode()
    assert "0 of 1 are in the directory" in page
    assert "Take it back" in page
    client.post(reverse("roster:graduation_undo", args=[Graduation.objects.get().pk]))
    assert "are students again" in client.get(response.url).content.decode()
    response = client.post(reverse("roster:class_go", args=[2025]), follow=True)
    assert "Nobody of this class" in response.content.decode()
    assert User.objects.get(pk=maya.pk).is_active
