"""A row whose cells cannot be trusted, put right on its page."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from alumni import actions
from alumni.models import Alum, Import

HEADINGS = "Name,E-mail,Employer,City,Class"
ANN = "Ann Lee,a@x.edu,Mill,Troy,2001"
ROWS = {
    "a cell too many": (b"Rosa Delgado,r@x.edu,Genex, Inc.,Boston,2013", b""),
    "a cell too few": (b"Rosa Delgado,r@x.edu,Boston,2013", b""),
    "an open quotation mark": (b'Rosa Delgado,r@x.edu,"Genex,Boston,2013', b""),
    "a NUL": (b"Ro\0sa Delgado,r@x.edu,Genex,Boston,2013", b""),
    "letters of another program": (
        b"Ros\xe9 Delgado,r@x.edu,Genex,Boston,2013", "Núñez,n@x.edu,Áé,Íó,2001\n".encode() * 3,
    ),
}  # fmt: skip
MEANT = ["Rosa Delgado", "r@x.edu", "Genex, Inc.", "Boston", "2013"]


@pytest.fixture
def of_import(client, staff, request):
    client.force_login(staff)
    row, before = request.param
    content = f"{HEADINGS}\n{ANN}\n".encode() + before + row + b"\n"
    file = SimpleUploadedFile("list.csv", content)
    client.post(reverse("alumni:import_upload"), {"list_file": file, "consent": "UNKNOWN"})
    of_import = Import.objects.get()
    match = reverse("alumni:import_match", args=[of_import.pk])
    form = client.get(match).context["form"]
    client.post(match, {one.html_name: one.value() for one in form})
    of_import.refresh_from_db()
    assert of_import.rejected_count == 1
    return of_import


OF_EACH = pytest.mark.parametrize("of_import", ROWS.values(), ids=ROWS, indirect=True)


def save(client, of_import: Import, said: dict[str, str]):
    row = of_import.rows.get(outcome="REJECTED")
    page = reverse("alumni:import_correct", args=[of_import.pk, row.number])
    form = client.get(page).context["form"]
    answer = client.post(page, {one.html_name: one.value() for one in form} | said)
    of_import.refresh_from_db()
    return answer


@OF_EACH
def test_cells_that_were_written_where_they_belong_are_imported(client, of_import):
    save(client, of_import, {f"cell_{place}": cell for place, cell in enumerate(MEANT)})

    assert of_import.rejected_count == 0
    actions.run_import(of_import.pk, at=timezone.now())
    rosa = Alum.objects.get(email="r@x.edu")
    said = [rosa.name, rosa.email, rosa.employer, rosa.city, str(rosa.class_year)]
    assert said == MEANT


@OF_EACH
def test_cells_that_were_saved_as_they_stand_are_not_trusted(client, of_import):
    before = list(of_import.rows.values_list("number", "problems", "cells"))

    save(client, of_import, {})

    assert of_import.rejected_count == 1
    assert list(of_import.rows.values_list("number", "problems", "cells")) == before


@pytest.mark.parametrize("of_import", [ROWS["a cell too many"]], indirect=True)
def test_the_whole_row_stands_above_the_cells(client, of_import):
    page = reverse("alumni:import_correct", args=[of_import.pk, 3])

    assert "Genex · Inc. · Boston · 2013" in client.get(page).content.decode()
