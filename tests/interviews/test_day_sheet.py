"""The one page that a student takes along (G28, G29, G30, G31, G32)."""

from __future__ import annotations

import re
from datetime import date, time, timedelta

import pytest
import time_machine
from django.conf import settings as django_settings
from django.urls import reverse

from accounts.models import OfficeSettings
from contacts.models import Interaction
from core.localtime import moment
from core.pdf import typeset
from interviews import page_fit
from interviews.day_sheet import CLOSE_WITH, Fact, day_sheet, for_paper, lacking
from interviews.models import Interview, PreparedQuestion, State
from letters.models import Resume
from tests.browser.test_every_page import enter
from tests.factories import (
    ContactFactory,
    InteractionFactory,
    InterviewFactory,
    PreparedQuestionFactory,
    ResumeFactory,
)
from tests.interviews.conftest import NOW

Format, WhoDials = Interview.Format, Interview.WhoDials
LONG = (
    "What would you tell somebody who has read a good deal about the work and nothing about the "
    "people, and who wonders whether the years of training are worth it? "
) * 3


@pytest.fixture(autouse=True)
def _now(request):
    if request.node.get_closest_marker("browser"):
        yield
        return
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def talk(student):
    contact = ContactFactory(
        student=student, name="Dana Whitcomb", job_title="Editor", employer="Valley Courier",
        source="PROFESSOR", source_note="After class",
    )  # fmt: skip
    return InterviewFactory(
        contact=contact, state=State.CONFIRMED, place="The bakery", attire="As in an office",
        parking="Behind the library", travel_minutes=25,
        starts_at=moment(date(2026, 3, 5), time(10, 30), "America/New_York"),
    )  # fmt: skip


def sheet_of(talk, *, questions=(), last=None, resume=None):
    return day_sheet(
        talk, office=OfficeSettings.current(), questions=questions, last_exchange=last,
        resume=resume,
    )  # fmt: skip


def url(name, talk) -> str:
    return reverse(f"interviews:{name}", args=[talk.pk])


# What stands on it


def test_it_says_when_where_how_to_dress_and_when_to_leave(talk):
    """G26, G28, G30"""
    sheet = sheet_of(talk)

    assert (sheet.day, sheet.hours, sheet.hours_there) == (
        "Thursday, March 5",
        "10:30 to 11:00 a.m. (New York time)",
        "",
    )
    assert sheet.leave_by == "9:50 a.m."
    assert sheet.headline == "Leave by 9:50 a.m. to meet Dana Whitcomb"
    assert sheet.facts == [
        Fact("How", "In person, 30 minutes"),
        Fact("Where", "The bakery"),
        Fact("Wear", "As in an office"),
        Fact("Parking, the way", "Behind the library"),
    ]
    assert sheet.close_with == CLOSE_WITH


def test_both_clocks_are_shown_where_they_differ(talk):
    """G31"""
    talk.contact.time_zone = "Asia/Tokyo"

    assert sheet_of(talk).hours_there == "Friday, 12:30 to 1:00 a.m. (Tokyo time)"


@pytest.mark.parametrize(
    ("fields", "headline", "who"),
    [
        ({"who_dials": WhoDials.ME}, "Call Dana Whitcomb at 10:30 a.m.", "You call Dana Whitcomb"),
        (
            {"who_dials": WhoDials.THEM},
            "Be by your phone for Dana Whitcomb at 10:30 a.m.",
            "Dana Whitcomb calls you",
        ),
        ({}, "Be by your phone for Dana Whitcomb at 10:30 a.m.", ""),
        (
            {"format": Format.VIDEO, "who_dials": WhoDials.THEM},
            "Open the link for Dana Whitcomb before 10:30 a.m.",
            "Dana Whitcomb sends the link",
        ),
    ],
)
def test_by_phone_it_says_who_calls(talk, fields, headline, who):
    """G31"""
    for name, value in {"format": Format.PHONE, "attire": "", "parking": "", **fields}.items():
        setattr(talk, name, value)
    talk.number_or_link = "413 555 0133"

    sheet = sheet_of(talk)

    assert sheet.headline == headline
    assert sheet.leave_by == ""
    assert sheet.facts[1:] == [
        Fact("Who calls", who, is_missing=not who),
        Fact("Number or link", "413 555 0133"),
    ]


def test_what_is_not_known_is_a_blank_and_what_does_not_apply_is_left_out(talk):
    """G26"""
    talk.attire, talk.parking, talk.not_applicable = "", "", ["parking"]

    assert sheet_of(talk).facts[2:] == [Fact("Wear", "", is_missing=True)]


@pytest.mark.parametrize(
    ("state", "day"),
    [(State.CONFIRMED, "Thursday, March 5"), (State.CANCELLED, ""), (State.ASKED, "")],
)
def test_a_time_that_was_called_off_is_not_shown(talk, state, day):
    talk.state = state

    sheet = sheet_of(talk)
    assert sheet.day == day
    assert sheet.headline.startswith("Get ready" if not day else "Leave by")


def test_one_who_sets_out_on_the_day_before_reads_that_day(talk):
    talk.travel_minutes = 1200

    assert sheet_of(talk).leave_by == "Wednesday, 2:15 p.m."


def test_it_says_what_one_knows_of_the_person(talk):
    """G11, G42"""
    last = InteractionFactory(
        contact=talk.contact, happened_on=date(2026, 3, 2), channel="EMAIL", outcome="AGREED",
        said="x" * 300,
    )  # fmt: skip

    known = sheet_of(talk, last=last).known
    assert known[:2] == [
        "A professor: After class.",
        "Last, on March 2: E-mail · They said yes.",
    ]
    assert (len(known[2]), known[2][-1]) == (200, "…")
    talk.contact.referred_by = ContactFactory(student=talk.student, name="Lena Ortiz")
    assert sheet_of(talk).known == ["Lena Ortiz gave you the name."]


@pytest.mark.parametrize(
    ("status", "is_there"), [(Resume.Status.DRAFT, False), (Resume.Status.REVIEWED, True)]
)
def test_the_resume_is_brought_only_when_an_advisor_has_read_it(talk, status, is_there):
    """G29, G32"""
    bring = sheet_of(talk, resume=Resume(status=status)).bring

    assert any("résumé" in thing for thing in bring) is is_there
    for word in ("questions", "pen", "paper", "Directions"):
        assert any(word in thing for thing in bring)


def test_the_first_eight_questions_stand_on_it():
    talk = InterviewFactory.build(contact=ContactFactory())
    listed = [PreparedQuestion(text=f"{n}?") for n in range(10)]

    sheet = sheet_of(talk, questions=listed)
    assert (sheet.questions, sheet.left_out) == ([f"{n}?" for n in range(8)], 2)


# One page


def full_of(talk, words: str) -> None:
    """The longest that the fields take."""
    PreparedQuestion.objects.bulk_create(
        PreparedQuestion(interview=talk, text=words[:400], rank=rank) for rank in range(1, 9)
    )
    talk.place, talk.attire, talk.parking = words[:200], words[:150], words[:200]
    talk.save()


@pytest.mark.parametrize(("words", "least"), [("Why?", 0), (LONG, 4)])
def test_the_words_of_the_page_shrink_with_their_number(talk, words, least):
    full_of(talk, words)

    sheet = sheet_of(talk, questions=list(talk.questions.all()))
    size = page_fit.size_of(sheet)
    assert size >= least
    assert size == 0 or least
    assert page_fit.height(sheet, page_fit.SIZES[size]) <= page_fit.HEIGHT


def pages(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page[^s]", pdf))


@pytest.mark.parametrize("paper", ["us-letter", "a4"])
@pytest.mark.parametrize("words", ["Why?", LONG, "W" * 400, "https://" + "x" * 392, "李" * 400, ""])
def test_the_pdf_is_one_page(talk, words, paper):
    if words:
        full_of(talk, words)
    sheet = sheet_of(talk, questions=list(talk.questions.all()))

    pdf = typeset("day_sheet.typ", for_paper(sheet, paper=paper))

    assert pdf.startswith(b"%PDF")
    assert pages(pdf) == 1


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("words", "least"), [("Why?", 30), (LONG, 25), ("李" * 400, 15)])
def test_the_browser_prints_one_page_and_cuts_nothing_off(
    live_server, page, settings, talk, student, words, least
):
    """G29: on Letter and on A4, with eight questions as long as they may be."""
    settings.STORAGES = {
        **django_settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    full_of(talk, words)
    enter(page, live_server.url, student)
    page.goto(live_server.url + url("day", talk))

    assert {paper: pages(page.pdf(format=paper)) for paper in ("Letter", "A4")} == {
        "Letter": 1,
        "A4": 1,
    }
    # As wide as A4 between its margins, in CSS pixels: the narrower of the two.
    page.set_viewport_size({"width": 657, "height": 1000})
    page.emulate_media(media="print")
    high = page.evaluate(
        "const m = document.querySelector('main'); [m.scrollHeight, m.clientHeight]"
    )
    assert high[0] <= high[1]
    room = page.evaluate(
        "[...document.querySelectorAll('.sheet-ask .lines')].map(e => e.clientHeight)"
    )
    assert len(room) == 8
    # In CSS pixels; a ruled line is 26 of them.
    assert min(room) >= least


# Letters that the PDF may lack


@pytest.mark.parametrize(
    ("name", "found"),
    [("Dana", ""), ("Zoë Ångström-Łukasz “!”", ""), ("Ελένη Иван", ""), ("李小龙李", "李小龙")],
)
def test_letters_that_the_pdf_may_lack_are_named(talk, name, found):
    talk.contact.name = name

    assert lacking(sheet_of(talk)) == found


# The pages

WHO = [
    ("student", 200), ("advisor", 403), ("other_student", 404), ("other_advisor", 404),
    ("staff", 404), ("administrator", 404),
]  # fmt: skip


@pytest.fixture
def visitor(client, student):
    client.force_login(student)
    return client


@pytest.mark.parametrize(("who", "status"), WHO)
@pytest.mark.parametrize("name", ["day", "day_pdf"])
def test_the_sheet_is_the_owners_alone(client, request, talk, name, who, status):
    client.force_login(request.getfixturevalue(who))

    assert client.get(url(name, talk)).status_code == status


def test_the_page_shows_what_the_sheet_holds(visitor, talk, student):
    PreparedQuestionFactory(interview=talk, text="What about <trains>?")
    InteractionFactory(contact=talk.contact, happened_on=date(2026, 3, 1), said="Gladly.")
    InteractionFactory(
        contact=talk.contact, happened_on=date(2026, 3, 2), channel=Interaction.Channel.NOTE,
        said="To myself.",
    )  # fmt: skip
    ResumeFactory(student=student, status="REVIEWED", reviewed_on=date(2026, 3, 1))

    page = visitor.get(url("day", talk)).text

    for words in ("Leave by 9:50 a.m.", "What about &lt;trains&gt;?", "Gladly.", "Your résumé"):
        assert words in page
    assert "To myself." not in page
    assert page.count("btn-primary") == 1


def test_without_questions_the_page_leads_to_them(visitor, talk):
    page = visitor.get(url("day", talk)).text

    assert page.count("btn-primary") == 1
    assert f'btn-primary" href="{url("questions", talk)}"' in page


def test_letters_that_the_pdf_may_lack_are_said_on_the_page(visitor, talk):
    PreparedQuestionFactory(interview=talk, text="李先生?")

    assert "may lack some of your letters, such as 李先生" in visitor.get(url("day", talk)).text


def test_the_pdf_is_private_and_its_name_says_nothing(visitor, talk):
    response = visitor.get(url("day_pdf", talk), {"paper": "a4\x00"})

    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'inline; filename="day.pdf"'
    assert response["Cache-Control"] == "private, no-store"


def test_the_way_is_counted_in(visitor, talk):
    """G30"""
    visitor.post(url("day", talk), {"travel_minutes": "60"})

    assert Interview.objects.get().travel_minutes == 60
    assert "Leave by 9:15 a.m." in visitor.get(url("day", talk)).text
    visitor.post(url("day", talk), {"travel_minutes": ""})
    assert Interview.objects.get().travel_minutes is None


@pytest.mark.parametrize(
    ("minutes", "sentence"),
    [
        ("5½", "Write the minutes as a number, such as 25."),
        ("-1", "Write the minutes as a number, such as 25."),
        ("a\x00", "Write the minutes as a number, such as 25."),
        ("1441", "Write the minutes of the way, at most a day."),
    ],
)
def test_a_wrong_way_is_shown_again(visitor, talk, minutes, sentence):
    response = visitor.post(url("day", talk), {"travel_minutes": minutes})

    assert response.status_code == 422
    assert response.context["form"].errors == {"travel_minutes": [sentence]}
    # The rest of the page is as it was.
    assert "Leave by 9:50 a.m." in response.text
    assert Interview.objects.get().travel_minutes == 25


def test_an_absurd_number_is_no_failure(visitor, talk):
    assert visitor.post(url("day", talk), {"travel_minutes": "9" * 400}).status_code == 422


def test_a_sheet_of_three_asks_no_more_than_a_sheet_of_one(
    visitor, talk, student, django_assert_num_queries
):
    OfficeSettings.current()
    ResumeFactory(student=student)
    PreparedQuestionFactory(interview=talk)
    InteractionFactory(contact=talk.contact)
    with django_assert_num_queries(7):
        visitor.get(url("day", talk))
    PreparedQuestionFactory.create_batch(2, interview=talk)
    InteractionFactory.create_batch(2, contact=talk.contact, happened_on=date(2026, 3, 1))
    with django_assert_num_queries(7):
        visitor.get(url("day", talk))


def test_a_talk_tomorrow_needs_no_other_page(visitor, talk):
    """G28: the sheet names the time by its day, whenever it is printed."""
    talk.starts_at = NOW + timedelta(days=1)
    talk.save()

    assert "Tuesday, March 3" in visitor.get(url("day", talk)).text
