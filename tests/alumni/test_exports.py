"""Staff take a search along; nobody else does, and each time is written down."""

import csv
import io

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from alumni import actions
from alumni.importing.mapping import Mapping
from alumni.models import Alum, Consent, ExportLog
from alumni.searching.search import Wish
from core.spreadsheets import harmless
from tests.factories import AlumFactory

EXPORT = "/alumni/export/"
LOG = "/alumni/exports/"


def names_in(answer) -> list[str]:
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return [row["Name"] for row in csv.DictReader(io.StringIO(text))]


@pytest.fixture
def _alumni():
    AlumFactory(name="Ann Zed", family_name="Zed", fields_of_work=["Law"], consent=Consent.NO)
    AlumFactory(name="Ann Abel", family_name="Abel", fields_of_work=["Law"])
    AlumFactory(name="Ann Mid", family_name="Mid", fields_of_work=["Film"])


@pytest.mark.usefixtures("_alumni")
@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({}, ["Ann Abel", "Ann Mid", "Ann Zed"]),
        ({"q": "ann", "field": "Law"}, ["Ann Abel", "Ann Zed"]),
        ({"consent": "NO"}, ["Ann Zed"]),
        ({"q": "nobody"}, []),
    ],
    ids=str,
)
def test_export_has_whom_the_page_finds(client, staff, asked, names):
    client.force_login(staff)

    assert names_in(client.post(EXPORT, {"format": "CSV", **asked})) == names
    page = client.get("/alumni/", {**asked, "sort": "name"}).context["results"]
    assert [alum.name for alum in page.people] == names


@pytest.mark.usefixtures("_alumni")
def test_workbook_has_the_same_people_as_text(client, staff):
    AlumFactory(name="=1+1", family_name="Aa", external_id="00123")
    client.force_login(staff)

    answer = client.post(EXPORT, {"format": "XLSX"})

    sheet = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(answer.streaming_content)))
    rows = sheet.get_sheet_by_index(0).to_python()
    assert [row[0] for row in rows] == ["Name", "'=1+1", "Ann Abel", "Ann Mid", "Ann Zed"]
    assert rows[1][1] == "00123"


@pytest.mark.parametrize("who", ["student", "advisor"])
def test_export_is_for_staff_alone(client, request, who):
    AlumFactory()
    client.force_login(request.getfixturevalue(who))

    assert client.post(EXPORT, {"format": "CSV"}).status_code == 403
    assert client.get(LOG).status_code == 403
    assert not ExportLog.objects.exists()


@pytest.mark.usefixtures("_alumni")
def test_export_is_written_down_without_its_words(client, staff):
    client.force_login(staff)

    client.post(EXPORT, {"format": "CSV", "q": "Abel", "field": "Law"})

    log = ExportLog.objects.get()
    assert (log.exported_by, log.row_count, log.format) == (staff, 1, "CSV")
    assert (log.had_words, log.filters) == (True, {"field": "Law"})
    page = client.get(LOG).content.decode()
    assert "Jo Petrakis" in page
    assert "by words, field: Law" in page
    assert "Abel" not in page


def test_export_changes_nothing_on_get(client, staff):
    client.force_login(staff)

    assert client.get(EXPORT).status_code == 405
    assert not ExportLog.objects.exists()


@pytest.mark.parametrize("asked", [{}, {"format": "PDF"}, {"format": "CSV", "since": "189"}])
def test_wrong_export_is_sent_back_and_not_written_down(client, staff, asked):
    client.force_login(staff)

    answer = client.post(EXPORT, asked, follow=True)

    assert "cannot be exported" in answer.content.decode()
    assert not ExportLog.objects.exists()


def test_workbook_has_an_end(client, staff, monkeypatch):
    monkeypatch.setattr("alumni.actions.exports.MOST_IN_A_WORKBOOK", 1)
    AlumFactory.create_batch(2)
    client.force_login(staff)

    answer = client.post(EXPORT, {"format": "XLSX"}, follow=True)

    assert "Export as CSV" in answer.content.decode()
    assert not ExportLog.objects.exists()


def test_what_went_out_comes_back_as_it_was(client, staff):
    AlumFactory(
        name="Imani Brooks", given_name="Imani", family_name="Brooks", email="i@example.org",
        note_to_students="=not a formula",
    )  # fmt: skip
    client.force_login(staff)

    table = b"".join(client.post(EXPORT, {"format": "CSV"}).streaming_content)

    listed = actions.upload_list(
        by=staff, file_name="a.csv", content=table, at=Alum.objects.get().created_at
    )
    actions.set_mapping(listed, mapping=Mapping.from_json(listed.mapping))
    actions.check_import(listed.pk, at=Alum.objects.get().created_at)
    listed.refresh_from_db()
    assert (listed.created_count, listed.unchanged_count, listed.rejected_count) == (0, 1, 0)


@pytest.mark.parametrize("sign", [*"=+-@\t\r＝＋－＠", " =", "\u3000＝", "\n-"])
def test_no_cell_is_a_formula(sign):
    assert harmless(f"{sign}1") == f"'{sign}1"


@pytest.mark.parametrize("cell", ["", "1", "a=b", "'=1", "Ann", "5½"])
def test_other_cells_stay_as_they_are(cell):
    assert harmless(cell) == cell


@pytest.mark.parametrize("count", [1, 3])
def test_list_of_exports_asks_as_much_for_many(client, staff, count, django_assert_num_queries):
    for _ in range(count):
        actions.export_alumni(by=staff, wish=Wish(), format="CSV", at=staff.created_at)
    client.force_login(staff)

    # Session, user, number of exports, one page.
    with django_assert_num_queries(4):
        client.get(reverse("alumni:export_list"))
