"""The pages of a file of one's own people (G42, G44)."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from contacts.actions import own_imports as actions
from contacts.models import ContactImport
from tests.factories import ContactFactory, InteractionFactory

AT = datetime(2026, 11, 23, 15, tzinfo=UTC)
HEAD = "Name,Company,Job title,E-mail,Phone\n"


@pytest.fixture(autouse=True)
def _logged_in(client, student):
    client.force_login(student)


def bring(student, count: int) -> ContactImport:
    """Some of each standing: new, adds to one, there already, left out."""
    rows = HEAD
    for n in range(count):
        ContactFactory(student=student, name=f"Old Friend{n}", email=f"old{n}@example.org")
        ContactFactory(student=student, name=f"Known Person{n}", email=f"known{n}@example.org")
        rows += f"New Name{n},Acme,Nurse,new{n}@example.org,\n"
        rows += f"Old Friend{n},Acme,,old{n}@example.org,\nKnown Person{n},,,,\n,,,,555-010{n}\n"
    return actions.read_own_people(student, file_name="people.csv", content=rows.encode(), at=AT)


def page(name: str, of_file: ContactImport) -> str:
    return reverse(f"contacts:{name}", args=[of_file.pk])


def upload(client, content: bytes, name: str = "people.csv"):
    file = SimpleUploadedFile(name, content)
    return client.post(reverse("contacts:import_upload"), {"file": file})


def test_uploading_leads_to_the_people_of_the_file(client, student):
    answer = upload(client, f"{HEAD}Ann Lee,Acme,,,\n".encode())

    of_file = ContactImport.objects.get()
    assert (of_file.student, of_file.file_name) == (student, "people.csv")
    assert answer.status_code == 302
    assert answer.url == of_file.get_absolute_url()
    shown = client.get(answer.url).content.decode()
    assert "Whom do you want on your list?" in shown
    assert "Ann Lee" in shown


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "This file is empty."),
        (b"<!doctype html><p>Log in", "This is a web page"),
        (b"PK\x03\x04" + bytes(30), "This is a ZIP archive."),
        (b"First Name,Last Name,Connected On\n", "it has no rows"),
        (b"\0" * 40, "The file is empty."),
    ],
    ids=["empty", "HTML", "ZIP", "headings", "NUL"],
)
def test_a_wrong_file_is_refused_in_words_and_nothing_is_kept(client, content, sentence):
    answer = upload(client, content, "Connections.vcf")

    assert answer.status_code == 422
    text = answer.content.decode()
    assert sentence in text
    assert "<title>Error: " in text
    assert not ContactImport.objects.exists()


def test_no_file_at_all_is_said(client):
    answer = client.post(reverse("contacts:import_upload"))

    assert answer.status_code == 422
    assert "Choose a file first." in answer.content.decode()


def test_more_than_ten_megabytes_are_refused(client):
    answer = upload(client, b"BEGIN:VCARD\n" + b"x" * (10 * 1024 * 1024))

    assert answer.status_code == 422
    assert "larger than 10 MB" in answer.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_detail_asks_as_much_for_three_as_for_one(
    client, student, count, django_assert_num_queries
):
    of_file = bring(student, count)

    with django_assert_num_queries(6):  # Session, user, file, count, entries, tallies.
        answer = client.get(of_file.get_absolute_url())

    assert len(answer.context["page_obj"]) == 4 * count


@pytest.mark.parametrize("count", [1, 3])
def test_list_asks_as_much_for_three_as_for_one(client, student, count, django_assert_num_queries):
    for _ in range(count):
        bring(student, 1)

    with django_assert_num_queries(4):  # Session, user, count, files with their entries.
        answer = client.get(reverse("contacts:import_list"))

    assert len(answer.context["page_obj"]) == count


@pytest.mark.parametrize("count", [1, 3])
def test_done_asks_as_much_for_three_as_for_one(client, student, count, django_assert_num_queries):
    of_file = bring(student, count)
    actions.add_chosen(of_file, at=AT)
    InteractionFactory(contact=student.contacts.get(name="New Name0"))
    actions.undo_own_people(of_file, at=AT)

    with django_assert_num_queries(5):  # Session, user, file, tallies, who stays.
        answer = client.get(page("import_done", of_file))

    assert "1 of the people it brought stays" in answer.content.decode()


@pytest.mark.parametrize("deed", ["import_add", "import_undo"])
def test_deeds_ask_as_much_for_thirty_as_for_one(client, student, other_student, deed):
    """Adding and undoing are in bulk, whatever the length of the file."""
    asked = []
    for owner, count in ((student, 1), (other_student, 30)):
        of_file = bring(owner, count)
        client.force_login(owner)
        if deed == "import_undo":
            actions.add_chosen(of_file, at=AT)
        with CaptureQueriesContext(connection) as queries:
            client.post(page(deed, of_file))
        asked.append(len(queries))

    assert asked[0] == asked[1]


def test_the_shown_counts_add_up(client, student):
    of_file = bring(student, 3)
    client.post(page("import_choose", of_file), {"shown": [2, 6, 10], "ticked": [2], "go": "find"})
    client.post(page("import_add", of_file))

    answer = client.get(page("import_done", of_file))

    tallies = answer.context["tallies"]
    counts = (tallies["added_new"], tallies["added_to"], tallies["same"], tallies["left_out"])
    assert counts == (1, 3, 3, 3)
    assert answer.context["not_chosen"] == 2
    assert sum(counts) + 2 == of_file.entries.count()
    assert "1 new person is on your list" in answer.content.decode()


def test_ticks_are_kept_from_page_to_page(client, student):
    rows = HEAD + "".join(f"Person {n:03},,,p{n}@example.org,\n" for n in range(120))
    of_file = actions.read_own_people(student, file_name="f.csv", content=rows.encode(), at=AT)
    first = client.get(of_file.get_absolute_url())
    assert "Nobody is ticked yet: it is a long file" in first.content.decode()

    answer = client.post(
        page("import_choose", of_file),
        {"shown": range(2, 27), "ticked": [2, 3], "go": "page-2", "page": "1"},
    )
    assert answer.url == f"{of_file.get_absolute_url()}?page=2"
    assert "<strong>2 ticked</strong>" in client.get(answer.url).content.decode()
    client.post(page("import_add", of_file), {"shown": range(27, 52), "ticked": [30]})

    names = student.contacts.order_by("name").values_list("name", flat=True)
    assert list(names) == ["Person 000", "Person 001", "Person 028"]


def test_searching_keeps_the_ticks_and_finds(client, student):
    of_file = bring(student, 3)

    answer = client.post(
        page("import_choose", of_file),
        {"shown": [2, 6], "ticked": [6], "go": "find", "q": "name2", "standing": "NEW"},
    )
    found = client.get(answer.url)

    assert answer.url == f"{of_file.get_absolute_url()}?q=name2&standing=NEW"
    assert [entry.name for entry in found.context["page_obj"]] == ["New Name2"]
    assert of_file.entries.get(number=2).is_chosen is False


def test_ticking_all_found_and_nobody(client, student):
    of_file = bring(student, 3)
    choose = page("import_choose", of_file)

    client.post(choose, {"go": "none"})
    assert of_file.entries.tallies()["chosen"] == 0
    client.post(choose, {"go": "all", "standing": "NEW"})
    assert of_file.entries.tallies()["chosen"] == 3


def test_adding_nobody_is_an_error_that_keeps_the_page(client, student):
    of_file = bring(student, 3)
    client.post(page("import_choose", of_file), {"go": "none"})

    answer = client.post(page("import_add", of_file), {"q": "name1"})

    assert answer.status_code == 422
    text = answer.content.decode()
    assert "<title>Error: " in text
    assert "Tick at least one person first." in text
    assert [entry.name for entry in answer.context["page_obj"]] == ["New Name1"]


def test_two_clicks_add_once(client, student):
    of_file = bring(student, 3)

    first = client.post(page("import_add", of_file))
    second = client.post(page("import_add", of_file))

    assert (first.status_code, second.status_code) == (302, 422)
    assert student.contacts.filter(name__startswith="New").count() == 3


@pytest.mark.parametrize(
    "data",
    [
        {"shown": ["x", "²", "-1", "9" * 30], "ticked": ["\0", "1e3", "2147483648"], "go": "find"},
        {"go": "page-zwei", "page": "\0"},
        {"go": "page-99999999999999999999"},
        {"go": "\0", "q": "\0\U0001f355" + "x" * 5000, "standing": "\0"},
        {"go": "all", "standing": "EVERYBODY", "q": "%_\\"},
    ],
)
def test_odd_answers_break_nothing(client, student, data):
    of_file = bring(student, 1)

    answer = client.post(page("import_choose", of_file), data, follow=True)

    assert answer.status_code == 200


@pytest.mark.parametrize("query", ["page=x", "page=0", "page=999", "q=%00", "standing=x"])
def test_odd_addresses_break_nothing(client, student, query):
    assert client.get(f"{bring(student, 1).get_absolute_url()}?{query}").status_code == 200


def test_people_with_markup_in_their_names_are_only_text(client, student):
    rows = HEAD + "<script>alert(1)</script>,<b>Acme</b>,,,\n"
    of_file = actions.read_own_people(student, file_name="<i>.csv", content=rows.encode(), at=AT)

    text = client.get(of_file.get_absolute_url()).content.decode()

    assert "<script>alert" not in text
    assert "<b>Acme" not in text
    assert "from <i>" not in text


def test_those_left_out_come_as_a_table_that_is_safe_and_can_be_chosen_again(client, student):
    rows = HEAD + "Ann Lee,Acme,,,,,=1+1\n,,,,+1 603 555 0100\n"
    of_file = actions.read_own_people(student, file_name="f.csv", content=rows.encode(), at=AT)

    answer = client.get(page("import_left_out", of_file))

    assert answer["Content-Disposition"] == 'attachment; filename="people-left-out.csv"'
    text = answer.content.decode("utf-8-sig")
    table = list(csv.DictReader(io.StringIO(text)))
    assert [row["Number in the file"] for row in table] == ["2", "3"]
    assert "This row has 7 cells" in table[0]["Why it was left out"]
    assert table[1]["Phone"] == "'+1 603 555 0100"
    cells = [cell for row in table for cell in row.values()]
    assert not [cell for cell in cells if cell.lstrip()[:1] in tuple("=+-@")[: len(cell)]]

    corrected = text.replace("2,This", "2,Now this").replace('know who this is.",', 'is.",Bo Kim')
    again = actions.read_own_people(
        student, file_name="l.csv", content=corrected.encode("utf-8-sig"), at=AT
    )
    bo = again.entries.get(number=3)
    assert (bo.name, bo.values["phone"]) == ("Bo Kim", "+1 603 555 0100")
    assert bo.values["other_details"] == []


def test_undoing_asks_first_and_says_who_stays(client, student):
    of_file = bring(student, 2)
    client.post(page("import_add", of_file))
    InteractionFactory(contact=student.contacts.get(name="New Name1"))

    asked = client.get(page("import_undo", of_file)).content.decode()
    assert student.contacts.filter(name="New Name0").exists()
    done = client.post(page("import_undo", of_file), follow=True).content.decode()

    assert "The 2 people it brought leave your list." in asked
    assert "people.csv is undone" in done
    assert "New Name1" in done
    assert "New Name0" not in done
    assert not student.contacts.filter(name="New Name0").exists()


def test_what_was_not_added_has_no_page_of_what_was(client, student):
    of_file = bring(student, 1)

    for name in ("import_done", "import_undo"):
        assert client.get(page(name, of_file)).url == of_file.get_absolute_url()


def test_after_undoing_the_boxes_are_closed(client, student):
    of_file = bring(student, 1)
    client.post(page("import_add", of_file))
    client.post(page("import_undo", of_file))

    done = page("import_done", of_file)
    assert client.get(of_file.get_absolute_url()).url == done
    assert client.post(page("import_add", of_file)).url == done
    assert client.post(page("import_choose", of_file), {"go": "all"}).url == done
    assert not student.contacts.filter(name="New Name0").exists()


def test_a_file_of_no_more_use_can_be_forgotten(client, student):
    """Not before what it added is undone: else that could not be taken back."""
    of_file = bring(student, 1)
    client.post(page("import_add", of_file))

    client.post(page("import_forget", of_file))
    assert ContactImport.objects.filter(pk=of_file.pk).exists()
    client.post(page("import_undo", of_file))
    answer = client.post(page("import_forget", of_file), follow=True)

    assert not ContactImport.objects.filter(pk=of_file.pk).exists()
    assert student.contacts.count() == 2
    assert "people.csv is forgotten" in answer.content.decode()


def test_an_empty_list_of_files_teaches(client):
    text = client.get(reverse("contacts:import_list")).content.decode()

    assert "Bring the people you know already" in text
    assert reverse("contacts:import_upload") in text


PAGES = ["import_detail", "import_done", "import_undo", "import_left_out"]
DEEDS = ["import_choose", "import_add", "import_undo", "import_forget"]


@pytest.mark.parametrize("who", ["other_student", "advisor", "other_advisor", "staff"])
def test_an_address_book_is_there_for_its_owner_alone(client, student, request, who):
    of_file = bring(student, 1)
    actions.add_chosen(of_file, at=AT)
    client.force_login(request.getfixturevalue(who))

    assert {client.get(page(name, of_file)).status_code for name in PAGES} == {404}
    assert {client.post(page(name, of_file)).status_code for name in DEEDS} == {404}


@pytest.mark.parametrize("who", ["advisor", "staff"])
def test_only_students_bring_files(client, request, who):
    client.force_login(request.getfixturevalue(who))

    assert client.get(reverse("contacts:import_list")).status_code == 403
    assert upload(client, b"Name\nAnn\n").status_code == 403
    assert not ContactImport.objects.exists()


@pytest.mark.parametrize("name", ["import_choose", "import_add"])
def test_looking_changes_nothing(client, student, name):
    of_file = bring(student, 1)

    assert client.get(page(name, of_file)).status_code == 405


def test_what_came_along_is_on_the_contacts_page_and_in_its_form(client, student):
    """G44: nothing that the file said is out of sight."""
    rows = "Name,E-mail,Website,Birthday\nAnn Lee,ann@example.org,lee.example/ann,22 March\n"
    of_file = actions.read_own_people(student, file_name="f.csv", content=rows.encode(), at=AT)
    actions.add_chosen(of_file, at=AT)
    ann = student.contacts.get()

    for address in (ann.get_absolute_url(), reverse("contacts:edit", args=[ann.pk])):
        text = client.get(address).content.decode()
        assert "https://lee.example/ann" in text
        assert "Birthday: 22 March" in text
