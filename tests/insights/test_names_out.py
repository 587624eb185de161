"""Whatever says who gave it goes: names, employers, addresses, numbers."""

from random import Random

import pytest

from insights.names_out import Known, take_out, what_is_left

KNOWN = Known(
    names=("Dana Whitcomb", "Maya Oyelaran", "Prof. Will O'Neil-Reed", "May Li", "Zoë Müller"),
    employers=("Valley Courier, Inc.", "NEPM", "Ox"),
)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Pitch a place, not a topic", "Pitch a place, not a topic"),
        ("Dana Whitcomb says: read aloud", "[name] says: read aloud"),
        ("dana says: read aloud", "[name] says: read aloud"),
        ("Ask DANA’s desk", "Ask [name]’s desk"),
        ("Call Whitcomb", "Call [name]"),
        ("She told me, Maya, to wait", "She told me, [name], to wait"),
        ("At the Valley Courier they read it", "At the [organization] they read it"),
        ("at valley  courier they read", "at [organization] they read"),
        ("NEPM has a summer desk", "[organization] has a summer desk"),
        ("An ox is slow", "An ox is slow"),
        ("Write to dana.w+x@nepm.example", "Write to [left out]"),
        ("Read https://example.org/dana?x=1 first", "Read [left out] first"),
        ("Read www.example.org first", "Read [left out] first"),
        ("Read valleycourier.com first", "Read [left out] first"),
        ("Call (413) 555-0142 in May", "Call [left out] in [name]"),
        ("Call +44 20 7946 0018", "Call [left out]"),
        ("You will find it in may", "You will find it in may"),
        ("Ask Will or May", "Ask [name] or [name]"),
        ("Apply by 2027, it pays $1,200", "Apply by 2027, it pays $1,200"),
        ("Zoë knows", "[name] knows"),
        ("O'Neil-Reed knows", "[name] knows"),
        ("She is @danawrites there", "She is [left out] there"),
        ("The mandanas are birds", "The mandanas are birds"),
    ],
)
def test_names_are_taken_out(text, wanted):
    assert take_out(text, KNOWN) == wanted


@pytest.mark.parametrize(
    "text",
    ["Ask Dana", "ask dana", "the NEPM desk", "a@b.org", "413 555 0142", "Müller", "see x.com"],
)
def test_what_is_left_is_named(text):
    assert what_is_left(text, KNOWN)
    assert not what_is_left(take_out(text, KNOWN), KNOWN)


def test_a_word_that_is_a_name_does_not_hold_the_student_up():
    assert what_is_left("Will you apply in May? You will.", KNOWN) == []


def test_nothing_that_is_known_is_left_after_taking_it_out():
    random = Random(7)
    words = "Dana Whitcomb NEPM Müller Zoë x.com a@b.org 413 555 0142 . , ' ’ ( ) -"
    pieces = [*words.split(), "\n", "Valley Courier", "Will"]
    for _ in range(2000):
        text = " ".join(random.choices(pieces, k=random.randint(0, 8)))

        assert what_is_left(take_out(text, KNOWN), KNOWN) == [], text
