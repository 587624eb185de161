"""The main job as one story, on the whole stack: real servers, worker, browser and mail files.

The clock of the mail is moved with `send_due_reminders --at`; a talk is agreed for the next
minutes, because nobody can meet before the time they agreed on.
"""

import os
import re
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from careerhub.embedded.up import DEMO_PASSWORD
from tests.conftest import REPOSITORY

pytestmark = pytest.mark.browser

STUDENT = "student@demo.example"
ZONE = ZoneInfo("America/New_York")
WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
# Ours, so that the story can be told where the real lists are not: a list as offices keep them.
LIST = REPOSITORY / "tests" / "story" / "alumni-fall.csv"


@pytest.fixture
def pictures(tmp_path) -> Path:
    """Where the pictures of the README go when somebody asks for new ones."""
    folder = Path(os.environ.get("CAREERHUB_PICTURES", tmp_path))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def log_in(context: BrowserContext, college, who: str) -> Page:
    page = context.new_page()
    page.set_default_timeout(30_000)
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{college.url}/accounts/login/")
    page.get_by_label("E-mail").or_(page.get_by_label("Email")).fill(who)
    page.get_by_label("Password").fill(DEMO_PASSWORD)
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("navigation", name="Main")).to_be_visible()
    return page


def take_pictures(page: Page, folder: Path, name: str) -> None:
    for size in (WIDE, PHONE):
        page.set_viewport_size(size)
        page.screenshot(path=folder / f"{name}-{size['width']}.png")
    page.set_viewport_size(WIDE)


def test_a_list_becomes_a_talk_and_a_thank_you(college, new_context, pictures):
    """G10, G11, G16, G38, G45, from the upload to the second letter."""
    import_the_list(log_in(new_context(), college, "staff@demo.example"), pictures)
    maya = log_in(new_context(), college, STUDENT)
    take_pictures(maya, pictures, "student-today")
    find_and_ask(maya, pictures)
    met_at = agree_and_meet(maya, pictures)
    talk = maya.url

    the_next_morning_a_thank_you_is_owed(college, maya, talk, met_at)
    nothing_more_is_sent_about_it(college, met_at)
    a_month_on_the_second_letter_is_owed(college, met_at)
    the_advisor_sees_it_all(log_in(new_context(), college, "advisor@demo.example"), pictures)


def import_the_list(staff: Page, pictures: Path) -> None:
    staff.get_by_role("link", name="Imports").click()
    staff.get_by_role("link", name="Import a list").click()
    staff.locator("input[type=file]").set_input_files(LIST)
    staff.get_by_label("Yes, everybody on this list agreed").check()
    staff.get_by_role("button", name="Upload").click()
    expect(staff.get_by_role("heading", name="Match your columns")).to_be_visible()
    staff.get_by_role("button", name="Check the rows").click()

    expect(staff.get_by_role("heading", name="2 rows need your eye")).to_be_visible()
    expect(staff.get_by_text("189")).to_have_count(2)
    take_pictures(staff, pictures, "import-check")

    staff.get_by_role("button", name="Import 5 people").click()
    expect(staff.get_by_role("heading", name="5 people imported")).to_be_visible(timeout=30_000)


def find_and_ask(maya: Page, pictures: Path) -> None:
    maya.get_by_role("link", name="Alumni", exact=True).click()
    take_pictures(maya, pictures, "directory")
    maya.get_by_label("Name, employer, job, study or town").fill("zuzana")
    maya.get_by_role("button", name="Search").click()
    maya.get_by_role("button", name="Make a contact of Zuzana Kovářová").click()
    expect(maya.get_by_role("heading", name="Zuzana Kovářová", level=1)).to_be_visible()

    maya.get_by_role("link", name="Edit", exact=True).click()
    maya.get_by_label("A word about that").fill("Her talk in the seminar on maps")
    maya.get_by_role("button", name="Save").click()
    expect(maya.get_by_text("Her talk in the seminar on maps")).to_be_visible()

    maya.get_by_role("link", name="Log something").click()
    maya.get_by_label("How").select_option("E-mail")
    maya.get_by_label("What came of it").select_option("I asked to meet")
    maya.get_by_label("What was said").fill("Asked for twenty minutes about cartography.")
    maya.get_by_role("button", name="Add to the log").click()
    expect(maya.get_by_text("Asked for twenty minutes about cartography.")).to_be_visible()
    take_pictures(maya, pictures, "contact")


def agree_and_meet(maya: Page, pictures: Path) -> datetime:
    """The moment of the talk: the first full minute that leaves time to write it down."""
    starts_at = (datetime.now(ZONE) + timedelta(seconds=100)).replace(second=0, microsecond=0)
    maya.get_by_role("link", name="Plan to meet").click()
    maya.get_by_label("They said yes").check()
    maya.get_by_role("button", name="Continue").click()
    maya.locator("[name=on]").fill(starts_at.date().isoformat())
    maya.locator("[name=clock]").fill(starts_at.strftime("%H:%M"))
    maya.get_by_label("By phone").check()
    maya.get_by_label("Where, or the number or link").fill("She calls me")
    maya.get_by_role("button", name=re.compile("Save")).click()
    expect(
        maya.get_by_role("heading", name="Confirm the time with Zuzana Kovářová")
    ).to_be_visible()
    maya.get_by_role("link", name="Confirm the time").click()
    maya.get_by_label("They call me").check()
    maya.get_by_role("button", name="It is confirmed").click()
    take_pictures(maya, pictures, "interview")

    time.sleep(max(0, (starts_at - datetime.now(ZONE)).total_seconds()) + 1)
    maya.reload()
    maya.get_by_role("link", name="Say that you met").click()
    maya.get_by_role("button", name=re.compile("Save|met")).click()
    told = maya.get_by_role("heading", name="Write down what Zuzana Kovářová told you")
    expect(told).to_be_visible()
    return starts_at


def morning(met_at: datetime, *, days: int) -> str:
    """Five past eight by Maya's clock, `days` after the talk."""
    on = met_at.date() + timedelta(days=days)
    at = datetime(on.year, on.month, on.day, 8, 5, tzinfo=ZONE)
    return at.astimezone(UTC).isoformat()


def the_next_morning_a_thank_you_is_owed(college, maya: Page, talk: str, met_at) -> None:
    before = len(college.mails())
    college.manage("send_due_reminders", "--at", morning(met_at, days=1))
    mail = college.wait_for_mail_to(STUDENT, after=before)
    text = mail.get_body(preferencelist=("plain",)).get_content()
    assert "Thank Zuzana Kovářová" in text
    link = next(url for url in re.findall(r"http://\S+", text) if url == f"{talk}thank/")

    maya.goto(link)
    maya.get_by_role("button", name=re.compile("Save|sent|mailed")).click()
    expect(maya.get_by_text("No more reminders about this thank-you")).to_be_visible()
    maya.get_by_role("link", name="Today", exact=True).click()
    expect(maya.get_by_text("Thank Zuzana Kovářová")).to_have_count(0)


def nothing_more_is_sent_about_it(college, met_at) -> None:
    before = len(college.mails())
    college.manage("send_due_reminders", "--at", morning(met_at, days=2))
    college.manage("send_due_reminders", "--at", morning(met_at, days=3))
    time.sleep(5)
    for mail in college.mails()[before:]:
        assert "Thank Zuzana" not in mail.get_body(preferencelist=("plain",)).get_content()


def a_month_on_the_second_letter_is_owed(college, met_at) -> None:
    before = len(college.mails())
    college.manage("send_due_reminders", "--at", morning(met_at, days=30))
    mail = college.wait_for_mail_to(STUDENT, after=before)
    assert "Tell Zuzana Kovářová how it is going" in (
        mail.get_body(preferencelist=("plain",)).get_content()
    )


def the_advisor_sees_it_all(advisor: Page, pictures: Path) -> None:
    expect(advisor.get_by_role("heading", name=re.compile("could use a word"))).to_be_visible()
    take_pictures(advisor, pictures, "caseload")
    row = advisor.get_by_role("row", name=re.compile("Maya Oyelaran"))
    expect(row.get_by_text("late")).to_be_visible()

    row.get_by_role("link", name="Maya Oyelaran").click()
    expect(advisor.get_by_text("Met Zuzana Kovářová")).to_be_visible()
    expect(advisor.get_by_text("Mailed the thank-you to Zuzana Kovářová")).to_be_visible()
    expect(advisor.get_by_text("cartography")).to_have_count(0)
