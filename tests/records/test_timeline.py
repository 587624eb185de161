"""G42: all that happened with one person, newest first, in one place."""

from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template
from django.test import RequestFactory

from contacts.models import Contact
from records.timeline import timeline_of
from records.whole import EVERYTHING, load
from tests.factories import ContactFactory, InteractionFactory, InterviewFactory, LetterFactory
from tests.records.conftest import HELD_ON, held_talk

ZONE = "America/New_York"


@pytest.fixture
def contact(student):
    contact = ContactFactory(student=student, name="Ann")
    Contact.objects.update(created_at=datetime(2026, 2, 1, 2, 0, tzinfo=UTC))
    return Contact.objects.select_related("student").get(pk=contact.pk)


def told(contact) -> list[tuple[date, str]]:
    return [(one.on, one.title) for one in timeline_of(contact, zone=ZONE)]


def test_it_begins_when_the_name_came_on_the_list_by_the_students_calendar(contact):
    assert told(contact) == [(date(2026, 1, 31), "On your list")]


def test_log_letters_talks_and_names_stand_in_one_row_of_days(contact):
    """G10, G36, G38, G45"""
    InteractionFactory(contact=contact, happened_on=date(2026, 3, 2), channel="PHONE")
    held_talk(contact, thanked_on=date(2026, 3, 11), followed_up_on=date(2026, 4, 20))
    draft = LetterFactory(contact=contact, kind="FOLLOW_UP")
    type(draft).objects.update(updated_at=datetime(2026, 4, 1, 12, 0, tzinfo=UTC))
    named = ContactFactory(student=contact.student, name="Wen Li", referred_by=contact)
    Contact.objects.filter(pk=named.pk).update(created_at=datetime(2026, 3, 10, 12, tzinfo=UTC))

    assert told(contact) == [
        (date(2026, 4, 20), "Follow-up written"),
        (date(2026, 4, 1), "Follow-up: draft"),
        (date(2026, 3, 11), "Thank-you mailed"),
        (date(2026, 3, 10), "They named Wen Li"),
        (HELD_ON, "You met, in person"),
        (date(2026, 3, 2), "Phone: I wrote or called"),
        (date(2026, 1, 31), "On your list"),
    ]


def test_a_sent_letter_is_told_once(contact):
    """G10: its copy in the log leads to it."""
    copy = InteractionFactory(contact=contact, said="Dear Ann", happened_on=date(2026, 3, 11))
    letter = LetterFactory(
        contact=contact, kind="THANK_YOU", state="SENT", sent_on=date(2026, 3, 11), interaction=copy
    )
    held_talk(contact, thanked_on=date(2026, 3, 11), thank_you_letter=letter)

    assert told(contact) == [
        (date(2026, 3, 11), "Thank-you sent"),
        (HELD_ON, "You met, in person"),
        (date(2026, 1, 31), "On your list"),
    ]
    assert timeline_of(contact, zone=ZONE)[0].url == letter.get_absolute_url()


@pytest.mark.parametrize(
    ("state", "title"),
    [
        ("IDEA", "An idea to meet"),
        ("ASKED", "You asked to meet"),
        ("ACCEPTED", "They said yes to a talk"),
        ("CONFIRMED", "A talk, confirmed"),
        ("DECLINED", "They declined to meet"),
        ("NO_RESPONSE", "No answer to your request"),
        ("CANCELLED", "A talk that was called off"),
        ("NO_SHOW", "A talk that they did not come to"),
        ("WITHDRAWN", "You took your request back"),
    ],
)
def test_each_state_of_a_talk_has_its_words(contact, state, title):
    InterviewFactory(contact=contact, state=state)

    assert title in [title for _, title in told(contact)]


def test_an_agreed_time_stands_on_its_local_day(contact):
    at = datetime(2026, 12, 2, 1, 0, tzinfo=UTC)  # The evening before in New York.
    InterviewFactory(contact=contact, state="CONFIRMED", starts_at=at, place="Café")

    first = timeline_of(contact, zone=ZONE)[0]

    assert (first.on, first.line, first.mark) == (date(2026, 12, 1), "In person: Café", "todo")


def test_in_full_it_tells_all_that_was_written_about_a_talk(student, dana):
    """G5, G6, G43"""
    load([dana], EVERYTHING)

    details = [one.details for one in timeline_of(dana, zone=ZONE, in_full=True) if one.details]

    assert [tuple(detail) for detail in details[0]] == [
        ("What is hard?", "Deadlines, and budgets."),
        ("Notes", "The lobby smells of ink."),
        ("Where the field is going", "Local papers hire generalists."),
        ("What I enjoyed most", "The tour of the press."),
        ("Their advice", "Read the trade paper every week."),
    ]


def rendered(contact) -> str:
    request = RequestFactory().get("/")
    template = Template("{% load records_tags %}{% timeline_of contact %}")
    return template.render(Context({"contact": contact, "request": request, "csrf_token": "t0ken"}))


def test_the_tag_has_the_promise_with_its_form(contact):
    """G16"""
    entry = InteractionFactory(contact=contact, promised_call_on=date(2026, 3, 6))

    page = rendered(contact)

    assert f'action="/contacts/interactions/{entry.pk}/call-made/"' in page
    assert 'value="t0ken"' in page
    assert "You promised to call" in page
    assert f'href="/contacts/interactions/{entry.pk}/edit/"' in page


def test_the_tag_says_that_a_promise_was_kept(contact):
    InteractionFactory(
        contact=contact, promised_call_on=date(2026, 3, 6), called_on=date(2026, 3, 6)
    )

    assert "You called as promised" in rendered(contact)
    assert "I have called" not in rendered(contact)


@pytest.mark.parametrize(("is_shared", "words"), [(True, "Your advisor may"), (False, "Only you")])
def test_the_tag_says_who_may_read_the_words(contact, is_shared, words):
    InteractionFactory(contact=contact, said="Hello <b>", is_shared=is_shared)

    assert f'<p>Hello &lt;b&gt;</p><p class="muted small">{words}' in rendered(contact)


@pytest.mark.parametrize("count", [1, 3])
def test_two_tags_on_a_page_ask_once(contact, count, django_assert_num_queries):
    for _ in range(count):
        InteractionFactory(contact=contact)
        held_talk(contact)
        LetterFactory(contact=contact)
        ContactFactory(student=contact.student, referred_by=contact)
    template = Template(
        "{% load records_tags %}{% timeline_of contact %}{% completeness_of contact %}"
    )

    with django_assert_num_queries(5):  # Log, talks, their advice, letters, people named.
        template.render(Context({"contact": contact}))
