"""The checks before a letter goes, at their edges; test_corpus.py measures them on letters.

G11, G12, G13, G14, G15, G16, G17, G32, G34, G35, G40, G41, G45: which check is for which clause
stands beside the check, and docs/checks.md tells it.
"""

import random
from datetime import date

import pytest

from letters.checks import CHECKS, Piece, examine, of_question
from tests.letters.corpus_reading import samples

IDS = [check.id for check in CHECKS]
TUNED, HELD_OUT = samples("tuned"), samples("held_out")


def test_every_check_names_its_clause():
    """G15"""
    assert [check.id for check in CHECKS if not check.clause.startswith("G")] == []
    assert len(set(IDS)) == len(IDS)


def test_words_found_are_where_they_are_said_to_be():
    for sample in [*TUNED, *HELD_OUT]:
        for finding in examine(sample.piece):
            if finding.start is not None:
                assert sample.piece.text[finding.start : finding.end] == finding.found
            assert finding.title
            assert finding.why


@pytest.mark.parametrize(
    "text",
    [
        "", "\x00", "😀" * 200, "a" * 100_000, "مرحبا دانا,\nشكرا", "Dear ,", "\n\n\n", "[",
        "Dear Dana",
    ],
    ids=["empty", "nul", "emoji", "endless word", "right to left", "no name", "lines", "bracket",
         "greeting"],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["request", "thank_you", "follow_up"])
def test_odd_letters_raise_nothing(kind, text):
    for finding in examine(Piece(text=text, kind=kind, contact_name="Dana")):
        assert finding.start is None or 0 <= finding.start <= finding.end <= len(text)


def test_mangled_letters_raise_nothing():
    """Cut, doubled and shuffled, the same way each time."""
    dice = random.Random(7)
    for sample in dice.sample(TUNED, 40):
        text = sample.piece.text
        cut = dice.randrange(len(text) + 1)
        mangled = text[cut:] + dice.choice(["\x00", "’", "\u202e", "]", " "]) + text[:cut]
        piece = Piece(**{**sample.piece.__dict__, "text": mangled})
        for finding in examine(piece):
            assert finding.start is None or mangled[finding.start : finding.end] == finding.found


@pytest.mark.parametrize(
    "question",
    [
        "How did you get your first job?",
        "How do people in your field look for work?",
        "I am not asking you for a job, but if you hear of an opening, would you keep me in mind?",
    ],
)
def test_question_that_asks_for_no_job_passes(question):
    """G35"""
    assert of_question(question) == []


@pytest.mark.parametrize(
    "question",
    ["Can you give me a job?", "Could I have an internship with you this summer?"],
)
def test_question_that_asks_for_a_job_is_said_another_way(question):
    """G34"""
    (finding,) = of_question(question)

    assert finding.rewrite
    assert of_question(finding.rewrite) == []


def test_college_is_named_to_an_alum_alone():
    """G12"""
    words = "Dear Dana Whitcomb,\n\nI study film.\n\nMaya Oyelaran"
    facts = {"contact_name": "Dana Whitcomb", "institution": "Mill River College"}

    to_alum = Piece(text=words, contact_is_alum=True, **facts)
    to_stranger = Piece(text=words, **facts)

    assert "college" in {finding.check for finding in examine(to_alum)}
    assert "college" not in {finding.check for finding in examine(to_stranger)}


@pytest.mark.parametrize(
    ("permission", "stops"), [("yes", False), ("no", True), ("not_asked", True)]
)
def test_name_used_without_leave_stops_the_letter(permission, stops):
    """G22"""
    words = "Dear Dana Whitcomb,\n\nLena Ortiz gave me your name.\n\nMaya Oyelaran"
    piece = Piece(
        text=words, contact_name="Dana Whitcomb", referrer="Lena Ortiz",
        referrer_permission=permission,
    )  # fmt: skip

    found = [one for one in examine(piece) if one.check == "referrer_permission"]

    assert [one.stops for one in found] == ([True] if stops else [])


def test_day_of_the_promised_call_is_the_one_that_is_kept():
    """G16"""
    words = "Dear Dana,\n\nI will call you on Tuesday, March 10.\n\nMaya"

    right = examine(Piece(text=words, contact_name="Dana", call_on=date(2026, 3, 10)))
    wrong = examine(Piece(text=words, contact_name="Dana", call_on=date(2026, 3, 11)))

    assert "call_day" not in {finding.check for finding in right}
    assert "call_day" in {finding.check for finding in wrong}


def test_names_of_the_record_are_spelled_right_by_definition():
    """G41"""
    words = "Dear Dr. Okonkwo,\n\nThank you for the hour at Zyntara.\n\nMaya"
    facts = {"kind": "thank_you", "contact_name": "Dr. Ngozi Okonkwo", "writer_name": "Maya"}

    strange = examine(Piece(text=words, **facts))
    known = examine(Piece(text=words, known_words=frozenset({"Zyntara"}), **facts))

    assert "spelling" not in {finding.check for finding in known}
    assert len(strange) >= len(known)
