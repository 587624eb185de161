"""The four stages as staff meet them; what the pipeline does is tested beside it."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from alumni import actions
from alumni.models import Alum, Consent, Import
from careerhub.celery import app
from core.spreadsheets import harmless
from tests.factories import AlumFactory, UserFactory

LIST = """Full Name,E-mail,Class Year
Imani Brooks,imani@example.org,2011
Rosa Delgado,rosa@example.org,189
"""


@pytest.fixture(autouse=True)
def _logged_in(client, staff):
    client.force_login(staff)


def upload(client, content: bytes, name: str = "list.csv", consent: str = "UNKNOWN"):
    file = SimpleUploadedFile(name, content)
    return client.post(reverse("alumni:import_upload"), {"list_file": file, "consent": consent})


def page_of(name: str, of_import: Import) -> str:
    return reverse(f"alumni:import_{name}", args=[of_import.pk])


def matched(client, content: str = LIST, consent: str = "YES") -> Import:
    """A list whose columns were matched as proposed."""
    upload(client, content.encode(), consent=consent)
    of_import = Import.objects.get()
    page = client.get(page_of("match", of_import))
    fields = {field.html_name: field.value() for field in page.context["form"]}
    client.post(page_of("match", of_import), fields)
    of_import.refresh_from_db()
    return of_import


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize("page", ["home", "alumni:import_list"])
def test_lists_of_all_colleagues_say_whose_they_are(
    client, page, number, django_assert_max_num_queries
):
    for n in range(number):
        by = UserFactory(role="STAFF", name=f"June Park {n}")
        Import.objects.create(uploaded_by=by, file_name=f"{n}.csv", state="DONE")

    # As many for three lists as for one.
    with django_assert_max_num_queries(6):
        shown = client.get(reverse(page)).text

    assert all(f", by June Park {n}</span>" in shown for n in range(number))
    assert "you have imported" not in shown


def test_history_without_lists_does_not_speak_of_them(client):
    shown = client.get(reverse("alumni:import_list")).text

    assert "<h1>Import your first list</h1>" in shown
    assert "Lists that came in" not in shown


def test_upload_leads_to_the_columns(client):
    answer = upload(client, LIST.encode())

    assert answer.url == page_of("match", Import.objects.get())


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "empty.csv", "empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4, "people.csv", "picture"),
        (b"Name\n", "headings.csv", "no rows"),
    ],
    ids=["empty", "an image renamed", "headings alone"],
)
def test_upload_says_what_is_wrong_with_the_file(client, content, name, sentence):
    answer = upload(client, content, name)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Import.objects.exists()


def test_upload_refuses_what_is_too_large(client, settings):
    settings.UPLOAD_MAX_BYTES = 10

    answer = upload(client, LIST.encode())

    assert answer.status_code == 422
    assert "larger than" in answer.content.decode()


def test_check_counts_and_gives_each_problem_in_words(client):
    of_import = matched(client)

    page = client.get(page_of("check", of_import)).content.decode()

    assert "1 row needs your eye" in page
    assert "It would be left out" in page
    assert "“189” is not a class year" in page
    assert "Import 1 person" in page
    assert not Alum.objects.exists()


def test_a_row_left_out_is_named_by_its_columns_of_names(client):
    of_import = matched(client, "ID,First name,Last name\n1E+11,Ann,Lee\n1E+12,,\n")

    page = client.get(page_of("check", of_import)).content.decode()

    assert "<b>Ann Lee</b>" in page
    assert "<b>(no name)</b>" in page
    assert "They would be left out" in page


def test_check_says_what_changes_in_words(client):
    alum = AlumFactory(
        name="Imani Brooks", given_name="Imani", family_name="Brooks", email="imani@example.org",
        class_year=None, majors=["Film"], consent=Consent.UNKNOWN,
    )  # fmt: skip
    heading, row = "Full Name,E-mail,Class Year,Majors", "Imani Brooks,imani@example.org,2011"
    of_import = matched(client, f'{heading}\n{row},"Film; Dance"\n')

    page = client.get(page_of("check", of_import)).content.decode()

    assert "Class year: nothing → 2011" in page
    assert "Majors: Film → Film, Dance" in page
    assert "Consent: Not asked yet → Students may ask" in page
    alum.refresh_from_db()
    assert alum.class_year is None


@pytest.mark.parametrize(("name", "row"), [("match", []), ("rejected", []), ("correct", [3])])
def test_a_list_that_cannot_be_read_any_more_says_so(client, name, row):
    of_import = matched(client)
    of_import.parts.update(content=b"\x89PNG\r\n\x1a\n" + bytes(range(256)))

    page = reverse(f"alumni:import_{name}", args=[of_import.pk, *row])
    answer = client.get(page, follow=True)

    assert answer.redirect_chain == [(of_import.get_absolute_url(), 302)]
    assert "picture" in answer.content.decode()


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_row_cannot_be_corrected_once_its_list_is_in(client, method):
    """A page that was left open answered with an error."""
    of_import = matched(client)
    actions.run_import(of_import.pk, at=timezone.now())
    page = reverse("alumni:import_correct", args=[of_import.pk, 3])

    answer = getattr(client, method)(page, {"cell_0": "Rosa Delgado", "cell_2": "2013"})

    assert answer.url == of_import.get_absolute_url()
    assert Alum.objects.count() == 1


def test_two_columns_cannot_both_be_the_email(client):
    upload(client, LIST.encode())
    of_import = Import.objects.get()
    fields = {"header_row": 1, "consent": "YES"}

    answer = client.post(
        page_of("match", of_import),
        {**fields, "column_0": "email", "column_1": "email", "column_2": "class_year"},
    )

    assert answer.status_code == 422
    assert "Two columns are matched to “E-mail”" in answer.content.decode()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-8"])
def test_letters_are_called_as_people_know_them_and_once(client, encoding):
    upload(client, LIST.encode(encoding))

    form = client.get(page_of("match", Import.objects.get())).context["form"]

    name = "UTF-16" if "16" in encoding else "UTF-8"
    assert f"letters as {name}," in form.as_read
    assert [label for _, label in form.fields["encoding"].choices].count(name) == 1


def test_another_header_row_is_looked_at_again(client):
    upload(client, b"Some title,,\nName,E-mail,Class\nImani,imani@example.org,2011\n")
    of_import = Import.objects.get()
    page = client.get(page_of("match", of_import))
    fields = {field.html_name: field.value() for field in page.context["form"]}

    again = client.post(page_of("match", of_import), {**fields, "header_row": 1})

    assert again.status_code == 200
    assert next(column.heading for column, *_ in again.context["columns"]) == "Some title"


# One name is too little to tell: it comes out as “Èiurlionis”.
OF_THE_BALTIC = "Name;City\nJonas Čiurlionis;Vilnius\n".encode("cp1257")


def correct(client, of_import: Import, **said):
    page = client.get(page_of("match", of_import))
    fields = {field.html_name: field.value() for field in page.context["form"]}
    return client.post(page_of("match", of_import), fields | said)


def test_letters_that_came_out_wrong_are_read_again_as_a_person_says(client):
    upload(client, OF_THE_BALTIC)
    of_import = Import.objects.get()

    again = correct(client, of_import, encoding="cp1257")
    assert again.status_code == 200
    assert again.context["columns"][0][0].samples == ["Jonas Čiurlionis"]
    assert correct(client, of_import).status_code == 302
    client.post(page_of("start", of_import))
    actions.run_import(of_import.pk, at=timezone.now())

    assert list(Alum.objects.values_list("name", "city")) == [("Jonas Čiurlionis", "Vilnius")]


def test_letters_that_a_list_cannot_have_are_refused_and_the_rest_stays(client):
    upload(client, OF_THE_BALTIC)
    of_import = Import.objects.get()

    answer = correct(client, of_import, encoding="utf-8")

    assert answer.status_code == 422
    assert "letters that do not exist in UTF-8" in answer.content.decode()
    of_import.refresh_from_db()
    assert "encoding" not in of_import.mapping


def test_separator_that_was_taken_wrongly_is_put_right(client):
    upload(client, b"Name|City;State\nAnn Lee|Hadley;MA\nBen Ray|Boston;MA\n")
    of_import = Import.objects.get()

    again = correct(client, of_import, delimiter="|")

    assert [column.heading for column, *_ in again.context["columns"]] == ["Name", "City;State"]


@pytest.mark.parametrize("said", [{"encoding": "utf-7"}, {"delimiter": "x"}])
def test_odd_ways_to_read_a_list_are_refused(client, said):
    upload(client, LIST.encode())

    assert correct(client, Import.objects.get(), **said).status_code == 422


def test_start_rings_the_worker_once_for_two_clicks(client):
    of_import = matched(client)

    before = bells()
    for _ in range(2):
        answer = client.post(page_of("start", of_import))

    assert answer.url == of_import.get_absolute_url()
    assert bells() == before + 1


def bells() -> int:
    """How many messages wait for a worker: none runs beside the tests."""
    with app.connection_for_read() as broker:
        return broker.default_channel.client.llen("celery")


def test_result_accounts_for_every_row(client):
    of_import = matched(client)
    actions.start_import(of_import, at=timezone.now())

    actions.run_import(of_import.pk, at=timezone.now())

    page = client.get(of_import.get_absolute_url()).content.decode()
    assert "1 person imported" in page
    assert Alum.objects.get().consent == Consent.YES


def test_progress_is_a_fragment_that_asks_again_until_it_is_done(client):
    of_import = matched(client)
    actions.start_import(of_import, at=timezone.now())
    whole = client.get(of_import.get_absolute_url()).content.decode()
    running = client.get(page_of("progress", of_import)).content.decode()

    actions.run_import(of_import.pk, at=timezone.now())

    done = client.get(page_of("progress", of_import)).content.decode()
    assert 'hx-trigger="load delay:300ms, every 1s"' in whole
    assert 'hx-trigger="every 1s"' in running
    assert "hx-trigger" not in done
    assert "<html" not in done
    assert "Of 2 rows: 1 new, 1 left out." in done


@pytest.mark.parametrize("is_done", [False, True], ids=["before", "after"])
def test_rows_left_out_can_be_downloaded(client, is_done):
    of_import = matched(client, LIST.replace("Rosa Delgado", "=HYPERLINK(1)"))
    if is_done:
        actions.run_import(of_import.pk, at=timezone.now())

    answer = client.get(page_of("rejected", of_import))

    text = answer.getvalue().decode("utf-8-sig")
    headings, row = csv.reader(io.StringIO(text))
    assert headings == ["Row", "Problem", "Full Name", "E-mail", "Class Year"]
    assert row[0] == "3"
    assert row[2:] == ["'=HYPERLINK(1)", "rosa@example.org", "189"]


@pytest.mark.parametrize("cell", ["=1+1", " =1+1", "＝1", "@SUM(1)", "-1", "\t=1"])
def test_formulas_become_text(cell):
    assert harmless(cell) == f"'{cell}"


def test_undo_takes_back_the_whole_list(client):
    of_import = matched(client)
    actions.run_import(of_import.pk, at=timezone.now())

    client.post(page_of("undo", of_import))

    assert not Alum.objects.exists()
    assert "This import is undone" in client.get(of_import.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("said", "number"),
    [("India", "+919876543210"), ("IN", "+919876543210"), ("", "+19876543210")],
    ids=["by its name", "by its letters", "the office’s"],
)
def test_numbers_are_read_as_in_the_country_that_was_said(client, said, number):
    upload(client, b"Full Name,Phone\nAsha Rao,9876543210\n")
    of_import = Import.objects.get()
    page = client.get(page_of("match", of_import))
    fields = {field.html_name: field.value() for field in page.context["form"]}

    client.post(page_of("match", of_import), fields | {"country": said})
    client.post(page_of("start", of_import))
    actions.run_import(of_import.pk, at=timezone.now())

    assert Alum.objects.get().phone.replace(" ", "") == number
    of_import.refresh_from_db()
    assert of_import.mapping.get("country", "") == ("IN" if said else "")


def test_country_that_nobody_knows_is_asked_for_again(client):
    upload(client, LIST.encode())
    of_import = Import.objects.get()
    page = client.get(page_of("match", of_import))
    fields = {field.html_name: field.value() for field in page.context["form"]}

    answer = client.post(page_of("match", of_import), fields | {"country": "Atlantis"})

    assert answer.status_code == 422
    assert "no country called “Atlantis”" in answer.content.decode()


def test_list_without_a_column_of_names_stays_at_its_columns(client):
    """Ten thousand rows with the same trouble are no page to correct."""
    upload(client, b"Wer,E-mail\nAnn Lee,a@example.org\nBen Ray,b@example.org\n")
    of_import = Import.objects.get()
    page = page_of("match", of_import)
    fields = {field.html_name: field.value() for field in client.get(page).context["form"]}

    refused = client.post(page, fields)
    mended = client.post(page, fields | {"column_0": "full_name"})

    assert refused.status_code == 422
    assert "No column is matched to a name yet" in refused.content.decode()
    assert mended.url == page_of("check", of_import)


def test_columns_cannot_be_matched_again_once_it_ran(client):
    of_import = matched(client)
    actions.run_import(of_import.pk, at=timezone.now())

    answer = client.get(page_of("match", of_import))

    assert answer.url == of_import.get_absolute_url()


@pytest.mark.parametrize(
    ("who", "count"), [("student", 0), ("advisor", 0), ("staff", 1), ("administrator", 1)]
)
def test_lists_are_seen_by_the_office_alone(client, request, who, count):
    """The permission stands before this door; the door holds without it."""
    matched(client)

    assert Import.objects.visible_to(request.getfixturevalue(who)).count() == count
