"""An advisor's morning: the board, a student, a mail, a letter; and each reason gone when done."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from accounts.models import OfficeSettings
from advising.models import Remark
from core.localtime import local_date
from letters.models import Passage
from reminders import actions as reminders
from tests.advising.deeds import hold_talk
from tests.browser.hands import enter
from tests.factories import (
    ContactFactory,
    LetterFactory,
    LetterReviewFactory,
    StudentProfileFactory,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TEXT = "Dear Dana,\n\nI read your series on rivers. I would like to hear how you began.\n\nMaya"


@pytest.fixture
def morning(settings, student, advisor):
    """A thank-you that is late, and a letter that waits."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    OfficeSettings.current()
    StudentProfileFactory(student=student, class_year=2027)
    now = timezone.now()
    dana = ContactFactory(student=student, name="Dana Whitcomb")
    hold_talk(dana, on=local_date(now, student.time_zone) - timedelta(days=9))
    LetterReviewFactory(
        letter=LetterFactory(contact=dana, state="IN_REVIEW"),
        text=TEXT,
        asked_at=now - timedelta(days=2),
    )


def test_advisors_morning(page, live_server, morning, student, advisor):
    enter(page, live_server.url, advisor)
    page.goto(live_server.url)
    expect(page.get_by_role("heading", level=1)).to_have_text("1 of your students could use a word")

    # The reason leads to its place on the student's page
    need = page.get_by_role("region", name="Could use a word from you")
    need.get_by_role("link", name="Thank-you to Dana Whitcomb").click()
    expect(page).to_have_url(re.compile("#thank_you-"))
    expect(page.locator("li:target")).to_contain_text("Thank-you to Dana Whitcomb")

    # A note that the student does not see, then a mail
    page.get_by_label("What do you want to write down?").fill("Seems to be shy of writing.")
    page.get_by_role("button", name="Note it for advisors").click()
    expect(page.get_by_text("Note: Maya does not see it")).to_be_visible()
    page.get_by_role("link", name="Write to Maya").click()
    expect(page.get_by_label("Subject")).to_have_value("Your thank-you note")
    page.get_by_role("button", name="Look at it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Look at it once more")
    page.get_by_role("button", name="Send it to Maya").click()
    expect(page.get_by_text("It goes to Maya Oyelaran")).to_be_visible()

    # What is left is the letter: words marked in it, a comment beside them, and the answer
    expect(need.get_by_role("link", name="Thank-you to Dana Whitcomb")).to_have_count(0)
    need.get_by_role("link", name="Letter to Dana Whitcomb waits for you").click()
    expect(page.locator("#letter-words")).to_contain_text("your series on rivers")
    mark(page, "your series on rivers")
    expect(page.locator(".chosen q")).to_have_text("your series on rivers")
    page.get_by_label("What you would say about them").fill("Name the one you liked best.")
    page.get_by_role("button", name="Put it beside these words").click()
    expect(page.locator("#letter-words mark")).to_have_text("your series on rivers")
    page.get_by_role("button", name="Good to go").click()

    page.get_by_role("link", name="Back to your caseload").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your students are on their way")
    passage = Passage.objects.get()
    assert TEXT[passage.start : passage.end] == "your series on rivers"

    # The student reads it all, and no note
    tomorrow = local_date(timezone.now(), student.time_zone) + timedelta(days=1)
    noon = datetime.combine(tomorrow, time(12), ZoneInfo(student.time_zone))
    reminders.drain(at=noon)  # At this hour of the night nobody may be written to.
    assert "Four sentences will do" in "".join(message.body for message in mail.outbox)
    enter(page, live_server.url, student)
    page.goto(live_server.url)
    page.get_by_role("link", name="Read it").click()
    expect(page.get_by_text("Four sentences will do")).to_be_visible()
    expect(page.get_by_text("shy of writing")).to_have_count(0)
    page.get_by_role("button", name="I have read it").click()
    assert not Remark.objects.visible_to(student).unread().exists()
    page.goto(f"{live_server.url}{reverse('accounts:looks')}")
    expect(page.get_by_text("Activity")).to_be_visible()


def mark(page, words: str) -> None:
    """As a hand would: press at the first letter, let go after the last."""
    box = page.evaluate(
        """words => {
            for (const p of document.querySelectorAll("#letter-words [data-start]")) {
                const node = p.firstChild, place = node?.textContent.indexOf(words) ?? -1;
                if (place < 0) continue;
                const range = document.createRange();
                range.setStart(node, place);
                range.setEnd(node, place + words.length);
                p.scrollIntoView({block: "center"});
                const {left, right, top, height} = range.getBoundingClientRect();
                return {left, right, y: top + height / 2};
            }
        }""",
        words,
    )
    page.mouse.move(box["left"] + 1, box["y"])
    page.mouse.down()
    page.mouse.move(box["right"], box["y"], steps=8)
    page.mouse.up()
