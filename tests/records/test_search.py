"""G42: one box over everything that a student wrote down."""

from datetime import date

import pytest
from django.urls import reverse

from records.marks import terms_of
from records.search import find
from tests.factories import (
    ContactFactory,
    InteractionFactory,
    InterviewFactory,
    LetterFactory,
    PreparedQuestionFactory,
)
from tests.records.conftest import held_talk, whole_record

URL = "/record/"


def kinds(user, typed) -> list[str]:
    return [piece.kind for one in find(user, terms_of(typed)) for piece in one.pieces]


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("whitcomb", "contact"),
        ("“features editor”", "contact"),
        ("courier", "contact"),
        ("journalism", "contact"),
        ("northampton", "contact"),
        ("4135550136", "contact"),
        ("dana@example.org", "contact"),
        ("cameras", "log"),
        ("darkroom", "letter"),
        ("ink", "talk"),
        ("“main street”", "talk"),
        ("budgets", "answer"),
        ("press", "debrief"),
        ("generalists", "insight"),
        ("“trade paper”", "advice"),
    ],
)
def test_everything_is_searched(student, dana, typed, kind):
    """G42"""
    assert kinds(student, typed) == [kind]


def test_questions_without_an_answer_say_nothing(student, dana):
    PreparedQuestionFactory(interview=dana.interviews.get(), text="What about zebras?")

    assert kinds(student, "zebras") == []


@pytest.mark.parametrize("typed", ["cafe", "CAFÉ", "Café", "“le café”", "LE cafe"])
def test_case_and_accents_do_not_matter(student, typed):
    ContactFactory(student=student, name="Zoë", address="Le Café\nMain Street")

    assert kinds(student, typed) == ["contact"]


@pytest.mark.parametrize("typed", ["ʻIolani", "Iolani", "‘iolani", "'Iolani"])
def test_hawaiian_names_are_found_with_their_first_sign_or_without(student, typed):
    ContactFactory(student=student, name="ʻIolani Kealoha")

    assert kinds(student, typed) == ["contact"]


@pytest.mark.parametrize(
    "typed",
    ["5½", "%", "_", "\\", "%_\\", "'; DROP", "\x00", "\x00a", '"', "“", "🙂", "(", "[a", "*",
     "a" * 5000, "‮", "\ud800".encode("utf-8", "surrogatepass").decode("latin-1")],
)  # fmt: skip
def test_odd_words_never_fail(client, student, dana, typed):
    client.force_login(student)

    assert client.get(URL, {"q": typed}).status_code == 200


def test_wildcards_mean_themselves(student):
    ContactFactory(student=student, name="Ann", why="100% sure_thing")
    ContactFactory(student=student, name="Bea", why="quite sure")

    assert [one.person for one in find(student, ["%"])] == [student.contacts.get(name="Ann").pk]
    assert len(find(student, ["_"])) == 1


def test_a_half_is_found(student):
    ContactFactory(student=student, name="Ann", why="She wears size 5½ shoes")

    assert kinds(student, "5½") == ["contact"]


def test_every_word_must_stand_in_the_record_of_one_person(student, dana):
    """The words may stand in different pieces of it."""
    wen = student.contacts.get(name="Wen Li")
    InteractionFactory(contact=wen, said="She knows Whitcomb.")

    assert [one.person for one in find(student, ["darkroom", "generalists"])] == [dana.pk]
    assert [one.person for one in find(student, ["wen", "whitcomb"])] == [wen.pk]
    assert find(student, ["darkroom", "zebra"]) == []


def test_a_phrase_goes_over_a_line_break(student):
    InteractionFactory(contact__student=student, said="the trade\n  paper")

    assert kinds(student, '"trade paper"') == ["log"]
    assert kinds(student, '"paper trade"') == []


def test_the_closest_piece_comes_first_then_the_newest(student):
    ContactFactory(student=student, name="Ann", why="ink")
    newer = InteractionFactory(contact__student=student, said="ink", happened_on=date(2026, 3, 9))
    both = InteractionFactory(contact__student=student, said="ink, press")
    InteractionFactory(contact=both.contact, said="ink", happened_on=date(2026, 3, 30))

    first = find(student, ["ink", "press"])
    assert [(one.person, [piece.mask for piece in one.pieces]) for one in first] == [
        (both.contact_id, [3, 1])
    ]
    # A name or a note on the card is what most people look for.
    assert [one.pieces[0].kind for one in find(student, ["ink"])] == ["contact", "log", "log"]
    assert newer.contact_id in [one.person for one in find(student, ["ink"])]


def test_a_sent_letter_is_found_once_and_not_in_its_copy(student):
    contact = ContactFactory(student=student)
    copy = InteractionFactory(contact=contact, said="A marvel of a darkroom")
    LetterFactory(
        contact=contact, blocks={"a": "A marvel of a darkroom"}, interaction=copy, state="SENT",
        sent_on=date(2026, 3, 3),
    )  # fmt: skip

    assert kinds(student, "marvel") == ["letter"]


def test_words_of_others_are_never_found(student, other_student):
    whole_record(other_student)

    for typed in ("whitcomb", "darkroom", "budgets", "generalists", "paper", "ink", "cameras"):
        assert kinds(student, typed) == []


def test_the_page_marks_the_hit_and_links_to_its_page(client, student, dana):
    client.force_login(student)

    page = client.get(URL, {"q": "GENERALISTS"}).content.decode()

    talk = dana.interviews.get()
    assert "Local papers hire <mark>generalists</mark>." in page
    assert (
        f'href="/interviews/{talk.pk}/debrief/">What you learned: where the field is going' in page
    )
    assert 'datetime="2026-03-09"' in page
    assert f'href="{dana.get_absolute_url()}">Dana Whitcomb' in page


def test_what_was_written_is_escaped(client, student):
    InteractionFactory(contact__student=student, said="<script>alert(1)</script> zebra")
    client.force_login(student)

    page = client.get(URL, {"q": "zebra"}).content.decode()

    assert "&lt;script&gt;alert(1)&lt;/script&gt; <mark>zebra</mark>" in page
    assert "<script>alert" not in page


def test_a_hit_far_inside_a_long_text_is_shown(client, student):
    said = f"{'ünrelated wörds ' * 800}then a zebra came{' and more' * 500}"
    InteractionFactory(contact__student=student, said=said)
    client.force_login(student)

    page = client.get(URL, {"q": "zebra"}).content.decode()

    assert "then a <mark>zebra</mark> came" in page
    assert len(page) < 20_000


def test_more_hits_of_one_person_stand_behind_a_link(client, student):
    contact = ContactFactory(student=student, name="Ann")
    InteractionFactory.create_batch(7, contact=contact, said="zebra")
    client.force_login(student)

    page = client.get(URL, {"q": "zebra"})
    one = client.get(URL, {"q": "zebra", "of": contact.pk})

    assert page.content.decode().count("<mark>zebra</mark>") == 4
    assert f"of={contact.pk}" in page.content.decode()
    assert one.content.decode().count("<mark>zebra</mark>") == 7
    assert client.get(URL, {"q": "zebra", "of": "½"}).status_code == 200


def test_people_come_ten_to_a_page(client, student):
    for number in range(13):
        ContactFactory(student=student, name=f"Zebra {number:02}")
    client.force_login(student)

    first, last = client.get(URL, {"q": "zebra"}), client.get(URL, {"q": "zebra", "page": "99"})

    assert len(first.context["results"]) == 10
    assert len(last.context["results"]) == 3


def test_the_empty_box_shows_who_has_been_silent_for_longest(client, student):
    """G42: last talked, by the log, a call or a talk, and never by a note to oneself."""
    for name, on in (("Ann", 20), ("Bea", 3), ("Cy", 9)):
        InteractionFactory(
            contact__student=student, contact__name=name, happened_on=date(2026, 3, on)
        )
    bea = student.contacts.get(name="Bea")
    InteractionFactory(contact=bea, happened_on=date(2026, 3, 30), channel="NOTE")
    held_talk(student.contacts.get(name="Cy"), on=date(2026, 4, 1))
    ContactFactory(student=student, name="Never")
    client.force_login(student)

    silent = client.get(URL).context["silent"]

    assert [(one.name, one.last_talked_on) for one in silent] == [
        ("Bea", date(2026, 3, 3)),
        ("Ann", date(2026, 3, 20)),
        ("Cy", date(2026, 4, 1)),
    ]


def test_the_empty_box_shows_what_is_new(client, student, dana):
    InterviewFactory(contact=dana)  # Nothing is written in it yet.
    client.force_login(student)

    newest = client.get(URL).context["newest"]

    assert [line.what for person, line in newest][:2] == ["On your list", "On your list"]
    assert sorted(line.what for person, line in newest)[2:] == [
        "Talk", "Thank-you", "Their answer: What is hard?", "What you learned: where the field "
        "is going", "What you wrote after the talk",
    ] or len(newest) == 8  # fmt: skip


def test_an_empty_record_teaches(client, student):
    client.force_login(student)

    page = client.get(URL).content.decode()

    assert "Your record begins with a name" in page
    assert reverse("contacts:list") in page


def test_nothing_found_says_what_to_try(client, student, dana):
    client.force_login(student)

    assert "Try one word alone" in client.get(URL, {"q": "zebra"}).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_search_asks_as_much_for_three_as_for_one(
    client, student, count, django_assert_num_queries
):
    for number in range(count):
        whole_record(student, name=f"Dana {number}")
    client.force_login(student)

    with django_assert_num_queries(5):  # Session, user, what is found, its words, the people.
        assert len(client.get(URL, {"q": "paper"}).context["results"]) == count
    with django_assert_num_queries(6):  # The same for what is new, and who has been silent.
        client.get(URL)
