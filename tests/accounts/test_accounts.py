"""Who sees whom, caseloads, zones, and the office's days."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts import actions
from accounts.models import OfficeSettings, RecordLook, Role, User
from core.localtime import local_date
from interviews import actions as interviews
from reminders.models import Reminder
from tests.factories import CaseloadFactory, ContactFactory, UserFactory

NOON = datetime(2026, 3, 4, 17, 0, tzinfo=UTC)


def test_visible_to_shows_students_themselves(student, other_student):
    assert list(User.objects.visible_to(student)) == [student]


def test_visible_to_shows_an_advisor_the_open_caseload(student, advisor):
    former = CaseloadFactory(advisor=advisor, until=date(2026, 9, 2)).student

    seen = User.objects.visible_to(advisor)

    assert list(seen) == [student]
    assert former not in seen


@pytest.mark.parametrize("who", ["other_advisor", "staff", "administrator"])
def test_visible_to_shows_the_others_no_student(who, student, advisor, request):
    assert not User.objects.visible_to(request.getfixturevalue(who)).exists()


def test_email_is_one_whatever_its_case(student):
    with pytest.raises(IntegrityError), transaction.atomic():
        UserFactory(email=student.email.upper())
    with pytest.raises(ValidationError, match="has an account with this e-mail"):
        UserFactory.build(email=student.email.upper()).full_clean(exclude=["password"])


def test_student_has_one_advisor_at_a_time(student, advisor, other_advisor):
    with pytest.raises(IntegrityError):
        CaseloadFactory(advisor=other_advisor, student=student)


def test_new_time_zone_moves_the_mornings(student):
    """Eight in the morning is five hours later for somebody who moved to Honolulu."""
    talk = interviews.begin(ContactFactory(student=student), at=NOON)
    interviews.hold(talk, held_on=date(2026, 3, 4), at=NOON)
    first = Reminder.objects.pending().earliest("due_at")
    before = first.due_at
    student.time_zone = "Pacific/Honolulu"

    actions.save_account(student, at=NOON)

    first.refresh_from_db()
    assert first.due_at - before == timedelta(hours=5)


def test_note_look_writes_one_row_a_day(student, advisor):
    for at in (NOON, NOON + timedelta(hours=2), NOON + timedelta(days=1)):
        actions.note_look(advisor, student, page="Activity", at=at)

    assert RecordLook.objects.count() == 2


def test_student_reads_who_looked(client, student, advisor):
    actions.note_look(advisor, student, page="Activity", at=NOON)
    client.force_login(student)

    page = client.get(reverse("accounts:looks")).content.decode()

    assert "Ruth Halloran" in page


def test_profile_keeps_what_a_student_says(client, student):
    """G2, G13, G24"""
    client.force_login(student)

    answer = client.post(
        reverse("accounts:profile"),
        {"name": "Maya O.", "time_zone": "Europe/Lisbon", "class_year": "2027",
         "majors": "English, , Film,English", "fields_of_interest": "Journalism",
         "phone": "413 555 0119", "background": "One.\nTwo.\nThree."},
    )  # fmt: skip

    assert answer.status_code == 302
    student = User.objects.get(pk=student.pk)
    assert (student.name, student.time_zone) == ("Maya O.", "Europe/Lisbon")
    assert student.profile.majors == ["English", "Film"]
    assert student.profile.background.splitlines() == ["One.", "Two.", "Three."]


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"class_year": "189"}, "four digits"),
        ({"class_year": "soon"}, "four digits"),
        ({"name": ""}, "Write your name"),
        ({"time_zone": "Mars/Olympus"}, "valid choice"),
        ({"background": "a\x00b"}, "Null characters"),
    ],
    ids=["189", "a word", "no name", "no zone", "NUL"],
)
def test_profile_says_what_is_wrong_and_stores_nothing(client, student, said, sentence):
    client.force_login(student)

    answer = client.post(
        reverse("accounts:profile"), {"name": "M", "time_zone": "Europe/Lisbon", **said}
    )

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert User.objects.get(pk=student.pk).time_zone == "America/New_York"


@pytest.mark.parametrize(
    ("back", "goes_to"), [("/contacts/", "/contacts/"), ("https://evil.example/", "/")]
)
def test_theme_goes_back_within_our_own_pages(client, back, goes_to):
    answer = client.post(reverse("accounts:theme"), {"theme": "dark", "next": back})

    assert answer.url == goes_to
    assert answer.cookies["theme"].value == "dark"


def test_office_settings_must_be_in_order(client, staff):
    client.force_login(staff)
    names = [field.name for field in OfficeSettings._meta.fields if field.name != "id"]
    days = dict.fromkeys(names, 5)

    answer = client.post(
        reverse("accounts:office_settings"), {**days, "thank_you_last_days": 1, "reminder_hour": 8}
    )

    assert answer.status_code == 422
    assert "must come in that order" in answer.content.decode()
    assert OfficeSettings.current().thank_you_last_days == 3


def test_administrator_makes_an_account_and_its_owner_chooses_the_password(
    client, administrator, mailoutbox
):
    client.force_login(administrator)

    client.post(
        reverse("admin:accounts_user_add"),
        {"email": "new@example.edu", "name": "New", "role": Role.ADVISOR,
         "time_zone": "America/New_York"},
    )  # fmt: skip

    new = User.objects.get(email="new@example.edu")
    assert new.role == Role.ADVISOR
    assert [message.to for message in mail.outbox] == [["new@example.edu"]]
    assert "/accounts/password/reset/key/" in mail.outbox[0].body


def test_new_time_zone_from_an_administrator_moves_the_mornings_too(client, administrator, student):
    talk = interviews.begin(ContactFactory(student=student), at=timezone.now())
    today = local_date(timezone.now(), student.time_zone)
    interviews.hold(talk, held_on=today, at=timezone.now())
    client.force_login(administrator)
    fields = {"email": student.email, "name": student.name, "role": student.role, "is_active": "on"}
    formset = {"profile-TOTAL_FORMS": 0, "profile-INITIAL_FORMS": 0}

    answer = client.post(
        reverse("admin:accounts_user_change", args=[student.pk]),
        {**fields, **formset, "time_zone": "Pacific/Honolulu"},
    )

    assert answer.status_code == 302
    rows = Reminder.objects.pending().filter(kind="FOLLOW_UP")
    hours = {row.due_at.astimezone(ZoneInfo("Pacific/Honolulu")).hour for row in rows}
    assert hours == {8}


def test_log_in_takes_the_email_in_any_case(client, student):
    student.set_password("a-long-password")
    student.save()

    answer = client.post(
        reverse("account_login"), {"login": "MAYA@example.edu", "password": "a-long-password"}
    )

    assert answer.status_code == 302


def test_the_office_sets_what_is_to_spare_on_the_way(client, staff):
    """G30, G31"""
    client.force_login(staff)
    now = OfficeSettings.current()
    days = {f.name: getattr(now, f.name) for f in OfficeSettings._meta.fields if f.name != "id"}

    client.post(
        reverse("accounts:office_settings"),
        {**days, "minutes_to_spare": 20, "phone_alarm_minutes": 5},
    )

    now = OfficeSettings.current()
    assert (now.minutes_to_spare, now.phone_alarm_minutes) == (20, 5)
