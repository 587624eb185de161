"""The registrar's list from upload to undo, and a class that graduates into the directory."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Caseload, Role, User
from alumni.models import Alum
from roster import tasks
from roster.models import Graduation, StudentList
from tests.factories import StudentProfileFactory, UserFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LIST = (
    "Fall enrollment;;;;;\r\n"
    "Student ID;First Name;Last Name;Email;Class;Advisor Email\r\n"
    "007;Zoë;Müller;zoe@example.edu;2028;ruth@example.edu\r\n"
    "008;Wen;Li;wen at college;2028;\r\n"
    "009;Ben;Kowalski;ben@example.edu;2027;\r\n"
).encode("cp1252")


@pytest.fixture
def enter(page, live_server, client):
    def log_in(person, name):
        client.force_login(person)
        value = client.cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": value, "url": live_server.url}])
        page.goto(live_server.url + reverse(name))
        return page

    return log_in


def answer_the_bell():
    """No worker runs beside the tests; the page that waits finds out by itself."""
    tasks.run_list(StudentList.objects.get().pk)


def test_registrars_list_from_upload_to_undo(enter, staff, other_student, tmp_path):
    UserFactory(name="Ruth Halloran", email="ruth@example.edu", role=Role.ADVISOR)
    StudentProfileFactory(student=UserFactory(name="Gone Away"))
    StudentProfileFactory(student=UserFactory(name="Stays Here"))
    StudentProfileFactory(student=other_student)
    path = tmp_path / "fall enrollment.csv"
    path.write_bytes(LIST)
    page = enter(staff, "roster:overview")

    page.get_by_role("link", name="The registrar’s lists").click()
    page.get_by_role("link", name="Bring a list").click()
    page.locator("#id_list_file").set_input_files(path)
    page.get_by_role("button", name="Upload").click()

    page.get_by_role("heading", name="Match the columns").wait_for()
    assert page.locator("#id_header_row").input_value() == "2"
    page.get_by_role("button", name="Check the rows").click()

    page.get_by_role("heading", name="1 row needs your eye").wait_for()
    assert "“wen at college” is not an e-mail address." in page.locator("main").inner_text()
    page.get_by_role("link", name="See who").click()
    assert "Gone Away" in page.locator("main").inner_text()
    page.get_by_label("Stays Here stays").check()
    page.get_by_role("button", name="Keep those ticked").click()
    page.get_by_label("They have left").check()
    page.get_by_role("button", name="Bring 2 students up to date").click()
    page.get_by_role("heading", name="Bringing in fall enrollment.csv").wait_for()
    answer_the_bell()

    page.get_by_role("heading", name="2 students brought up to date").wait_for()
    assert Caseload.objects.open().get().student.name == "Zoë Müller"
    assert not User.objects.get(name="Gone Away").is_active
    assert User.objects.get(name="Stays Here").is_active

    page.get_by_role("link", name="Undo this list").click()
    page.get_by_role("button", name="Undo this list").click()
    page.get_by_role("heading", name="Undoing fall enrollment.csv").wait_for()
    answer_the_bell()

    page.get_by_role("heading", name="fall enrollment.csv is undone").wait_for()
    assert User.objects.get(name="Gone Away").is_active
    assert not User.objects.filter(name="Zoë Müller").exists()


def test_a_class_graduates_and_one_of_them_enters_the_directory(enter, staff, student):
    year = timezone.now().year
    StudentProfileFactory(student=student, class_year=year)
    page = enter(staff, "roster:classes")

    page.get_by_role("link", name="Look at who would move on").click()
    page.get_by_role("heading", name=f"1 of the class of {year} would graduate").wait_for()
    page.get_by_role("button", name="Let them graduate").click()
    page.get_by_role("heading", name="0 of 1 are in the directory").wait_for()
    assert not Alum.objects.exists()

    page = enter(student, "accounts:profile")
    page.get_by_role("link", name="Take your record along").click()
    page.get_by_label("Employer").fill("Valley Courier")
    page.get_by_label("My phone number").check()
    page.get_by_role("button", name="Yes, students may ask me").click()

    page.get_by_role("heading", name="You are in the directory").wait_for()
    alum = Alum.objects.get()
    assert (alum.employer, alum.consent, alum.hidden_fields) == ("Valley Courier", "YES", ["phone"])
    page = enter(staff, "roster:classes")
    page.get_by_role("link", name=f"Class of {year}").click()
    page.get_by_role("heading", name="1 of 1 are in the directory").wait_for()
    assert page.get_by_role("button", name="Take it back").count() == 0
    assert not Graduation.objects.get().can_be_undone
