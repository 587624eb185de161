"""Letters twice as large, as somebody sets them in their browser (WCAG 1.4.4), on a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.hands import enter

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = {"width": 390, "height": 844}
PIXELS = 32
# Of every door of the page: none of it beyond the edges, where no finger comes.
BEYOND = """doors => doors.filter(door => {
  const box = door.getBoundingClientRect();
  return box.left < 0 || box.right > innerWidth;
}).map(door => door.innerText)"""


@pytest.fixture
def large(page: Page) -> Page:
    page.set_viewport_size(PHONE)
    sizes = {"fontSizes": {"standard": PIXELS, "fixed": PIXELS}}
    page.context.new_cdp_session(page).send("Page.setFontSizes", sizes)
    return page


@pytest.mark.parametrize("who", ["nobody", "student", "empty", "advisor", "idle", "staff"])
def test_no_page_scrolls_sideways(live_server, large, world, people, who):
    enter(large, live_server.url, people[who])
    wide = {}

    for path in world[who]:
        large.goto(f"{live_server.url}{path}")
        width = large.evaluate("document.documentElement.scrollWidth")
        if width > PHONE["width"]:
            wide[path] = width

    assert large.evaluate("getComputedStyle(document.documentElement).fontSize") == f"{PIXELS}px"
    assert wide == {}


@pytest.mark.parametrize("who", ["student", "advisor", "staff"])
def test_every_door_of_the_bar_can_be_reached(live_server, large, world, people, who):
    enter(large, live_server.url, people[who])

    large.goto(live_server.url)

    doors = large.get_by_role("navigation", name="Main").get_by_role("link")
    assert doors.count() > 3
    assert doors.evaluate_all(BEYOND) == []
