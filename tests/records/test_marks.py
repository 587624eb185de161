"""How a search is read, and how what was found is marked."""

import pytest
from django.utils.safestring import SafeString

from records.marks import excerpt, terms_of


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ("", []),
        ("  \x00 ", []),
        ('"', []),
        ("Dana camera", ["Dana", "camera"]),
        ("“trade paper” Dana", ["trade paper", "Dana"]),
        ('"trade   paper', ["trade", "paper"]),
        ("dana dana", ["dana"]),
        ("ʻIolani", ["Iolani"]),
        ("5½", ["5½"]),
        ("%_\\", ["%_\\"]),
    ],
)
def test_terms_of_what_people_type(typed, terms):
    assert terms_of(typed) == terms


def test_terms_are_few_however_much_is_typed():
    assert len(terms_of(" ".join(f"word{n}" for n in range(1000)))) == 8


@pytest.mark.parametrize(
    ("text", "term", "shown"),
    [
        ("The Café on Main", "cafe", "The <mark>Café</mark> on Main"),
        ("cafe", "CAFÉ", "<mark>cafe</mark>"),
        ("Łódź, Århus, Straße", "strasse", "Łódź, Århus, <mark>Straße</mark>"),
        ("ﬁnance", "fin", "<mark>ﬁn</mark>ance"),
        ("<b>bold</b> & more", "bold", "&lt;b&gt;<mark>bold</mark>&lt;/b&gt; &amp; more"),
        ("a <script>", "<script>", "a <mark>&lt;script&gt;</mark>"),
        ("100% sure", "%", "100<mark>%</mark> sure"),
        ("one\n\ntwo", "one two", "<mark>one two</mark>"),
        ("nothing of it", "absent", "nothing of it"),
    ],
)
def test_excerpt_marks_and_escapes(text, term, shown):
    found = excerpt(text, [term])

    assert isinstance(found, SafeString)
    assert found == shown


def test_excerpt_cuts_between_words_and_says_so():
    text = f"{'before ' * 40}needle{' after' * 60}"

    found = excerpt(text, ["needle"])

    assert found.startswith("… before ")
    assert "<mark>needle</mark>" in found
    assert found.endswith("after …")
    assert len(found) < 320


def test_excerpt_survives_an_endless_word():
    found = excerpt("x" * 5000, ["xxx"])

    assert "<mark>xxx</mark>" in found
    assert len(found) < 3000


def test_excerpt_marks_the_longer_of_two_words_that_overlap():
    assert excerpt("newspaper", ["news", "newspaper"]) == "<mark>newspaper</mark>"
