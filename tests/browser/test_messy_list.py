"""A real, messy list from upload to undo, as a staff member meets it."""

from __future__ import annotations

import pytest
from django.urls import reverse

from alumni import tasks
from alumni.models import Alum, Import
from careerhub.celery import app

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# As offices write them: a title above, a note below, and each row with a trouble of its own.
MESSY = (
    "Alumni who answered our spring letter;;;;\r\n"
    ";;;;\r\n"
    "Last;First;Mail;Class;OK to contact?\r\n"
    "Müller;Zoë;zoe@example.org;'99;yes\r\n"
    "O’Neil;Mary-Jane;mj@example.org;189;yes\r\n"
    "Brooks;Imani;imani@;2011;no\r\n"
    "Delgado;Rosa;rosa@example.org;2012;perhaps\r\n"
    "Total;;;;4\r\n"
).encode("cp1252")


def test_messy_list_from_upload_to_undo(page, live_server, staff, client, tmp_path):
    path = tmp_path / "spring letter.csv"
    path.write_bytes(MESSY)
    client.force_login(staff)
    cookie = client.cookies["sessionid"]
    page.context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": live_server.url}])

    page.goto(live_server.url + reverse("alumni:import_upload"))
    page.locator("#id_list_file").set_input_files(path)
    page.get_by_role("button", name="Upload").click()

    # What was found is said, and may be left and come back to.
    page.get_by_role("heading", name="Match your columns").wait_for()
    assert page.get_by_label("Letters").input_value() == "cp1252"
    assert page.get_by_label("Row with the headings").input_value() == "3"
    page.get_by_role("button", name="Check the rows").click()

    page.get_by_role("heading", name="3 rows need your eye").wait_for()
    assert "“189” is not a class year" in page.locator("main").inner_text()
    page.get_by_role("link", name="Correct row 5").click()
    page.get_by_label("Class").fill("1989")
    page.get_by_role("button", name="Save and check again").click()
    page.get_by_role("link", name="Correct row 6").click()
    page.get_by_label("Mail").fill("imani@example.org")
    page.get_by_role("button", name="Save and check again").click()
    page.get_by_role("heading", name="1 row needs your eye").wait_for()
    page.get_by_role("button", name="Import 4 people").click()

    # No worker runs beside the tests: the bell that was rung is answered here.
    of_import = Import.objects.get()
    assert of_import.state == Import.State.RUNNING
    tasks.run_import(str(of_import.pk))
    page.get_by_role("heading", name="4 people imported").wait_for()
    assert sorted(Alum.objects.values_list("name", "class_year", "consent")) == [
        ("Imani Brooks", 2011, "NO"),
        ("Mary-Jane O’Neil", 1989, "YES"),
        ("Rosa Delgado", 2012, "UNKNOWN"),
        ("Zoë Müller", 1999, "YES"),
    ]

    page.get_by_role("link", name="Undo this import").click()
    page.get_by_role("button", name="Undo this import").click()

    page.get_by_role("heading", name="This import is undone").wait_for()
    assert not Alum.objects.exists()
    with app.connection_for_read() as broker:
        broker.default_channel.client.delete("celery")
