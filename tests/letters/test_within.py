"""A field or a major in the middle of a sentence (G14, G15)."""

import pytest

from letters.checks import Piece, examine
from letters.openings import Facts, objective, openings
from letters.within import within


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("Publishing", "publishing"),
        ("Environmental science", "environmental science"),
        ("Public Relations", "public relations"),
        ("English", "English"),
        ("Latin American Studies", "Latin American studies"),
        ("Middle Eastern Studies", "Middle Eastern studies"),
        ("Middle School Teaching", "middle school teaching"),
        ("Women’s Studies", "women’s studies"),
        ("UX design", "UX design"),
        ("iOS Development", "iOS development"),
        ("Health IT", "health IT"),
        ("3D Animation", "3D animation"),
        ("Arts & Crafts", "arts & crafts"),
        ("Éducation", "éducation"),
        ("journalism", "journalism"),
        ("", ""),
    ],
)
def test_within_keeps_only_the_capitals_of_names(label, said):
    assert within(label) == said


def test_first_words_of_a_letter_set_field_and_majors_into_their_sentences():
    facts = Facts("Wen Li", "Maya", "Alder College", majors=("English", "Environmental science"))

    who = openings("REQUEST", facts)["who"]

    assert who == "I am a student at Alder College and study English and environmental science."
    assert objective("STARTING", field="Public Relations") == (
        "I would like to learn how people get started in public relations."
    )


def test_a_field_set_into_a_sentence_is_no_misspelling():
    """The record knows it with a capital; the letter writes it without one (G15)."""
    text = "I would like to learn how people get started in biodesignery."

    known = frozenset({"Biodesignery"})

    assert [one for one in examine(Piece(text, known_words=known)) if one.check == "spelling"] == []
