"""One student walks through all six steps: by finger at 390 pixels, and by the keyboard alone.

Time passes in the database: a talk that was agreed for tomorrow is moved to a moment ago.
"""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import OfficeSettings
from contacts.models import Contact, Interaction
from core.localtime import local_date
from interviews.models import Advice, Interview, State
from letters.models import Letter
from tests.browser.hands import Finger, Keyboard, enter
from tests.factories import QuestionFactory, StudentProfileFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

QUESTIONS = [
    "What did you do yesterday between nine and noon?",
    "Which part of the work would you miss most?",
    "What do people misjudge about your field?",
    "How did you learn to tell a good story from a weak one?",
    "What will be different in five years?",
]
Hand = Finger | Keyboard


@pytest.fixture
def phone(browser):
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, locale="en-US"
    )
    yield Finger(context.new_page())
    context.close()


@pytest.fixture
def desk(browser):
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-US")
    yield Keyboard(context.new_page())
    context.close()


@pytest.fixture
def ready_student(student, advisor):
    OfficeSettings.current()
    StudentProfileFactory(
        student=student, class_year=2027, majors=["Film"], phone="(413) 555-0142",
        background="Last summer I recorded interviews for a town archive.",
    )  # fmt: skip
    for text in QUESTIONS:
        QuestionFactory(text=text)
    return student


@pytest.mark.parametrize("way", ["phone", "desk"])
def test_six_steps(live_server, request, ready_student, way):
    """G7, G13 to G16, G26, G27, G29, G33, G36, G38, G40, G42, G45"""
    hand: Hand = request.getfixturevalue(way)
    page = hand.page
    page.set_default_timeout(30_000)
    enter(page, live_server.url, ready_student)
    page.goto(f"{live_server.url}/contacts/")

    identify(hand)
    ask(hand)
    prepare(hand)
    meet(hand)
    thank(hand)
    keep_in_touch(hand)
    assert_nothing_is_lost(page)


def heading(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_contain_text(words, timeout=30_000)


def identify(hand: Hand) -> None:
    hand.follows("Go through my circles")
    heading(hand.page, "Who comes to mind?")
    circle = hand.page.locator("#circle-professor")
    name = circle.locator("[name=names]")
    if isinstance(hand, Keyboard):
        hand._goes_to(name)
        hand.page.keyboard.insert_text("Dana Whitcomb")
        hand._presses("Enter")
    else:
        name.fill("Dana Whitcomb")
        circle.get_by_role("button", name="Add").tap()
    hand.page.get_by_role("link", name="Dana Whitcomb").first.wait_for()
    hand.follows("Dana Whitcomb")
    heading(hand.page, "Dana Whitcomb")


def ask(hand: Hand) -> None:
    hand.follows("Write to them")
    hand.pushes("Begin the letter")
    heading(hand.page, "Write to Dana Whitcomb")
    hand.checks("I want to know how people get started")
    hand.fills("block_objective", "I would like to learn how people get started in journalism.")
    hand.pushes("Save, and go on to send it")
    heading(hand.page, "Send your letter to Dana Whitcomb")
    hand.pushes("I have sent it")
    heading(hand.page, "Your letter to Dana Whitcomb is out")
    expect(hand.page.get_by_text("You said that you would call")).to_be_visible()
    hand.follows("What comes next with Dana Whitcomb")


def prepare(hand: Hand) -> None:
    page = hand.page
    hand.follows("Write down the time")
    tomorrow = local_date(timezone.now(), "America/New_York") + timedelta(days=2)
    hand.enters("on", tomorrow.isoformat(), tomorrow.strftime("%m%d%Y"))
    hand.enters("clock", "10:30", "1030AM")
    hand.checks("In person")
    hand.fills("place", "The bakery on Foundry Street")
    hand.pushes(re.compile("Save"))
    heading(page, "Confirm the time with Dana Whitcomb")
    hand.follows("Confirm the time")
    hand.fills("attire", "Jackets, no ties")
    hand.checks("I need no parking and know the way")
    hand.pushes("It is confirmed")
    heading(page, "Get ready to meet Dana Whitcomb")
    hand.follows("Choose your questions")
    hand.fills("words", "")
    if page.locator("details.accordion:not([open])", has_text="What the days are like").count():
        hand.opens("What the days are like")
    for text in QUESTIONS:
        hand.checks(re.compile(re.escape(text)))
    hand.pushes("Add what I ticked")
    heading(page, "Put what matters most first")
    hand.pushes(f"To the top: {QUESTIONS[2]}")
    expect(page.locator("#chosen li").first).to_contain_text(QUESTIONS[2])
    hand.follows("See your sheet for the day")
    expect(page.get_by_text("Jackets, no ties").first).to_be_visible()
    expect(page.get_by_text(QUESTIONS[2]).first).to_be_visible()


def meet(hand: Hand) -> None:
    page = hand.page
    talk = Interview.objects.get()
    Interview.objects.update(starts_at=timezone.now() - timedelta(minutes=1))
    page.goto(re.sub(r"(/interviews/\d+/).*", r"\1live/", page.url))
    heading(page, "Ask Dana Whitcomb what matters most")
    hand.pushes("Start the talk")
    first = talk.questions.in_order().first()
    hand.fills(f"q{first.pk}", "People think it is writing. It is listening.")
    hand.fills("notes", "The summer desk takes applications in February.")
    expect(page.locator("#kept")).to_have_text("Saved.", timeout=20_000)
    hand.pushes("We are done")
    heading(page, "Write up your talk with Dana Whitcomb")


def thank(hand: Hand) -> None:
    page = hand.page
    hand.fills("enjoyed", "The hour in the newsroom.")
    hand.fills("new_advice_1", "Read the town minutes every week.")
    hand.fills("next_steps", "I will write three short pieces by March.")
    hand.fills("name_1", "Wen Li") if page.locator("[name=name_1]").count() else name_somebody(hand)
    hand.pushes("Finish the write-up")
    heading(page, "Thank Dana Whitcomb")
    hand.follows("Send a thank-you")
    hand.pushes("Write it here")
    heading(page, "Write to Dana Whitcomb")
    assert "newsroom" in page.locator("[name=block_enjoyed]").input_value()
    send_letter(hand)
    assert Interview.objects.get().thanked_on is not None


def name_somebody(hand: Hand) -> None:
    """The first field for a name, whatever the form calls it."""
    field = hand.page.locator("#names input[type=text]").first.get_attribute("name")
    hand.fills(field, "Wen Li")


def send_letter(hand: Hand) -> None:
    for name in ("enjoyed", "advice", "plan", "reminder", "search", "close"):
        field = hand.page.locator(f"[name=block_{name}]")
        if field.count() and "[" in field.input_value():
            hand.fills(f"block_{name}", "Thank you for the hour, and for your advice.")
    hand.pushes("Save, and go on to send it")
    heading(hand.page, "Send your letter")
    hand.pushes("I have sent it")
    heading(hand.page, "is out")


def keep_in_touch(hand: Hand) -> None:
    page = hand.page
    days = timedelta(days=40)
    talk = Interview.objects.get()
    dates = (
        "held_on", "thanked_on", "thank_you_opens_on", "thank_you_due_on", "thank_you_last_on",
        "follow_up_opens_on", "follow_up_due_on", "follow_up_last_on",
    )  # fmt: skip
    Interview.objects.update(**{name: getattr(talk, name) - days for name in dates})
    Advice.objects.update(created_at=timezone.now() - days)
    page.goto(re.sub(r"/letters/.*", f"/interviews/{talk.pk}/advice/", page.url))
    heading(page, "Say what became of Dana Whitcomb")
    hand.checks(re.compile("Yes|did it", re.IGNORECASE), within="main")
    hand.pushes("Save")
    expect(page.locator(".messages")).to_be_visible(timeout=30_000)
    page.goto(re.sub(r"/interviews/.*", f"/interviews/{talk.pk}/follow-up/", page.url))
    hand.pushes("Write it here")
    heading(page, "Write to Dana Whitcomb")
    send_letter(hand)
    assert Interview.objects.get().followed_up_on is not None


def assert_nothing_is_lost(page: Page) -> None:
    """G42: what was written on the way is found again in one box."""
    page.goto(re.sub(r"/letters/.*", "/record/?q=listening", page.url))
    expect(page.get_by_text("It is listening").or_(page.locator("mark")).first).to_be_visible()
    wen = Contact.objects.get(name="Wen Li")
    assert wen.referred_by.name == "Dana Whitcomb"
    assert Interview.objects.get().state in (State.DEBRIEFED, State.CLOSED)
    assert sorted(Letter.objects.values_list("kind", "state")) == [
        ("FOLLOW_UP", "SENT"), ("REQUEST", "SENT"), ("THANK_YOU", "SENT"),
    ]  # fmt: skip
    assert Interaction.objects.filter(outcome__in=["ASKED", "THANKED"]).count() == 2
