"""Two records of one person: found after an import, merged field by field, and taken apart."""

from __future__ import annotations

import pytest
from django.urls import reverse

from alumni import actions, tasks
from alumni.models import Alum, DuplicatePair
from careerhub.celery import app
from tests.alumni.test_import_actions import run
from tests.factories import AlumFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LIST = (
    "First,Last,Class,Mail,Employer,OK to contact?\n"
    "Robert,Smith,2011,rs@example.com,Valley Courier,no\n"
)


def test_from_finding_to_merge_to_undo(page, live_server, staff, client):
    known = AlumFactory(
        name="Bob Smith", given_name="Bob", family_name="Smith", email="bob@example.org",
        employer="NEPM",
    )  # fmt: skip
    done = run(LIST)
    # No worker runs beside the tests: the bell that the import rings is answered here.
    tasks.compare_import(str(done.pk))
    client.force_login(staff)
    cookie = client.cookies["sessionid"]
    page.context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": live_server.url}])

    page.goto(live_server.url + done.get_absolute_url())
    page.get_by_text("1 person may already be in the directory.").wait_for()
    page.get_by_role("link", name="Look at them side by side").click()
    page.get_by_role("heading", name="1 pair may be one person").wait_for()
    page.get_by_text("Bob and Robert can be one name").wait_for()
    page.get_by_role("link", name="Compare and merge").click()

    page.get_by_role("heading", name="Are these two one person?").wait_for()
    page.get_by_role("group", name="Name").get_by_label("Bob Smith").check()
    page.get_by_role("group", name="Employer").get_by_label("Valley Courier").check()
    page.get_by_role("group", name="E-mail").get_by_label("bob@example.org").check()
    page.get_by_role("button", name="Merge the two").click()

    page.get_by_role("heading", name="Nobody is in the directory twice").wait_for()
    one = Alum.objects.get()
    assert (one.pk, one.name, one.employer, one.email, one.consent) == (
        known.pk, "Bob Smith", "Valley Courier", "bob@example.org", "NO",
    )  # fmt: skip

    page.get_by_role("button", name="Take them apart").click()

    page.get_by_role("heading", name="1 pair may be one person").wait_for()
    assert sorted(Alum.objects.values_list("name", "employer", "consent")) == [
        ("Bob Smith", "NEPM", "YES"),
        ("Robert Smith", "Valley Courier", "NO"),
    ]
    page.get_by_role("button", name="Not the same person").click()
    page.get_by_role("heading", name="Nobody is in the directory twice").wait_for()
    actions.find_duplicates(at=DuplicatePair.objects.get().found_at)
    page.goto(live_server.url + reverse("alumni:duplicates"))
    page.get_by_role("link", name="Not the same person (1)").click()
    page.get_by_role("button", name="Ask me again").click()
    page.get_by_role("heading", name="1 pair may be one person").wait_for()
    with app.connection_for_read() as broker:
        broker.default_channel.client.delete("celery")
