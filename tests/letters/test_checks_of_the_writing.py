"""Blanks, length, spelling, grammar, and what a thank-you and a follow-up should hold."""

import pytest

from letters.checks import CHECKS, Piece
from letters.checks.length import MOST_WORDS
from letters.checks.slips import slips
from tests.letters.corpus_reading import CORPUS

BY_ID = {check.id: check for check in CHECKS}


def found(check, text, **facts):
    return [finding.found for finding in BY_ID[check](Piece(text=text, **facts))]


@pytest.mark.parametrize(
    "blank",
    ["[name]", "{company}", "{{ first }}", "____", "XX", "xxxx", "TODO", "TBD", "<insert how>",
     "(your field)", ".......", "YOUR NAME HERE", "INSERT DATE"],
)  # fmt: skip
def test_a_blank_stops_the_letter(blank):
    """G15."""
    (finding,) = BY_ID["blank"](Piece(f"I like {blank} very much."))

    assert finding.found == blank
    assert finding.stops


def test_a_greeting_without_a_name_is_a_blank_with_a_rewrite():
    """G15."""
    (finding,) = BY_ID["blank"](Piece("Dear Ms. ,\n\nHello.", contact_name="Ann Lee"))

    assert (finding.found, finding.rewrite) == ("Dear Ms. ,", "Dear Ann Lee,")


@pytest.mark.parametrize(
    "text",
    ["Wait... what?", "ann@example.edu", "<ann@example.edu>", "He said “yes [sic].”", "Malcolm X",
     "(your card says Tuesday)", "a well-read—and well-fed—dog", "See note [1].", "I love it <3",
     "Best,\n--\nAnn"],
)  # fmt: skip
def test_what_only_looks_like_a_blank_passes(text):
    assert found("blank", text) == []


@pytest.mark.parametrize(("words", "is_long"), [(MOST_WORDS, False), (MOST_WORDS + 1, True)])
def test_a_letter_has_a_length_to_be_read_to_the_end(words, is_long):
    assert bool(found("length", "word " * words)) is is_long


def test_an_address_above_the_greeting_is_not_counted():
    text = "street " * 50 + "\n\nDear Ann,\n" + "word " * (MOST_WORDS - 2)

    assert found("length", text) == []


@pytest.mark.parametrize(
    ("text", "words", "right"),
    [
        ("I recieved it.", "recieved", "received"),
        ("I dont know.", "dont", "don't"),
        ("See you on Wendesday.", "Wendesday", "Wednesday"),
        ("I study at Aldar College.", "Aldar", "Alder"),
        ("Recieving it was nice of you.", "Recieving", "Receiving"),
    ],
)
def test_a_misspelling_is_found_with_its_word(text, words, right):
    """G15, G41."""
    piece = Piece(text, institution="Alder College")

    assert [(one.found, one.rewrite) for one in BY_ID["spelling"](piece)] == [(words, right)]


@pytest.mark.parametrize(
    "text",
    [
        "Chimamanda told me about Nkechi’s work.",
        "My favourite colour is in the catalogue; I organised it.",
        "We went bouldering and talked about lidar and placemaking.",
        "I use Zymolytics and zymoflow daily.",
        "The PVTA, GPA and NICU.",
        "Write to noor.haddad@alder.example or see https://example.edu/xyzzy.",
        "Ich studiere Biologie und möchte gerne Ihre Arbeit kennenlernen, wenn es Ihnen passt.",
    ],
)
def test_names_jargon_and_other_englishes_are_no_misspellings(text):
    piece = Piece(text, known_words=frozenset({"Zymolytics", "zymoflow"}))

    assert found("spelling", text) == [] or BY_ID["spelling"](piece) == []


@pytest.mark.parametrize(
    ("text", "words", "right"),
    [
        ("I am an student.", "an", "a"),
        ("I should of called.", "should of", "should have"),
        ("I hear your a busy man.", "your", "you’re"),
        ("Me and my friend is here.", "Me and my friend is", "My friend and I are"),
        ("I look forward to meet you.", "meet", "meeting"),
        ("I saw the the office.", "the the", "the"),
    ],
)
def test_a_slip_is_found_with_what_belongs_there(text, words, right):
    """G15, G41."""
    assert [(one.found, one.rewrite) for one in BY_ID["grammar"](Piece(text))] == [(words, right)]


@pytest.mark.parametrize(
    "text",
    [
        "Any day that suits you suits me.",
        "How people get started interests me.",
        "I will write when there is news.",
        "I took three courses, and a hearing, and a binding class.",
        "a) the first\nb) the second",
        "I will be free at 3 p.m. if that suits you.",
        "She said that that was it.",
        "If your needs are different, please tell me.",
        "I have seen it, and we have done it.",
    ],
)
def test_right_sentences_are_left_alone(text):
    assert found("grammar", text) == []


def test_a_capital_is_kept_where_one_was():
    (slip,) = slips("Thankyou for it.")

    assert slip.right == "Thank you"


def test_proofreading_prints_nothing_of_what_was_written(capfd):
    """A rule of the checker writes words of a letter to the log; it is not among the trusted."""
    for line in (CORPUS / "slips.txt").read_text().splitlines():
        found("grammar", line.partition(" -> ")[0])

    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("I enjoyed our conversation.", ["enjoyed", "advice_used"]),
        ("I enjoyed our conversation about moss.", ["advice_used"]),
        ("Thanks for all the great advice.", ["enjoyed", "advice_used"]),
        ("You told me to read, and I loved the lab.", []),
        ("I loved the lab. I will keep in touch.", ["advice_used"]),
        ("I loved the lab. I plan to visit the fair.", []),
    ],
)
def test_a_thank_you_names_something_enjoyed_and_the_advice_or_a_plan(text, missing):
    """G40."""
    piece = Piece(text, "thank_you")

    assert [id for id in ("enjoyed", "advice_used") if BY_ID[id](piece)] == missing


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("I hope you are well.", ["advice_helped", "search_news"]),
        ("Thanks to your advice I took the course.", ["search_news"]),
        ("I have applied to three firms.", ["advice_helped"]),
        ("I followed your suggestion, and I start in June.", []),
    ],
)
def test_a_follow_up_says_how_the_advice_helped_and_how_the_search_goes(text, missing):
    """G45."""
    piece = Piece(text, "follow_up")

    assert [id for id in ("advice_helped", "search_news") if BY_ID[id](piece)] == missing
