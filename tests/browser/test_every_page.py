"""Every page as people meet it: axe, both themes, a phone and a desk, 320 pixels, one h1.

Pages are walked with a full student and with an empty one; a message of the Content-Security-Policy
or an error in the console fails as well.
"""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.hands import enter

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SIZES = [(1280, 900), (390, 844)]
# A theme is other colours and nothing else: the same elements, as large and at the same places.
COLOURS = {"runOnly": ["color-contrast", "link-in-text-block"]}
THEMES = {"light": {}, "dark": COLOURS}
ONLY_VIOLATIONS = {"resultTypes": ["violations"]}


def faults_of(page: Page, url: str) -> list[str]:
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    answer = page.goto(url)
    faults = [one for one in complaints if "status of 4" not in one]
    if answer is None or answer.status >= 500:
        faults.append(f"status {answer and answer.status}")
    if page.locator("h1").count() != 1:
        faults.append(f"{page.locator('h1').count()} h1")
    if not page.title().partition(" · ")[0].strip():
        faults.append("no title")
    page.set_viewport_size({"width": 320, "height": 800})
    if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
        faults.append("scrolls sideways at 320")
    page.emulate_media(reduced_motion="reduce")
    page.evaluate(Axe().axe_script)
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        for theme, rules in THEMES.items():
            page.emulate_media(color_scheme=theme)
            found = page.evaluate("options => axe.run(options)", rules | ONLY_VIOLATIONS)
            faults += [
                f"{one['id']} at {width} {theme}: {one['nodes'][0]['html'][:150]}"
                for one in found["violations"]
            ]
    return faults


@pytest.mark.parametrize("who", ["nobody", "student", "empty", "advisor", "idle", "staff"])
def test_no_page_has_a_fault(live_server, page, world, people, who):
    enter(page, live_server.url, people[who])

    faults = {path: faults_of(page, f"{live_server.url}{path}") for path in world[who]}

    assert {path: found for path, found in faults.items() if found} == {}


def test_a_form_with_errors_leads_to_its_fields(live_server, page, world, people):
    """The summary has the focus, and its link leads to the field."""
    enter(page, live_server.url, people["student"])
    page.goto(f"{live_server.url}/contacts/new/")

    page.get_by_role("button", name="Save").click()

    assert page.title().startswith("Error: ")
    assert page.evaluate("document.activeElement.className") == "error-summary"
    page.get_by_role("alert").get_by_role("link").click()
    assert page.evaluate("document.activeElement.name") == "name"
    assert Axe().run(page).response["violations"] == []


def test_everything_works_without_javascript(live_server, browser, world, people):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    enter(page, live_server.url, people["student"])
    page.goto(f"{live_server.url}/alumni/")
    page.get_by_label("Name, employer, job, study or town").fill("courier")
    page.get_by_role("button", name="Search", exact=True).click()

    page.get_by_role("button", name="Make a contact").first.click()

    assert page.locator("h1").inner_text().startswith("Imani Brooks")
    context.close()


def test_back_from_a_person_leads_to_the_whole_page_of_a_live_search(
    live_server, page, world, people
):
    enter(page, live_server.url, people["student"])
    page.goto(f"{live_server.url}/alumni/")
    page.get_by_label("Name, employer, job, study or town").press_sequentially("cour")
    page.wait_for_url("**q=cour**")
    page.get_by_role("link", name="Imani Brooks").click()
    page.wait_for_url(re.compile(r"/alumni/\d+/$"))

    page.go_back()

    page.wait_for_url("**q=cour**")
    assert page.locator("h1").inner_text() == "Find someone who has done it"
    assert page.get_by_label("Name, employer, job, study or town").input_value() == "cour"
