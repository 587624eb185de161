"""The registrar's list: every row accounted for, nothing erased or doubled, all undone."""

import json
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from threading import Barrier, Thread

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse

from accounts.models import Caseload, Role, StudentProfile, User
from alumni.importing.table import UnreadableFile
from roster import actions
from roster.models import RosterMail, StudentList
from tests.factories import (
    AssignmentRuleFactory,
    CaseloadFactory,
    ContactFactory,
    StudentProfileFactory,
    UserFactory,
)

NOW = datetime(2026, 9, 2, 15, 0, tzinfo=UTC)
HEAD = "Student ID,First Name,Last Name,Email,Class,Major,Advisor Email\n"
MAYA = "007,Maya,Oyelaran,maya@example.edu,2027,English; Film,ruth@example.edu\n"
BEN = "008,Ben,Kowalski,ben@example.edu,2028,Music,\n"


@pytest.fixture
def ruth():
    return UserFactory(name="Ruth Halloran", email="ruth@example.edu", role=Role.ADVISOR)


def checked(text, *, name="students.csv", encoding="utf-8"):
    of_list = actions.upload_students(
        by=None, file_name=name, content=text.encode(encoding), at=NOW
    )
    actions.check_students(of_list, columns=of_list.columns, at=NOW)
    return of_list


def applied(text, *, leave=False, at=NOW, **how):
    of_list = checked(text, **how)
    actions.apply_students(of_list, leave=leave, at=at)
    return of_list


def undone(of_list, *, at=NOW):
    """Who it brought and who stays, by name."""
    actions.start_undo(of_list, at=at)
    actions.run_list(of_list.pk, at=at)
    of_list.refresh_from_db()
    assert of_list.state == "UNDONE"
    return [row.student for row in of_list.rows.still_brought()]


def counts(of_list):
    tallies = of_list.rows.tallies()
    assert tallies["rows"] == sum(
        tallies[name] for name in ("created", "updated", "unchanged", "rejected")
    )
    return {name: number for name, number in tallies.items() if number and name != "rows"}


def problems(of_list):
    return dict(of_list.rows.exclude(problems=[]).values_list("number", "problems"))


def state():
    """All that a list may touch."""
    users = User.objects.order_by("pk").values_list(
        "pk", "name", "email", "is_active", "password", "role"
    )
    profiles = StudentProfile.objects.order_by("student").values_list(
        "student", "class_year", "majors", "fields_of_interest", "phone", "student_number",
        "left_on",
    )  # fmt: skip
    loads = Caseload.objects.order_by("pk").values_list("pk", "student", "advisor", "until")
    return list(users), list(profiles), list(loads)


def test_new_students_get_an_account_an_advisor_and_an_invitation(ruth):
    rule = AssignmentRuleFactory(majors=["Music"])

    of_list = applied(HEAD + MAYA + BEN)

    assert counts(of_list) == {"created": 2}
    maya, ben = User.objects.filter(role=Role.STUDENT).order_by("-name")
    assert (maya.name, maya.profile.student_number) == ("Maya Oyelaran", "007")
    assert (maya.profile.class_year, maya.profile.majors) == (2027, ["English", "Film"])
    loads = {one.student: (one.advisor, one.source) for one in Caseload.objects.open()}
    assert loads == {maya: (ruth, "LIST"), ben: (rule.advisor, "RULE")}
    due = RosterMail.objects.order_by("due_at").values_list("student", "due_at")
    assert list(due) == [(maya.pk, NOW), (ben.pk, NOW + timedelta(seconds=2))]


def test_a_check_touches_nobody(ruth):
    before = state()

    of_list = checked(HEAD + MAYA + BEN)

    assert counts(of_list) == {"created": 2}
    assert state() == before
    assert not RosterMail.objects.exists()


def test_the_same_list_again_changes_nothing(ruth):
    AssignmentRuleFactory()
    applied(HEAD + MAYA + BEN)
    before = state()

    again = applied(HEAD + MAYA + BEN)

    assert counts(again) == {"unchanged": 2}
    assert state() == before
    assert RosterMail.objects.count() == 2


def test_a_blank_never_erases_and_clear_does(ruth):
    applied(HEAD + MAYA)

    of_list = applied("Student ID,Email,Class,Major,Name\n007,,,,\n")
    assert counts(of_list) == {"unchanged": 1}

    applied("Student ID,Class,Major,Name\n007,[clear],[clear],[clear]\n")
    maya = StudentProfile.objects.get(student_number="007")
    assert (maya.class_year, maya.majors, maya.student.name) == (None, [], "Maya Oyelaran")


def test_phone_and_fields_are_the_students_own_word():
    maya = StudentProfileFactory(
        student=UserFactory(email="maya@example.edu"), phone="", fields_of_interest=["Radio"]
    )

    applied("Email,Phone,Field,Name\nmaya@example.edu,(413) 555-0142,Law,\n")

    maya.refresh_from_db()
    assert (maya.phone, maya.fields_of_interest) == ("+14135550142", ["Radio"])


def test_a_student_is_known_again_by_number_after_a_new_name_and_address(ruth):
    applied(HEAD + MAYA)

    of_list = applied(HEAD + "007,Maya,Oyelaran-Reed,mreed@example.edu,2027,,\n")

    assert counts(of_list) == {"updated": 1}
    maya = User.objects.get(email="mreed@example.edu")
    assert maya.name == "Maya Oyelaran-Reed"
    assert Caseload.objects.open().get().advisor == ruth


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (",,Li,li@example.edu,,,", None),
        (",Wen,Li,,,,", "There is no e-mail in this row, and nobody here has its number."),
        (",Wen,Li,wen at example,,,", "“wen at example” is not an e-mail address."),
        (",Wen,Li,ruth@example.edu,,,",
         "“ruth@example.edu” is the address of somebody who works here."),
        (",Wen,Li,wen@example.edu,soon,,",
         "“soon” is not a class year: it needs four digits, such as 2011."),
        ("007,Wen,Li,ben@example.edu,,,",
         "The number is that of Maya Oyelaran, and the e-mail that of Ben Kowalski."),
        ("009,Ben,K,ben@example.edu,,,",
         "This e-mail belongs to number 008, and the row says “009”."),
        ("007,Maya,O,ruth@example.edu,,,",
         "“ruth@example.edu” is the address of somebody who works here."),
        (",,,new@example.edu,,,", "There is no name in this row."),
        (f"{'9' * 65},Wen,Li,wen@example.edu,,,", None),
        ("Total,,,,,,", "There is no name in this row."),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_trusted_is_left_out_with_its_reason(row, sentence, ruth):
    applied(HEAD + MAYA + BEN)
    before = state()

    of_list = applied(HEAD + row + "\n")

    if sentence is None:
        return
    assert counts(of_list)["rejected"] == 1
    assert problems(of_list)[2][0] == sentence
    assert state() == before


def test_the_same_student_twice_in_one_list_counts_once(ruth):
    of_list = applied(HEAD + MAYA + MAYA + BEN.replace("008", "010") + BEN.replace("008", "011"))

    assert counts(of_list) == {"created": 2, "rejected": 2}
    assert problems(of_list) == {
        3: ["This is the same student as in row 2."],
        5: ["This is the same student as in row 4."],
    }
    again = checked(HEAD + MAYA + MAYA)
    assert problems(again) == {3: ["This is the same student as in row 2."]}


def test_what_was_chosen_by_hand_stays_and_the_row_says_so(ruth):
    maya = StudentProfileFactory(student=UserFactory(email="maya@example.edu")).student
    by_hand = CaseloadFactory(student=maya, advisor__name="Noel Park")

    of_list = applied(HEAD + MAYA)

    assert Caseload.objects.open().get() == by_hand
    assert problems(of_list)[2] == ["Stays with Noel Park, who was chosen by hand."]


def test_the_list_outdoes_a_rule_and_the_same_advisor_is_kept_without_a_break(ruth):
    maya = StudentProfileFactory(student=UserFactory(email="maya@example.edu")).student
    by_rule = CaseloadFactory(student=maya, advisor=ruth, source="RULE")

    applied(HEAD + MAYA)

    kept = Caseload.objects.get()
    assert (kept.pk, kept.source, kept.until) == (by_rule.pk, "LIST", None)


def test_an_unknown_advisor_is_said_and_the_rules_decide():
    rule = AssignmentRuleFactory()

    of_list = applied(HEAD + MAYA)

    assert problems(of_list)[2] == ["“ruth@example.edu” is not the e-mail of an advisor here."]
    assert Caseload.objects.get().advisor == rule.advisor


def test_who_is_in_no_row_is_named_and_stays_unless_staff_say_so(ruth):
    applied(HEAD + MAYA + BEN)
    graduate = StudentProfileFactory(graduated_on=date(2026, 6, 1)).student

    of_list = applied(HEAD + BEN)
    assert [row.name for row in of_list.rows.leaving()] == ["Maya Oyelaran"]
    assert User.objects.get(email="maya@example.edu").is_active

    applied(HEAD + BEN, leave=True)
    maya = User.objects.get(email="maya@example.edu")
    assert (maya.is_active, maya.profile.left_on) == (False, date(2026, 9, 2))
    assert not Caseload.objects.open().filter(student=maya).exists()
    graduate.refresh_from_db()
    assert graduate.is_active


def test_a_row_that_is_left_out_still_says_that_its_student_is_here(ruth):
    applied(HEAD + MAYA + BEN)

    of_list = checked(HEAD + BEN + MAYA.replace("2027", "soon"))

    assert counts(of_list) == {"unchanged": 1, "rejected": 1}


def test_who_left_comes_back_with_what_was_theirs(ruth):
    applied(HEAD + MAYA + BEN)
    applied(HEAD + BEN, leave=True)

    of_list = applied(HEAD + MAYA)

    maya = User.objects.get(email="maya@example.edu")
    assert counts(of_list) == {"updated": 1, "leaving": 1}
    assert (maya.is_active, maya.profile.left_on) == (True, None)
    assert Caseload.objects.open().get(student=maya).advisor == ruth


def test_an_account_that_an_administrator_closed_stays_closed(ruth):
    maya = StudentProfileFactory(
        student=UserFactory(email="maya@example.edu", is_active=False)
    ).student

    of_list = applied(HEAD + MAYA)

    maya.refresh_from_db()
    assert not maya.is_active
    assert not Caseload.objects.exists()
    assert problems(of_list)[2] == ["An administrator closed this account, and it stays closed."]


def test_undo_puts_everything_back(ruth):
    noel = UserFactory(role=Role.ADVISOR)
    applied(HEAD + MAYA + BEN)
    CaseloadFactory(student=User.objects.get(email="ben@example.edu"), advisor=noel, source="RULE")
    before = state()

    of_list = applied(
        HEAD + "008,Ben,Kowal,bk@example.edu,2029,Law,ruth@example.edu\n"
        "009,Wen,Li,wen@example.edu,2029,Law,ruth@example.edu\n", leave=True,
    )  # fmt: skip
    assert counts(of_list) == {"created": 1, "updated": 1, "leaving": 1}

    assert undone(of_list) == []
    assert state() == before
    assert not actions.start_undo(of_list, at=NOW)


@pytest.mark.parametrize("later", ["log in", "contact", "rename", "advisor"])
def test_who_did_something_since_stays_when_a_list_is_undone(later, ruth):
    of_list = applied(HEAD + MAYA + BEN)
    maya = User.objects.get(email="maya@example.edu")
    if later == "log in":
        maya.last_login = NOW
    elif later == "rename":
        maya.name = "May"
    elif later == "contact":
        ContactFactory(student=maya)
    else:
        other = UserFactory(role=Role.ADVISOR)
        actions.assign_by_hand([maya.pk], other, at=NOW)
    maya.save()

    assert undone(of_list) == [maya]
    assert list(User.objects.filter(role=Role.STUDENT)) == [maya]
    assert not RosterMail.objects.owed().exists()


def test_undo_leaves_alone_what_was_edited_since(ruth):
    applied(HEAD + MAYA)
    of_list = applied(HEAD + MAYA.replace("2027", "2028").replace("English; Film", "Law"))
    StudentProfile.objects.update(class_year=2030)

    undone(of_list)

    maya = StudentProfile.objects.get()
    assert (maya.class_year, maya.majors) == (2030, ["English", "Film"])


def test_the_invitation_leads_to_a_password_and_in(client, ruth, settings):
    settings.SITE_URL = "http://testserver"
    applied(HEAD + MAYA)

    assert actions.deliver(at=NOW) == 1
    (sent,) = mail.outbox
    assert sent.to == ["Maya Oyelaran <maya@example.edu>"]
    link = next(word for word in sent.body.split() if "/reset/key/" in word)
    page = client.get(link, follow=True)
    chosen = "a long walk by the river 7"
    client.post(page.request["PATH_INFO"], {"password1": chosen, "password2": chosen})
    assert client.login(username="maya@example.edu", password=chosen)


def test_an_invitation_is_not_sent_to_who_is_here_or_gone(ruth):
    applied(HEAD + MAYA + BEN)
    User.objects.filter(email="maya@example.edu").update(last_login=NOW)
    User.objects.filter(email="ben@example.edu").update(is_active=False)

    assert actions.deliver(at=NOW + timedelta(minutes=5)) == 0
    assert not RosterMail.objects.exists()


def test_invitations_go_out_one_by_one(ruth):
    applied(HEAD + MAYA + BEN)

    assert actions.deliver(at=NOW) == 1
    assert RosterMail.objects.owed().count() == 1


@pytest.mark.parametrize(
    ("encoding", "name"), [("cp1252", "Zoë"), ("utf-16", "Zoë"), ("utf-8-sig", "王")]
)
def test_letters_are_right(encoding, name):
    applied(f"Email;Name\nzoe@example.edu;{name} Müller\n", encoding=encoding)

    assert User.objects.get(email="zoe@example.edu").name == f"{name} Müller"


def test_columns_that_a_person_matched_are_remembered():
    text = "Who,Where\nMaya Oyelaran,maya@example.edu\n"
    first = actions.upload_students(by=None, file_name="a.csv", content=text.encode(), at=NOW)
    assert first.columns == {}
    with pytest.raises(actions.ColumnsMissing):
        actions.check_students(first, columns={}, at=NOW)
    said = {"who#1": "full_name", "where#1": "email"}
    actions.check_students(first, columns=said, at=NOW)
    actions.apply_students(first, leave=False, at=NOW)

    again = actions.upload_students(by=None, file_name="b.csv", content=text.encode(), at=NOW)

    assert again.columns == said


@pytest.mark.parametrize(
    "content",
    [
     b"", b"\x89PNG\r\n\x1a\n", b"<html><table></table></html>", b"%PDF-1.7",
     b"\xd0\xcf\x11\xe0" * 90,
     b"PK\x03\x04 [Content_Types].xml broken", b"\x00" * 500, b'Name,Email\n"Maya' * 200,
     ("," * 2000 + "\n").encode() * 3],
    ids=["empty", "picture", "page", "pdf", "old workbook", "workbook", "zeros", "quotes", "wide"],
)  # fmt: skip
def test_a_hostile_file_ends_in_a_sentence_on_the_page(content, client, staff):
    client.force_login(staff)
    from django.core.files.uploadedfile import SimpleUploadedFile

    response = client.post(
        reverse("roster:list_upload"), {"list_file": SimpleUploadedFile("list.csv", content)}
    )

    assert response.status_code in (302, 422)
    assert User.objects.filter(role=Role.STUDENT).count() == 0


def test_a_cell_as_long_as_a_book_and_formulas_do_no_harm(client, staff):
    text = f"Name,Email,Major\n{'M' * 200_000} X,m@example.edu,\n=1+1,bad,=cmd()\n"
    client.force_login(staff)

    of_list = applied(text)

    assert counts(of_list) == {"rejected": 2}
    left_out = client.get(reverse("roster:list_left_out", args=[of_list.pk])).content.decode()
    assert "'=1+1" in left_out
    assert left_out.startswith("\ufeffRow,Problem,Name,Email,Major")


def test_the_rows_left_out_come_in_again_once_corrected(client, staff):
    client.force_login(staff)
    of_list = applied("Name,Email\nMaya Oyelaran,maya at example\n")
    table = client.get(reverse("roster:list_left_out", args=[of_list.pk])).content.decode()

    applied(table.replace("maya at example,", "").replace("maya at example", "maya@example.edu"))

    assert User.objects.filter(email="maya@example.edu").exists()


def test_the_pages_lead_from_upload_to_undo(client, staff, ruth):
    from django.core.files.uploadedfile import SimpleUploadedFile

    StudentProfileFactory(student=UserFactory(name="Gone Away"))
    client.force_login(staff)
    file = SimpleUploadedFile("students.csv", (HEAD + MAYA + "x,,,,,,\n").encode())

    response = client.post(reverse("roster:list_upload"), {"list_file": file})
    page = client.get(response.url)
    said = {field.html_name: field.value() for field in page.context["form"]}
    response = client.post(response.url, said)
    page = client.get(response.url)
    assert "Gone Away" not in page.content.decode()
    assert "Gone Away" in client.get(response.url, {"show": "leaving"}).content.decode()
    assert "1 row needs your eye" in page.content.decode()
    of_list = StudentList.objects.get()
    client.post(reverse("roster:list_apply", args=[of_list.pk]), {"leave": "1"})
    assert "Bringing in students.csv" in client.get(response.url).content.decode()
    actions.run_list(of_list.pk, at=NOW)
    assert "1 student brought up to date" in client.get(response.url).content.decode()
    assert not User.objects.get(name="Gone Away").is_active
    assert client.get(reverse("roster:list_undo", args=[of_list.pk])).status_code == 200
    client.post(reverse("roster:list_undo", args=[of_list.pk]))
    assert "Undoing students.csv" in client.get(response.url).content.decode()
    actions.run_list(of_list.pk, at=NOW)
    assert "students.csv is undone" in client.get(response.url).content.decode()
    assert User.objects.get(name="Gone Away").is_active
    assert not User.objects.filter(email="maya@example.edu").exists()


def test_another_way_to_read_it_is_taken(client, staff):
    text = "Name;Email\nZo\xeb Miller;zoe@example.edu\n"
    of_list = actions.upload_students(
        by=staff, file_name="a.csv", content=text.encode("cp1252"), at=NOW
    )
    client.force_login(staff)
    page = client.get(reverse("roster:list_match", args=[of_list.pk]))
    said = {field.html_name: field.value() for field in page.context["form"]}

    page = client.post(
        reverse("roster:list_match", args=[of_list.pk]), said | {"encoding": "mac_roman"}
    )

    assert page.status_code == 200
    assert "Zoî" not in page.content.decode()
    assert "ZoÎ" in page.content.decode()


@pytest.mark.django_db(transaction=True)
def test_two_who_apply_the_same_list_at_once_make_each_student_once():
    UserFactory(email="ruth@example.edu", role=Role.ADVISOR)
    lists = [checked(HEAD + MAYA + BEN) for _ in range(2)]
    start, came = Barrier(3), []

    def press(of_list):
        start.wait()
        try:
            actions.apply_students(of_list, leave=False, at=NOW)
            came.append("done")
        except actions.NotNow:
            came.append("not now")
        finally:
            connection.close()

    threads = [Thread(target=press, args=[one]) for one in (lists[0], lists[0], lists[1])]
    [one.start() for one in threads]
    [one.join() for one in threads]

    assert sorted(came) == ["done", "done", "not now"]
    assert User.objects.filter(role=Role.STUDENT).count() == 2
    assert Caseload.objects.count() == 1


def run(path, *flags):
    out = StringIO()
    call_command("import_students", path, "--json", *flags, stdout=out)
    return json.loads(out.getvalue())


def test_the_command_says_what_happened_and_a_rehearsal_leaves_no_trace(tmp_path, ruth):
    path = tmp_path / "students.csv"
    path.write_text(HEAD + MAYA + "x,,,,,,\n")

    said = run(path, "--dry-run")
    assert (said["rows"], said["created"], said["rejected"]) == (2, 1, 1)
    assert not StudentList.objects.exists()
    assert not User.objects.filter(role=Role.STUDENT).exists()

    said = run(path)
    assert said["errors"][0]["row"] == 3
    assert StudentList.objects.get().pk == said["list"]
    with pytest.raises(SystemExit) as end:
        run(path, "--strict")
    assert end.value.code == 3


def test_the_command_closes_no_half_college_on_a_list_that_was_cut_off(tmp_path, ruth):
    path = tmp_path / "students.csv"
    path.write_text(HEAD + MAYA)
    for _ in range(11):
        StudentProfileFactory()
    before = state()

    with pytest.raises(CommandError, match="11 of 11 students are not in this list"):
        run(path, "--leave")
    assert state() == before

    User.objects.filter(role=Role.STUDENT).first().delete()
    assert run(path, "--leave")["leaving"] == 10
    assert User.objects.filter(role=Role.STUDENT, is_active=True).count() == 1


@pytest.mark.parametrize("text", ["", "Name\nMaya Oyelaran\n"])
def test_the_command_ends_with_1_when_nothing_can_be_read(text, tmp_path):
    path = tmp_path / "students.csv"
    path.write_text(text)

    with pytest.raises(CommandError):
        run(path)
    with pytest.raises(CommandError):
        run(tmp_path / "none.csv")


def test_reading_stops_at_a_limit(monkeypatch):
    monkeypatch.setattr("roster.actions.lists.ROWS_AT_MOST", 1)

    with pytest.raises(UnreadableFile, match="The list has 2 rows"):
        checked(HEAD + MAYA + BEN)


def test_what_a_spreadsheet_broke_tells_no_student_apart():
    of_list = checked(
        HEAD
        + "1.2E+11,Ann,Lee,ann@example.edu,2027,English,\n"
        + "009,Ben,#REF!,ben@example.edu,2027,English,\n"
        + "10.0,JosÃ©,Ray,cy@example.edu,2027,#NAME?,\n"
    )

    assert counts(of_list) == {"created": 1, "rejected": 2}
    shortened, broken, mended = (words[0] for _, words in sorted(problems(of_list).items()))
    assert shortened.startswith("“1.2E+11” is a number that a spreadsheet has shortened")
    assert broken.startswith("A spreadsheet wrote “#REF!” in place of")
    assert mended == "“JosÃ©” came garbled, and we read it as “José”."
    actions.apply_students(of_list, leave=False, at=NOW)
    cy = User.objects.get(email="cy@example.edu")
    assert (cy.name, cy.profile.student_number, cy.profile.majors) == ("José Ray", "10", [])
