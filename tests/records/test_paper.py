"""G43: cards and binder on paper. Typst itself is asked what it made of them."""

import json
import re
from datetime import date

import pytest
import typst
from django.http import QueryDict

from core.pdf import FONTS, TEMPLATES
from records import paper
from records.card import Card, DateOfContact, Suggested
from records.filters import Choice, Paper, Who
from tests.factories import ContactFactory
from tests.records.conftest import held_talk, whole_record

TODAY = date(2026, 11, 23)
PDF = {"cards": "/record/cards.pdf", "binder": "/record/binder.pdf"}


def card(**fields) -> Card:
    usual = {"pk": 1, "name": "Ann", "work": "", "address": "", "phone": "", "email": ""}
    return Card(**{**usual, **fields})


def words_of(one: Card) -> list[str]:
    """What Typst laid out, asked of the template itself: the pieces of each line on each card."""
    data = {"paper": "card", "printed": "", "missing": "", "cards": [paper._card(one)]}
    found = typst.query(
        str(TEMPLATES / "cards.typ"), "<card>", field="value", root=str(TEMPLATES),
        font_paths=[str(FONTS)], sys_inputs={"data": json.dumps(data)},
    )  # fmt: skip
    cards = json.loads(found)
    assert all(card["fits"] for card in cards)
    return ["".join("".join(line).split()) for card in cards for line in card["lines"]]


def pages_of(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))


@pytest.mark.parametrize(
    ("size", "count", "pages"),
    [("card", 1, 1), ("card", 5, 5), ("letter", 4, 1), ("letter", 5, 2), ("a4", 9, 3)],
)
def test_one_card_on_a_page_or_four_on_a_sheet(size, count, pages):
    made = paper.cards_pdf([card()] * count, paper=Paper(size), today=TODAY)

    assert made.startswith(b"%PDF")
    assert pages_of(made) == pages


@pytest.mark.parametrize(
    ("size", "box"),
    [("card", (360, 216)), ("letter", (792, 612)), ("a4", (841, 595))],
    ids=["5 by 3 inches", "Letter on its side", "A4 on its side"],
)
def test_pages_have_the_size_of_the_paper(size, box):
    made = paper.cards_pdf([card()], paper=Paper(size), today=TODAY)

    found = re.search(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", made)
    assert found is not None
    assert tuple(int(float(side)) for side in found.groups()) == box


@pytest.mark.parametrize(
    "fields",
    [
        {"advice": ("word " * 200,) * 6},
        {"advice": ("z" * 1000,)},
        {"advice": ("A\n" * 300,)},
        {"suggested": tuple(Suggested(n, f"Person {n}", "413 555 0136") for n in range(60))},
        {"dates": tuple(DateOfContact(date(2026, 1, n % 28 + 1), "phone") for n in range(120))},
        {"work": "w" * 404},
    ],
    ids=["advice", "no spaces", "line ends", "people", "dates", "work"],
)
def test_what_is_too_long_goes_on_on_another_card(fields):
    short = pages_of(paper.cards_pdf([card()], paper=Paper.CARD, today=TODAY))

    made = paper.cards_pdf([card(**fields)], paper=Paper.CARD, today=TODAY)

    assert pages_of(made) > short or "work" in fields


def test_nothing_of_a_long_card_is_left_out():
    """Each piece of each line stands on one of the cards, in its order."""
    advice = tuple(f"{n} {'word ' * 150}" for n in range(5))
    long = card(work="y" * 404, address="\n".join(f"Street {n}" for n in range(80)), advice=advice)

    shown = "".join(words_of(long))

    for words in (long.work, *long.address.split("\n"), *advice):
        assert "".join(words.split()) in shown


@pytest.mark.parametrize(
    "name",
    ["", "#read(\"/etc/passwd\")", "*bold* _it_ $x$ @ref <label>", "= Heading", "\\", "🙂",
     "ʻIolani 5½", "‮right to left", "a\u0000b".replace("\0", "")],
)  # fmt: skip
def test_odd_words_are_only_words(name):
    odd = card(name=name or "-", work=name, address=name, advice=(name,) * 2)

    assert pages_of(paper.cards_pdf([odd], paper=Paper.CARD, today=TODAY)) >= 1


def test_letters_that_the_fonts_lack_are_named():
    assert paper.missing_letters(["Zoë Łukasz Ωμέγα Жанна 5½ ʻIolani"]) == ""
    # Numbers that stand for no letter: no font has them.
    assert paper.missing_letters(["a \u0378 b \u0379 \u0378"]) == "\u0378\u0379"


def test_the_pdf_says_that_letters_are_missing():
    made = paper.cards_pdf([card(name="\u0378")], paper=Paper.CARD, today=TODAY)

    assert pages_of(made) == 2


def test_the_page_says_it_too_and_offers_the_browser(client, student):
    ContactFactory(student=student, name="\u0378")
    client.force_login(student)

    page = client.get("/record/cards/").content.decode()

    assert "Print this page from your browser instead" in page


@pytest.mark.parametrize("text", ["", "a", " a  b ", "x" * 100, "é" * 30 + " b", "a\nb\n"])
def test_pieces_lose_nothing(text):
    assert "".join(paper.pieces(text)) == text
    assert paper.breakable(text).replace("\u200b", "") == text


def test_the_code_holds_an_address_and_nothing_personal(settings):
    settings.SITE_URL = "https://careers.example.edu"

    assert "svg" in paper.qr_code(17)
    assert paper.qr_code(17) != paper.qr_code(18)


def test_binder_has_a_page_for_each_person_and_a_table_of_contents(student, dana):
    people = list(student.contacts.by_name())

    made = paper.binder_pdf(people, zone="America/New_York", owner="Maya", today=TODAY)

    assert len(people) == 2
    assert pages_of(made) == 3


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["Ann", "Bea", "Cy"]),
        ("who=met", ["Bea"]),
        ("who=field&field=FILM", ["Cy"]),
        ("who=field&field=", ["Ann", "Bea"]),
        ("who=ticked", []),
        ("who=ticked&one=%(ann)s&one=%(cy)s&one=½&one=99999999999999999999999", ["Ann", "Cy"]),
        ("who=nobody", ["Ann", "Bea", "Cy"]),
    ],
)
def test_who_is_chosen(client, student, query, names):
    ann = ContactFactory(student=student, name="Ann")
    held_talk(ContactFactory(student=student, name="Bea"))
    cy = ContactFactory(student=student, name="Cy", field="Film")
    client.force_login(student)

    answer = client.get(
        f"/record/cards/?{query % {'ann': ann.pk, 'cy': cy.pk}}".replace("½", "%C2%BD")
    )

    assert [card.name for card, _ in answer.context["cards"]] == names


def test_a_stranger_cannot_be_ticked(client, student, other_student):
    theirs = ContactFactory(student=other_student)
    client.force_login(student)

    answer = client.get("/record/cards/", {"who": "ticked", "one": theirs.pk})

    assert answer.context["cards"] == []


def test_choice_survives_anything():
    choice = Choice.read(QueryDict("who=%00&paper=x&field=%00&one=&one=-1&one=a&page=½"))

    assert choice == Choice(Who.ALL, "", "", Paper.CARD, ())


def test_ticked_stay_ticked_while_one_looks_for_others(client, student):
    ann = ContactFactory(student=student, name="Ann")
    ContactFactory(student=student, name="Bea")
    ContactFactory(student=student, name="Cy")
    client.force_login(student)

    answer = client.get("/record/cards/", {"who": "ticked", "one": ann.pk, "q": "bea"})

    assert [one.name for one in answer.context["ticked"]] == ["Ann"]
    assert [one.name for one in answer.context["others"]] == ["Bea"]
    assert f"one={ann.pk}" in answer.content.decode()


@pytest.mark.parametrize("name", ["cards", "binder"])
def test_pdf_is_private_and_named_without_anybody(client, student, dana, name):
    client.force_login(student)

    answer = client.get(PDF[name])

    assert answer["Content-Type"] == "application/pdf"
    assert re.fullmatch(
        rf'attachment; filename="careerhub-{name}-20\d\d-\d\d-\d\d\.pdf"',
        answer["Content-Disposition"],
    )
    assert "no-store" in answer["Cache-Control"]
    assert "private" in answer["Cache-Control"]


@pytest.mark.parametrize("count", [1, 3])
def test_pages_ask_as_much_for_three_as_for_one(client, student, count, django_assert_num_queries):
    for _ in range(count):
        whole_record(student)
    client.force_login(student)

    # Session, user, how many, who, their log, talks, advice, whom they named; the fields.
    with django_assert_num_queries(9):
        client.get("/record/cards/")
    # Also letters, insights and questions.
    with django_assert_num_queries(12):
        client.get("/record/binder/")
    with django_assert_num_queries(8):
        client.get("/record/cards.pdf")
    with django_assert_num_queries(11):
        client.get("/record/binder.pdf")


def test_ticking_asks_two_more(client, student, dana, django_assert_num_queries):
    client.force_login(student)

    with django_assert_num_queries(11):
        client.get("/record/cards/", {"who": "ticked", "one": dana.pk})
